// What only the browser knows about the page as it stands now. Collect little and plainly: Python thinks afterwards.
(async () => {
  const seen = globalThis.__gonogo;
  // What has just loaded is painted in the next frame, and told with the one after it. Where no frame comes, nobody waits.
  await new Promise((painted) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(painted)));
    setTimeout(painted, 1000);
  });
  const root = document.documentElement;
  const width = window.innerWidth, height = window.innerHeight;
  const keys = (name) => { try { return Object.keys(window[name]); } catch { return []; } };
  // Scripts that write without spaces: each character counts, as it does in Python (facts/texts.py).
  const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/gu;
  const words = (text) => (text.match(dense) ?? []).length + (text.replace(dense, " ").match(/\S+/g) ?? []).length;
  const box = (element) => element.getBoundingClientRect();
  const shown = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const keptFree = (element, style) => {
    if ((element.hasAttribute("width") && element.hasAttribute("height")) || style.aspectRatio.replace("auto", "").trim() !== "") return true;
    if (/absolute|fixed/.test(style.position) || !shown(element)) return true;
    const told = element.computedStyleMap();
    return ["width", "height"].every((side) => String(told.get(side)) !== "auto");
  };
  const onScreen = (r) => Math.max(0, Math.min(r.right, width) - Math.max(r.left, 0)) * Math.max(0, Math.min(r.bottom, height) - Math.max(r.top, 0));
  let media = 0;
  for (const element of document.querySelectorAll("img, video, canvas, svg, iframe, frame, embed, object")) {
    if (shown(element) && !(element.tagName === "IMG" && element.complete && !element.naturalWidth)) media += onScreen(box(element));
  }
  const images = Array.from(document.images, (image) => {
    const r = box(image), style = getComputedStyle(image);
    return {
      src: image.getAttribute("src") ?? "", naturalWidth: image.naturalWidth, naturalHeight: image.naturalHeight,
      displayedWidth: r.width ? image.width : 0, displayedHeight: r.height ? image.height : 0, complete: image.complete, visible: shown(image),
      reserved: keptFree(image, style), chosen: image.currentSrc, priority: image.fetchPriority, fit: style.objectFit,
      screen: Math.max(0, Math.floor((r.top + window.scrollY) / height)),
    };
  });
  const embeds = Array.from(document.querySelectorAll("iframe, video"), (element) => ({
    tag: element.localName, src: element.getAttribute("src") ?? element.querySelector("source")?.getAttribute("src") ?? "",
    reserved: keptFree(element, getComputedStyle(element)),
  }));
  const faces = Array.from(document.fonts).filter((face) => face.status !== "unloaded")
    .map((face) => ({ family: face.family, weight: face.weight, style: face.style, display: face.display }));
  let workers = [];
  try { workers = Array.from(await navigator.serviceWorker?.getRegistrations() ?? []); } catch { /* not allowed here: none */ }
  const script = (one) => (one.installing ?? one.waiting ?? one.active)?.scriptURL ?? "";
  const navigation = performance.getEntriesByType("navigation")[0];
  const text = document.body ? document.body.innerText : "";
  // A sample of the elements that hold text: how large it is set.
  const every = document.body?.getElementsByTagName("*") ?? [], step = Math.max(1, Math.floor(every.length / 150));
  const own = (element) => Array.from(element.childNodes, (node) => node.nodeType === 3 ? node.data.trim() : "").join("");
  let small = 0, read = 0;
  for (let n = 0; n < every.length; n += step) {
    const length = own(every[n]).length;
    if (!length || !shown(every[n])) continue;
    read += length;
    if (parseFloat(getComputedStyle(every[n]).fontSize) < 12) small += length;
  }
  // Signs of an icon font that did not come; few pages have such signs at all.
  const sign = /[\uE000-\uF8FF]/, unreadable = [], there = new Set(faces.map((face) => face.family.replace(/["']/g, "")));
  for (const element of sign.test(text) ? every : []) {
    if (unreadable.length >= 20) break;
    if (!sign.test(own(element)) || !shown(element)) continue;
    const families = getComputedStyle(element).fontFamily.split(",").map((one) => one.trim().replace(/["']/g, ""));
    if (!families.some((one) => there.has(one))) unreadable.push(own(element).slice(0, 40));
  }
  // What lies over the page: the share of points of the screen that something fixed covers, unless the page lies in it.
  const over = new Map(), subject = document.querySelector("main, h1"), known = new Map();
  const layer = (element) => {
    if (!element || element === root || element === document.body) return null;
    if (!known.has(element)) {
      const lies = element.matches("dialog[open]") || getComputedStyle(element).position === "fixed";
      known.set(element, lies ? (subject && element.contains(subject) ? null : element) : layer(element.parentElement));
    }
    return known.get(element);
  };
  for (let x = 0.1; x < 1; x += 0.2) {
    for (let y = 0.05; y < 1; y += 0.1) {
      const found = layer(document.elementFromPoint(x * width, y * height));
      if (found) over.set(found, (over.get(found) ?? 0) + 1);
    }
  }
  const covering = [...over].sort((a, b) => b[1] - a[1])[0];
  const doctype = document.doctype ? new XMLSerializer().serializeToString(document.doctype) : "";
  const html = root ? doctype + root.outerHTML : "";
  return {
    html, url: location.href,
    compatMode: document.compatMode,
    visibleWords: words(text),
    visibleMediaShare: width * height ? Math.min(1, media / (width * height)) : 0,
    overflow: root ? Math.max(0, root.scrollWidth - root.clientWidth) : 0, width, height, images,
    local: keys("localStorage"), session: keys("sessionStorage"), frames: window.frames.length, inherited: seen.inherited,
    scale: window.devicePixelRatio, embeds, faces, smallText: read ? small / read : null, unreadable,
    overlay: covering ? { share: [...over.values()].reduce((sum, points) => sum + points, 0) / 50, selector: seen.selector(covering[0]), text: covering[0].innerText.slice(0, 2000) } : null,
    deprecations: seen.deprecations(), largest: seen.largest(), blocking: [...seen.blocking],
    lcp: seen.lcp, cls: seen.cls, fcp: seen.fcp, tasks: seen.tasks, moved: [...seen.moved], scripts: [...seen.scripts], violations: seen.violations,
    accessibility: seen.accessibility(html), hidden: seen.hidden(),
    workers: workers.map((one) => ({ url: script(one), scope: one.scope })),
    ttfb: navigation?.responseStart ?? null, load: navigation?.loadEventEnd || null,
  };
})()

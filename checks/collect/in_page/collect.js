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
  for (const element of document.querySelectorAll("img, video, canvas, svg, iframe, embed, object")) {
    if (shown(element) && !(element.tagName === "IMG" && element.complete && !element.naturalWidth)) media += onScreen(box(element));
  }
  const images = Array.from(document.images, (image) => {
    const r = box(image), style = getComputedStyle(image);
    return {
      src: image.getAttribute("src") ?? "", naturalWidth: image.naturalWidth, naturalHeight: image.naturalHeight,
      displayedWidth: Math.round(r.width), displayedHeight: Math.round(r.height), complete: image.complete, visible: shown(image),
      reserved: keptFree(image, style), chosen: image.currentSrc, priority: image.fetchPriority,
      screen: Math.max(0, Math.floor((r.top + window.scrollY) / height)),
    };
  });
  const embeds = Array.from(document.querySelectorAll("iframe, video"), (element) => ({
    tag: element.localName, src: element.getAttribute("src") ?? element.querySelector("source")?.getAttribute("src") ?? "",
    reserved: keptFree(element, getComputedStyle(element)),
  }));
  const faces = Array.from(document.fonts).filter((face) => face.status !== "unloaded")
    .map((face) => ({ family: face.family, weight: face.weight, style: face.style, display: face.display }));
  let workers = 0;
  try { workers = (await navigator.serviceWorker?.getRegistrations() ?? []).length; } catch { /* not allowed here: none */ }
  const navigation = performance.getEntriesByType("navigation")[0];
  const text = document.body ? document.body.innerText : "";
  const doctype = document.doctype ? new XMLSerializer().serializeToString(document.doctype) : "";
  const html = root ? doctype + root.outerHTML : "";
  return {
    html, url: location.href,
    characterset: document.characterSet, compatMode: document.compatMode,
    visibleWords: words(text),
    visibleMediaShare: width * height ? Math.min(1, media / (width * height)) : 0,
    overflow: root ? Math.max(0, root.scrollWidth - width) : 0, width, height, images,
    local: keys("localStorage"), session: keys("sessionStorage"), frames: window.frames.length, workers, inherited: seen.inherited,
    scale: window.devicePixelRatio, embeds, faces, largest: seen.largest(), blocking: [...seen.blocking],
    lcp: seen.lcp, cls: seen.cls, fcp: seen.fcp, tasks: seen.tasks, moved: [...seen.moved], scripts: [...seen.scripts], violations: seen.violations,
    accessibility: seen.accessibility(html),
    ttfb: navigation?.responseStart ?? null, load: navigation?.loadEventEnd || null,
  };
})()

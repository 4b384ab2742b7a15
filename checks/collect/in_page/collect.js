// What only the browser knows about the page as it stands now. Collect little and plainly: Python thinks afterwards.
(async () => {
  const seen = globalThis.__gonogo;
  const root = document.documentElement;
  const width = window.innerWidth, height = window.innerHeight;
  const keys = (name) => { try { return Object.keys(window[name]); } catch { return []; } };
  // Scripts that write without spaces: each character counts, as it does in Python (facts/texts.py).
  const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/gu;
  const words = (text) => (text.match(dense) ?? []).length + (text.replace(dense, " ").match(/\S+/g) ?? []).length;
  const box = (element) => element.getBoundingClientRect();
  const shown = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
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
      reserved: (image.hasAttribute("width") && image.hasAttribute("height")) || style.aspectRatio.replace("auto", "").trim() !== ""
        || image.parentElement?.tagName === "PICTURE" && style.aspectRatio !== "auto",
    };
  });
  let workers = 0;
  try { workers = (await navigator.serviceWorker?.getRegistrations() ?? []).length; } catch { /* not allowed here: none */ }
  const navigation = performance.getEntriesByType("navigation")[0];
  const text = document.body ? document.body.innerText : "";
  const doctype = document.doctype ? new XMLSerializer().serializeToString(document.doctype) : "";
  return {
    html: root ? doctype + root.outerHTML : "", url: location.href,
    characterset: document.characterSet, compatMode: document.compatMode,
    visibleWords: words(text),
    visibleMediaShare: width * height ? Math.min(1, media / (width * height)) : 0,
    overflow: root ? Math.max(0, root.scrollWidth - width) : 0, width, height, images,
    local: keys("localStorage"), session: keys("sessionStorage"), frames: window.frames.length, workers, inherited: seen.inherited,
    lcp: seen.lcp, cls: seen.cls, fcp: seen.fcp, tbt: seen.tbt,
    ttfb: navigation?.responseStart ?? null, load: navigation?.loadEventEnd || null,
  };
})()

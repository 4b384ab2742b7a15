// Runs in a world of its own in every document before the page's scripts: it only listens, and remembers what a page
// must not be able to forge. Asked later by `collect.js` and `busy.js` in the same world.
(() => {
  const seen = { lcp: null, cls: 0, fcp: null, tbt: 0, lastLongTask: 0, inherited: 0 };
  let session = 0, sessionStart = 0, sessionLast = 0;
  const watch = (type, each) => {
    try {
      new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
    } catch { /* a kind of entry that this browser does not know stays null */ }
  };
  watch("largest-contentful-paint", (e) => { seen.lcp = e.startTime; });
  watch("paint", (e) => { if (e.name === "first-contentful-paint") seen.fcp = e.startTime; });
  watch("longtask", (e) => {
    seen.tbt += Math.max(0, e.duration - 50);
    seen.lastLongTask = Math.max(seen.lastLongTask, e.startTime + e.duration);
  });
  // Session windows of https://web.dev/articles/cls: gaps under 1 s, at most 5 s long; the worst one counts.
  // Nobody touches these pages: `hadRecentInput` is only set for the viewport that the emulated phone takes on.
  watch("layout-shift", (e) => {
    if (session && e.startTime - sessionLast < 1000 && e.startTime - sessionStart < 5000) {
      session += e.value;
    } else {
      session = e.value;
      sessionStart = e.startTime;
    }
    sessionLast = e.startTime;
    seen.cls = Math.max(seen.cls, session);
  });
  if (window === window.top && location.protocol.startsWith("http")) {
    try { seen.inherited = localStorage.length + sessionStorage.length; } catch { /* storage refused: nothing inherited */ }
  }
  globalThis.__gonogo = seen;
})();

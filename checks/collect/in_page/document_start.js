// Runs in a world of its own in every document before the page's scripts: it listens, remembers what a page must
// not be able to forge, and keeps the page from going away by a meta refresh. Asked later by `collect.js` and `busy.js`
// in the same world. Lists have an end: a page may move or work for ever.
(() => {
  const seen = { lcp: null, cls: 0, fcp: null, lastLongTask: 0, inherited: 0, tasks: [], moved: new Map(), blocking: new Set(), scripts: new Map(), violations: [] };
  const mostTasks = 1000, mostNamed = 50, steps = 6;
  let session = 0, sessionStart = 0, sessionLast = 0;
  // A path to an element that is the same on every visit: from the nearest id, or a few steps, by kind and number.
  seen.selector = (node) => {
    const path = [];
    for (let one = node?.nodeType === 1 ? node : node?.parentElement; one && one !== document.documentElement && path.length < steps; one = one.parentElement) {
      if (one.id) {
        path.unshift(`#${CSS.escape(one.id)}`);
        break;
      }
      const alike = Array.from(one.parentElement?.children ?? []).filter((other) => other.localName === one.localName);
      path.unshift(alike.length > 1 ? `${one.localName}:nth-of-type(${alike.indexOf(one) + 1})` : one.localName);
    }
    return path.length ? path.join(" > ") : null;
  };
  const add = (sums, name, value) => {
    if (name && (sums.has(name) || sums.size < mostNamed)) sums.set(name, (sums.get(name) ?? 0) + value);
  };
  const watch = (type, each) => {
    try {
      new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
    } catch { /* a kind of entry that this browser does not know stays as it is */ }
  };
  watch("largest-contentful-paint", (e) => { seen.lcp = { at: e.startTime, selector: seen.selector(e.element), url: e.url }; });
  watch("paint", (e) => { if (e.name === "first-contentful-paint") seen.fcp = e.startTime; });
  watch("longtask", (e) => {
    if (seen.tasks.length < mostTasks) seen.tasks.push([e.startTime, e.duration]);
    seen.lastLongTask = Math.max(seen.lastLongTask, e.startTime + e.duration);
  });
  // Which script made a frame long, by its address: the browser itself says so.
  watch("long-animation-frame", (e) => { for (const script of e.scripts) add(seen.scripts, script.sourceURL, script.duration); });
  watch("resource", (e) => { if (e.renderBlockingStatus === "blocking") seen.blocking.add(e.name); });
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
    for (const source of e.sources ?? []) add(seen.moved, seen.selector(source.node), e.value);
  });
  // What the browser is going to drop, and what it kept the page from doing, by its own account.
  const told = [];
  const reports = new ReportingObserver((list) => told.push(...list), { types: ["deprecation", "intervention"], buffered: true });
  reports.observe();
  seen.deprecations = () => {
    told.push(...reports.takeRecords());
    return told.slice(0, mostNamed).map(({ type, body }) => ({ type, id: body.id, message: body.message, url: body.sourceFile }));
  };
  // What the page's own policy (CSP) keeps from it. The event stays with the document, whatever the policy says.
  document.addEventListener("securitypolicyviolation", (e) => {
    if (seen.violations.length >= mostNamed) return;
    const { effectiveDirective: directive, blockedURI: blocked, disposition, sample, sourceFile: source } = e;
    seen.violations.push({ directive, blocked, enforced: disposition === "enforce", sample, source });
  });
  // A page that sends its readers on after some seconds is measured itself, on a slow machine as on a fast one. Browsers
  // begin to count at the load event.
  addEventListener("load", () => { if (document.querySelector('meta[http-equiv="refresh" i]')) window.stop(); });
  if (window === window.top && location.protocol.startsWith("http")) {
    try { seen.inherited = localStorage.length + sessionStorage.length; } catch { /* storage refused: nothing inherited */ }
  }
  globalThis.__gonogo = seen;
})();

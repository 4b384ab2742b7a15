// What a screen reader, a keyboard or a finger would stumble over, in the page as it stands now. The browser is asked because
// it knows the tree, the labels and what is shown; whether a value is a valid one, and what weighs how much, Python knows.
// Each rule is named as in axe-core. Its places are told by their opening tags, which stay the same when things move.
// `html` is the markup of the page: which ARIA attributes there are is found faster in it than in the tree.
globalThis.__gonogo.accessibility = (html) => {
  const mostPlaces = 20, mostTargets = 200, mostTexts = 200, mostPairs = 300, mostTag = 160, least = 24;
  const places = new Map(), aria = new Map(), roles = new Map(), texts = new Map();
  const all = (selector, root = document) => root.querySelectorAll(selector);
  // Written here, for a copy of an element would load what it names.
  const tag = (element) => `<${[element.localName, ...Array.from(element.attributes, ({ name, value }) => `${name}="${value}"`)].join(" ")}>`.slice(0, mostTag);
  const drawn = (element) => element.checkVisibility({ visibilityProperty: true });
  const shown = (element) => drawn(element) && !element.closest("[aria-hidden=true], [inert]");
  const tell = (rule, element) => {
    if (!places.has(rule)) places.set(rule, new Set());
    if (places.get(rule).size < mostPlaces) places.get(rule).add(tag(element));
  };
  const each = (rule, selector, failing) => {
    for (const element of all(selector)) if (failing(element) && shown(element)) tell(rule, element);
  };
  const said = (element, name) => (element.getAttribute(name) ?? "").trim() !== "";
  const byIds = (element, name) => (element.getAttribute(name) ?? "").split(/\s+/).filter(Boolean).map((id) => document.getElementById(id));
  const labelled = (element) => said(element, "aria-label") || said(element, "title")
    || byIds(element, "aria-labelledby").some((one) => one?.textContent.trim() || (one && said(one, "aria-label")));
  const filled = (element) => element.textContent.trim() !== ""
    || Array.from(all("img[alt], input[alt], [aria-label], [title], [aria-labelledby]", element)).some((one) => said(one, "alt") || labelled(one));
  const nameless = (element) => !filled(element) && !labelled(element);
  const unlabelled = (element) => !labelled(element) && !Array.from(element.labels ?? []).some((label) => label.textContent.trim() || filled(label));

  each("image-alt", "img:not([alt], [role=presentation], [role=none])", (one) => !labelled(one));
  each("input-image-alt", "input[type=image]", (one) => !said(one, "alt") && !labelled(one));
  each("area-alt", "map area[href]", (one) => !said(one, "alt") && !labelled(one));
  each("object-alt", "object", nameless);
  each("svg-img-alt", "svg[role=img]", (one) => nameless(one));
  each("role-img-alt", "[role=img]:not(svg, img)", (one) => !labelled(one));
  each("link-name", "a[href], [role=link]", nameless);
  each("button-name", "button, [role=button]:not(input)", nameless);
  each("input-button-name", "input[type=button]", (one) => !said(one, "value") && !labelled(one));
  each("summary-name", "summary", nameless);
  each("label", "input:not([type=hidden], [type=submit], [type=reset], [type=button], [type=image]), textarea",
    (one) => unlabelled(one) && !said(one, "placeholder"));
  each("select-name", "select", unlabelled);
  each("frame-title", "iframe", (one) => !labelled(one) && one.tabIndex >= 0);
  each("tabindex", "[tabindex]", (one) => one.tabIndex > 0);
  each("nested-interactive", ":is(button, a[href], [role=button]) :is(a[href], button, input:not([type=hidden]), select, textarea)", () => true);
  each("blink", "blink, marquee", () => true);
  for (const hidden of all("body [aria-hidden=true]")) {
    for (const one of all("a[href], button, input, select, textarea, iframe, [tabindex]", hidden)) {
      if (one.tabIndex >= 0 && !one.disabled && drawn(one) && !one.closest("[inert]")) tell("aria-hidden-focus", one);
    }
  }
  if (document.body?.getAttribute("aria-hidden") === "true") tell("aria-hidden-body", document.body);
  const mains = Array.from(all("main, [role=main]")).filter(drawn);
  if (mains.length !== 1 && document.body) tell("landmark-one-main", mains[1] ?? document.documentElement);

  const skipped = "script, template, style";
  each("list", `:is(ul, ol):not([role]) > :not(li, ${skipped}, [role=listitem])`, () => true);
  each("listitem", ":not(ul, ol, menu, [role=list]) > li:not([role])", () => true);
  each("definition-list", `dl:not([role]) > :not(dt, dd, div, ${skipped})`, () => true);
  each("dlitem", ":not(dl, dl > div) > :is(dt, dd):not([role])", () => true);
  each("th-has-data-cells", "table:not([role])", (one) => one.querySelector("th") !== null && one.querySelector("td, [role=cell], [role=gridcell]") === null);
  each("td-headers-attr", "td[headers], th[headers]", (one) => byIds(one, "headers").some((head) => !head || head === one || head.closest("table") !== one.closest("table")));
  each("video-caption", "video:is([controls], [autoplay]):not([muted])", (one) => one.querySelector("track[kind=captions], track[kind=subtitles], track:not([kind])") === null);
  for (const one of all("audio[autoplay]:not([muted], [controls]), video[autoplay]:not([muted], [controls])")) tell("no-autoplay-audio", one);

  const referring = ["aria-labelledby", "aria-describedby", "aria-owns", "aria-activedescendant", "aria-details", "aria-flowto"];
  const used = new Set();
  const written = new Set(html.match(/\saria-[\w-]+(?=[\s=>])/gi));
  for (const element of all(["[role]", ...Array.from(written).slice(0, mostPairs).map((name) => `[${name.trim()}]`)].join(","))) {
    const names = [];
    for (const { name, value } of element.attributes) {
      if (!name.startsWith("aria-")) continue;
      names.push(name);
      const short = name === "aria-label" || name === "aria-description" || name.startsWith("aria-value") ? "" : value.trim().slice(0, 80);
      if (aria.size < mostPairs && !aria.has(`${name}=${short}`)) aria.set(`${name}=${short}`, [name, short, tag(element)]);
      if (!referring.includes(name)) continue;
      const found = byIds(element, name);
      if (value.trim() && found.every((one) => one === null)) tell("aria-valid-attr-value", element);
      for (const one of found) if (one) used.add(one.id);
    }
    const role = element.getAttribute("role");
    if (role === null || roles.size >= mostPairs) continue;
    const own = element.localName === "input" ? element.type : element.localName;
    const key = `${role} ${own} ${names.sort().join(" ")}`;
    if (!roles.has(key)) roles.set(key, [role, own, names, tag(element)]);
  }
  for (const label of all("label[for]")) used.add(label.htmlFor);
  for (const id of used) {
    const same = id ? all(`[id="${CSS.escape(id)}"]`) : [];
    if (same.length > 1) tell("duplicate-id-aria", same[1]);
  }
  const autocomplete = Array.from(all("input[autocomplete], select[autocomplete], textarea[autocomplete]"), (one) => [one.autocomplete ? "" : one.getAttribute("autocomplete").trim().slice(0, 80), tag(one)])
    .filter(([value]) => value).slice(0, mostPairs);
  const langs = Array.from(all("body [lang]"), (one) => [one.lang.slice(0, 80), tag(one)]).slice(0, mostPairs);

  // A target must be 24 pixels wide and high, or stand alone: a circle as wide around its middle touches no other (WCAG 2.5.8).
  // What is only there for screen readers, or shown when a mouse comes over it, is no target of a finger.
  const seen = (element) => element.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) ?? true;
  const cut = (element) => /^inset\((50|100)%/.test(getComputedStyle(element).clipPath) || /^rect\(([01])px, \1px, \1px, \1px\)$/.test(getComputedStyle(element).clip);
  const targets = [];
  for (const one of all("a[href], button, input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea, summary, [role=button], [role=tab], [role=menuitem]")) {
    if (targets.length >= mostTargets) break;
    const r = one.getBoundingClientRect();
    const small = r.width < least || r.height < least;
    if (r.width > 1 && r.height > 1 && seen(one) && !(small && cut(one))) targets.push({ one, r, x: r.left + r.width / 2, y: r.top + r.height / 2, small });
  }
  const away = (t, r) => Math.hypot(Math.max(r.left - t.x, 0, t.x - r.right), Math.max(r.top - t.y, 0, t.y - r.bottom));
  for (const t of targets) {
    if (!t.small || getComputedStyle(t.one).display.startsWith("inline") && t.one.localName === "a") continue;
    const crowded = targets.some((other) => other !== t && !t.one.contains(other.one) && !other.one.contains(t.one)
      && (other.small ? Math.hypot(t.x - other.x, t.y - other.y) < least : away(t, other.r) < least / 2));
    if (crowded && shown(t.one)) tell("target-size", t.one);
  }

  // Colours of text and of what is behind it; what pictures, transparency or positions make uncertain is left out.
  const behind = new Map();
  const backdrop = (element) => {
    if (!element) return "rgb(255, 255, 255)";
    if (behind.has(element)) return behind.get(element);
    const style = getComputedStyle(element), colour = style.backgroundColor;
    let found = null;
    const plain = style.backgroundImage === "none" && style.opacity === "1" && style.filter === "none" && style.mixBlendMode === "normal"
      && !/absolute|fixed|sticky/.test(style.position);
    if (plain) found = /^rgba\(.*, 0\)$/.test(colour) ? backdrop(element.parentElement) : colour.startsWith("rgb(") ? colour : null;
    behind.set(element, found);
    return found;
  };
  const walker = document.body ? document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT) : null;
  const parents = new Set();
  while (walker?.nextNode() && parents.size < mostTexts) {
    const parent = walker.currentNode.parentElement;
    if (parent && !parents.has(parent) && walker.currentNode.data.trim().length > 1) parents.add(parent);
  }
  for (const one of parents) {
    const below = backdrop(one);
    if (!below || one.closest("script, style, noscript, select, button:disabled, [aria-disabled=true], [aria-hidden=true]")) continue;
    const style = getComputedStyle(one);
    if (style.textShadow !== "none" || !style.color.startsWith("rgb(")) continue;
    const key = `${style.color} ${below} ${style.fontSize} ${style.fontWeight}`;
    if (!texts.has(key) && drawn(one) && one.getBoundingClientRect().width > 1) texts.set(key, [style.color, below, parseFloat(style.fontSize), Number(style.fontWeight), tag(one)]);
  }
  return {
    places: Array.from(places, ([rule, tags]) => [rule, [...tags]]), aria: [...aria.values()], roles: [...roles.values()],
    autocomplete, langs, texts: [...texts.values()],
  };
};

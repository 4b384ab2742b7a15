// What is largest on the first screen of the page as it stands now, by the rules of largest contentful paint
// (https://www.w3.org/TR/largest-contentful-paint/): images, posters and backgrounds, and blocks of text; the largest few,
// for Python knows which files are too small or too empty to count. What the browser reported while it painted depends on
// what came first; this is the same on every visit.
globalThis.__gonogo.largest = () => {
  if (!document.body) return [];
  const mostNodes = 4000, mostOff = 20, told = 8, cut = 200;
  const width = window.innerWidth, height = window.innerHeight, whole = width * height;
  const onScreen = (r) => {
    const top = r.top + window.scrollY, bottom = r.bottom + window.scrollY;
    return Math.max(0, Math.min(r.right, width) - Math.max(r.left, 0)) * Math.max(0, Math.min(bottom, height) - Math.max(top, 0));
  };
  const found = [];
  // One that fills the screen is a backdrop.
  const picture = (element, r, natural, kind, url) => {
    const size = onScreen(r);
    if (url && size && size < whole) found.push({ element, kind, url, size, displayed: r.width * r.height, natural });
  };
  const background = (element, r) => {
    if (onScreen(r) < whole / 100) return;
    picture(element, r, 0, "background", /url\("(.*?)"\)/.exec(getComputedStyle(element).backgroundImage)?.[1]);
  };
  const blocks = new Map();
  const text = (node, r) => {
    let block = node.parentElement;
    while (block.parentElement && getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    const known = blocks.get(block) ?? r;
    blocks.set(block, {
      left: Math.min(known.left, r.left), top: Math.min(known.top, r.top), right: Math.max(known.right, r.right), bottom: Math.max(known.bottom, r.bottom),
    });
  };
  const range = document.createRange();
  let left = mostNodes;
  // What lies off the screen is not gone into, and a row of such siblings ends the look at their parent: pages are long.
  const walk = (parent) => {
    let off = 0;
    for (let node = parent.firstChild; node && left > 0 && off < mostOff; node = node.nextSibling, left -= 1) {
      if (node.nodeType === Node.TEXT_NODE && /\S/.test(node.data)) {
        range.selectNodeContents(node);
        const r = range.getBoundingClientRect();
        if (onScreen(r)) text(node, r);
      }
      if (node.nodeType !== Node.ELEMENT_NODE) continue;
      const r = node.getBoundingClientRect();
      if (r.width && r.height && !onScreen(r)) {
        off += 1;
        continue;
      }
      if (!r.width && !r.height && getComputedStyle(node).display === "none") continue;
      off = 0;
      if (node.localName === "img") picture(node, r, node.naturalWidth * node.naturalHeight, "image", node.naturalWidth ? node.currentSrc : "");
      else if (node.localName === "image") picture(node, r, 0, "image", node.href?.baseVal);
      else if (node.localName === "video") picture(node, r, 0, "video", node.poster);
      else background(node, r);
      walk(node);
    }
  };
  walk(document.body);
  for (const [element, r] of blocks) found.push({ element, kind: "text", url: null, size: onScreen(r), displayed: 0, natural: 0 });
  found.sort((a, b) => b.size - a.size);
  const largest = [];
  for (const { element, kind, url, size, displayed, natural } of found) {
    if (largest.length === told) break;
    if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
    largest.push({
      kind, size: Math.round(size), displayed: Math.round(displayed), natural, selector: globalThis.__gonogo.selector(element),
      url: url?.startsWith("data:") ? url.slice(0, cut) : url, inline: url?.startsWith("data:") ? url.length : 0,
      text: kind === "text" ? element.textContent.slice(0, 1000) : "", lazy: element.loading === "lazy", priority: element.fetchPriority ?? "auto",
    });
  }
  return largest;
};

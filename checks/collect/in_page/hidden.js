// What hides the page as a whole, though its text is there: a script that was to show it again, and did not come. What is
// still moving will be seen in a moment. Asked again by the collector until it is shown, for a while.
globalThis.__gonogo.hidden = () => {
  const shown = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const text = (element) => /\S/.test(element.textContent);
  const mains = Array.from(document.querySelectorAll("main")).filter(text);
  if (!document.body || mains.some(shown)) return null;
  // Without a main element, what everything stands in: the only element of the body, and the only one in that.
  let inner = mains[0] ?? document.body;
  const apart = "script, style, noscript, template, link";
  while (!mains.length) {
    const children = Array.from(inner.children).filter((child) => !child.matches(apart));
    if (children.length !== 1 || !text(children[0])) break;
    inner = children[0];
  }
  const chain = [];
  for (let one = inner; one; one = one.parentElement) chain.unshift(one);
  if (chain.some((one) => one.getAnimations().some((move) => move.playState === "running"))) return null;
  for (const one of chain) {
    const style = getComputedStyle(one);
    const how = style.display === "none" && one.contains(document.body) ? "display: none"
      : style.visibility !== "visible" ? `visibility: ${style.visibility}`
      : parseFloat(style.opacity) < 0.05 ? `opacity: ${style.opacity}` : null;
    if (how) return { element: one.localName, id: one.id, classes: one.getAttribute("class") ?? "", how };
  }
  return null;
};

// What hides the page as a whole, though its text is there: a script that was to show it again, and did not come. What is
// still moving will be seen in a moment. Asked again by the collector until it is shown, for a while.
globalThis.__gonogo.hidden = () => {
  const shown = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const mains = Array.from(document.querySelectorAll("main"));
  if (!document.body || mains.some(shown)) return null;
  // Without a main element, what everything stands in: the only element of the body, the only one in that, and so on.
  const apart = "script, style, noscript, template, link", deepest = 10;
  let inner = mains[0] ?? document.body;
  for (let depth = 0; !mains.length && depth < deepest; depth += 1) {
    const children = Array.from(inner.children).filter((child) => !child.matches(apart));
    if (children.length !== 1 || Array.from(inner.childNodes).some((node) => node.nodeType === 3 && /\S/.test(node.data))) break;
    inner = children[0];
  }
  if (shown(inner) || !/\S/.test(inner.textContent)) return null;
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

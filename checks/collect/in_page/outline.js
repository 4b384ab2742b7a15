// Outline an element and bring it into sight. It is told as the delivered HTML has it: name, attributes, and which of how
// many alike. Where scripts have made it otherwise, or where nothing of it is seen, no other one is outlined in its place.
({ name, attributes, nth, of }) => {
  const words = (text) => text.split(/\s+/).filter(Boolean).join(" ");
  const isAlike = (one) =>
    one.attributes.length === attributes.length && attributes.every(([key, value]) => one.hasAttribute(key) && words(one.getAttribute(key)) === words(value));
  const alike = Array.from(document.getElementsByTagName(name)).filter(isAlike);
  const element = alike[nth];
  if (alike.length !== of || !element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false;
  element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  const { width, height, top, right, bottom, left } = element.getBoundingClientRect();
  if (width < 2 || height < 2 || bottom < 0 || right < 0 || top > innerHeight || left > innerWidth) return false;
  // Seen on any ground: dark, then light around it. A layer of its own, so that nothing which clips the element clips it.
  const frame = document.createElement("div");
  const box = { all: "initial", position: "fixed", top: `${top - 6}px`, left: `${left - 6}px`, width: `${width + 12}px`, height: `${height + 12}px` };
  const look = { boxSizing: "border-box", border: "4px solid #d6006c", outline: "2px solid #fff", borderRadius: "4px", zIndex: "2147483647", pointerEvents: "none" };
  Object.assign(frame.style, box, look);
  document.documentElement.append(frame);
  return true;
}

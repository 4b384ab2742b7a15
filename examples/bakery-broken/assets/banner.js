// Announces the holidays above everything else, a moment after the page has appeared: in the frame after the first one.
const announce = () => {
  const banner = document.createElement("div");
  banner.style.height = "165px";
  banner.style.padding = "20px";
  banner.textContent = "Christmas orders close on the eighteenth of December.";
  document.body.prepend(banner);
};
requestAnimationFrame(() => requestAnimationFrame(announce));

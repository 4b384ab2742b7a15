// Announces the holidays above everything else, when the page has just appeared.
const announce = () => {
  const banner = document.createElement("div");
  banner.style.height = "165px";
  banner.style.padding = "20px";
  banner.textContent = "Christmas orders close on the eighteenth of December.";
  document.body.prepend(banner);
};
new PerformanceObserver((painted, observer) => {
  if (painted.getEntriesByName("first-contentful-paint").length > 0) {
    observer.disconnect();
    announce();
  }
}).observe({ type: "paint", buffered: true });

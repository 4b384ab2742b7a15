// Reads on to the end of the page, screen by screen, as a visitor does; an endless one is left after twenty screens.
(async () => {
  for (let screens = 0; screens < 20; screens++) {
    const before = window.scrollY;
    window.scrollBy(0, window.innerHeight);
    await new Promise((later) => setTimeout(later, 80));
    if (window.scrollY === before) break;
  }
  return true;
})()

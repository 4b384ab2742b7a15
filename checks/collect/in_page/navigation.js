// How many ways on this screen offers: visible links and buttons of the navigation, and all of those outside the main
// content, for a side bar is a navigation by any name. A closed menu has its button.
(() => {
  const parts = "nav, header, [role=navigation], [role=banner], [role=menubar]";
  const ways = "a[href], button, summary, [role=button], [role=menuitem], input[type=checkbox] + label, label[for]";
  const shown = (one) => {
    const { width, height, right, bottom } = one.getBoundingClientRect();
    return width > 1 && height > 1 && right > 0 && bottom + window.scrollY > 0 && one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  };
  const there = Array.from(document.querySelectorAll(ways)).filter(shown);
  return {
    named: there.filter((one) => one.closest(parts)).length,
    beside: there.filter((one) => one.closest(parts) || !one.closest("main, article, [role=main]")).length,
  };
})()

// How many ways on the navigation offers on this screen: visible links and buttons in it. A closed menu has its button.
(() => {
  const parts = "nav, header, [role=navigation], [role=banner], [role=menubar]";
  const ways = "a[href], button, summary, [role=button], [role=menuitem], input[type=checkbox] + label, label[for]";
  const shown = (one) => {
    const { width, height, right, bottom } = one.getBoundingClientRect();
    return width > 1 && height > 1 && right > 0 && bottom + window.scrollY > 0 && one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  };
  return Array.from(document.querySelectorAll(ways)).filter((one) => one.closest(parts) && shown(one)).length;
})()

// Take away what the page says and the media that it shows, and leave its ground, borders and bars as they are; also its
// header, footer, navigation and asides, which stand on a page that has nothing to say as well. A sheet that is made here obeys
// no Content Security Policy, and what a page insists on stays: then nothing is told apart, and it is blank.
(() => {
  const around = ":is(:is(header, footer):not(:is(article, main, section) *), nav, aside, [role=banner], [role=contentinfo], [role=navigation], [role=complementary])";
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { -webkit-text-fill-color: transparent !important; text-shadow: none !important }
    ${around}, ${around} * { -webkit-text-fill-color: currentcolor !important }
    :is(img, svg, video, canvas):not(${around} *) { visibility: hidden !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
})()

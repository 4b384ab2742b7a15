// Whether the page shows a sign of content that is still to come, or was forgotten: a frame for an application whose script
// is not there, something that is busy, a main part with nothing in it.
(() => {
  const frames = ["root", "app", "__next", "__nuxt", "___gatsby", "svelte", "q-app"];
  if (document.querySelector(`noscript, [aria-busy=true], [role=progressbar], progress, ${frames.map((one) => `#${one}`).join()}`)) return true;
  if (/\b(?:loading|please wait)\s*(?:\.{3}|…)/i.test(document.body?.innerText ?? "")) return true;
  const isEmpty = (main) => !/\S/.test(main.innerText) && !main.querySelector("img, svg, video, canvas");
  return Array.from(document.querySelectorAll("main, [role=main]")).some(isEmpty);
})()

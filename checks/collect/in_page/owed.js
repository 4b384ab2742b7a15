// Whether the page shows a sign of content that is still to come, or was forgotten: the frame of an application, a request for
// scripts, something that turns or says that it is loading, a main part with nothing in it.
(() => {
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const frames = ["root", "app", "__next", "__nuxt", "___gatsby", "svelte", "q-app"].map((name) => `#${name}`).join();
  if (all(`body > :is(div, main, section):is(${frames}), [aria-busy=true], [role=progressbar]`).length) return true;
  if (all("noscript").some((one) => /\S/.test(one.textContent.replace(/<[^>]*>/g, "")))) return true;
  if (document.getAnimations().some((one) => one.effect?.getTiming().iterations === Infinity)) return true;
  if (all("[class], [id]").some((one) => /(?:^|[\s_-])(?:pre)?(?:loader|loading|spinner|skeleton)(?:$|[\s_-])/i.test(`${one.getAttribute("class")} ${one.id}`))) return true;
  const lines = (document.body?.innerText ?? "").split("\n").map((line) => line.trim());
  if (lines.some((line) => /^(?:loading|please wait)\b.{0,30}(?:\.|…)$|^(?:loading|please wait)$|enable javascript/i.test(line))) return true;
  return all("main, [role=main]").some((main) => !/\S/.test(main.innerText) && !main.querySelector("img, svg, video, canvas"));
})()

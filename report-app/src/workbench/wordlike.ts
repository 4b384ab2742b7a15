// A phrase -> the pattern that finds it, as checks/judge/wordlike.py writes it.
const ALIKE = ["'\u2018\u2019\u02bc`", '"\u201c\u201d\u201e\u00ab\u00bb', "-\u2010\u2011\u2013\u2014"];
const UNSPACED = /[\u0e00-\u0e7f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
const NO_WIDTH = /\u00ad|\u200b|\u2060|\ufeff/g;

export function literal(phrase: string): string {
  const words = phrase.replace(NO_WIDTH, "").normalize("NFC").split(/\s+/).filter(Boolean);
  const inner = words.map((word) => [...word].map(sign).join("")).join("\\s+");
  return `(?i)${edge([...(words[0] ?? "")][0])}${inner}${edge([...(words.at(-1) ?? "")].at(-1))}`;
}

function sign(one: string): string {
  const alike = ALIKE.find((group) => group.includes(one));
  return alike ? `[${alike}]` : one.replace(/[\\^$.|?*+()[\]{}]/, "\\$&");
}

function edge(one: string | undefined): string {
  return one && /[\p{L}\p{N}_]/u.test(one) && !UNSPACED.test(one) ? "\\b" : "";
}

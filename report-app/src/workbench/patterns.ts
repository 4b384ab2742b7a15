// Patterns of policies are those of gonogo's engine: linear time, Unicode. A browser has others.

const WORD = "[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u200c\\u200d]";
const EDGE = `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`;
const NO_EDGE = `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`;
/** What may stand behind a backslash in a browser's pattern; another sign stands there for itself. */
const ESCAPED = /[\^$\\.*+?()[\]{}|/dDwWsSnrtfvpPuxc]/u;
const OUTSIDE: Record<string, string> = { b: EDGE, B: NO_EDGE, A: "^", z: "$" };

/** Returns the pattern that means the same to a browser. Throws where there is none. */
export function translated(pattern: string): string {
  const insensitive = pattern.startsWith("(?i)");
  const signs = [...(insensitive ? pattern.slice(4) : pattern)];
  let out = "";
  let inClass = false;
  for (let at = 0; at < signs.length; at += 1) {
    const sign = signs[at] as string;
    if (sign === "\\") {
      at += 1;
      out += escaped(signs[at] ?? "", inClass);
      if (/^[pP]$/.test(signs[at] ?? "") && signs[at + 1] !== "{") {
        at += 1;
        out += `{${signs[at]}}`;
      }
    } else if (inClass) {
      if (sign === "[" || (sign === "&" && signs[at + 1] === "&")) {
        throw new SyntaxError("classes within classes are not known here");
      }
      inClass = sign !== "]";
      out += sign;
    } else if (sign === "[") {
      inClass = true;
      out += sign;
      if (signs[at + 1] === "^") {
        at += 1;
        out += "^";
      }
      if (signs[at + 1] === "]") {
        at += 1;
        out += "\\]";
      }
    } else if (sign === "(" && signs[at + 1] === "?" && signs[at + 2] === "P") {
      at += 2;
      out += "(?";
    } else {
      out += sign === "." ? "[^\\n]" : sign;
    }
  }
  const whole = insensitive ? `(?i:${out})` : out;
  new RegExp(whole, "u");
  return whole;
}

function escaped(sign: string, inClass: boolean): string {
  if (!inClass && Object.hasOwn(OUTSIDE, sign)) {
    return OUTSIDE[sign] as string;
  }
  if (/[0-9a-zA-Z]/.test(sign) && !ESCAPED.test(sign)) {
    throw new SyntaxError(`\\${sign} is not known here`);
  }
  return ESCAPED.test(sign) || (inClass && sign === "-") ? `\\${sign}` : sign;
}

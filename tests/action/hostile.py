"""Strings that somebody would put on a page, or into a policy, to make a platform do something for them."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

MARKS = [
    "::", "::error::", "::stop-commands::x", "::add-mask::a", "##[", "##[add-mask]a", "##vso[x]", "%", "%0A", "%0D",
    "%25", ",", ":", "=", ";", "]", "\r", "\n", "\r\n", "\u2028", "\x1b[0m", "\u202e", "\u200b", "\ud800", " ",
    "file=a", "\n/override ", "/approve", "@ada", "@bakery/team", "#1", "GH-1", "bakery/site#1", "<", ">", "&", "&lt;",
    "<b>", "</code>", "</details>", "<!-- gonogo:v1 -->", "-->", "<img src=x>", "![a](https://e.vil/a.png)",
    "[a](https://e.vil)", "[a]: https://e.vil", "https://e.vil", "www.e.vil", "a@e.vil", "`", "```", "|", "\\", "*",
    "_", "~~", "# ", "- ", "1. ", "> ", "---", "===", "    ", "\t", ":+1:", "$a$", "é", "日本", "🙂",
]  # fmt: skip
TOKENS = MARKS + [chr(code) for code in range(256 - len(MARKS))]
AT_ONCE = 10
# Ten strings in each of a thousand examples: ten times as fast as one in each of ten thousand.
texts = st.binary(min_size=3 * AT_ONCE, max_size=12 * AT_ONCE).map(
    lambda octets: ["".join(TOKENS[octet] for octet in octets[start::AT_ONCE]) for start in range(AT_ONCE)]
)
many = settings(max_examples=10_000 // AT_ONCE, deadline=None)
"""10,000 strings."""
some = settings(max_examples=30, deadline=None)
ALL = "".join(MARKS)

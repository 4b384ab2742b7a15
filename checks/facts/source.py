"""What only the source of a document says, and its tree no longer: doctype, tags that were merged or moved.

In: the decoded source. Out: facts about its beginning, and the source as a browser with scripts reads it. Each function
goes over the source once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from checks.facts.reference import reference
from checks.facts.texts import clip, collapse

# Comments and the elements whose content is no markup come first, so that tags in them are not taken for tags. What
# begins with `<?` or `<!` is a comment as well (https://html.spec.whatwg.org/multipage/parsing.html#bogus-comment-state).
# Every alternative ends at the end of the source at the latest, and gives nothing back: one pass, whatever the source.
_ATTRS = r"(?:[^>=]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?)*+"
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<[!?][^>]*+(?:>|\Z)"
    r"|<(?P<raw>script|style|title|textarea|template|noscript|xmp|iframe|noembed|noframes)(?=[\s/>])"
    rf"(?P<attrs>{_ATTRS})(?:>|\Z)(?P<content>.*?)(?:</(?P=raw)(?=[\s/>])[^>]*+(?:>|\Z)|\Z)"
    rf"|</?(?P<tag>[a-z][^\s/>]*+){_ATTRS}(?:>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_HEAD_TAGS = frozenset(reference("markup")["head"].split())
_BEFORE_DOCTYPE = re.compile(r"(?:\s++|<!--.*?-->|<\?[^>]*+>)*+", re.DOTALL)
_DOCTYPE = re.compile(r"<!doctype[^>]*>", re.IGNORECASE)
_BODY_OR_HEAD = re.compile(r"<(head|body)(?=[\s/>])", re.IGNORECASE)
_LEAD = 20_000
"""Doctypes are looked for so far into the source; comments and licences may stand before them."""
_SPACE = "\t\n\f\r "
"""White space by the HTML standard: a no-break space, say, is text to a parser."""
_SPACES = re.compile(f"[{_SPACE}]+")
_TEXT = 80
"""Characters of the text that closes a head which are told."""

_QUIRKS = re.compile(
    r"-//W3C//DTD (?:HTML 4\.0 (?:Transitional|Frameset)//|HTML (?:3|2)|W3 HTML )|-//IETF//|-//W3O//"
    r"|-/W3C/DTD HTML 4\.0 Transitional/EN|-//W3C//DTD HTML Experimental|-//(?:Netscape|Microsoft|SoftQuad|WebTechs|"
    r"Sun|AS|AdvaSoft|Metrius|Spyglass|SQ|O'Reilly|\+//Silmaril)",
    re.IGNORECASE,
)
_LIMITED = re.compile(r"-//W3C//DTD (?:XHTML 1\.0|HTML 4\.01) (?:Transitional|Frameset)//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """Facts about the source."""

    doctype: str | None
    compat_mode: str
    head_count: int
    body_count: int
    head_closed_early_by: str | None
    head_closed_early_text: str | None


def read_source(source: str) -> Source:
    """Read what the tree of the document no longer tells."""
    doctype = _doctype(source)
    heads, bodies = _count_tags(source)
    closed_by, text = _closes_head(source) if heads else (None, None)
    return Source(doctype, compat_mode(doctype), heads, bodies, closed_by, text)


def without_noscript(source: str) -> str:
    """Empty the noscript elements: a browser that runs scripts reads them as text, and so do search engines.

    Left in, an image in one of them would end the head for our parser, which knows no scripts.
    """
    return _TOKEN.sub(_emptied, source)


def compat_mode(doctype: str | None) -> str:
    """Return the layout mode of a doctype (https://html.spec.whatwg.org/multipage/parsing.html#the-initial-insertion-mode)."""
    if doctype is None or not re.match(r"<!doctype\s+html\b", doctype, re.IGNORECASE):
        return "quirks"
    if _LIMITED.search(doctype):
        named = "//DTD XHTML" in doctype.upper() or re.search(r"[\"']\s*[\"']", doctype)
        return "limited-quirks" if named else "quirks"
    return "quirks" if _QUIRKS.search(doctype) else "no-quirks"


def _emptied(token: re.Match[str]) -> str:
    raw = token["raw"]
    return f"<noscript{token['attrs']}></noscript>" if raw and raw.lower() == "noscript" else token.group()


def _doctype(source: str) -> str | None:
    lead = source[:_LEAD].lstrip("\ufeff")
    before = _BEFORE_DOCTYPE.match(lead)
    match = _DOCTYPE.match(lead, before.end() if before else 0)
    return collapse(match.group()) if match else None


def _count_tags(source: str) -> tuple[int, int]:
    names = [name.lower() for name in _BODY_OR_HEAD.findall(source)]
    if names.count("head") > 1 or names.count("body") > 1:
        found = [token["tag"].lower() for token in _TOKEN.finditer(source) if token["tag"] and token.group()[1] != "/"]
        names = [name for name in found if name in {"head", "body"}]
    return names.count("head"), names.count("body")


def _closes_head(source: str) -> tuple[str | None, str | None]:
    """Name the first thing between <head> and </head> that may not stand there, so that parsers end the head.

    Returns the tag's name, or `#text` and the text.
    """
    opened, position = False, 0
    for token in _TOKEN.finditer(source):
        between = source[position : token.start()] if opened else ""
        position = token.end()
        if between.strip(_SPACE):
            return ("#text", _shown(between)) if _has_head_end(source, token.start()) else (None, None)
        name = (token["raw"] or token["tag"] or "").lower()
        if token.group().startswith("</"):
            if name == "head":
                return None, None
            continue
        if name == "head":
            opened = True
        elif name == "body":
            return None, None
        elif opened and name and name not in _HEAD_TAGS:
            return (name if _has_head_end(source, position) else None), None
    return None, None


def _shown(text: str) -> str:
    """Return the beginning of a text on one line, where a byte order mark or a no-break space can be seen as well."""
    line = _SPACES.sub(" ", text.strip(_SPACE)[: 10 * _TEXT])[: _TEXT + 1]
    return clip("".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in line), _TEXT)


def _has_head_end(source: str, position: int) -> bool:
    """Whether the source ends its head itself, later: the tag may be left out, and then nothing came too early."""
    return re.compile(r"</head\s*>", re.IGNORECASE).search(source, position) is not None

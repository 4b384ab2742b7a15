"""Runs to comment on, healthy and hostile, and what a harmless comment is."""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from action import comment
from action.comment import Place
from checks.report.result import Result
from tests.action.runs import no_go
from tests.report.made_run import LINK, made_result, make_finding

PREVIEW, RUN = "https://preview.example", "https://github.example/bakery/site/actions/runs/4711"
PLACE = Place(run_url=RUN, preview=PREVIEW, commit="1" * 40)
OURS = {
    "<code>",
    "</code>",
    "<b>",
    "</b>",
    "<br>",
    "<sub>",
    "</sub>",
    "<details>",
    "</details>",
    "<summary>",
    "</summary>",
}
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
WEAKENING = {
    "kind": "severity",
    "file": "gonogo/policies/a.json",
    "what": "seo/title-length",
    "before": "error",
    "after": "info",
    "owner": "marketing",
    "said": "seo/title-length would be info, not error",
}
WAITING = {
    "day": "2026-12-11",
    "owner": "marketing",
    "policy": "seo/h1",
    "title": "One h1",
    "findings": 2,
    "page": "/a/",
}
BY_THE_WAY = {
    "fingerprint": "v1:" + "0" * 32,
    "policy": "seo/h1",
    "title": "One h1",
    "severity": "warning",
    "owner": "marketing",
    "page": "/a/",
    "message": "There are 2.",
    "fix": "Leave one.",
    "file": "content/a.md",
    "line": 3,
    "findings": 1,
    "since": {"day": "2026-10-01", "at_least": False, "days": 59},
}
PREVIEWED = {
    "policy": "seo/h1",
    "change": "added",
    "title": "One h1",
    "finds": 12,
    "pages": 10,
    "said": "would find 12",
}


def blocking(number: int, **more: Any) -> dict[str, Any]:
    return make_finding({**LINK, **more}, f"/{number}/", f"/gone-{number}", f"The link {number} leads to nothing.")


def hostile_result(text: str) -> Result:
    """Return a run in which `text` stands wherever a page, a policy or a pull request can write."""
    written = {"message": text, "title": text, "fix": f"{text} `{text}`", "owner": text, "what": text, "value": text}
    finding = {
        **make_finding(LINK, text or "/", "x", "m"),
        **written,
        "page": text,
        "reference": [text, "https://e.vil/"],
    }
    mild = {**finding, "blocking": False, "severity": "warning", "state": "existing", "cause": "c1:" + "1" * 16}
    weakening = {**dict.fromkeys(WEAKENING, text), "after": [text]}
    verdict = no_go(
        reasons=[text],
        notes=[text],
        owners={text: {"verdict": text, "blocking": 1}},
        weakenings=[weakening],
        rules_preview=[{**PREVIEWED, "policy": text, "change": text, "said": text}],
        workflows=[{"file": text, "said": text}],
        escalating=[{**WAITING, **dict.fromkeys(("day", "owner", "policy", "page"), text)}],
        while_here=[{**BY_THE_WAY, **dict.fromkeys(("policy", "owner", "page", "message", "fix", "file"), text)}],
        site=text,
        compared={
            "baseline": text,
            "pages": dict.fromkeys(("added", "removed", "moved", "changed", "same"), 1),
            "fixed": 1,
        },
    )
    run = {"trust": {"said": text}, "preview": text, "site": text}
    line = {"path": text, "state": "failed", "why": text, "owner": text}
    return made_result(
        verdict=verdict,
        run=run,
        findings=lambda: iter([finding, mild]),
        coverage=lambda: iter([line]),
        fixed=lambda: iter([{**finding, "policy": text, "state": "fixed"}]),
        sources=lambda _: {"file": text, "line": 3},
        snippets=lambda _: None,
    )


def tokens(text: str) -> list[Token]:
    found = PARSER.parse(text)
    return [*found, *(child for token in found for child in token.children or ())]


def words(text: str) -> str:
    """What a reader sees, tags left out; where GitHub looks for mentions, issues and addresses."""
    return "\n".join(token.content for token in tokens(text) if token.type == "text")


def check_harmless(text: str) -> None:
    kinds = tokens(text)
    raw = "".join(token.content for token in kinds if token.type in {"html_inline", "html_block"})
    assert set(re.findall(r"<[^!][^>]*>", raw)) <= OURS
    assert re.findall(r"<!.*?>", raw) == [comment.marker("")]
    assert not [token for token in kinds if token.type == "image"]
    targets = {str(token.attrs["href"]) for token in kinds if token.type == "link_open"}
    assert all(target.startswith((f"{PREVIEW}/", RUN)) for target in targets)
    assert not re.search(r"(?m)^\s*/", text)
    assert not re.search(r"@\w|#\d|\bGH-\d|://|\bwww\.", words(text), re.IGNORECASE)

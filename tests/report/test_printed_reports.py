"""A report for a machine that is printed into a build log holds no command of a CI system, and still says the same."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.report import escape
from checks.report.formats import WRITERS
from checks.report.result import Result

# GitHub: `::name::` begins a line, `##[name]` stands anywhere; Azure and TeamCity likewise `##vso[` and `##teamcity[`.
_COMMAND = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)
PIECES = st.sampled_from(
    ["::", ":", "#", "##[", "##vso[a b]", "##[add-mask]r", "::error::a", "\n", "\r", " ", "\\", "\\u0023", "&#35;", '"']
)
TEXTS = st.lists(PIECES, max_size=8).map("".join)


def shown(name: str, text: str) -> str:
    words = ("policy", "title", "severity", "owner", "page", "what", "value", "message", "fix", "state")
    one: dict[str, Any] = {**dict.fromkeys(words, text), "reference": [text], "fingerprint": "v1:" + "0" * 32}
    result = Result(
        verdict={"verdict": text, "reasons": [text], "site": text, "policies": []},
        run={"gonogo": text, "started": text},
        findings=lambda: iter([one]),
        coverage=lambda: iter([{"path": text, "state": "failed", "why": text, "kind": "page"}]),
        snippets=lambda _key: {"line": 1, "column": 1, "text": text},
        sources=lambda _key: {"file": text},
    )
    out = io.StringIO()
    WRITERS[name](result, out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["sarif", "junit", "code-quality"])
@given(text=TEXTS)
def test_whatever_a_page_says_a_printed_report_is_no_command(name: str, text: str) -> None:
    assert not _COMMAND.search(shown(name, text))


@given(TEXTS)
def test_json_that_can_be_printed_means_the_same(text: str) -> None:
    assert json.loads(escape.json_text({text: [text]})) == {text: [text]}


@given(TEXTS)
def test_xml_that_can_be_printed_means_the_same(text: str) -> None:
    element = ET.Element("a", {"b": escape.xml(text)})
    element.text = escape.xml_lines(text)
    plain = ET.tostring(element, encoding="unicode")
    back = ET.fromstring(escape.xml_document(plain))  # noqa: S314 - it was written in the line before
    assert ET.tostring(back, encoding="unicode") == plain

"""What report.html carries for its interactive part comes back as it went in, and can't get out of its element."""

from __future__ import annotations

import base64
import gzip
import io
import json
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from checks.report.interactive import parts

PART = re.compile(r'<script type="application/gzip" data-part="x">([A-Za-z0-9+/=]*)</script>\n')
TEXT = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]))


def read(written: str) -> Any:
    found = PART.fullmatch(written)
    assert found is not None
    return json.loads(gzip.decompress(base64.b64decode(found[1])))


@given(st.dictionaries(TEXT, TEXT | st.integers(-(2**53), 2**53) | st.none()))
def test_a_document_comes_back_as_it_was(document: dict[str, Any]) -> None:
    out = io.StringIO()
    parts.document(out, "x", document)
    assert read(out.getvalue()) == document


@given(st.lists(st.dictionaries(TEXT, st.integers(0, 9), max_size=2), max_size=50))
def test_rows_come_back_as_one_list(rows: list[dict[str, Any]]) -> None:
    out = io.StringIO()
    parts.rows(out, "x", iter(rows))
    assert read(out.getvalue()) == rows


def test_what_cannot_be_seen_is_written_out() -> None:
    out = io.StringIO()
    parts.document(out, "x", {"text": "a\u202eb\x7f\ud800\U000e0001 \n</script>"})
    assert read(out.getvalue()) == {"text": "a\\u202eb\\x7f\ufffd\\U000e0001 \n</script>"}


def test_the_same_documents_make_the_same_bytes() -> None:
    one, other = io.StringIO(), io.StringIO()
    for out in (one, other):
        parts.document(out, "x", {"a": 1})
    assert one.getvalue() == other.getvalue()

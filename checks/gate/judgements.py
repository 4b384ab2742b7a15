"""What policies said of page documents before: given again for the same bytes and the same policies.

In: the lines of pages.jsonl, unread. Out: the findings of each, counted, and its outline; a document that was judged
before is not read again. Judging is a function of the document, the policies and this program, and all three are in the
key.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from checks import json_bytes, kept_facts
from checks.cache.store import Trace
from checks.collect.reuse.circumstances import digest, program
from checks.judge.evaluate import Judged
from checks.judge.finding import Finding
from checks.judge.worth import worth_of
from checks.report.outline import outlined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from checks.cache.store import Store
    from checks.judge.evaluate import Judge
    from checks.judge.policy import Policy
    from checks.run_folder import RunFolder

_FAST = 1
_PLACE = b"judgements" + bytes(6)
"""Of all of them: they are looked up by their key alone."""
KIND = "page"


@dataclass(slots=True)
class Judgements:
    """Those in `store`, by the policies of a run."""

    store: Store
    rules: bytes
    reused: int = 0
    _last: tuple[kept_facts.Line, bytes, bytes | None] | None = field(default=None)

    @classmethod
    def by(cls, store: Store, policies: Sequence[Policy]) -> Judgements:
        """Return what these policies said before."""
        said = [[policy.id, policy.document, policy.fail_on] for policy in policies]
        return cls(store, bytes.fromhex(digest([program(), said])))

    def judged(
        self, run: RunFolder, judging: Judge, outline: Callable[[Mapping[str, Any]], None]
    ) -> Iterator[tuple[kept_facts.Line, Finding]]:
        """Give what failed on every page of a run, count what every policy said, and tell `outline` of each page."""
        for line in kept_facts.page_lines(run, self._path_of):
            judged, about = self._of(line, judging)
            outline(about)
            judging.count(KIND, judged)
            for finding in judged.findings:
                yield line, finding

    def _look_up(self, line: kept_facts.Line) -> tuple[bytes, bytes | None]:
        if self._last is None or self._last[0] is not line:
            key = hashlib.sha256(b"judged" + self.rules + line.text).digest()
            self._last = (line, key, self.store.body(key))
        return self._last[1:]

    def _path_of(self, line: kept_facts.Line) -> str:
        _, body = self._look_up(line)
        if body is None:
            return str(line["path"])
        return body[: body.index(b"\0")].decode("utf-8", "surrogatepass")

    def _of(self, line: kept_facts.Line, judging: Judge) -> tuple[Judged, Mapping[str, Any]]:
        key, body = self._look_up(line)
        if body is not None:
            self.reused += 1
            return _unpacked(body[body.index(b"\0") + 1 :])
        document = line.read()
        judged = judging.judged(document)
        weighed = tuple(
            finding if (worth := worth_of(document, finding.pointer)) is None else replace(finding, worth=worth)
            for finding in judged.findings
        )
        judged, about = replace(judged, findings=weighed), outlined(document)
        packed = _packed(judged, about)
        # JSON has no number of more than 64 bits: such a finding is made each time.
        if _unpacked(packed) == (judged, about):
            path = str(document["path"]).encode("utf-8", "surrogatepass")
            self.store.put(_PLACE, Trace(key, b""), path + b"\0" + packed)
        return judged, about


def _packed(judged: Judged, outline: Mapping[str, Any]) -> bytes:
    said = {
        "outcomes": judged.outcomes,
        "lacked": list(judged.lacked.items()),
        "findings": [finding.to_document() for finding in judged.findings],
        "outline": outline,
    }
    return zlib.compress(json_bytes.encode(said), _FAST)


def _unpacked(body: bytes) -> tuple[Judged, Mapping[str, Any]]:
    said = json_bytes.decode(zlib.decompress(body))
    findings = tuple(Finding.from_document(one) for one in said["findings"])
    return Judged(tuple(said["outcomes"]), dict(said["lacked"]), findings), said["outline"]

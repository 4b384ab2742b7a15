"""Pages of earlier runs: looked up by their path, and taken when all that they depended on answers the same.

In: a page to measure, or one that was measured. Out: its facts from before, or None; and in the end how many there were
and why others were measured. As a build system does it: what a page asked for is known from when it was measured last.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from checks import json_bytes
from checks.cache.store import Trace
from checks.collect.closer import is_slow
from checks.collect.index_rows import unpacked_document
from checks.collect.reuse.changed import first_change
from checks.collect.reuse.circumstances import digest
from checks.collect.reuse.clean_files import CleanFiles
from checks.collect.reuse.completions import Completions, around
from checks.collect.reuse.now import Now
from checks.collect.reuse.packing import Kept, packed, unpacked
from checks.collect.reuse.purity import impure
from checks.collect.reuse.tally import NEW, Tally
from checks.facts.asked import missing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from checks.cache.store import Store
    from checks.collect.discover import Discovered
    from checks.collect.extraction import Extracted
    from checks.collect.index import Index
    from checks.collect.place import Painted
    from checks.collect.recorder import Recorder, Seen
    from checks.collect.rendering import Task
    from checks.collect.reuse.steps import Steps
    from checks.collect.surroundings import SiteSurroundings
    from checks.collect.visits import Known
    from checks.facts.host_mentions import Own
    from checks.facts.page_settings import PageSettings
    from checks.facts.visit import Visit
    from checks.settings import Settings

DECIDED_HERE = frozenset({"recorded", "blocked"})
"""Answers of our own to requests of other sites."""
_GONE = "what was kept of it is gone"
_UNEMULATED = "the host answers it with what the build does not show"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of an earlier run, and the key of it."""

    kept: Kept
    key: str


@dataclass(slots=True)
class Reuse:
    """What `store` has kept for the pages of a build; `circumstances` are those of this run."""

    store: Store
    circumstances: Mapping[str, str]
    known: Known
    settings: PageSettings
    tally: Tally = field(default_factory=Tally)
    now: Now = field(init=False)
    _why: dict[str, str] = field(default_factory=dict)
    _slow: dict[str, bytes] = field(default_factory=dict)
    """The keys of pages that may be looked at again."""
    repeats: int = 0
    """How many looks at pages could not be kept: a run over the same build would take them again."""
    _measured: str = ""
    _looked_into: Callable[[str], object] = field(init=False)
    """Pages share most of what they load, and to find out what is served costs more than to remember it."""

    def __post_init__(self) -> None:
        self._looked_into = lru_cache(maxsize=4096)(lambda url: self.known.assets.of(self.known.preview.answer_at(url)))
        self.now = Now(self.known.preview)
        self._measured = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")

    def get(self, path: str) -> Found | None:
        """Return what an earlier run made of the page at `path`, where nothing that it depends on has changed."""
        why, present = NEW, self._present(path)
        traces = self.store.traces(self._place(path))
        for number, trace in enumerate(traces):
            then = json_bytes.decode(trace.text)
            changed = self._changed(then, present)
            if changed is None and (body := self.store.body(trace.key)) is not None:
                self._look_into(then)
                self.tally.reused += 1
                return Found(unpacked(body), trace.key.hex())
            if number == 0:
                why = changed or _GONE
        self._why[path] = why
        return None

    def last(self, path: str) -> dict[str, Any] | None:
        """Return what was found of a page when this program measured it last, whatever has changed since."""
        for trace in self.store.traces(self._place(path)):
            then = json_bytes.decode(trace.text)
            same = then["circumstances"].get("gonogo") == self.circumstances["gonogo"]
            if same and (body := self.store.body(trace.key)) is not None:
                return unpacked_document(unpacked(body).built.document)
        return None

    def keep(self, task: Task, visit: Visit, painted: Painted, recorder: Recorder, built: Extracted) -> None:
        """Keep what was made of a page, unless it depends on more than the build."""
        before = self._why.pop(task.path, NEW)
        seen = list(recorder.requests.values())
        why = impure(task, visit, painted, recorder, self.settings) or self._unseen(visit, seen)
        self.tally.measured(task.path, why or before)
        if why is not None:
            self.missed()
            return
        text = json_bytes.encode(
            {
                **self._present(task.path),
                "day": self._day(exact=task.scripted or built.of_the_day),
                "asked": self._asked(seen),
            }
        )
        key = hashlib.blake2b(text, digest_size=20).digest()
        self.store.put(
            self._place(task.path),
            Trace(key, text),
            packed(Kept(built, self._measured, tuple(missing(visit.exchanges)))),
        )
        if is_slow(built.vitals):
            self._slow[task.path] = key

    def missed(self) -> None:
        """Count a look that did not come out, so that the next run takes it again."""
        self.repeats += 1

    def failed(self, path: str) -> None:
        """Count a page that could not be measured."""
        self.missed()
        self._why.pop(path, None)
        self.tally.measured(path, "it could not be measured")

    def amend(self, path: str, document: bytes, vitals: Mapping[str, Any]) -> None:
        """Keep the document of a page that was looked at again."""
        key = self._slow.get(path)
        body = self.store.body(key) if key is not None else None
        if key is not None and body is not None:
            kept = unpacked(body)
            self.store.put_again(
                key, packed(replace(kept, built=replace(kept.built, document=document, vitals=vitals)))
            )

    def groups(self, path: str) -> dict[str, Any] | None:
        """Return what an earlier run found when it looked at a page again, where nothing has changed."""
        page = self._key_of(path)
        for trace in self.store.traces(self._place(path, "again")) if page is not None else ():
            then = json_bytes.decode(trace.text)
            if then["page"] == page and self._answer_the_same(then) and (body := self.store.body(trace.key)):
                self._look_into(then)
                found: dict[str, Any] = json_bytes.decode(body)
                return found
        return None

    def keep_groups(self, path: str, steps: Steps, groups: Mapping[str, Any]) -> None:
        """Keep what was found when a page was looked at again, which is known for what it is by itself."""
        page, preview = self._key_of(path), self.known.preview
        seen = [*steps.looked, *steps.others]
        others = {one.answered for one in seen if not preview.is_own(one.url)}
        own = [one.url for one in seen if preview.is_own(one.url)]
        strange = any(self.now.shares_a_worker(url) or not self.now.is_known(url) for url in own)
        if page is None or steps.strange or strange or others - DECIDED_HERE:
            self.missed()
            return
        looked = {url: (answer, into) for url, answer, into in self._asked(steps.looked)}
        asked = {url: (answer, False) for url, answer, _ in self._asked(steps.others)} | looked
        text = json_bytes.encode({"page": page, "asked": [(url, *asked[url]) for url in sorted(asked)]})
        trace = Trace(hashlib.blake2b(text, digest_size=20).digest(), text)
        self.store.put(self._place(path, "again"), trace, json_bytes.encode(groups))

    def clean_files(self, own: Own) -> CleanFiles:
        """Return what is known of the files of the build."""
        return CleanFiles(self.store, own)

    def completions(
        self, settings: Settings, found: Discovered, index: Index, surroundings: SiteSurroundings
    ) -> Completions:
        """Return what gives whole documents again; for when all pages are there."""
        return Completions(self.store, around(settings, found, index, surroundings), surroundings)

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences for the report."""
        troubles = (f"the cache of measurements: {one}" for one in sorted(self.store.troubles))
        return (*self.tally.sentences(), *troubles)

    def _place(self, path: str, *what: str) -> bytes:
        return bytes.fromhex(digest([self.known.preview.origin, path, *what]))

    def _key_of(self, path: str) -> str | None:
        """Return the key under which the page lies as it is now; None where it is not kept."""
        present = self._present(path)
        for trace in self.store.traces(self._place(path)):
            if self._changed(json_bytes.decode(trace.text), present) is None:
                return trace.key.hex()
        return None

    def _look_into(self, then: Mapping[str, Any]) -> None:
        """Look into what a page has loaded: the site document tells of the code of all pages."""
        for url, _, looked in then["asked"]:
            if looked:
                self._looked_into(url)

    def _answer_the_same(self, then: Mapping[str, Any]) -> bool:
        return all(self.now.answer(url) == was for url, was, _ in then["asked"])

    def _present(self, path: str) -> dict[str, Any]:
        settings, url = self.settings, self.known.preview.origin + path
        declared = [settings.expect(path), settings.page_type(path), settings.coverage(path), settings.chooses(path)]
        return {"circumstances": dict(self.circumstances), "declared": digest(declared), "page": self.now.page(url)}

    def _day(self, *, exact: bool) -> str:
        """Return the day of the run, or its year for a page that only says a year; scripts may read the clock."""
        today = self.settings.today
        return "" if today is None else today.isoformat() if exact else str(today.year)

    def _changed(self, then: Mapping[str, Any], present: Mapping[str, Any]) -> str | None:
        """Return the first thing that is not as it was; None: nothing has changed."""
        changed = first_change(then, present, {self._day(exact=True), self._day(exact=False)})
        if changed is None and not self._answer_the_same(then):
            return "something that it loads has changed"
        return changed

    def _unseen(self, visit: Visit, seen: list[Seen]) -> str | None:
        """Return why the requests of a page may not all be known, or what the host alone knows."""
        preview = self.known.preview
        if not preview.served(visit.url).is_known:
            return _UNEMULATED
        own = (one.url for one in seen if preview.is_own(one.url))
        if any(self.now.shares_a_worker(url) for url in own):
            return "it may share a worker, whose requests are not seen"
        return None

    def _asked(self, seen: list[Seen]) -> list[tuple[str, str, bool]]:
        """Return each address of the site that the page asked for, what is answered, and whether it was looked into."""
        preview, looked = self.known.preview, dict[str, bool]()
        for one in seen:
            if preview.is_own(one.url):
                blocked = one.error is not None and one.error.startswith("blocked")
                looked[one.url] = looked.get(one.url, False) or not (blocked or one.type == "document")
        return [(url, self.now.answer(url), looked[url]) for url in sorted(looked)]

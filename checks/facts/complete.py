"""The page document with what lies on other pages: where its links lead, what may be fetched.

In: a document as `page.build` made it, and the surroundings, which know the host, robots.txt and the other pages.
Out: the whole document; the one that came in is left as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts import asked
from checks.facts.images import shown_as
from checks.facts.look import Site
from checks.facts.mime import media_type
from checks.facts.page_settings import PageSettings
from checks.facts.urls import normalise_url, parse, without_fragment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.facts.surroundings import Answered, Surroundings

Document = dict[str, Any]
CRAWLERS = ("googlebot", "bingbot", "*")
_SEARCH = ("googlebot", "bingbot")
_ALWAYS_THERE = frozenset({"", "top"})
"""Fragments that lead to the top of any document (https://html.spec.whatwg.org/multipage/browsing-the-web.html#select-the-indicated-part)."""


def complete(document: Mapping[str, Any], surroundings: Surroundings) -> Document:
    """Return the document with everything that only the whole site knows."""
    return completed(document, surroundings)[0]


def completed(document: Mapping[str, Any], surroundings: Surroundings) -> tuple[Document, bool]:
    """Return the whole document, and whether it would be the same whatever the HTML of other pages holds.

    What `page` and `anchors` say of them is left aside, and so is which addresses a page redirects.
    """
    completion = _Completion(document, surroundings)
    whole = completion.whole()
    return whole, completion.apart


class _Completion:
    def __init__(self, document: Mapping[str, Any], surroundings: Surroundings) -> None:
        self.document = document
        self.around = surroundings
        config = document["config"]
        self.site = Site(PageSettings(config["production_origin"], config["base_path"]))
        self.known: dict[str, Answered] = {}
        self.apart = True
        """Whether no size of another page was read, and the build shows all that was asked for."""
        self.scale: float = document["render"]["viewport"]["scale"] if "render" in document else 1.0

    def whole(self) -> Document:
        document, url = self.document, self.document["url"]
        allowed = {crawler: self.around.robots_allowed(crawler, url) for crawler in CRAWLERS}
        reasons = set(document["indexability_reasons"])
        if not all(allowed[crawler] for crawler in _SEARCH):
            reasons.add("robots_txt")
        completed = {
            **document,
            "template": self.around.template(document["path"]),
            "robots_txt": {"allowed": allowed},
            "sitemap": {"listed": self.around.listed(normalise_url(url))},
            "indexable": not reasons,
            "indexability_reasons": sorted(reasons),
            "robots": {**document["robots"], "assets_noindex": self._assets_noindex()},
            "canonical": {**document["canonical"], "target": self._target(document["canonical"])},
            "links": {**document["links"], "items": [self._link(item) for item in document["links"]["items"]]},
            "images": {**document["images"], "items": [self._image(item) for item in document["images"]["items"]]},
            "structured_data": {
                **document["structured_data"],
                "images": [self._data_image(item) for item in document["structured_data"]["images"]],
            },
            "icons": {"items": [self._icon(item) for item in document["icons"]["items"]]},
            "social": {**document["social"], "image": self._social(document["social"]["image"])},
            "forms": [{**item, "status": self._form_status(item["url"])} for item in document["forms"]],
        }
        if "requests" in document:
            items = [self._request(item) for item in document["requests"]["items"]]
            away = {item["url"] for item in items if item["answered"] == asked.UNREACHABLE}
            failed = [one for one in document["requests"]["failed"] if one["url"] not in away]
            completed["requests"] = {**document["requests"], "items": items, "failed": failed}
        return completed

    def _assets_noindex(self) -> list[Document]:
        """Return the files of the site that the page names, and that a header keeps from being indexed."""
        if not self.document["config"]["sends_headers"]:
            return []
        named = [item["url"] for group in ("links", "images") for item in self.document[group]["items"]]
        loaded = [item["url"] for item in self.document.get("requests", {"items": []})["items"]]
        own = {url for one in (*named, *loaded) if (url := self._own(one)) is not None and url != self.document["url"]}
        answers = ((url, self._answer(url)) for url in sorted(own))
        return [{"url": url} for url, answered in answers if answered.noindex and not _is_page(answered)]

    def _own(self, url: str | None) -> str | None:
        """Return the address on the production origin, without its fragment; None for what is not the site's own."""
        address = parse(url) if url else None
        return self.site.at_origin(address) if address is not None and self.site.is_internal(address) else None

    def _form_status(self, url: str | None) -> int | None:
        own = self._own(url)
        return None if own is None else self.around.form_status(own)

    def _answer(self, url: str) -> Answered:
        if url not in self.known:
            answered = self.known[url] = self.around.answer(url)
            # To have asked for what the build does not show is noted elsewhere, each time.
            self.apart &= answered.status is not None
        return self.known[url]

    def _looked_into(self, url: str) -> Answered:
        """Return the answer at an address whose body is told of."""
        answered = self._answer(url)
        self.apart &= not answered.of_page
        return answered

    def _target(self, canonical: Mapping[str, Any]) -> Document | None:
        url = self._own(canonical["url"])
        if url is None:
            return None
        answered = self._answer(url)
        page = self.around.page(normalise_url(url))
        indexable = None
        if page is not None:
            indexable = page.indexable and all(self.around.robots_allowed(crawler, url) for crawler in _SEARCH)
        return {
            "url": url,
            # A redirect is an answer of its own here: a canonical has to name the final address.
            "status": answered.status,
            "indexable": indexable and not answered.redirects if indexable is not None else None,
            "is_self": page.canonical_self if page is not None else None,
        }

    def _link(self, item: Mapping[str, Any]) -> Document:
        url = self._own(item["url"]) if item["internal"] else None
        if url is None:
            return dict(item)
        answered = self._answer(url)
        return {
            **item,
            "status": answered.status,
            "redirects": answered.redirects,
            "final_url": answered.final_url,
            "fragment_ok": self._fragment_ok(item["fragment"], answered.final_url),
        }

    def _fragment_ok(self, fragment: str | None, url: str) -> bool | None:
        if fragment is None:
            return None
        name = fragment.partition(":~:")[0]
        if name.lower() in _ALWAYS_THERE:
            return True
        if name.startswith(("/", "!")):
            return None  # an address within an application, which its scripts read
        anchors = self.around.anchors(without_fragment(url))
        return None if anchors is None else name in anchors

    def _image(self, item: Mapping[str, Any]) -> Document:
        url = self._own(item["url"]) if item["internal"] else None
        answered = self._looked_into(url) if url is not None else None
        told = dict(item)
        if answered is not None and item["status"] is None:
            told.update(status=answered.status, content_type=media_type(answered.content_type))
        if answered is not None and item["bytes"] is None:
            told.update(bytes=answered.bytes, transfer=answered.transfer)
        if item["natural"] is None and answered is not None and answered.image_size is not None:
            width, height = answered.image_size
            told["natural"] = {"width": width, "height": height}
        file = self._file(item["chosen"]) or answered
        if file is None:
            return told
        return {**told, **shown_as(told, file.image_size, media_type(file.content_type), self.scale)}

    def _file(self, url: str | None) -> Answered | None:
        """Return the answer at an address of the site; None for those of others, and where there is none."""
        own = self._own(url)
        return self._looked_into(own) if own is not None else None

    def _icon(self, item: Mapping[str, Any]) -> Document:
        url = self._own(item["url"])
        if url is None:
            return dict(item)
        answered = self._looked_into(url)
        width, height = answered.image_size or (None, None)
        return {**item, "status": answered.status, "width": width, "height": height}

    def _data_image(self, item: Mapping[str, Any]) -> Document:
        url = self._own(item["url"])
        if url is None:
            return dict(item)
        answered = self._looked_into(url)
        width, height = answered.image_size or (None, None)
        told = {"status": answered.status, "content_type": media_type(answered.content_type)}
        return {**item, **told, "width": width, "height": height}

    def _social(self, image: Mapping[str, Any] | None) -> Document | None:
        url = self._own(image["url"]) if image else None
        if image is None or url is None:
            return dict(image) if image else None
        answered = self._looked_into(url)
        width, height = answered.image_size or (None, None)
        declared = image["declared"]
        sides = [(declared["width"], width), (declared["height"], height)]
        known = [said == there for said, there in sides if said is not None and there is not None]
        return {
            **image,
            "declared": {**declared, "is_true": all(known) if known else None},
            "status": answered.status,
            "content_type": media_type(answered.content_type),
            "redirects": answered.redirects,
            "width": width,
            "height": height,
            "bytes": answered.bytes,
        }

    def _request(self, item: Mapping[str, Any]) -> Document:
        url = self._own(item["url"])
        if item["answered"] == "allowed" and not self.around.others_answer and asked.is_silent(item):
            item = {**item, "answered": asked.UNREACHABLE}
        return {**item, "robots_allowed": self.around.robots_allowed("googlebot", url) if url else None}


def _is_page(answered: Answered) -> bool:
    """Whether it is a page, which says for itself what may be done with it."""
    return media_type(answered.content_type) in {"text/html", "application/xhtml+xml"}

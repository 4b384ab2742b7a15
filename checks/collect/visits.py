"""From what a rendering place saw to the record that facts are made from.

In: a painted page, what the protocol recorded, the host model. Out: a `Visit`. What the preview itself answers is taken
from the host model, not from the browser, whose warm cache answers differently from page to page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks.collect import exchanges
from checks.facts.answers import Accessible, Hidden, Violation, Worker
from checks.facts.blank import media_share
from checks.facts.loading import Loading
from checks.facts.visit import Cookie, Embed, Face, Hop, InPage, Largest, Overlay, PaintedImage, Report, Visit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from checks.collect.assets import Assets
    from checks.collect.place import Painted
    from checks.collect.preview import Preview, Served
    from checks.collect.recorder import Recorder
    from checks.collect.rendering import Task


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a build without a browser: what is served where, and what stands in it."""

    preview: Preview
    assets: Assets


def delivered_only(url: str, path: str, preview: Preview, served: Served) -> Visit:
    """Return the visit of a page that no browser rendered."""
    return Visit(
        url=url,
        path=path,
        status=served.status,
        final_url=url,
        redirects=tuple(Hop(hop.url, hop.status, hop.kind) for hop in served.hops),
        headers=served.headers,
        body=served.body(),
        transfer_bytes=preview.transfer(served),
    )


def rendered(
    task: Task, known: Known, painted: Painted, recorder: Recorder, cookies: Iterable[Mapping[str, Any]]
) -> Visit:
    """Return the visit of a page that the browser rendered."""
    url, path, preview = task.url, task.path, known.preview
    served, answer = preview.served(url), painted.answer
    return Visit(
        url=url,
        path=path,
        status=served.status,
        final_url=answer["url"].partition("#")[0],
        redirects=tuple(Hop(hop.url, hop.status, hop.kind) for hop in served.hops),
        headers=served.headers,
        body=served.body(),
        transfer_bytes=preview.transfer(served),
        rendered=answer["html"],
        in_page=_in_page(answer, painted.entropy),
        exchanges=exchanges.of(recorder.requests.values(), preview, known.assets),
        console=tuple(sorted(set(recorder.console), key=lambda one: (one.kind, one.text, one.url or ""))),
        cookies=tuple(sorted((_cookie(one) for one in cookies), key=lambda one: (one.domain, one.path, one.name))),
        dialogs=recorder.dialogs,
        downloads=recorder.downloads,
        popups=recorder.popups,
        closed_itself=recorder.closed_itself,
        navigations=max(0, recorder.navigations - 1),
        prompts=tuple(sorted(recorder.prompts)),
        loading=loading(painted),
    )


def loading(painted: Painted) -> Loading:
    """Return how a page loaded."""
    answer = painted.answer
    largest = answer["lcp"]
    return Loading(
        times={
            "lcp_ms": largest["at"] if largest else None,
            "fcp_ms": answer["fcp"],
            "ttfb_ms": answer["ttfb"],
            "load_ms": answer["load"],
            "settle_ms": painted.settle_ms,
        },
        cls=answer["cls"],
        tasks=tuple((start, took) for start, took in answer["tasks"]),
        moved=dict(answer["moved"]),
        scripts=dict(answer["scripts"]),
        lcp=(largest["selector"], largest["url"]) if largest else None,
        alone=painted.alone,
    )


def _in_page(answer: Mapping[str, Any], entropy: float | None) -> InPage:
    return InPage(
        compat_mode=answer["compatMode"],
        visible_words=answer["visibleWords"],
        visible_media_share=media_share(answer["visibleMediaShare"]),
        overflow_px=answer["overflow"],
        viewport_width=answer["width"],
        viewport_height=answer["height"],
        images=tuple(
            PaintedImage(
                src=image["src"],
                natural_width=image["naturalWidth"],
                natural_height=image["naturalHeight"],
                displayed_width=image["displayedWidth"],
                displayed_height=image["displayedHeight"],
                complete=image["complete"],
                visible=image["visible"],
                reserved=image["reserved"],
                chosen=image["chosen"],
                screen=image["screen"],
                priority=image["priority"],
                fit=image["fit"],
            )
            for image in answer["images"]
        ),
        scale=answer["scale"],
        embeds=tuple(Embed(**embed) for embed in answer["embeds"]),
        faces=tuple(Face(**face) for face in answer["faces"]),
        largest=tuple(Largest(**one) for one in answer["largest"]),
        render_blocking=tuple(sorted(answer["blocking"])),
        small_text=answer["smallText"],
        unreadable=tuple(answer["unreadable"]),
        overlay=Overlay(**answer["overlay"]) if answer["overlay"] else None,
        reports=tuple(Report(**report) for report in answer["deprecations"]),
        local_storage=tuple(sorted(answer["local"])),
        session_storage=tuple(sorted(answer["session"])),
        accessible=_accessible(answer["accessibility"]),
        violations=tuple(sorted({Violation(**one) for one in answer["violations"]})),
        hidden=Hidden(**answer["hidden"]) if answer["hidden"] else None,
        workers=tuple(sorted({Worker(**one) for one in answer["workers"]})),
        screenshot_entropy=entropy,
    )


def _accessible(answer: Mapping[str, Any]) -> Accessible:
    return Accessible(
        places=tuple((rule, tuple(tags)) for rule, tags in answer["places"]),
        aria=tuple((name, value, tag) for name, value, tag in answer["aria"]),
        roles=tuple((role, own, tuple(names), tag) for role, own, names, tag in answer["roles"]),
        autocomplete=tuple((value, tag) for value, tag in answer["autocomplete"]),
        langs=tuple((lang, tag) for lang, tag in answer["langs"]),
        texts=tuple((colour, behind, size, weight, tag) for colour, behind, size, weight, tag in answer["texts"]),
    )


def _cookie(cookie: Mapping[str, Any]) -> Cookie:
    return Cookie(
        name=cookie["name"],
        domain=cookie["domain"],
        path=cookie["path"],
        secure=bool(cookie.get("secure")),
        http_only=bool(cookie.get("httpOnly")),
        same_site=cookie.get("sameSite"),
    )

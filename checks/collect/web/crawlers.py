"""The preview, asked as crawlers ask: the home page and a few key pages, with the name of each.

In: the client of a preview that is a URL, what tells a page from a refusal, and pages that others got. Out: what each
crawler was answered; None where somebody got no answer at all, so that nobody knows. Names go to the preview's own
origin only, under the limits of every request.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from checks.collect.web.client import FetchError
from checks.facts.crawler_access import NOT_ASKED, agents, crawler_access
from checks.facts.site_visit import CrawlerAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from checks.collect.web.client import Client
    from checks.collect.web.sifting import Sifter
    from checks.collect.web.web import Web
    from checks.facts.robots_txt import Robots
    from checks.facts.site_settings import SiteSettings

MOST_PAGES = 3
"""Pages that each crawler asks for: who lets a crawler in on these lets it in."""


def access(web: Web | None, settings: SiteSettings, robots: Robots) -> Mapping[str, Any] | None:
    """Return the group `crawler_access`; None where the preview did not answer one of them."""
    if web is None:
        return NOT_ASKED
    answers = web.as_crawlers(dict.fromkeys((settings.page.base_path, *settings.key_pages)))
    return (
        None if answers is None else crawler_access(answers, settings.crawlers, robots, settings.page.production_origin)
    )


async def ask(client: Client, sifter: Sifter, targets: Sequence[str]) -> Mapping[str, Sequence[CrawlerAnswer]] | None:
    """Return what every known crawler is answered at `targets`, which answer 200 to everybody else."""
    names = agents()
    try:
        found = await asyncio.gather(*(_asked(client, sifter, names[token], targets) for token in sorted(names)))
    except FetchError:
        return None
    return dict(zip(sorted(names), found, strict=True))


async def _asked(client: Client, sifter: Sifter, agent: str, targets: Sequence[str]) -> list[CrawlerAnswer]:
    return [await _one(client, sifter, agent, target) for target in targets]


async def _one(client: Client, sifter: Sifter, agent: str, target: str) -> CrawlerAnswer:
    reply = await client.get(target, agent=agent)
    try:
        why = sifter.refusal(reply, client.origin, target, wanted=False)
    finally:
        reply.file.unlink(missing_ok=True)
    if why is None and reply.status != HTTPStatus.OK:
        why = f"it answers with status {reply.status}"
    return CrawlerAnswer(target, reply.status, why)

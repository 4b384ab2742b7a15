"""What search and AI crawlers get of the live home page, against what a visitor gets. Pure.

In: what the visitor and the crawler were answered, what robots.txt was judged to tell it, what the config wants. Out: a
check. Only the name is sent: a host that also looks where a crawler comes from may refuse the name from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from checks import __version__
from checks.landed.check import DIFFERS, NOT_MEASURED, SAME, Check
from checks.landed.compare import LOGIN, REDIRECTS
from checks.landed.look import look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.landed.compare import Reply

ASKED: Final = (
    *("Googlebot", "bingbot", "Applebot", "DuckDuckBot", "YandexBot"),
    *("OAI-SearchBot", "ChatGPT-User", "GPTBot", "PerplexityBot", "Perplexity-User", "Claude-SearchBot", "Claude-User"),
    *("ClaudeBot", "meta-externalagent", "Amazonbot", "CCBot"),
)
_REFUSES: Final = LOGIN | {406, 429, 451, 503}


def user_agent(token: str) -> str:
    """Return the name by which the home page is asked for: that of the crawler, and who asks in truth."""
    return f"Mozilla/5.0 (compatible; {token}/1.0; gonogo/{__version__})"


def answer(
    bot: Mapping[str, Any], wanted: str | None, url: str, visitor: tuple[Reply, bytes], got: tuple[Reply, bytes]
) -> Check:
    """Return whether a crawler gets what it should; `bot` is its entry in `ai.bots` of the run."""
    token, (reply, body), (plain, plain_body) = str(bot["token"]), got, visitor
    if plain.status in _REFUSES:
        told = f"visitors themselves are answered {plain.status}, so that nobody knows what it would get"
        return Check("crawlers", token, NOT_MEASURED, told)
    if reply.status in _REFUSES:
        if wanted == "block" or not bot["allowed"]:
            return Check("crawlers", token, SAME)
        said = f"it is answered {reply.status}, and visitors {plain.status}"
        if bot["class"] == "search":
            # Search engines publish their addresses, so that hosts may refuse the name from everywhere else.
            told = f"{said}; the host may have looked where it came from: see its own log of this crawler"
            return Check("crawlers", token, NOT_MEASURED, told)
        return Check("crawlers", token, DIFFERS, f"{said}: the host turns it away, and robots.txt lets it in")
    if reply.status != plain.status:
        to = f" (to {reply.header('location')})" if reply.status in REDIRECTS else ""
        return Check("crawlers", token, DIFFERS, f"it is answered {reply.status}{to}, and visitors {plain.status}")
    there, here = look(body, url, reply.headers), look(plain_body, url, plain.headers)
    if there.noindex != here.noindex:
        said = "not to index the page" if there.noindex else "to index the page"
        return Check("crawlers", token, DIFFERS, f"it is told {said}, and visitors get another answer")
    if there != here:
        return Check("crawlers", token, DIFFERS, f"it gets another page: its title is `{(there.title or '')[:100]}`")
    return Check("crawlers", token, SAME)

"""What releases break: a change to the shop each, and the policy that must find it.

In: a `Shop`. Out: a table of seeds: name -> what is done to it, and the policy that says so.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.compare.shop import Page, Shop, feed

ENGLISH = "/shop/amber-loaf-1/"
JOURNAL = "/journal/about-birch-loaf-2/"
Change = Callable[[Shop], None]


def products(site: Shop) -> list[Page]:
    return [page for path, page in site.pages.items() if "/shop/" in path and path != "/shop/"]


def page_removed(site: Shop) -> None:
    del site.pages[JOURNAL]


def moved(site: Shop, old: str, new: str) -> None:
    site.pages[new] = site.pages.pop(old)


def slug_changed(site: Shop) -> None:
    moved(site, JOURNAL, "/journal/birch-story/")


def half_of_the_languages(site: Shop) -> None:
    for page in products(site):
        page.versions = {"en": page.versions["en"]}


def property_dropped(site: Shop) -> None:
    for page in products(site):
        del page.data["offers"]


def type_dropped(site: Shop) -> None:
    for page in products(site):
        page.data = {}


def nav_link_removed(site: Shop) -> None:
    site.nav.remove("/visit/")


def soft_404(site: Shop) -> None:
    site.pages[ENGLISH].text = "<p>Sorry, this page could not be found.</p>"


def led_home(site: Shop) -> None:
    del site.pages[JOURNAL]
    site.redirects.append(f"{JOURNAL} / 301")


def led_temporarily(site: Shop) -> None:
    slug_changed(site)
    site.redirects.append(f"{JOURNAL} /journal/birch-story/ 302")


def led_in_a_chain(site: Shop) -> None:
    slug_changed(site)
    site.redirects += [f"{JOURNAL} /birch/ 301", "/birch/ /journal/birch-story/ 301"]


def led_in_a_circle(site: Shop) -> None:
    del site.pages[JOURNAL]
    site.redirects += [f"{JOURNAL} /birch/ 301", f"/birch/ {JOURNAL} 301"]


def noindex_by_template(site: Shop) -> None:
    site.template_head += '<meta name="robots" content="noindex">'


def wrong_host(site: Shop) -> None:
    site.host = "https://shop.example.net"


def robots_closes(site: Shop) -> None:
    site.robots = site.robots.replace("/basket/", "/shop/")


def robots_forgets_sitemap(site: Shop) -> None:
    site.robots = site.robots.partition("Sitemap")[0]


def sitemap_cut(site: Shop) -> None:
    site.listed = len(site.pages) // 2


def header_dropped(site: Shop) -> None:
    del site.headers[0]


def hsts_weakened(site: Shop) -> None:
    site.headers[1] = "Strict-Transport-Security: max-age=300"


def titles_merged(site: Shop) -> None:
    site.title = "undefined | Mill Lane"


def titles_lost(site: Shop) -> None:
    site.title = ""


def descriptions_merged(site: Shop) -> None:
    for page in site.pages.values():
        page.description = "Bread from Mill Lane."


def headings_lost(site: Shop) -> None:
    for page in products(site):
        page.heading = ""


def language_changed(site: Shop) -> None:
    site.lang = "en"


def redirects_removed(site: Shop) -> None:
    site.redirects = []


def redirect_retargeted(site: Shop) -> None:
    site.redirects[1] = "/summer/ /about/ 301"


def ads_lost(site: Shop) -> None:
    del site.others["ads.txt"]


def document_lost(site: Shop) -> None:
    del site.others["menu.pdf"]


def picture_lost(site: Shop) -> None:
    site.others["pictures/oven.svg"] = site.others.pop("oven.svg")


def feed_lost(site: Shop) -> None:
    del site.others["feed.xml"]


def feed_ids_changed(site: Shop) -> None:
    site.others["feed.xml"] = feed("urn:uuid:")


def proof_lost(site: Shop) -> None:
    site.home_head = ""


def text_shrunk(site: Shop) -> None:
    site.pages[ENGLISH].text = site.pages[ENGLISH].text.partition("</p>")[2]


def form_moved(site: Shop) -> None:
    site.pages["/visit/"].body = site.pages["/visit/"].body.replace("/table/", "/sandbox/")


def card_lost(site: Shop) -> None:
    site.template_head = ""


def snippets_forbidden(site: Shop) -> None:
    site.template_head += '<meta name="robots" content="nosnippet">'


def half_not_built(site: Shop) -> None:
    for path in [path for path in site.pages if path.startswith("/journal/")]:
        del site.pages[path]


def other_case(site: Shop) -> None:
    for path in [path for path in site.pages if path.startswith("/journal/")]:
        moved(site, path, path.replace("/about-", "/About-"))


def lists_lost(site: Shop) -> None:
    site.pages["/shop/"].body = ""


def pictures_lost(site: Shop) -> None:
    site.pages["/about/"].body = ""


SEEDS: dict[str, tuple[Change, str]] = {
    "a page is removed": (page_removed, "change/url-removed"),
    "a slug changes without a redirect": (slug_changed, "change/url-removed"),
    "a redirect is temporary": (led_temporarily, "change/url-removed"),
    "a redirect goes round in a circle": (led_in_a_circle, "change/url-removed"),
    "a removed page leads to the home page": (led_home, "change/redirect-relevance"),
    "a redirect needs two hops": (led_in_a_chain, "change/redirect-permanent"),
    "a part of the content is not built": (half_not_built, "change/page-count-drop"),
    "addresses have another case": (other_case, "change/url-case-or-slash"),
    "the template says noindex": (noindex_by_template, "change/became-non-indexable"),
    "the template says nosnippet": (snippets_forbidden, "change/robots-changed"),
    "canonical addresses name another host": (wrong_host, "change/canonical-changed"),
    "robots.txt closes the shop": (robots_closes, "change/robots-txt-changed"),
    "robots.txt names no sitemap": (robots_forgets_sitemap, "change/robots-txt-changed"),
    "the sitemap is cut": (sitemap_cut, "change/sitemap-shrunk"),
    "half of the languages are lost": (half_of_the_languages, "change/hreflang-lost"),
    "all pages say that they are English": (language_changed, "change/lang-changed"),
    "a property of the structured data is lost": (property_dropped, "change/structured-data-lost"),
    "structured data is lost": (type_dropped, "change/structured-data-lost"),
    "a link of the navigation is lost": (nav_link_removed, "change/internal-links-lost--all"),
    "a list of links is lost": (lists_lost, "change/internal-links-lost--all"),
    "a page becomes a soft 404": (soft_404, "change/content-shrunk--error"),
    "a page loses a third of its text": (text_shrunk, "change/content-shrunk"),
    "the titles become one": (titles_merged, "change/titles-merged"),
    "the titles are lost": (titles_lost, "change/title-lost"),
    "the descriptions become one": (descriptions_merged, "change/descriptions-merged"),
    "headings are lost": (headings_lost, "change/title-lost"),
    "a header is dropped": (header_dropped, "change/security-header-lost"),
    "HSTS lasts five minutes": (hsts_weakened, "change/security-header-lost"),
    "redirects are removed": (redirects_removed, "change/redirect-rule-removed"),
    "a redirect leads elsewhere": (redirect_retargeted, "change/redirect-retargeted"),
    "ads.txt is lost": (ads_lost, "change/verification-lost--files"),
    "the proof of ownership is lost": (proof_lost, "change/verification-lost"),
    "a form sends elsewhere": (form_moved, "change/form-changed"),
    "shared links lose their picture": (card_lost, "change/social-lost"),
    "a PDF is lost": (document_lost, "change/file-removed"),
    "a picture has another address": (picture_lost, "change/image-removed"),
    "a feed is lost": (feed_lost, "change/feed-lost"),
    "the entries of a feed have other identifiers": (feed_ids_changed, "change/feed-ids-changed"),
    "images are lost": (pictures_lost, "change/images-lost"),
}
"""What happens -> how, and the policy that must say so, once."""


def nothing(_: Shop) -> None:
    """Build the same again."""


def new_hashes(site: Shop) -> None:
    site.build = "33cc44dd"


def another_day(site: Shop) -> None:
    site.footer = "Built on 29 November 2026"


HEALTHY: dict[str, Change] = {
    "the same again": nothing,
    "new hashes of all assets": new_hashes,
    "another day in the footer": another_day,
}
"""Rebuilds in which nothing is wrong."""

"""Sites that ask, keep and count what they should not: consent, tags, legal pages."""

from __future__ import annotations

from tests.collect.planted import Site

PROMISES = """
render: {third-party: block}
consent: {exempt: [plausible.io], essential: [_ga_own]}
analytics: [G-ABCDE12345]
legal: {imprint: /imprint/, accessibility: /barriers/}
allow: {third-parties: [static.hotjar.com]}
"""
TAG = '<script async src="https://www.googletagmanager.com/gtag/js?id={}"></script>'
FOOTER = '<a href="/imprint/">Imprint</a><a href="/barriers/">Barriers</a>'
SIGNALS = (
    "'ad_storage': 'denied', 'analytics_storage': 'denied', 'ad_user_data': 'denied', 'ad_personalization': 'denied'"
)
DEFAULT = f"<script>function gtag() {{}} gtag('consent', 'default', {{{SIGNALS}}})</script>"


def promised() -> Site:
    """Return pages that ask, keep and count what they should not, or not what they should."""
    site = Site(config=PROMISES)

    def page(
        path: str, *planted: str, head: str = "", tag: str = TAG.format("G-ABCDE12345"), foot: str = FOOTER
    ) -> None:
        names = tuple(name if "/" in name else f"privacy/{name}" for name in planted)
        site.page(path, *names, head=DEFAULT + tag + head, body=foot)

    for path in ("/", "/privacy/", "/imprint/", "/barriers/"):
        page(path)
    advertising = '<script async src="https://connect.facebook.net/en_US/fbevents.js"></script>'
    page("/advertising/", "tracker-before-consent", "consent-present", head=advertising)
    asked = '<div id="klaro"></div>'
    page("/asked/", "tracker-before-consent", head=advertising, foot=FOOTER + asked)
    page("/exempt/", "tag-manager-inventory", head='<script async src="https://plausible.io/js/script.js"></script>')
    page("/cookie/", "cookie-before-consent", head="<script>document.cookie = '_fbp=1'</script>")
    page("/storage/", "cookie-before-consent", head="<script>localStorage.setItem('_hjSession_1', '1')</script>")
    page("/essential/", head="<script>document.cookie = '_ga_own=1; Secure'</script>")
    site.page("/no-default/", "privacy/consent-mode", head=TAG.format("G-ABCDE12345"), body=FOOTER)
    half = DEFAULT.replace("'ad_user_data': 'denied', ", "") + TAG.format("G-ABCDE12345")
    site.page("/half-default/", "privacy/consent-mode", head=half, body=FOOTER)
    replay = '<script async src="https://static.hotjar.com/c/hotjar-1.js"></script>'
    asking = ("tracker-before-consent", "consent-present", "tag-manager-inventory")
    page("/replay/", *asking, head=replay)
    login = FOOTER + '<form action="/"><label>Word <input type="password"></label></form>'
    page("/replay-login/", *asking, "session-replay", head=replay, foot=login)
    page("/uncounted/", "analytics-present", tag="")
    page("/doubled/", "analytics-duplicate", head=TAG.format("G-ABCDE12345"))
    page("/old/", "analytics-id", "tag-manager-inventory", head="<script>var old = 'UA-12345-1'</script>")
    page("/unknown/", "tag-manager-inventory", head=TAG.format("GTM-ABC12"))
    page("/no-imprint/", "policy-link", foot='<a href="/barriers/">Barriers</a>')
    page("/no-statement/", "a11y/statement", foot='<a href="/imprint/">Imprint</a>')
    return site


TRACK = "const s = document.createElement('script'); s.src = 'https://bat.bing.com/b.js'; document.head.append(s);"
CHOICES = """
render: {third-party: block}
consent:
  pages: [/**]
  give: {click: "#yes"}
  refuse: {click: "#no"}
"""


def choosing() -> Site:
    """Return consent tools, some of which do not take a no for one."""
    site = Site(config=CHOICES)
    buttons = '<button id="yes" onclick="{yes}">Yes</button><button id="no" onclick="{no}">No</button>'
    keep = "document.cookie = '_ga=1';"

    def page(path: str, *planted: str, no: str = "", yes: str = TRACK + keep) -> None:
        site.page(path, *planted, body=buttons.format(yes=yes, no=no))

    page("/")
    page("/privacy/")
    page("/asks/", "privacy/reject-honoured", no=TRACK)
    page("/keeps/", "privacy/reject-honoured", no=keep)
    site.page("/no-button/", "privacy/reject-honoured", body='<button id="yes">Yes</button>')
    return site

"""Sites with faults in the pages themselves: as answers, in their use, and in the files that they publish."""

from __future__ import annotations

from tests.collect.planted import Site
from tests.collect.sites_places import OVEN

ARTICLE = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Article",
"headline": "Rye", "author": {"@type": "Person", "name": "Ada"}, "datePublished": "2026-01-01",
"dateModified": "2026-01-02"}</script>"""
TYPES = "page_types: {article: [/journal/**], answer: [/answers/**]}\nrender: {third-party: block}"


def pages() -> Site:
    """Return faults that stand in the pages themselves."""
    site = Site(config=TYPES)
    site.page("/")
    site.page("/privacy/")
    site.page(
        "/opener/", "sec/blank-target", body='<a href="https://example.org/" target="_blank" rel="opener">Mill</a>'
    )
    site.page("/noopener/", body='<a href="https://example.org/" target="_blank" rel="noopener">Mill</a>')
    site.page("/drafts/rye/", "leak/drafts")
    site.page("/images/", "leak/directory-listing")
    site.files["images/index.html"] = str(site.files["images/index.html"]).replace("Bread images", "Index of /images")
    fonts = '<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=Lora">'
    site.page("/fonts/", "privacy/remote-fonts", head=fonts)
    frame = '<iframe title="Oven" sandbox="allow-scripts" width="300" height="200" loading="lazy" src="https://{}"></iframe>'
    site.page("/video/", "privacy/embed-facade", body=frame.format("www.youtube.com/embed/x"))
    site.page("/private-video/", body=frame.format("www.youtube-nocookie.com/embed/x"))
    open_frame = frame.replace(' sandbox="allow-scripts"', "").format("maps.example.org/x")
    site.page("/open-frame/", "sec/iframe-sandbox", body=open_frame)
    site.page("/allowed-frame/", body=open_frame.replace("<iframe", '<iframe allow="fullscreen"'))
    site.page("/fixed/", "a11y/zoom-allowed", viewport="width=device-width, user-scalable=no")
    return site


def answers() -> Site:
    """Return faults of pages that are meant to be quoted."""
    site = Site(config=TYPES)
    site.page("/")
    site.page("/privacy/")
    site.page("/journal/rye/", head=ARTICLE)
    site.page("/journal/anonymous/", "ai/entity-clarity")
    site.page("/answers/closed/", "ai/snippet-open", head='<meta name="robots" content="max-snippet:20">')
    late = "document.querySelector('main').append('word '.repeat(400))"
    site.page("/answers/late/", "ai/content-without-js", body=f"<script>{late}</script>")
    site.page("/late/", body=f"<script>{late}</script>")
    return site


def accessible() -> Site:
    """Return faults that keep people from using a page, and beside them what only looks like one."""
    site = Site()
    site.files["oven.png"] = OVEN
    site.page("/")
    site.page("/privacy/")

    def page(name: str, policy: str, faulty: str, sound: str) -> None:
        site.page(f"/{name}/", f"a11y/{policy}", body=faulty)
        site.page(f"/{name}-sound/", body=sound)

    image = '<img src="/oven.png" width="90" height="90" {}>'
    page("image", "image-alt", image.format(""), image.format('alt=""') + f"<p hidden>{image.format('')}</p>")
    page("symbol", "image-alt", '<svg role="img"></svg>', '<svg role="img"><title>Oven</title></svg><svg></svg>')
    link = '<p><a href="/">{}</a></p>'
    picture, symbol = image.format('alt="Oven"'), "<svg><title>Oven</title></svg>"
    page("link", "link-name", link.format("<i></i>"), link.format(picture) + link.format(symbol))
    hidden = '<a href="/" style="display: none"></a><div aria-hidden="true"><a href="/" tabindex="-1"></a></div>'
    page("link-hidden", "link-name", '<a href="/"></a>', hidden)
    page("button", "button-name", "<button></button>", '<button title="Close"></button><input type="submit">')
    field = '<label for="a">Name</label><input id="a"><label>Mail<input type="email"></label><input aria-label="Town">'
    page("field", "form-label", '<input type="email">', field)
    page("choice", "form-label", "<select><option>Rye</select>", "<label>Bread<select><option>Rye</select></label>")
    pale = '<p style="color: #{}; background: #fff">Bread is baked slowly.</p>'
    page("pale", "contrast", pale.format("aaa"), pale.format("666") + pale.format("888; font-size: 30px"))
    page("role", "aria-valid", '<p role="buton">Rye</p>', '<p role="none">Rye</p><p role="doc-tip note">Rye</p>')
    page("attribute", "aria-valid", '<p aria-lable="Rye">Rye</p>', '<p aria-live="polite">Rye</p>')
    page("value", "aria-valid", '<p aria-live="loud">Rye</p>', '<p aria-current="page">Rye</p>')
    named = '<b id="n">Rye</b><section aria-labelledby="{}"></section>'
    page("reference", "aria-valid", named.format("gone"), named.format("n"))
    video = '<video controls width="90" height="90" src="/v.mp4">{}</video>'
    page("video", "media-captions", video.format(""), video.format('<track kind="captions" src="/v.vtt">'))
    site.files["v.mp4"], site.files["v.vtt"] = b"0", "WEBVTT"
    page(
        "frame", "frame-title", '<iframe src="/privacy/"></iframe>', '<iframe src="/privacy/" title="Privacy"></iframe>'
    )
    page("main", "landmark-main", "</main><main>Rye", '<div role="note">Rye</div>')
    page("list", "list-table-structure", "<ul><div>Rye</div></ul>", "<ul><li>Rye<script></script></li></ul>")
    page("item", "list-table-structure", "<li>Rye</li>", "<menu><li>Rye</li></menu><dl><div><dt>Rye<dd>x</div></dl>")
    row = "<table><tr><th>Rye</th>{}</tr></table>"
    page("table", "list-table-structure", row.format("<th>3</th>"), row.format("<td>3</td>"))
    page("order", "tabindex", '<p tabindex="3">Rye</p>', '<p tabindex="0">Rye</p><p tabindex="-1">Rye</p>')
    inside = '<div aria-hidden="true"><button {}>Rye</button></div>'
    page("hidden-focus", "tabindex", inside.format(""), inside.format("disabled") + inside.format('tabindex="-1"'))
    small = '<button style="width: 15px; height: 15px; padding: 0; margin: {}">x</button>' * 2
    unseen = small.format("0; opacity: 0", "0; position: absolute; clip: rect(0 0 0 0)")
    page("target", "target-size", small.format(0, 0), small.format("30px", "30px") + unseen)
    purpose = '<label>Mail <input autocomplete="{}"></label>'
    page("purpose", "autocomplete", purpose.format("mail"), purpose.format("work email") + purpose.format("off"))
    page("nested", "serious", '<button><a href="/">Rye</a></button>', '<p lang="de">Roggen</p>')
    page("body", "critical", "<script>document.body.setAttribute('aria-hidden', 'true')</script>", "<p>Rye</p>")
    return site


MAP_KEY = "AIza" + "Sy0123456789abcdefghijklmnopqrstuv"
"""All but the last letter of a key, put together here so that no scanner finds one."""


def workshop() -> Site:
    """Return marks of the workshop in published files."""
    site = Site(config=f"render: {{third-party: block}}\nallow: {{public-keys: [{MAP_KEY}b]}}")
    site.page(
        "/", body="<!-- Bread of the week --><script>var environment = 'production'; var at = '/home/bread/'</script>"
    )
    site.page("/privacy/")
    banner = "/*! {} */ window.library = 1;"
    site.files["chart.js"] = banner.format("* Chart.js v2.9.3")
    site.page("/grave/", "leak/vulnerable-library", body='<script src="/chart.js"></script>')
    site.files["jquery.js"] = banner.format("jQuery v3.4.1 | (c) JS Foundation and other contributors")
    site.page("/medium/", "leak/vulnerable-library--warning", body='<script src="/jquery.js"></script>')
    site.files["new.js"] = banner.format("jQuery v3.7.1 | (c) OpenJS Foundation and other contributors")
    site.page("/new/", body='<script src="/new.js"></script>')
    site.files["modernizr.js"] = banner.format("modernizr 2.8.3")
    site.page("/retired/", "leak/retired-library", body='<script src="/modernizr.js"></script>')
    site.files["debug.js"] = "/* react-dom.development.js */ window.debug = 1;"
    site.page("/debug/", "leak/debug-build", body='<script src="/debug.js"></script>')
    site.file("settings.js", 'var settings = {environment: "staging"};', "leak/env-markers")
    site.file("paths.js", 'var from = "/home/ada/projects/bakery/src/oven.js";', "leak/internal-addresses")
    site.page("/note/", body="<!-- TODO: ask Ada whether this is right -->")
    packed = f"<script>eval(atob('{'QUFB' * 400}'))</script>"
    site.page("/packed/", body=packed)
    site.planted |= {("leak/comments", "site"), ("leak/obfuscated-script", "site")}
    for end, allowed in (("a", False), ("b", True)):
        site.file(f"map-{end}.js", f'start("{MAP_KEY}{end}");', *(() if allowed else ("leak/public-keys",)))
    people = "\n".join(f"name{number}@example.com,Bristol" for number in range(25))
    site.file("export.csv", people, "leak/data-files")
    site.file("few.csv", people[:200])
    return site

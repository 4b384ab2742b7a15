"""What there is to judge, before anything is rendered.

In: the settings and the build folder. Out: the preview at its origin, robots.txt, and the pages and redirects of the
build.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from checks.collect import addresses, hosts
from checks.collect.preview import Preview
from checks.collect.sitemap_files import SitemapFiles
from checks.errors import CannotMeasureError
from checks.facts.redirect_pages import html_redirect
from checks.facts.robots_txt import Robots
from checks.facts.urls import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.settings import Settings

_LISTED_LOOKED_AT = 10_000
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Discovered:
    """The build as it will be judged."""

    preview: Preview
    origin_known: bool
    robots_seen: Robots | None
    """None where something else than the build answers at /robots.txt."""
    path_of: dict[str, str]
    """HTML file of the build -> the production path of its page; a preview that is a URL may show more in time."""
    paths: frozenset[str]
    """Production paths of the pages."""
    unserved: tuple[str, ...]
    """Production paths of HTML files that the host answers with something else."""
    redirects: Mapping[str, str]
    """Production path of a redirect that is written as a page -> absolute address it leads to."""
    notes: tuple[str, ...]

    @property
    def robots(self) -> Robots:
        """The site's robots.txt. Raises CannotMeasureError where the build does not show it."""
        if self.robots_seen is not None:
            return self.robots_seen
        answer = self.preview.host.answer("/robots.txt")
        raise CannotMeasureError(
            f"what robots.txt says is not in the build: {answer.rule}",
            where=f"{self.preview.origin}/robots.txt",
            remedy="Every page depends on it. Let the host send the file of the build, or declare in `hosting.answers` "
            "that there is none; `host: plain` judges the files alone.",
        )

    def is_missing(self, path: str) -> bool:
        """Return whether `path` answers that there is nothing, or nothing to see: a promise that the build breaks."""
        served = self.preview.served(self.preview.origin + path)
        return not served.hops and served.status >= HTTPStatus.BAD_REQUEST and served.is_known

    def is_rewritten(self, path: str) -> bool:
        """Return whether `path` shows, by a rule of the host, a page of the build that lies elsewhere."""
        served = self.preview.served(self.preview.origin + path)
        if served.hops or served.status != HTTPStatus.OK or served.file is None or not served.is_known or "?" in path:
            return False
        name = served.file.relative_to(self.preview.root).as_posix()
        return addresses.is_html(name) and not addresses.is_spelling(path, name, self.preview.base)


def discover(settings: Settings, root: Path) -> Discovered:
    """Look through the build in `root`. Raises UserError where it is no folder, or its host can't be told."""
    build = built(settings, root)
    files, chosen = build.files, hosts.choose(settings.host, build)
    host = hosts.make(chosen.name, build, settings.base_path)
    peeks = peeked(root, files)
    origin = settings.site or _named(root, files, host, peeks)
    if origin and origin != build.origin:
        # Some rules hold at one host only.
        host = hosts.make(chosen.name, replace(build, origin=origin), settings.base_path)
    preview = Preview(root, files, host, origin or addresses.STAND_IN, settings.base_path)
    notes = [*settings.notes, *([chosen.note] if chosen.note else []), *_refused(files)]
    return pages_of(preview, peeks, notes, origin_known=origin is not None)


def peeked(root: Path, files: hosts.BuildFiles) -> list[addresses.Peek]:
    """Return a first look at every HTML file."""
    return [addresses.peek(root, name, html_redirect) for name in sorted(files.sizes) if addresses.is_html(name)]


def pages_of(preview: Preview, peeks: list[addresses.Peek], notes: list[str], *, origin_known: bool) -> Discovered:
    """Return the pages and the redirects of a preview, by the looks at its HTML files; `notes` come first."""
    files, host = preview.files, preview.host
    robots = robots_txt(preview)
    preferred = [
        path for url in _preferred(preview, robots, peeks) if (path := addresses.on_origin(url, preview.origin))
    ]
    path_of = addresses.page_paths(files, host, preferred, preview.base)
    redirects = {
        peek.file: target
        for peek in peeks
        if peek.redirect
        and peek.file in path_of
        and not (peek.redirect.scripted and _has_policy(host, path_of[peek.file]))
        and (target := addresses.resolved(peek.redirect.target, preview.origin + path_of[peek.file]))
    }
    preview.html_redirects = redirects
    pages = frozenset(path for name, path in path_of.items() if name not in redirects)
    said = list(notes)
    if not host.sends_headers:
        said.append(f"rules about headers that a host must send do not apply: the host is `{host.name}`")
    if not origin_known:
        said.append("no origin is known (`site:` or `--site`); rules that need the real one do not apply")
    return Discovered(
        preview=preview,
        origin_known=origin_known,
        robots_seen=robots,
        path_of=path_of,
        paths=pages,
        unserved=tuple(sorted(_unserved(files, host, path_of, preview.base))),
        redirects={path_of[name]: target for name, target in redirects.items()},
        notes=tuple(said),
    )


def _has_policy(host: hosts.Host, path: str) -> bool:
    """Return whether the host sends a content security policy with `path`, which may forbid the scripts in the page."""
    return any(name.lower() == "content-security-policy" for name, _ in host.answer(path).headers)


def built(settings: Settings, root: Path) -> hosts.Build:
    """Return the build in `root` and everything around it that a host reads."""
    said, visitor, files = settings.hosting, settings.visitor, hosts.scan(root)
    return hosts.Build(
        files=files,
        project=hosts.look(root, files, Path()),
        visitor=hosts.Visitor(visitor.country, visitor.languages, visitor.cookies, frozenset(visitor.roles)),
        origin=settings.site or addresses.STAND_IN,
        folder=_folder(root),
        options=hosts.Options(
            tuple(hosts.Declared(one.path, one.status, one.type) for one in said.answers),
            said.endpoint,
            said.error_document,
            said.error_status,
        ),
    )


def _folder(root: Path) -> str:
    """Return the path of the build as seen from here, or its name where it lies elsewhere."""
    whole, here = root.resolve(), Path.cwd()
    return whole.relative_to(here).as_posix() if whole.is_relative_to(here) else whole.name


def _unserved(files: hosts.BuildFiles, host: hosts.Host, path_of: Mapping[str, str], base: str) -> Iterator[str]:
    for name in files.sizes:
        if addresses.is_html(name) and name not in path_of and name not in host.about.error_files:
            yield base.rstrip("/") + hosts.url_path(name)


def robots_txt(preview: Preview) -> Robots | None:
    """Return the preview's robots.txt as crawlers read it; None where the build does not show what is answered."""
    served = preview.served(f"{preview.origin}/robots.txt")
    if not served.is_known or (served.file is None and served.status == HTTPStatus.OK):
        return None
    return Robots(served.body() if served.status == HTTPStatus.OK else None, served.status)


def _named(root: Path, files: hosts.BuildFiles, host: hosts.Host, peeks: list[addresses.Peek]) -> str | None:
    """Return the one origin that the build's sitemaps and canonicals name, if they agree on one."""
    preview = Preview(root, files, host, addresses.STAND_IN)
    robots = robots_txt(preview)
    named = robots.sitemaps if robots is not None else ()
    here = [f"{preview.origin}{path}" for url in named if (path := _path(url))]
    listed = (url for url, _ in zip(SitemapFiles(preview, here).entries(), range(_LISTED_LOOKED_AT), strict=False))
    return addresses.named_origin(
        [*listed, *(peek.canonical for peek in peeks if peek.canonical and "//" in peek.canonical)]
    )


def _path(url: str) -> str | None:
    address = parse(url)
    return address.path if address else None


def _preferred(preview: Preview, robots: Robots | None, peeks: list[addresses.Peek]) -> Iterator[str]:
    """Give the addresses by which the site calls its own pages: canonicals first, sitemaps over them."""
    yield from (peek.canonical for peek in peeks if peek.canonical)
    yield from SitemapFiles(preview, robots.sitemaps if robots is not None else ()).entries()


def _refused(files: hosts.BuildFiles) -> list[str]:
    if not files.refused:
        return []
    names = ", ".join(f"{one.path} ({one.why})" for one in files.refused[:_NAMED])
    more = f", and {len(files.refused) - _NAMED} more" if len(files.refused) > _NAMED else ""
    return [f"not served, because no host may: {names}{more}"]

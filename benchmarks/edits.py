"""Edits of a site that nobody made for this: what people change in a build, by chance.

In: the folder of a build and a source of chance. Out: the folder edited, and a sentence that says how. Each edit takes
what it finds; one that finds nothing to change says None.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

GONE = "gone"
"""Folder beside the build that keeps what was taken out of it, until it comes back."""
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico")
CODE = (".css", ".js")
Edit = Callable[[Path, "random.Random"], str | None]


def a_page(root: Path, chance: random.Random) -> str | None:
    """Add a sentence."""
    return _in_page(root, chance, b"</body", b"<p>One sentence more: %d.</p></body" % chance.randrange(10**6))


def a_title(root: Path, chance: random.Random) -> str | None:
    """Change what a search result shows."""
    return _in_page(root, chance, b"</title", b" %d</title" % chance.randrange(10**6))


def a_link(root: Path, chance: random.Random) -> str | None:
    """Link to another page, or to none."""
    target = chance.choice([*(_name(root, page) for page in _pages(root)), "nowhere.html"]).encode()
    return _in_page(root, chance, b"</body", b'<p><a href="/%s">Another page</a></p></body' % target)


def an_inline_script(root: Path, chance: random.Random) -> str | None:
    """Let a page change itself."""
    script = b"<script>document.title += ' %d'</script></body" % chance.randrange(10**6)
    return _in_page(root, chance, b"</body", script)


def a_style(root: Path, chance: random.Random) -> str | None:
    """Add a rule to a style sheet."""
    return _appended(root, chance, ".css", b"\np { font-size: %dpx }\n" % chance.randrange(6, 30))


def a_script(root: Path, chance: random.Random) -> str | None:
    """Add a statement to a script."""
    return _appended(root, chance, ".js", b"\n;document.title += ' %d';\n" % chance.randrange(10**6))


def a_script_that_fails(root: Path, chance: random.Random) -> str | None:
    """Let a script throw."""
    return _appended(root, chance, ".js", b"\n;throw new Error('broken by %d');\n" % chance.randrange(10**6))


def an_image(root: Path, chance: random.Random) -> str | None:
    """Put another picture where one was."""
    file = _one(root, chance, PICTURES)
    if file is None:
        return None
    file.write_bytes(_noise(chance))
    return f"another picture at {_name(root, file)}"


def a_header(root: Path, chance: random.Random) -> str | None:
    """Send a header with some files."""
    path = chance.choice(["/*", *(f"/{_name(root, file)}" for file in _files(root, (*CODE, ".html")))])
    header = chance.choice(("X-Robots-Tag: noindex", "Cache-Control: max-age=60", "Content-Security-Policy: img-src *"))
    return _before(root / "_headers", f"{path}\n  {header}\n", f"{header} for {path}")


def a_header_that_blocks(root: Path, chance: random.Random) -> str | None:
    """Let a policy forbid the scripts of a page."""
    page = _name(root, chance.choice(_pages(root)))
    return _before(
        root / "_headers", f"/{page}\n  Content-Security-Policy: script-src 'none'\n", f"no scripts on {page}"
    )


def a_redirect(root: Path, chance: random.Random) -> str | None:
    """Answer somewhere else what a file answered."""
    source, target = (_name(root, chance.choice(_files(root, (*CODE, *PICTURES, ".html")))) for _ in "12")
    if source in {target, "index.html"}:
        return None
    code = chance.choice(("301!", "302!", "200!"))
    return _before(root / "_redirects", f"/{source} /{target} {code}\n", f"/{source} to /{target} {code}")


def the_redirects_go(root: Path, _chance: random.Random) -> str | None:
    """Take every redirect back."""
    file = root / "_redirects"
    if not file.is_file():
        return None
    file.unlink()
    return "no redirects"


def the_robots_txt(root: Path, chance: random.Random) -> str | None:
    """Keep crawlers out of somewhere."""
    path = chance.choice([_name(root, file) for file in _files(root, (*CODE, ".html"))])
    (root / "robots.txt").write_text(f"User-agent: *\nDisallow: /{path}\n", encoding="utf-8")
    return f"robots.txt keeps out of /{path}"


def a_name_of_nothing(root: Path, chance: random.Random) -> str | None:
    """Show a picture that is not there."""
    name = b"missing-%d.png" % chance.randrange(4)
    return _in_page(root, chance, b"</body", b'<img src="/%s" alt="A loaf"></body' % name)


def what_was_missing(root: Path, chance: random.Random) -> str | None:
    """Let such a picture appear, or go again."""
    file = root / f"missing-{chance.randrange(4)}.png"
    if file.is_file():
        file.unlink()
        return f"{file.name} goes"
    file.write_bytes(_noise(chance))
    return f"{file.name} appears"


def a_file_goes(root: Path, chance: random.Random) -> str | None:
    """Take something out that pages load, or a page."""
    file = _one(root, chance, (*CODE, *PICTURES, ".html"))
    kept = root.parent / GONE
    if file is None or file.name == "index.html" or any(kept.rglob("*.*")):
        return None
    target = kept / _name(root, file)
    target.parent.mkdir(parents=True, exist_ok=True)
    file.rename(target)
    return f"{_name(root, file)} goes"


def a_file_comes_back(root: Path, _chance: random.Random) -> str | None:
    """Put back what went."""
    kept = root.parent / GONE
    files = [file for file in sorted(kept.rglob("*")) if file.is_file()]
    for file in files:
        file.rename(root / file.relative_to(kept))
    return f"{', '.join(file.name for file in files)} comes back" if files else None


def a_new_page(root: Path, chance: random.Random) -> str | None:
    """Copy a page under another name."""
    page = chance.choice(_pages(root))
    copy = page.with_name(f"new-{chance.randrange(3)}.html")
    copy.write_bytes(page.read_bytes())
    return f"{_name(root, copy)}, a copy of {_name(root, page)}"


def a_renamed_asset(root: Path, chance: random.Random) -> str | None:
    """Give a file a new name, as bundlers do, in every place that names it."""
    file = _one(root, chance, (*CODE, *PICTURES))
    if file is None:
        return None
    stem = re.sub(r"\.h[0-9]+$", "", file.stem)
    target = file.with_name(f"{stem}.h{chance.randrange(10**6)}{file.suffix}")
    file.rename(target)
    for other in _files(root, (*CODE, ".html")):
        text = other.read_bytes()
        if file.name.encode() in text:
            other.write_bytes(text.replace(file.name.encode(), target.name.encode()))
    return f"{_name(root, file)} is now {target.name}"


def the_page_for_what_is_not_there(root: Path, chance: random.Random) -> str | None:
    """Change what wrong addresses answer."""
    text = f'<!doctype html><html lang="en"><title>Not found {chance.random()}</title><p><a href="/">Home</a></p>'
    (root / "404.html").write_text(text, encoding="utf-8")
    return "another 404.html"


EDITS: tuple[Edit, ...] = (
    *(a_page, a_page, a_title, a_link, an_inline_script, a_style, a_script, a_script_that_fails, an_image, an_image),
    *(a_header, a_header, a_header_that_blocks, a_redirect, a_redirect, the_redirects_go, the_robots_txt),
    *(a_name_of_nothing, what_was_missing, what_was_missing, a_file_goes, a_file_comes_back, a_new_page),
    *(a_renamed_asset, a_renamed_asset, the_page_for_what_is_not_there),
)


def _pages(root: Path) -> list[Path]:
    return _files(root, (".html",))


def _files(root: Path, endings: tuple[str, ...]) -> list[Path]:
    return sorted(file for file in root.rglob("*") if file.suffix in endings and file.is_file())


def _one(root: Path, chance: random.Random, endings: tuple[str, ...]) -> Path | None:
    files = _files(root, endings)
    return chance.choice(files) if files else None


def _name(root: Path, file: Path) -> str:
    return file.relative_to(root).as_posix()


def _in_page(root: Path, chance: random.Random, mark: bytes, instead: bytes) -> str | None:
    page = chance.choice(_pages(root))
    text = page.read_bytes()
    if mark not in text:
        return None
    page.write_bytes(text.replace(mark, instead, 1))
    return f"{instead.decode()} in {_name(root, page)}"


def _appended(root: Path, chance: random.Random, ending: str, more: bytes) -> str | None:
    file = _one(root, chance, (ending,))
    if file is None:
        return None
    file.write_bytes(file.read_bytes() + more)
    return f"{more.decode().strip()} in {_name(root, file)}"


def _before(file: Path, rule: str, said: str) -> str:
    """Put `rule` first, for the first of several redirects decides; a file that grew long begins anew."""
    rules = file.read_text(encoding="utf-8") if file.is_file() else ""
    file.write_text(rule + "".join(rules.splitlines(keepends=True)[:8]), encoding="utf-8")
    return said


def _noise(chance: random.Random) -> bytes:
    """Return a small grey PNG of chance."""
    size = chance.randrange(20, 90)
    rows = b"".join(b"\0" + chance.randbytes(size) for _ in range(size))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    body = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)

"""What is largest on the first screen, in a real browser: by the rules of largest contentful paint, on every visit."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from checks import run_folder, settings
from checks.collect import browser, stage
from checks.run_folder import RunFolder

SVG = f'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><circle r="99"/><!--{"x" * 5000}--></svg>'
TEXT = "Bread is baked slowly from flour and water and salt in an oven that has burnt since the morning. " * 2
IMAGE = '<img src="/{}.svg" width="300" height="{}" alt="">'
PAGES = {
    "text": f"<h1>Bread</h1><p>{TEXT}</p>",
    "text-in-pieces": f"<p>{TEXT}<b>{TEXT}</b><a href=/>{TEXT}</a></p><p>{TEXT}</p>",
    "image": f"<p>{TEXT}</p>{IMAGE.format('a', 300)}",
    "equal-images": IMAGE.format("a", 250) + IMAGE.format("b", 250),
    "hidden-image": f"<p>{TEXT}</p><div style='opacity:0'>{IMAGE.format('a', 300)}</div>",
    "image-further-down": f"<p>{TEXT}</p><div style='height:900px'></div>{IMAGE.format('a', 600)}",
    "small-image-made-large": f"<p>{TEXT}</p><img src='/dot.gif' style='width:400px;height:500px' alt=''>",
    "small-drawing-made-large": f"<p>{TEXT}</p><img src='/dot.svg' style='width:400px;height:500px' alt=''>",
    "background": f"<p>{TEXT}</p><div id=hero style='height:400px;background:url(/a.svg) center/cover'></div>",
    "texture": f"<p>{TEXT}</p><div style='height:400px;background:url(/dot.gif)'></div>",
    "drawing-as-texture": f"<p>{TEXT}</p><div style='height:400px;background:url(/a.svg)'></div>",
    "backdrop": f"<style>html{{background:url(/a.svg) no-repeat}}body{{height:900px;margin:0}}</style><p>{TEXT}</p>",
    "poster": f"<p>{TEXT}</p><video poster='/a.svg' width=400 height=300></video>",
    "placeholder": f"<p>{TEXT}</p><img src='/empty.svg' width=300 height=300 alt=''>",
    "inline-svg": f"<p>{TEXT}</p>{SVG.replace('300', '400')}",
    "nothing": "",
}
EXPECTED = {
    "text": ("text", "body > p"),
    "text-in-pieces": ("text", "body > p:nth-of-type(1)"),
    "image": ("image", "body > img"),
    "equal-images": ("image", "body > img:nth-of-type(1)"),
    "hidden-image": ("text", "body > p"),
    "image-further-down": ("text", "body > p"),
    "small-image-made-large": ("text", "body > p"),
    "small-drawing-made-large": ("image", "body > img"),
    "background": ("background", "#hero"),
    "texture": ("text", "body > p"),
    "drawing-as-texture": ("background", "body > div"),
    "backdrop": ("text", "body > p"),
    "poster": ("video", "body > video"),
    "placeholder": ("text", "body > p"),
    "inline-svg": ("text", "body > p"),
    "nothing": None,
}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Return the page documents by name."""
    folder = tmp_path_factory.mktemp("largest")
    build = folder / "build"
    build.mkdir()
    for name, body in PAGES.items():
        head = f"<title>{name}</title><meta name=viewport content=width=device-width>"
        (build / f"{name}.html").write_text(
            f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>"
        )
    for name in ("a", "b"):
        (build / f"{name}.svg").write_text(SVG)
    (build / "empty.svg").write_text(SVG.replace("x" * 5000, ""))
    (build / "dot.gif").write_bytes(b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;")
    (build / "dot.svg").write_text(SVG.replace("300", "8"))
    chosen = settings.from_bytes(b"{}", "gonogo.yaml", {"site": "https://www.example.com"}, dt.date(2026, 11, 1))
    run = RunFolder(folder / "run")
    run.clear()
    stage.collect(chosen, build, run, browser.find(), lambda _done, _total: None)
    return {Path(one["path"]).stem: one for one in run.lines(run_folder.PAGES)}


@pytest.mark.parametrize("name", PAGES)
def test_the_largest_part_is_found(documents: dict[str, dict[str, Any]], name: str) -> None:
    found = documents[name]["lcp"]
    assert (found and (found["kind"], found["selector"])) == EXPECTED[name]

"""A small shape of documents, and policies on it: the tests of judging do not depend on which facts there are."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from checks.judge.evaluate import Judge
from checks.judge.finding import Finding
from checks.judge.policy import Policy
from checks.judge.strictness import problems

Document = dict[str, Any]


def _object(**properties: Any) -> Document:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(identity: str, **properties: Any) -> Document:
    return {"type": "array", "items": _object(**properties), "x-identity": identity}


TEXT: Document = {"type": "string"}
TEXT_OR_NULL: Document = {"type": ["string", "null"]}
COUNT: Document = {"type": "integer", "minimum": 0}
FLAG: Document = {"type": "boolean"}

PAGE = {
    **_object(
        kind={"const": "page"},
        url=TEXT,
        path=TEXT,
        measured={"type": "array", "items": TEXT},
        config=_object(host=TEXT),
        expect=_object(noindex=FLAG),
        title=_object(text=TEXT_OR_NULL, length=COUNT),
        robots=_object(noindex=FLAG),
        http=_object(status=COUNT, headers={"type": "object", "additionalProperties": TEXT}),
        html=_object(mode={"enum": ["no-quirks", "quirks"]}, share={"type": ["number", "null"]}),
        canonical={"anyOf": [_object(url=TEXT, is_self=FLAG), {"type": "null"}]},
        headings=_object(h1={"type": "array", "items": TEXT}),
        links=_object(
            items={
                **_list(
                    "href",
                    href=TEXT,
                    url=TEXT_OR_NULL,
                    internal=FLAG,
                    status={"type": ["integer", "null"]},
                    fragment_ok={"type": ["boolean", "null"]},
                ),
                "x-of-target": ["status"],
            }
        ),
        cookies={"$ref": "#/$defs/cookies"},
        console=_object(errors=_list("text", text=TEXT, url=TEXT)),
    ),
    "required": ["kind", "url", "path", "measured", "config", "expect"],
    "$defs": {"cookies": _list("name", name=TEXT, secure=FLAG)},
}
SITE = {
    **_object(
        kind={"const": "site"},
        path=TEXT,
        measured={"type": "array", "items": TEXT},
        files=_object(private=_list("path", path=TEXT, rule=TEXT)),
    ),
    "required": ["kind", "path", "measured"],
}

TITLE_LENGTH: Document = {
    "title": "A title fits into a search result",
    "description": "Search engines cut longer titles off.",
    "x-reads": "page",
    "x-severity": "error",
    "x-set": ["recommended"],
    "x-owner": "marketing",
    "x-fix": "Write 10 to 60 characters.",
    "properties": {"title": {"properties": {"length": {"minimum": 10, "maximum": 60}}}},
    "examples": [{"title": {"text": "Sourdough courses in Bristol", "length": 28}}],
    "x-counterexamples": [{"title": {"text": "Home", "length": 4}}],
}


@pytest.fixture
def shape_of() -> Callable[[str], Mapping[str, Any]]:
    """Return the shapes of this folder's tests by kind; others do not exist, as with published ones."""

    def shape(kind: str) -> Mapping[str, Any]:
        shapes = {"page": PAGE, "site": SITE}
        if kind not in shapes:
            raise FileNotFoundError(kind)
        return shapes[kind]

    return shape


@pytest.fixture
def title_length() -> Document:
    """Return a policy that has nothing wrong with it."""
    document: Document = json.loads(json.dumps(TITLE_LENGTH))
    return document


@pytest.fixture
def wrong(shape_of: Any) -> Callable[..., list[str]]:
    """Return a function: what is wrong with the sound policy, with these keys changed (None takes one out)."""

    def told(**keys: Any) -> list[str]:
        changed = {
            **TITLE_LENGTH,
            **{name.replace("x_", "x-").replace("_", "-"): value for name, value in keys.items()},
        }
        document = {key: value for key, value in changed.items() if value is not None}
        return [f"{each.pointer}: {each.what}" for each in problems("seo/it", document, shape_of)]

    return told


@pytest.fixture
def policy() -> Callable[..., Policy]:
    """Return a function: a policy with this schema, and with other keys of its own."""

    def made(schema: Document, policy_id: str = "seo/it", **keys: Any) -> Policy:
        sound = {key: value for key, value in TITLE_LENGTH.items() if key != "properties"}
        own = {f"x-{name.replace('_', '-')}": value for name, value in keys.items()}
        return Policy.of(policy_id, {**sound, **schema, **own}, "seo/it.json")

    return made


@pytest.fixture
def judged(policy: Callable[..., Policy], shape_of: Any) -> Callable[..., list[Finding]]:
    """Return a function: the findings of one policy on a page with these groups of facts."""

    def findings(schema: Document, facts: Document, **keys: Any) -> list[Finding]:
        judge = Judge([policy(schema, **keys)], shape_of)
        path = keys.get("path", "/a/")
        return judge.document({"kind": "page", "path": path, "measured": sorted(facts), **facts})

    return findings


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Return a function: a folder with these files (name -> text, or a document)."""

    def made(name: str, files: Mapping[str, Any]) -> Path:
        place = tmp_path / name
        place.mkdir(parents=True, exist_ok=True)
        for inner, content in files.items():
            file = place / inner
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content if isinstance(content, str) else json.dumps(content, indent=2), encoding="utf-8")
        return place

    return made

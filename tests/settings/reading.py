"""Read gonogo.yaml from a text as on one day, and the complaint about one that is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from checks import shapes
from checks.errors import UserError
from checks.settings import Settings, from_bytes

TODAY = date(2026, 6, 15)
FULL = """\
site: https://www.example.com
preview: dist
host: plain
baseline: none
policies:
  use: [recommended, strict]
  folders: [gonogo/policies]
  change:
    seo/title-length: {x-severity: error}
    seo/h1-missing: null
render: {viewports: [phone], time-limit: 500s, third-party: block, coverage: [/, /shop/**]}
owners: {legal: {paths: [/terms/**]}, marketing: {paths: [/blog/**, /terms/offers/]}}
expect:
  - {page: /thanks/, noindex: true, why: thank you pages, owner: marketing, until: 2026-12-31}
  - {page: "/gone/**", status: 410, orphan: true, why: the old shop, owner: legal, until: 2026-06-15}
exclude:
  - {page: /legacy/*, why: moves away, owner: engineering, until: 2026-06-14}
allow:
  third-parties: [CDN.example.net]
  canonical-hosts: [bücher.example]
  form-hosts: [forms.example.net]
  source-maps: true
key_pages: [/, /preise für alle/]
page_types: {article: [/blog/**, /news/*], landing: [/]}
crawlers: {GPTBot: block, Google-Extended: allow}
sources:
  - {page: /blog/*/, file: content/blog/*.md}
hosting:
  answers: [{path: /api/**, status: 200, type: application/json, why: the shop's service}]
  endpoint: rest
  error-document: error.html
  error-status: 404
visitor: {country: de, languages: [de-AT, en], cookies: {beta: "1"}, roles: [member]}
access:
  hosts: ["deploy-preview-*--a.netlify.app"]
  basic: {user: GONOGO_PREVIEW_USER, password: GONOGO_PREVIEW_PASSWORD}
  headers: {x-key: GONOGO_PREVIEW_KEY}
  cookies: {session: GONOGO_PREVIEW_SESSION}
  storage-state: GONOGO_PREVIEW_STATE
limits: {pages: 50, depth: 3, bytes: 1000000, time: 5m, answer-time: 10s, at-once: 2}
"""
HOSTS = ", ".join(f"`{name}`" for name in shapes.load("config")["properties"]["host"]["enum"])


def read(text: str | bytes, **overrides: Any) -> Settings:
    return from_bytes(text.encode() if isinstance(text, str) else text, "gonogo.yaml", overrides, TODAY)


def complaint(text: str | bytes, **overrides: Any) -> str:
    with pytest.raises(UserError) as caught:
        read(text, **overrides)
    return f"{caught.value.where}: {caught.value.what}"

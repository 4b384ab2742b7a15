"""Cloudflare Pages: `_redirects`, `_headers`, `_routes.json`.

In: a build. Out: a host model. Facts from https://developers.cloudflare.com/pages/configuration/redirects/,
https://developers.cloudflare.com/pages/configuration/headers/,
https://developers.cloudflare.com/pages/configuration/serving-pages/, and where these are silent from the published
server (https://github.com/cloudflare/workers-sdk, packages/pages-shared and workers-shared).
"""

from __future__ import annotations

from checks.collect.hosts.cloudflare.host import CloudflarePagesHost

__all__ = ["CloudflarePagesHost"]

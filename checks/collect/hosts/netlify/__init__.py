"""Netlify: `_redirects`, `_headers` and `netlify.toml`.

In: a build. Out: a host model. Facts from https://docs.netlify.com/routing/redirects/,
https://docs.netlify.com/routing/redirects/redirect-options/ and https://docs.netlify.com/routing/headers/, and from the
published parsers (https://github.com/netlify/build). The matcher in production is not published.
"""

from __future__ import annotations

from checks.collect.hosts.netlify.host import NetlifyHost

__all__ = ["NetlifyHost"]

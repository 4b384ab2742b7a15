"""Vercel: `vercel.json`.

In: a build. Out: a host model. Facts from https://vercel.com/docs/project-configuration/vercel-json and
https://vercel.com/docs/routing/redirects/configuration-redirects, and where these are silent from the published
translation of the settings into routes (https://github.com/vercel/vercel, packages/routing-utils).
"""

from __future__ import annotations

from checks.collect.hosts.vercel.host import VercelHost

__all__ = ["VercelHost"]

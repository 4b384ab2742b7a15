"""Sites with faults in their content security policies and in the headers that they send."""

from __future__ import annotations

import base64
import hashlib

from tests.collect.planted import Site

GOOD = "default-src 'self'; base-uri 'self'; form-action 'self'; object-src 'none'"
META = '<meta http-equiv="Content-Security-Policy" content="{}">'


def policed() -> Site:
    """Return faults of Content Security Policies, each in the page that it is about."""
    site = Site()
    site.page("/")
    site.page("/privacy/")
    site.page("/good/", head=META.format(GOOD))

    def page(path: str, more: str, *planted: str, body: str = "") -> None:
        site.page(path, *planted, head=META.format(f"{GOOD}; {more}"), body=body)

    page("/unquoted/", "img-src self", "sec/csp-syntax")
    page("/unknown/", "image-src 'self'", "sec/csp-syntax")
    page("/inline/", "script-src 'self' 'unsafe-inline'", "sec/csp-scripts")
    page("/anywhere/", "script-src https:", "sec/csp-scripts")
    page("/nonce/", "script-src 'nonce-r4nd0mr4nd0m'", "sec/csp-scripts")
    site.page("/half/", "sec/csp-base-object", head=META.format("default-src 'self'; base-uri 'self'"))
    page("/cdn/", "script-src 'self' https://cdn.jsdelivr.net", "sec/csp-bypass")
    page("/one-file/", "script-src 'self' https://cdn.jsdelivr.net/npm/oven@1/oven.js")
    page("/staging/", "connect-src 'self' https://staging.example.com", "sec/csp-no-staging")
    page("/local/", "connect-src 'self' ws://localhost:3000", "sec/csp-no-staging")
    script = "<script>document.title = 'Fresh bread'</script>"
    page("/refused/", "img-src 'self'", "sec/csp-no-violation", body=script)
    page("/refused-style/", "img-src 'self'", "sec/csp-no-violation", body='<p style="color: red">Hot</p>')
    page("/refused-evaluation/", "img-src 'self'", "sec/csp-no-violation", body='<script src="/eval.js"></script>')
    site.files["eval.js"] = "try { eval('1') } catch { }"
    digest = base64.b64encode(hashlib.sha256(b"document.title = 'Fresh bread'").digest()).decode()
    page("/hashed/", f"script-src 'sha256-{digest}'", body=script)
    page("/stale-hash/", f"script-src 'self' 'sha256-{digest}'", "sec/csp-hashes")
    return site


SENT = """
/*
  Cross-Origin-Opener-Policy: same-origin
/express/
  X-Powered-By: Express
/past/
  Expect-CT: max-age=86400
/apart/
  Cross-Origin-Resource-Policy: everybody
/half/
  Strict-Transport-Security: max-age=31536000; preload
/whole/
  Strict-Transport-Security: max-age=31536000; includeSubDomains; preload
/refused/
  Content-Security-Policy: default-src 'self'; base-uri 'self'; form-action 'self'
"""


def sent() -> Site:
    """Return faults of the headers that a host sends."""
    site = Site(host="netlify", config="render: {third-party: block}\nallow: {hsts-preload: true}")
    site.files["_headers"] = SENT
    site.page("/")
    site.page("/privacy/")
    site.page("/express/", "sec/info-headers")
    site.page("/past/", "sec/legacy-headers")
    site.page("/apart/", "sec/isolation-headers")
    site.page("/half/", "sec/hsts-preload")
    site.page("/whole/")
    site.page("/refused/", "sec/csp-no-violation", body="<script>document.title = 'Fresh bread'</script>")
    return site

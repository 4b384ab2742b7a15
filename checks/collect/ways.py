"""Where each host leads for the browser: the site's own to our server on loopback, every other one through our proxy.

In: the preview at its production origin. Out: a running server and proxy, and Chromium's switches for them.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from checks.collect import certificate, serve, third_parties
from checks.facts.trackers import collects

if TYPE_CHECKING:
    from contextlib import AsyncExitStack

    from checks.collect.preview import Preview
    from checks.settings import Settings

HTTPS_PORT, HTTP_PORT = 443, 80


@dataclass(frozen=True, slots=True)
class Ways:
    """Where each host leads: the site's own to our server, every other one through our proxy."""

    host: str
    port: int
    https_port: int
    http_port: int
    proxy_port: int
    spki_sha256: str
    aliases: tuple[str, ...] = ()
    """Other origins that lead to our server, too."""
    tls_port: int = 0
    """The one of our ports that always speaks TLS."""

    def arguments(self) -> list[str]:
        """Return Chromium's switches for it (https://peter.sh/experiments/chromium-command-line-switches/)."""
        rules = [f"MAP {self.host}:{self.port} 127.0.0.1:{self.https_port}"]
        if self.port != HTTP_PORT:
            rules.append(f"MAP {self.host}:80 127.0.0.1:{self.http_port}")
        others = [urlsplit(origin) for origin in self.aliases]
        for one in others:
            ours, usual = (self.tls_port, HTTPS_PORT) if one.scheme == "https" else (self.http_port, HTTP_PORT)
            rules.append(f"MAP {one.hostname}:{one.port or usual} 127.0.0.1:{ours}")
        return [
            f"--host-resolver-rules={', '.join(rules)}",
            f"--ignore-certificate-errors-spki-list={self.spki_sha256}",
            f"--proxy-server=127.0.0.1:{self.proxy_port}",
            f"--proxy-bypass-list={';'.join(['<-loopback>', self.host, *(one.netloc for one in others)])}",
            "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        ]


async def lead(settings: Settings, preview: Preview, stack: AsyncExitStack) -> Ways:
    """Start our server and proxy until `stack` is left, and return how the browser is led to them."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gonogo-")))
    throw_away = certificate.make(folder, now=dt.datetime.now(dt.UTC))
    server = await serve.start(preview.host, preview.root, throw_away.context, preview.ready)
    stack.push_async_callback(server.stop)
    host, _, port = preview.netloc.partition(":")
    secure = preview.origin.startswith("https://")
    # The site's other spelling is the live site, too, and must not be asked.
    twin = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    rules = third_parties.Rules(settings.render.third_party == "allow", collects, frozenset({host, twin}))
    proxy = await third_parties.start(rules, throw_away.context)
    stack.push_async_callback(proxy.stop)
    return Ways(
        host=host,
        port=int(port) if port else HTTPS_PORT if secure else HTTP_PORT,
        https_port=server.https_port if secure else server.http_port,
        http_port=server.http_port,
        proxy_port=proxy.port,
        spki_sha256=throw_away.spki_sha256,
        aliases=preview.aliases,
        tls_port=server.https_port,
    )

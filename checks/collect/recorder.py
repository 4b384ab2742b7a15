"""What the browser's protocol says while one page loads: requests, console, dialogs, navigations.

In: events of the Chrome DevTools Protocol (https://chromedevtools.github.io/devtools-protocol/), one page at a time.
Out: plain records, and whether anything is still pending.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from checks.collect.awaited import Awaited
from checks.collect.listening import Event, one_argument
from checks.collect.third_parties import ANSWERED_BY
from checks.facts.visit import ConsoleMessage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.async_api import CDPSession

_TYPES = {
    "Document": "document",
    "Stylesheet": "style",
    "Script": "script",
    "Image": "image",
    "Font": "font",
    "Media": "media",
    "XHR": "fetch",
    "Fetch": "fetch",
    "EventSource": "fetch",
}
_NEVER_ENDING = frozenset({"EventSource", "WebSocket", "Ping", "Prefetch", "Media"})
_MIXED = {"blockable": "active", "optionally-blockable": "passive"}
_BODILESS = frozenset({204, 205, 304})
_CLIPPED = 500
PERMISSION = "__gonogoAsks"
"""Name by which a script of ours in the page's own world tells that a permission was asked for."""
_PERMISSIONS = {
    "media": "camera or microphone",
    "location": "location",
    "notifications": "notifications",
    "push": "push messages",
}
_CLOSE_REFUSED = "Scripts may close only the windows that were opened by them."


@dataclass(slots=True)
class Seen:
    """One address that the page asked for; the last answer wins."""

    url: str
    type: str
    method: str
    mixed: str | None
    status: int | None = None
    content_type: str | None = None
    error: str | None = None
    bytes: int = 0
    answered: str | None = None
    by_script: bool = False


@dataclass(slots=True)
class Recorder:
    """Listens to one page of a rendering place; `reset` before each visit."""

    requests: dict[str, Seen] = field(default_factory=dict)
    console: list[ConsoleMessage] = field(default_factory=list)
    awaited: Awaited = field(default_factory=Awaited)
    worlds: dict[str, int] = field(default_factory=dict)
    last_activity: float = 0.0
    navigations: int = 0
    dialogs: int = 0
    downloads: int = 0
    popups: int = 0
    workers: int = 0
    closed_itself: bool = False
    stopped: bool = False
    """Whether no load event came, for a script had stopped the page, or led to a download."""
    prompts: set[tuple[str, str]] = field(default_factory=set)
    main_frame: str = ""
    _document: str = ""
    """The loader of the main document, by whose name its own request goes, too."""

    def reset(self) -> None:
        """Forget the page before."""
        self.requests.clear()
        self.console.clear()
        self.awaited.clear()
        self.navigations = self.dialogs = self.downloads = self.popups = self.workers = 0
        self.closed_itself = self.stopped = False
        self.prompts.clear()
        self.last_activity = time.monotonic()

    def quiet_for(self) -> float:
        """Seconds since the last request or answer; 0 while one is waited for."""
        return 0.0 if self.awaited else time.monotonic() - self.last_activity

    @property
    def arrived(self) -> bool:
        """Whether a document is there that was asked for since `reset`: of the one before, a late word may come."""
        return bool(self._of(self._document))

    def stop(self) -> None:
        """Wait no more for the page's own HTML: of a page that a script has stopped, the browser tells no end of it."""
        self.stopped = True
        self.awaited.ended(self._document)

    async def listen(self, session: CDPSession, world: str) -> None:
        """Subscribe to the events of `session`; contexts of the script world `world` are kept by frame."""
        handlers: dict[str, Callable[[Event], None]] = {
            "Network.requestWillBeSent": self._sent,
            "Network.responseReceived": self._answered,
            "Network.loadingFinished": self._finished,
            "Network.loadingFailed": self._failed,
            "Network.webSocketCreated": self._socket,
            "Runtime.exceptionThrown": self._thrown,
            "Runtime.consoleAPICalled": self._logged,
            "Log.entryAdded": self._noted,
            "Page.frameNavigated": self._navigated,
            "Runtime.bindingCalled": self._asked,
            "Runtime.executionContextCreated": partial(self._context, world),
        }
        for name, handler in handlers.items():
            session.on(name, one_argument(handler))
        tree = await session.send("Page.getFrameTree")
        self.main_frame = tree["frameTree"]["frame"]["id"]
        for domain in ("Page", "Runtime", "Log"):
            await session.send(f"{domain}.enable")
        await session.send("Network.enable", {"maxTotalBufferSize": 0, "maxResourceBufferSize": 0})

    def _sent(self, event: Event) -> None:
        request, identity, kind = event["request"], event["requestId"], event.get("type", "Other")
        self.last_activity = time.monotonic()
        if before := event.get("redirectResponse"):
            hop = self.requests.get(f"{identity} {before['url']}")
            if hop is not None:
                hop.status = before["status"]
        if request["url"].startswith(("data:", "blob:", "about:")):
            return
        self.requests[f"{identity} {request['url'].partition('#')[0]}"] = Seen(
            request["url"].partition("#")[0],
            _TYPES.get(kind, "other"),
            request["method"],
            _MIXED.get(request.get("mixedContentType", "none")),
            by_script=event.get("initiator", {}).get("type") == "script",
        )
        # The script of a worker belongs to no loader of this page, and its end is told to the worker alone.
        if loader := event.get("loaderId"):
            self.awaited.sent(identity, loader, ends=kind not in _NEVER_ENDING)

    def _answered(self, event: Event) -> None:
        response = event["response"]
        seen = self.requests.get(f"{event['requestId']} {response['url'].partition('#')[0]}")
        if seen is None:
            return
        headers: Mapping[str, str] = response.get("headers", {})
        seen.status, seen.content_type = response["status"], response.get("mimeType") or None
        seen.answered = next((value for name, value in headers.items() if name.lower() == ANSWERED_BY), None)
        if event.get("type") in _NEVER_ENDING:
            self.awaited.ended(event["requestId"])
        elif event.get("type") == "Fetch":
            self._begun(event["requestId"], seen, headers)

    def _begun(self, identity: str, seen: Seen, headers: Mapping[str, str]) -> None:
        """Note that an answer to `fetch()` has begun; one without a body is also at its end."""
        length = next((value for name, value in headers.items() if name.lower() == "content-length"), None)
        if seen.status in _BODILESS or length == "0" or seen.method == "HEAD":
            self._settle(identity)
        else:
            self.awaited.begun(identity)

    def _finished(self, event: Event) -> None:
        self._settle(event["requestId"])
        for seen in self._of(event["requestId"]):
            seen.bytes = int(event.get("encodedDataLength", 0))

    def _failed(self, event: Event) -> None:
        self._settle(event["requestId"])
        for seen in self._of(event["requestId"])[-1:]:
            reason = event.get("blockedReason")
            seen.error = f"blocked: {reason}" if reason else event.get("errorText", "failed")
            if event.get("canceled") and not reason:
                seen.error = "canceled"
            if reason == "mixed-content":
                seen.mixed = seen.mixed or "active"

    def _of(self, identity: str) -> list[Seen]:
        start = f"{identity} "
        return [seen for key, seen in self.requests.items() if key.startswith(start)] if identity else []

    def _settle(self, identity: str) -> None:
        self.awaited.ended(identity)
        self.last_activity = time.monotonic()

    def _socket(self, event: Event) -> None:
        self.requests[f"{event['requestId']} {event['url']}"] = Seen(event["url"], "other", "GET", None)

    def _thrown(self, event: Event) -> None:
        details = event["exceptionDetails"]
        text = details.get("exception", {}).get("description") or details.get("text", "exception")
        self._say("exception", text.partition("\n")[0], details.get("url"))

    def _logged(self, event: Event) -> None:
        if event["type"] == "error":
            parts = [str(part.get("value", part.get("description", ""))) for part in event.get("args", [])]
            frames = event.get("stackTrace", {}).get("callFrames", [])
            self._say("error", " ".join(parts).partition("\n")[0], frames[0]["url"] if frames else None)

    def _noted(self, event: Event) -> None:
        entry = event["entry"]
        if entry["text"] == _CLOSE_REFUSED:
            self.closed_itself = True
        # Failed requests and mixed content are facts of their own: `requests` has them.
        elif entry["level"] == "error" and entry["source"] not in {"network", "security"}:
            self._say("error", entry["text"].partition("\n")[0], entry.get("url"))

    def _say(self, kind: str, text: str, url: str | None) -> None:
        if len(self.console) < _CLIPPED:
            self.console.append(ConsoleMessage(kind, text[:_CLIPPED], url or None))

    def _navigated(self, event: Event) -> None:
        if not event["frame"].get("parentId") and event["frame"]["url"] != "about:blank":
            self.navigations += 1
            self.last_activity = time.monotonic()
            self._document = str(event["frame"].get("loaderId", ""))
            self.awaited.leave(self._document)

    def _asked(self, event: Event) -> None:
        """Take what `permissions.js` tells: a permission, and the address of the frame."""
        what, _, url = str(event.get("payload", "")).partition(" ")
        if event.get("name") == PERMISSION and what in _PERMISSIONS and len(self.prompts) < _CLIPPED:
            self.prompts.add((_PERMISSIONS[what], url[:_CLIPPED]))

    def _context(self, world: str, event: Event) -> None:
        context = event["context"]
        if context["name"] == world:
            self.worlds[context.get("auxData", {}).get("frameId", "")] = context["id"]

"""Headers that keep a browser from doing what neither a page nor an answer here ever asks of it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def policy(scripts: Iterable[str]) -> str:
    """The Content-Security-Policy of a page. scripts: those that stand in it, letter by letter; no other runs.

    Streamlit 1.67 needs what is open here, found by leaving each out in a browser (docs/decisions/0015-http.md).
    """
    hashes = (base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in scripts)
    allowed = " ".join(f"'sha256-{each}'" for each in dict.fromkeys(hashes))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' blob: {allowed}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'self'",
        )
    )


DATA = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_ALWAYS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    b"x-frame-options": b"SAMEORIGIN",
}
_POLICY = b"content-security-policy"


def _wants_page(scope: Scope) -> bool:
    """True for a browser that opens an address. What "not modified" says replaces what it has kept of the page's
    headers, and such an answer has no type of its own: with the policy of data the kept page would stay blank.
    """
    return any(b"text/html" in value for name, value in scope["headers"] if name == b"accept")


class SecurityHeaders:
    """ASGI middleware that adds them to every answer which does not have its own."""

    def __init__(self, app: ASGIApp, scripts: Iterable[str] = ()) -> None:
        """scripts: that stand in pages, see ``policy``."""
        self._app = app
        self._pages = policy(scripts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, and add to its answer; to that of a failure too, which is raised for the log."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                pairs = list(message.get("headers", ()))
                there = {name.lower(): value for name, value in pairs}
                pairs += [(name, value) for name, value in _ALWAYS.items() if name not in there]
                if _POLICY not in there:
                    is_page = there.get(b"content-type", b"").startswith(b"text/html")
                    is_page |= message["status"] == 304 and _wants_page(scope)
                    pairs.append((_POLICY, (self._pages if is_page else DATA).encode()))
                message = {**message, "headers": pairs}
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except Exception:
            if not begun:
                await PlainTextResponse("Internal Server Error", 500)(scope, receive, guarded)
            raise

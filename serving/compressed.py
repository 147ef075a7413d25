"""Streamlit's programs and styles, compressed once and sent so: a third of the bytes on the way to a browser.

Streamlit sends them as they are, since it would compress each anew for every visitor. Their names change with what is
in them, so browsers keep them for a year, and what was compressed holds for as long as the server runs.
"""

from __future__ import annotations

import asyncio
import gzip
import posixpath
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_KINDS = (".js", ".css", ".svg", ".wasm")
_OF_BROWSERS = (b"if-none-match", b"if-modified-since", b"accept-encoding")
_LEAST, _MOST = 1_000, 64 << 20  # bytes: of a file worth it; of all that are kept


@dataclass(frozen=True, slots=True)
class _Kept:
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Compressed:
    """Answers from what it keeps; asks Streamlit once for each file."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[str, _Kept] = {}
        self._size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if not _takes(scope):
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if path not in self._kept:
            status, headers, body = await _whole(self._app, scope, receive)
            is_kept = status == 200 and "content-encoding" not in headers and _is_file(path, headers)
            if not is_kept or len(body) < _LEAST or self._size > _MOST:
                await _send(send, status, headers.raw, body)
                return
            small = await asyncio.to_thread(gzip.compress, body, 6)
            headers["content-encoding"], headers["content-length"] = "gzip", str(len(small))
            headers.add_vary_header("Accept-Encoding")
            for name in ("etag", "accept-ranges"):  # those of the file as it is
                del headers[name]
            self._kept[path] = _Kept(headers.raw, small)
            self._size += len(small)
        found = self._kept[path]
        await _send(send, 200, found.headers, found.body)


def _takes(scope: Scope) -> bool:
    """True where a whole file of ours is asked for by a browser that can unpack it."""
    if scope["type"] != "http" or scope["method"] != "GET" or "/static/" not in scope["path"]:
        return False
    headers = Headers(scope=scope)
    accepts = headers.get("accept-encoding", "").replace(" ", "").split(",")
    return scope["path"].endswith(_KINDS) and "gzip" in accepts and "range" not in headers


def _is_file(path: str, headers: Headers) -> bool:
    """True for a file by its one name: Streamlit has its page for every name that it does not know, and for
    ``/./`` in a path what is there without it, so that strangers could have us keep things without end."""
    return not headers.get("content-type", "").startswith("text/html") and posixpath.normpath(path) == path


async def _whole(app: ASGIApp, scope: Scope, receive: Receive) -> tuple[int, MutableHeaders, bytes]:
    """An answer in one piece as it is, whatever copy of it the browser has: its status, headers and body."""
    asked = [pair for pair in scope["headers"] if pair[0] not in _OF_BROWSERS]
    began: Message = {}
    body = bytearray()

    async def take(message: Message) -> None:
        if message["type"] == "http.response.start":
            began.update(message)
        else:
            body.extend(message.get("body", b""))

    await app({**scope, "headers": asked}, receive, take)
    return int(began["status"]), MutableHeaders(raw=list(began["headers"])), bytes(body)


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

"""The door in front of every request: what Streamlit's sign-in leaves open is closed here.

Cookies are Secure behind TLS; signing out ends the sign-in everywhere; whoever signs in comes back to the page they
left; files can be uploaded only by whoever may add documents; where strangers may not read, neither downloads nor
figures; and a page's websocket is for our pages (``door/websocket.py``).
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from access import desk, refusals
from access.base_path import base_path
from access.people import sign_in_of
from access.roles import Act
from door.hosts import is_ours
from door.signed_in import claims_in, cookies_of, own_origin
from door.websocket import let_in

_BACK = "on_record_back"  # the cookie that remembers where somebody signed in from
_BACK_FOR = 600  # seconds
_LONGEST_BACK = 2000
_FOR_READERS = ("/media/", "/_stcore/metrics")


class Door:
    """ASGI middleware; outermost, so that it sees what Streamlit answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, turn it away, or mend its answer."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        path = _own_path(scope["path"])
        known = is_ours(headers.get("host", ""), path)
        if scope["type"] == "websocket":
            await let_in(self._app if known else None, scope, receive, send)
            return
        if not known:
            await PlainTextResponse("This server is reached by another name.", 421)(scope, receive, send)
            return
        cookies = cookies_of(headers.get("cookie", ""))
        turned_away = _turned_away(scope["method"], path, headers, cookies)
        if turned_away is not None:
            await turned_away(scope, receive, send)
            return
        back = _left_from(headers) if path == "/auth/login" else None

        async def mended(message: Message) -> None:
            if message["type"] == "http.response.start":
                pairs = list(message["headers"])
                if path == "/auth/login" and back:
                    pairs.append((b"set-cookie", _kept(back).encode("latin-1")))
                if path == "/oauth2callback":
                    pairs = _signed_in(pairs, cookies)
                message = {**message, "headers": _secured(pairs, scope)}
            await send(message)

        await self._app(scope, receive, mended)


def _turned_away(method: str, path: str, headers: Headers, cookies: dict[str, str]) -> ASGIApp | None:
    """The answer to a request that goes no further; None for one that does."""
    if path == "/auth/logout":
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return RedirectResponse(base_path() + "/", 303)  # no other site signs our visitors out
        if claims := claims_in(cookies):
            desk.sign_ins().end(sign_in_of(claims))
    if path.startswith("/_stcore/upload_file/") and method != "OPTIONS":
        person = desk.person(claims_in(cookies))
        if not desk.may(person, Act.ADD):
            refusals.note_refused(person, Act.ADD, "upload")
            return PlainTextResponse("Only editors may upload files.", 403)
    if path.startswith(_FOR_READERS) and not desk.may(desk.person(claims_in(cookies)), Act.READ):
        return PlainTextResponse("Sign in first.", 403)
    return None


def _signed_in(pairs: list[tuple[bytes, bytes]], cookies: dict[str, str]) -> list[tuple[bytes, bytes]]:
    """The provider's answer taken in: an earlier sign-in of this browser ends, and the reader is led back."""
    given = [value for name, value in pairs if name.lower() == b"set-cookie"]
    new = any(value.startswith(f"{USER_COOKIE_NAME}=".encode()) and b"Max-Age=0" not in value for value in given)
    if not new:
        return pairs
    if before := claims_in(cookies):
        desk.sign_ins().end(sign_in_of(before))
    back = _sound(unquote(cookies.get(_BACK, "")))
    if back:
        pairs = [
            (b"location", quote(back, safe="/?&=%~:,.-_+").encode()) if n == b"location" else (n, v) for n, v in pairs
        ]
    return [*pairs, (b"set-cookie", f"{_BACK}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax".encode())]


def _left_from(headers: Headers) -> str | None:
    """The page of ours that the reader leaves for the provider: its path and what it asks for."""
    referer = urlsplit(headers.get("referer", ""))
    if f"{referer.scheme}://{referer.netloc}" != own_origin():
        return None
    return _sound(referer.path + (f"?{referer.query}" if referer.query else "")) or None


def _sound(path: str) -> str:
    """A path on this site as it was given; "" for whatever could lead elsewhere."""
    plain = path.isascii() and path.isprintable() and " " not in path and "\\" not in path
    return path if plain and path.startswith("/") and not path.startswith("//") and len(path) <= _LONGEST_BACK else ""


def _kept(back: str) -> str:
    return f"{_BACK}={quote(back, safe='')}; Max-Age={_BACK_FOR}; Path=/; HttpOnly; SameSite=Lax"


def _secured(pairs: Iterable[tuple[bytes, bytes]], scope: Scope) -> list[tuple[bytes, bytes]]:
    """Every cookie kept off connections that are not encrypted, where browsers come by encrypted ones."""
    if scope.get("scheme") != "https" and not own_origin().startswith("https://"):
        return list(pairs)
    return [
        (name, value + b"; Secure" if name.lower() == b"set-cookie" and b"; secure" not in value.lower() else value)
        for name, value in pairs
    ]


def _own_path(path: str) -> str:
    return path.removeprefix(base_path()) or "/"

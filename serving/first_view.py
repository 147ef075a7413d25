"""What a visitor sees at once: the first page as plain HTML, within Streamlit's own page and until that has drawn it.

Streamlit's page is a program of 3 MB that a browser reads and runs before a word stands. So the server visits its own
first page, as a visitor without a name would, in each language and anew for each release, and puts what it was shown
into the page that it sends. ``in_browser.js`` takes it away when the real page stands.
"""

from __future__ import annotations

import asyncio
import gzip
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.session_manager import SessionClient

from access import desk
from pages.parts import language
from serving import first_view_page, kept_views

_log = logging.getLogger(__name__)
_EVERY, _LONGEST = 5.0, 60.0  # seconds between two looks for a newer release; for one visit
_WALKED = ("", "timeline", "speakers", "entities", "compare", "document")
_ROOT = b'<div id="root">'
_views: dict[str, bytes] = {}  # by language, what stands before the root of Streamlit's page
_shown: dict[str, int] = {}  # "release": whose they are


class _Visitor(SessionClient):
    """A visitor whose browser asks for a language; notes what it is shown."""

    def __init__(self, code: str) -> None:
        self.headers, self.remote_ip = [("Accept-Language", code)], None
        self.cookies: dict[str, str] = {}
        self.seen: list[ForwardMsg] = []
        self.stands = asyncio.Event()

    @property
    def client_context(self) -> Any:  # noqa: ANN401
        return self

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        self.seen.append(ForwardMsg.FromString(msg.SerializeToString()))
        if msg.WhichOneof("type") == "script_finished":
            self.stands.set()


def begin(release: tuple[int, str] | None) -> None:
    """Show what is kept of a release, its number and all that names it, until the first page was drawn anew."""
    if release is not None:
        _views.update(kept_views.read(release[1]))
        _shown["release"] = release[0]


async def keep(newest: Callable[[], tuple[int, str] | None]) -> None:
    """Look at the first page for each new release, for as long as the server runs. ``newest`` opens and names it."""
    drawn: str | None = None
    while True:
        try:
            found = None if desk.rules().closed else await asyncio.to_thread(newest)
            if found is None:
                _views.clear()
                _shown.clear()
                drawn = None
            elif found[1] != drawn:
                views = {code: await _visit(code) for code in language.LANGUAGES}
                _views.clear()
                _views.update(views)
                _shown["release"], drawn = found
                await asyncio.to_thread(kept_views.write, drawn, views)
                for page in _WALKED:  # what a page makes once for a release is made before somebody waits for it
                    await _visit("en", page, "side=CN")
        except Exception:  # the page comes without it
            _log.exception("The first page could not be drawn ahead")
            _views.clear()
        await asyncio.sleep(_EVERY)


async def _visit(code: str, page: str = "", query: str = "") -> bytes:
    """The first page in a language as HTML, or another that is asked for; nothing where it could not be drawn."""
    runtime, visitor = Runtime.instance(), _Visitor(code)
    session = runtime.connect_session(client=visitor, user_info={})
    try:
        asks = BackMsg()
        asks.rerun_script.widget_states.SetInParent()
        asks.rerun_script.page_name, asks.rerun_script.query_string = page, query
        runtime.handle_backmsg(session, asks)
        await asyncio.wait_for(visitor.stands.wait(), _LONGEST)
    finally:
        runtime.close_session(session)
    return first_view_page.html(visitor.seen, code).encode()


class FirstView:
    """Puts the first page into Streamlit's, where nothing else is asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        view = _asked(scope)
        if view is None:
            await self._app(scope, receive, send)
            return
        whole = [each for each in scope["headers"] if each[0] not in (b"if-none-match", b"if-modified-since")]
        began: Message = {}
        body = bytearray()

        async def put_in(message: Message) -> None:
            if message["type"] == "http.response.start":
                began.update(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                await _answer(began, bytes(body), view, Headers(scope=scope).get("accept-encoding", ""), send)

        await self._app({**scope, "headers": whole}, receive, put_in)


async def _answer(began: Message, page: bytes, view: bytes, accepts: str, send: Send) -> None:
    headers = MutableHeaders(raw=list(began["headers"]))
    if began["status"] == 200 and "content-encoding" not in headers:
        page = page.replace(_ROOT, view + _ROOT, 1)
        if "gzip" in accepts:
            page, headers["content-encoding"] = gzip.compress(page, 5), "gzip"
        headers["content-length"] = str(len(page))
        headers["vary"] = "Accept-Language, Accept-Encoding"
        for name in ("etag", "last-modified", "accept-ranges"):
            del headers[name]
    await send({**began, "headers": headers.raw})
    await send({"type": "http.response.body", "body": page})


def _asked(scope: Scope) -> bytes | None:
    """What to show first for a request; None where it asks for something else, or strangers may see nothing."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].strip("/") or desk.rules().closed:
        return None
    asked = dict(parse_qsl(scope["query_string"].decode("latin-1")))
    code = asked.pop("lang", None) or language.accepted(Headers(scope=scope).get("accept-language", ""))
    if asked.pop("release", None) not in (None, str(_shown.get("release"))) or asked:
        return None
    return _views.get(code) or None

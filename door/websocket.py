"""The door of a page's websocket: only our own pages open it, and both sides say only what pages need.

Read in Streamlit 1.67: to judge a page of another origin it asks a host on the internet for this machine's address, and
everybody waits meanwhile; whoever holds a websocket may have it run git and tell what files lie beside the program,
empty the caches of all visitors, or write files of its own; and every visitor is told where the program lies, and on
what machine.
"""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import urlsplit

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.server_util import is_allowed_origin

_ASKED = frozenset(("rerun_script", "stop_script", "app_heartbeat", "file_urls_request"))
_OPERATIONS = frozenset(("deferred_file", "dataframe_chunk"))  # of Streamlit's own beside a page
_SCRIPT = "app.py"
_POLICY = 1008  # a websocket's way to say that it is not allowed


async def let_in(app: ASGIApp | None, scope: Scope, receive: Receive, send: Send) -> None:
    """Pass a websocket on to ``app``, without what it may not say; None: to nobody. What is not let in never opens."""
    if app is None or not _is_ours(Headers(scope=scope)):
        await receive()
        await send({"type": "websocket.close", "code": _POLICY})
        return

    async def asked() -> Message:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive" or _may_be_asked(message.get("bytes")):
                return message

    async def told(message: Message) -> None:
        if message["type"] == "websocket.send" and _SCRIPT.encode() in (frame := message.get("bytes") or b""):
            message = {**message, "bytes": _without_the_machine(frame)}
        await send(message)

    await app(scope, asked, told)


def _is_ours(headers: Headers) -> bool:
    """True for a page of this host and of those that Streamlit's settings name; and for programs, which name none."""
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        host = urlsplit(origin).netloc
    except ValueError:
        return False
    return (bool(host) and host == headers.get("host")) or is_allowed_origin(origin)


def _may_be_asked(frame: bytes | None) -> bool:
    """False for what is no page's to ask, and for text, which none sends. What cannot be read Streamlit ends."""
    if frame is None:
        return False
    message = BackMsg()
    try:
        message.ParseFromString(frame)
    except DecodeError:
        return True
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") in _OPERATIONS
    return kind in _ASKED


def _without_the_machine(frame: bytes) -> bytes:
    """A message without where the program lies and what the machine is, where it is the one that tells them."""
    message = ForwardMsg.FromString(frame)
    if message.WhichOneof("type") != "new_session":
        return frame
    begun = message.new_session
    begun.main_script_path = PurePath(begun.main_script_path).name
    begun.initialize.user_info.Clear()  # which has to be there
    begun.initialize.user_info.SetInParent()
    for name in ("python_version", "server_os", "has_display"):
        begun.initialize.environment_info.ClearField(name)
    return bytes(message.SerializeToString())

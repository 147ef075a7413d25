"""A reader of the dashboard without a browser: the messages that Streamlit's own page sends, over a real websocket."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from analysis.queries.selection import PARAMETERS

_SHARED = (*PARAMETERS, "release", "lang")
_STATEMENT = re.compile(r'data-collect="([^"&]+)"')
_LONGEST = 60.0  # seconds for an answer


class NoAnswerError(Exception):
    """The dashboard said that something went wrong, or nothing in time."""


class Reader:
    """One session: what it has been shown, and what it asks for."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._socket: ClientConnection | None = None
        self._pages: dict[str, str] = {}  # hash by path
        self._query = ""
        self._page = ""
        self._cached: set[str] = set()
        self.widgets: dict[str, tuple[str, Any]] = {}  # key → id and the element, of what was drawn last
        self.statements: list[str] = []  # identifiers of those that were drawn last
        self.received = 0  # bytes
        self.messages = 0

    async def arrive(self, path: str = "", **query: str) -> float:
        """Open a page as the first of a session; seconds until it stands."""
        parts = urlsplit(self._address)
        self._socket = await connect(
            f"ws://{parts.netloc}/_stcore/stream",
            origin=self._address,  # type: ignore[arg-type]
            subprotocols=["streamlit", "none"],  # type: ignore[list-item]
            max_size=None,
            compression=None,
            additional_headers={"Accept-Language": "en-GB"},
        )
        self._query = urlencode(query)
        return await self._ask(path_name=path or None)

    async def leave(self) -> None:
        """Close the tab."""
        if self._socket is not None:
            await self._socket.close()

    async def go(self, path: str, query: Sequence[tuple[str, str]] = ()) -> float:
        """Follow a link to a page."""
        self._query, self._page = urlencode(query), self._pages[path]
        return await self._ask()

    async def press(self, key: str) -> float:
        """Press a button."""
        return await self._ask(WidgetState(id=self.widgets[key][0], trigger_value=True))

    async def choose(self, key: str, values: Sequence[str]) -> float:
        """Choose these of a list's values, as they are labelled."""
        state = WidgetState(id=self.widgets[key][0])
        state.string_array_value.data.extend(values)
        return await self._ask(state)

    async def write(self, key: str, words: str) -> float:
        """Write into a box and press Enter."""
        return await self._ask(WidgetState(id=self.widgets[key][0], string_value=words))

    async def press_again(self) -> float:
        """Load the page that is open anew."""
        return await self._ask()

    def filters(self) -> list[tuple[str, str]]:
        """What the address keeps from page to page."""
        return [(name, value) for name, value in parse_qsl(self._query) if name in _SHARED]

    def options(self, key: str) -> list[str]:
        """What a list offers."""
        return list(self.widgets[key][1].options)

    async def _ask(self, state: WidgetState | None = None, path_name: str | None = None) -> float:
        """Let the script run; seconds from sending until it has finished."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = self._query
        asked.context_info.url = self._address
        asked.context_info.locale = "en-GB"
        asked.context_info.timezone = "Europe/London"
        asked.cached_message_hashes.extend(self._cached)
        if self._page:
            asked.page_script_hash = self._page
        elif path_name:
            asked.page_name = path_name
        if state is None:
            asked.widget_states.SetInParent()
        else:
            asked.widget_states.widgets.append(state)
        assert self._socket is not None
        began = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        await asyncio.wait_for(self._until_it_stands(), _LONGEST)
        return time.perf_counter() - began

    async def _until_it_stands(self) -> None:
        assert self._socket is not None
        drawn: dict[str, tuple[str, Any]] = {}
        said: list[str] = []
        self.messages = self.received = 0
        while True:
            data = await self._socket.recv()
            message = ForwardMsg()
            message.ParseFromString(bytes(data))  # type: ignore[arg-type]
            self.received += len(data)
            self.messages += 1
            if message.metadata.cacheable and message.hash:
                self._cached.add(message.hash)
            kind = message.WhichOneof("type")
            if kind == "delta":
                _note(message, drawn)
                said += _STATEMENT.findall(message.delta.new_element.html.body)
            elif kind == "navigation":
                pages = message.navigation.app_pages
                self._pages = {"" if page.is_default else page.url_pathname: page.page_script_hash for page in pages}
                self._page = message.navigation.page_script_hash
            elif kind == "page_info_changed":
                self._query = message.page_info_changed.query_string
            elif kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise NoAnswerError("the script does not compile")
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    break
        self.widgets, self.statements = drawn, said


def _note(message: ForwardMsg, drawn: dict[str, tuple[str, Any]]) -> None:
    """Note the widget that a message draws, under the key that the program gave it."""
    if message.delta.WhichOneof("type") != "new_element":
        return
    element = message.delta.new_element
    kind = element.WhichOneof("type")
    if kind == "exception":
        raise NoAnswerError(f"{element.exception.type}: {element.exception.message}")
    found = getattr(element, str(kind), None)
    identifier = str(getattr(found, "id", ""))
    if identifier.startswith("$$ID-"):
        drawn[identifier.split("-", 2)[2]] = identifier, found

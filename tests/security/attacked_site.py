"""A dashboard where people sign in, on the archive of hostile words, watched from within while it is attacked."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hostile import Archive, built
from itsdangerous import URLSafeTimedSerializer
from signed_site import COOKIE, COOKIE_SECRET, Site, site_running
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

WATCHED = Path(__file__).parent / "watched"
_XSRF = "_streamlit_xsrf"


@dataclass(frozen=True)
class Attacked:
    """The dashboard, its archive, and what its process reached for."""

    site: Site
    archive: Archive
    watch: Path

    @property
    def address(self) -> str:
        return self.site.address

    @property
    def reached_for(self) -> list[tuple[str, str]]:
        """Addresses, programs and files, each with what was done."""
        lines = self.watch.read_text(encoding="utf-8", errors="replace").splitlines()
        return [(line.partition(" ")[0], line.partition(" ")[2]) for line in lines]

    def cookie_of(self, who: str) -> str:
        """The cookie that somebody gets who signs in."""
        said = {"sub": f"id-of-{who}", "email": f"{who}@institute.example", "email_verified": True, "nonce": who}
        said |= {"iat": int(time.time()), "is_logged_in": True, "origin": self.address, "name": f"Name of {who}"}
        return f"{COOKIE}={URLSafeTimedSerializer(COOKIE_SECRET, salt=COOKIE).dumps(json.dumps(said))}"

    @contextmanager
    def socket(self, *protocols: str, **headers: str) -> Iterator[ClientConnection]:
        """A websocket as a page opens it."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        where = f"{self.address.replace('http', 'ws')}/_stcore/stream"
        origin = given.pop("Origin", None)
        with connect(
            where,
            subprotocols=["streamlit", *protocols],  # type: ignore[list-item]
            additional_headers=given,
            origin=origin,  # type: ignore[arg-type]
            max_size=None,
        ) as opened:
            yield opened


@contextmanager
def attacked_site(served: Callable, factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    """Start it. served: starts a server, from the browser tests."""
    archive, folder = built(factory), factory.mktemp("attacked")
    watch = folder / "watch.txt"
    watched = {"PYTHONPATH": str(WATCHED), "ON_RECORD_TEST_WATCHES": str(watch)}
    watched["STREAMLIT_SERVER_ADDRESS"] = "127.0.0.1"  # as ``serve`` has it: then a proxy on this machine is believed
    with site_running(served, archive.folder, folder, **watched) as site:
        yield Attacked(site, archive, watch)


def rerun(query: str = "", **more: object) -> bytes:
    """A page's question, as its websocket carries it."""
    message = BackMsg()
    message.rerun_script.query_string = query
    for name, value in more.items():
        setattr(message.rerun_script, name, value)
    message.rerun_script.widget_states.SetInParent()
    return message.SerializeToString()


def answers(opened: ClientConnection) -> list[ForwardMsg]:
    """What comes until the page has been drawn."""
    found: list[ForwardMsg] = []
    while not found or found[-1].WhichOneof("type") != "script_finished":
        data = opened.recv(timeout=90)
        assert isinstance(data, bytes)
        found.append(ForwardMsg.FromString(data))
    return found


def told(messages: list[ForwardMsg]) -> str:
    """All that messages say, as text."""
    return "\n".join(map(str, messages)).encode("latin-1", "replace").decode("unicode_escape", "replace")

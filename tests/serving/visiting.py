"""A visitor without a browser: opens a page over the websocket, as the browser's script does, and reads what comes."""

from __future__ import annotations

import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

ROOT = Path(__file__).resolve().parent.parent.parent
_PATIENCE = 60.0  # seconds: a busy machine


@dataclass
class Server:
    """A server of this test's own."""

    address: str  # http://127.0.0.1:PORT
    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        """What it has written to standard output and error."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def status(self, path: str = "/_stcore/health") -> int:
        """The status of a plain request."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=_PATIENCE) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code


@dataclass
class Page:
    """What a run of the pages' script sent."""

    messages: list[ForwardMsg] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Everything that it draws, as the protocol writes it."""
        return "\n".join(str(message) for message in self.messages)

    @property
    def failed(self) -> bool:
        """True where an exception of the program's was left to Streamlit."""
        return any(message.delta.new_element.HasField("exception") for message in self.messages)


def free_port() -> int:
    """A port that nobody listened on just now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(
    folder: Path,
    settings: Mapping[str, str],
    command: Sequence[str] | None = None,
    *,
    port: int | None = None,
    cwd: Path = ROOT,
    health: str = "/_stcore/health",
    **options: object,
) -> Iterator[Server]:
    """A server on a free port, started by ``make serve``'s command unless ``command`` is another; stopped at the end.

    folder: where its log goes. settings: ``ON_RECORD_*`` without the prefix.
    """
    port = port or free_port()
    given = {f"ON_RECORD_{name}": value for name, value in settings.items()}
    command = command or [sys.executable, "-m", "analysis", "serve", "--port", str(port)]
    log = folder / f"server-{port}.txt"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [each.format(port=port) for each in command],
            cwd=cwd,
            env=options.pop("env", os.environ) | given,  # type: ignore[operator]
            stdout=file,
            stderr=subprocess.STDOUT,
            **options,  # type: ignore[call-overload]
        )
        server = Server(f"http://127.0.0.1:{port}", process, log)
        try:
            _wait(server, health)
            yield server
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def visit(
    address: str, page: str = "", query: str = "", *, trusts: ssl.SSLContext | None = None, **headers: str
) -> Page:
    """Open a page in a new session and wait until its script has run.

    page: its path, "search" for one; the overview without. query: what stands behind the question mark.
    """
    with session(address, trusts=trusts, **headers) as open_page:
        return open_page(page, query)


@contextmanager
def session(address: str, *, trusts: ssl.SSLContext | None = None, **headers: str):
    """A session that stays open: give a page and a query to what comes back, as often as wanted."""
    from streamlit.util import calc_hash

    url = address.replace("http", "ws", 1) + "/_stcore/stream"
    options: dict[str, object] = {"ssl": trusts} if trusts else {}
    with connect(
        url,
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers={"Origin": address} | headers,
        max_size=None,
        open_timeout=_PATIENCE,
        **options,  # type: ignore[arg-type]
    ) as socket_:

        def open_page(page: str = "", query: str = "") -> Page:
            wanted = BackMsg()
            wanted.rerun_script.query_string = query
            wanted.rerun_script.page_script_hash = calc_hash(page) if page else ""
            wanted.rerun_script.context_info.url = f"{address}/{page}"
            wanted.rerun_script.context_info.timezone = "UTC"
            socket_.send(wanted.SerializeToString())
            drawn = Page()
            until = time.monotonic() + _PATIENCE
            while time.monotonic() < until:
                message = ForwardMsg.FromString(socket_.recv(timeout=_PATIENCE))  # type: ignore[arg-type]
                drawn.messages.append(message)
                if message.WhichOneof("type") == "script_finished":
                    return drawn
            raise TimeoutError(f"{page or 'overview'} was not drawn in {_PATIENCE} s")

        yield open_page


def _wait(server: Server, health: str) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if server.process.poll() is not None:
            break
        try:
            if server.status(health) == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no answer at {server.address}{health}:\n{server.said()}")

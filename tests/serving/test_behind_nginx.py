"""Promises about hosting/nginx.conf, as it stands but for ports and paths: TLS, websockets, one reader one server."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import ssl
import subprocess
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from visiting import ROOT, Server, free_port, serving, visit

pytestmark = pytest.mark.skipif(
    not (shutil.which("nginx") and shutil.which("openssl")),
    reason="no nginx here; on Debian: apt-get install nginx-light",
)
_MAIN = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/start.log;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    {included}
}}
"""


@dataclass
class Front:
    """nginx before two servers."""

    port: int  # of TLS
    plain: int
    folder: Path
    trusts: ssl.SSLContext
    servers: list[Server]

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}"

    def ask(self, path: str = "/", method: str = "GET", body: bytes | None = None, **headers: str):
        """A request: status, headers, body."""
        connection = http.client.HTTPSConnection("localhost", self.port, context=self.trusts, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def hurry(self, times: int) -> list[int]:
        """The statuses of so many requests for a route, one after the other over one connection."""
        connection, statuses = http.client.HTTPSConnection("localhost", self.port, context=self.trusts, timeout=30), []
        for _ in range(times):
            connection.request("GET", "/api/releases")
            answer = connection.getresponse()
            answer.read()
            statuses.append(answer.status)
        connection.close()
        return statuses

    def servers_of(self, paths: list[str]) -> set[object]:
        """Which servers answered for ``paths``; waits for nginx, which writes a line after the answer has gone out."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            lines = [line for line in self.log() if line["path"] in paths]
            if len(lines) == len(paths):
                return {line["server"] for line in lines}
            time.sleep(0.05)
        raise AssertionError(f"{len(lines)} of {len(paths)} answers are in the log")

    def log(self) -> list[dict[str, object]]:
        """What nginx wrote into its log, but for websockets: their lines come whenever they are closed."""
        lines = [json.loads(line) for line in (self.folder / "access.log").read_text().splitlines()]
        return [line for line in lines if line["path"] != "/_stcore/stream"]


@pytest.fixture(scope="module")
def front(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """The configuration with its certificate, ports and files moved."""
    folder = tmp_path_factory.mktemp("nginx")
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    key, certificate = folder / "privkey.pem", folder / "fullchain.pem"
    made_with = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*made_with, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    with ExitStack() as stack:
        settings = {"ARCHIVE": str(made), "ENCODER": str(made / "none"), "LOGS": "json"}
        servers = [stack.enter_context(serving(folder, settings)) for _ in range(2)]
        found = Front(free_port(), free_port(), folder, ssl.create_default_context(cafile=str(certificate)), servers)
        lines = [f"server {server.address.removeprefix('http://')} max_fails=2 fail_timeout=5s;" for server in servers]
        (folder / "servers.conf").write_text("\n".join(lines))
        (folder / "nginx.conf").write_text(_MAIN.format(folder=folder, included=_moved(found)))
        started = [shutil.which("nginx") or "", "-p", str(folder), "-c", str(folder / "nginx.conf")]
        process = subprocess.Popen(started, stderr=subprocess.PIPE)
        try:
            _wait(found, process)
            yield found
        finally:
            process.terminate()
            process.wait(timeout=20)


def _moved(front: Front) -> str:
    text = (ROOT / "hosting/nginx.conf").read_text()
    for before, after in {
        r"listen \[::\].*\n": "",
        r"listen 80;": f"listen 127.0.0.1:{front.plain};",
        r"listen 443": f"listen 127.0.0.1:{front.port}",
        r"on-record\.example\.org": "localhost",
        r"/etc/ssl/on-record": str(front.folder),
        r"/var/log/nginx": str(front.folder),
        r"/etc/nginx/on-record-servers\.conf": str(front.folder / "servers.conf"),
    }.items():
        text, count = re.subn(before, after, text)
        assert count, before
    return text


def _wait(front: Front, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        try:
            front.ask("/_stcore/health")
            return
        except OSError:
            time.sleep(0.1)
    process.terminate()
    raise AssertionError((process.stderr.read() if process.stderr else b"").decode())


def test_pages_come_over_tls_and_plain_requests_are_sent_there(front: Front) -> None:
    status, headers, body = front.ask("/search?q=gas")
    assert (status, headers["Strict-Transport-Security"]) == (200, "max-age=31536000")
    assert b"<title>" in body
    plain = http.client.HTTPConnection("localhost", front.plain, timeout=30)
    plain.request("GET", "/search?q=gas")
    answer = plain.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, "https://localhost/search?q=gas")
    plain.close()


def test_the_websocket_goes_through_and_a_page_is_drawn(front: Front) -> None:
    assert "flow for decades" in visit(front.address, "search", "q=gas", trusts=front.trusts).words


def test_a_page_from_elsewhere_cannot_open_the_websocket(front: Front) -> None:
    with pytest.raises(Exception, match="403"):
        visit(front.address, trusts=front.trusts, Origin="https://elsewhere.example")


def test_one_reader_stays_at_one_server_and_readers_are_spread(front: Front) -> None:
    used = set()
    for reader in range(12):
        paths = [f"/reader-{reader}-{at}" for at in range(3)]
        for path in paths:
            front.ask(path, Cookie=f"on_record_server=reader-{reader}")
        servers = front.servers_of(paths)
        assert len(servers) == 1
        used |= servers
    assert len(used) == 2


def test_the_first_answer_names_the_server_by_a_cookie_that_scripts_and_plain_requests_do_not_see(front: Front) -> None:
    _, headers, _ = front.ask("/first")
    (cookie,) = [each for each in headers.get_all("Set-Cookie") if each.startswith("on_record_server=")]
    assert re.fullmatch(r"on_record_server=[0-9a-f]{32}; Path=/; HttpOnly; Secure; SameSite=Lax", cookie)
    front.ask("/second", Cookie=cookie.split(";")[0])
    assert len(front.servers_of(["/first", "/second"])) == 1


def test_the_cookies_of_a_sign_in_go_through(front: Front) -> None:
    cookies = "; ".join(f"_streamlit_user_{each}={'x' * 3_900}" for each in range(1, 6))  # a provider's long claims
    assert front.ask("/health", Cookie=cookies)[0] == 200


def test_large_bodies_and_floods_are_refused(front: Front) -> None:
    most = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["server"]["maxUploadSize"] * 1024 * 1024
    assert front.ask("/", "POST", **{"Content-Length": str(most + 2_000_000)})[0] == 413
    assert front.ask("/", "POST", b"x" * 100_000)[0] != 413
    with ThreadPoolExecutor(8) as several:
        statuses = [status for some in several.map(front.hurry, [60] * 8) for status in some]
    assert 429 in statuses
    assert set(statuses) == {200, 429}, "the first of them were answered"


def test_figures_for_whoever_runs_it_are_not_for_visitors(front: Front) -> None:
    assert [front.ask(path)[0] for path in ("/metrics", "/_stcore/metrics")] == [404, 404]


def test_the_log_has_no_queries_and_no_addresses(front: Front) -> None:
    front.ask("/search?q=zanzibar")
    line = front.log()[-1]
    assert set(line) == {"at", "method", "path", "status", "bytes", "seconds", "server"}
    assert line["path"] == "/search"
    written = "".join(path.read_text(errors="replace") for path in front.folder.glob("*.log"))
    assert "zanzibar" not in written
    assert "zanzibar" not in "".join(server.said() for server in front.servers)


def test_when_a_server_stops_its_readers_go_to_the_other(front: Front) -> None:
    front.servers[0].process.terminate()
    front.servers[0].process.wait(timeout=20)
    for reader in range(8):
        assert front.ask("/", Cookie=f"on_record_server=reader-{reader}")[0] == 200
    assert "flow for decades" in visit(front.address, "search", "q=gas", trusts=front.trusts).words

"""Where the public address is set, a request by a name that leads here by somebody else's doing gets nothing."""

from __future__ import annotations

import pytest
from anyio.from_thread import start_blocking_portal
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from door.guard import Door


@pytest.fixture
def visit(monkeypatch):
    """Ask a server by a name: the status."""

    async def reached(_: Request) -> Response:
        return PlainTextResponse("reached")

    app = Starlette(routes=[Route("/{rest:path}", reached)], middleware=[Middleware(Door)])

    def ask(host: str, path: str = "/", site: str = "https://record.example/archive") -> int:
        monkeypatch.setenv("ON_RECORD_SITE", site)
        return TestClient(app, base_url="http://x").get(path, headers={"host": host}).status_code

    return ask


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("record.example", 200),
        ("RECORD.example:8443", 200),
        ("record.example.", 200),
        ("localhost:8501", 200),
        ("127.0.0.1:8501", 200),
        ("[::1]:8501", 200),
        ("evil.example", 421),
        ("record.example.evil.example", 421),
        ("192.0.2.7", 421),
        ("localhost.evil.example", 421),
        ("[bad", 421),
        ("", 421),
    ],
)
def test_only_the_public_name_and_this_machine_s_own_are_answered(visit, host, status):
    assert visit(host) == status


def test_probes_may_come_by_any_address_and_where_none_is_set_everybody_may(visit):
    assert [visit("10.0.0.5:8501", path) for path in ("/health", "/health/ready", "/_stcore/health")] == [200] * 3
    assert visit("10.0.0.5:8501", "/healthy") == 421
    assert visit("evil.example", site="as-asked") == 200


def test_its_websocket_is_not_opened_either(monkeypatch):
    monkeypatch.setenv("ON_RECORD_SITE", "https://record.example")
    sent = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    headers = [(b"host", b"evil.example"), (b"origin", b"http://evil.example")]
    with start_blocking_portal() as portal:
        portal.call(Door(None), {"type": "websocket", "path": "/_stcore/stream", "headers": headers}, receive, send)
    assert sent == [{"type": "websocket.close", "code": 1008}]

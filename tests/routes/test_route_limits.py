"""Strangers cannot make the server work without end, nor learn what went wrong inside it."""

from __future__ import annotations

import asyncio
import threading

import pytest
from anyio.from_thread import start_blocking_portal
from starlette.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from analysis.archive import ArchiveError
from analysis.queries import on_hand
from routes import rates, statements, working
from routes.admitting import Admission
from routes.problems import Problem


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/api/statements", "/export.csv", "/health", "/api/nowhere"])
def test_nothing_can_be_changed(client, method, path):
    answer = client.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize(
    ("status", "path", "request_"),
    [
        (406, "/api/statements", {"headers": {"accept": "text/html"}}),
        (406, "/feed.atom", {"headers": {"accept": "application/json"}}),
        (200, "/api/statements", {"headers": {"accept": "text/html, */*;q=0.1"}}),
        (413, "/api/statements", {"content": b"x" * 10_000}),
        (414, "/api/search?q=" + "x" * 50_000, {}),
        (400, "/api/search?q=" + "x" * 501, {}),
        (400, "/api/statements?" + "&".join(["speaker=a"] * 1_001), {}),
        (404, "/api/nowhere", {}),
        (404, "/api", {}),
        (400, "/api/statements", {"headers": {"host": "evil.example/<script>"}}),
    ],
)
def test_what_is_too_much_or_nowhere_is_refused_in_words(client, status, path, request_):
    answer = client.request("GET", path, **request_)
    assert answer.status_code == status
    if status >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]


def test_an_address_that_asks_too_often_is_told_when_to_come_again(serve):
    client = serve(api_rate=3)
    assert [client.get("/api/statements").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = client.get("/api/statements")
    assert 1 <= int(refused.headers["retry-after"]) <= 20
    assert client.get("/health").status_code == 200


def test_tokens_come_back_with_time_and_each_network_has_its_own():
    now = [0.0]
    limits = rates.Rates(60, clock=lambda: now[0])
    assert [limits.wait("192.0.2.1", 30) for _ in range(3)] == [0.0, 0.0, 30.0]
    assert limits.wait("192.0.2.2") == 0.0
    now[0] = 31.0
    assert limits.wait("192.0.2.1", 30) == 0.0
    assert rates.network("2001:db8::1") == rates.network("2001:db8::ffff") != rates.network("2001:db8:0:1::1")
    assert rates.network("::ffff:192.0.2.1") == "192.0.2.1"


@pytest.mark.parametrize(("trusted", "wanted"), [("198.51.100.9", [200, 200]), ("203.0.113.1", [200, 429])])
def test_forwarded_addresses_count_only_from_a_trusted_proxy(serve, trusted, wanted):
    app = ProxyHeadersMiddleware(serve(api_rate=1).app, trusted_hosts=trusted)  # as uvicorn does it itself
    client = TestClient(app, client=("198.51.100.9", 4000))
    asked = [client.get("/api/statements", headers={"x-forwarded-for": f"192.0.2.{at}"}) for at in (1, 2)]
    assert [each.status_code for each in asked] == wanted


def test_an_answer_that_takes_too_long_is_given_up(serve, monkeypatch):
    go_on = threading.Event()
    client = serve(api_seconds=0.2)
    client.get("/api/statements")
    monkeypatch.setattr(statements, "statement_rows", lambda *_: go_on.wait(30) and [])
    answer = client.get("/api/statements")
    go_on.set()
    assert answer.status_code == 504
    assert "more than 0.2 seconds" in answer.json()["detail"]


def test_what_waits_too_long_for_a_thread_is_told_that_the_server_is_busy():
    go_on = threading.Event()

    async def ask() -> list[int]:
        work = working.Work(0.2, threads=1, queue=2)
        jobs = [asyncio.ensure_future(work.done(lambda: go_on.wait(30))) for _ in range(3)]
        found = await asyncio.gather(*jobs, return_exceptions=True)
        go_on.set()
        work.stop()
        return [each.status for each in found if isinstance(each, Problem)]

    with start_blocking_portal() as portal:
        assert sorted(portal.call(ask)) == [503, 503, 504]


def test_a_fault_is_told_to_the_log_and_not_to_the_visitor(client, monkeypatch, caplog):
    def fail(*_: object) -> None:
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr(statements, "statement_rows", fail)
    answer = client.get("/api/statements?side=CN")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "a secret of the machine" in caplog.text


def test_an_archive_that_cannot_be_read_is_no_fault_of_the_request(client, monkeypatch):
    def gone(_: str) -> None:
        raise ArchiveError("/srv/somewhere cannot be read")

    monkeypatch.setattr(on_hand, "numbers", gone)
    answer = client.get("/api/statements")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert "/srv" not in answer.text


def test_an_archive_without_a_release_says_so(serve, tmp_path):
    assert serve(tmp_path / "empty").get("/api/statements").status_code == 503


def test_who_is_not_let_in_gets_nothing_and_who_is_keeps_it_to_themselves(serve):
    async def members(request, act):
        return Admission(public=False) if "authorization" in request.headers else Admission(401, "Sign in first.")

    client = serve(allowed=members)
    for path in ("/api/statements", "/export.csv", "/feed.atom", "/metrics", "/api/statements/s-gas"):
        refused = client.get(path)
        assert (refused.status_code, refused.headers["cache-control"]) == (401, "no-store")
        assert "s-gas" not in refused.text
    let_in = client.get("/api/statements?release=1", headers={"authorization": "Bearer x"})
    assert let_in.headers["cache-control"].startswith("private")


def test_answers_are_kept_as_long_as_they_stay_true(client):
    pinned, newest = client.get("/api/statements?release=1"), client.get("/api/statements")
    assert pinned.headers["cache-control"] == "public, max-age=86400"
    assert newest.headers["cache-control"] == "public, no-cache"
    again = client.get("/api/statements?release=1", headers={"if-none-match": pinned.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/api/statements?release=1&side=CN", headers={"if-none-match": pinned.headers["etag"]})
    assert other.status_code == 200


def test_scripts_of_the_sites_that_may_read_do(serve):
    asked = {"origin": "https://lab.example"}
    assert serve().get("/api/statements", headers=asked).headers["access-control-allow-origin"] == "*"
    some = serve(api_origins=("https://lab.example",))
    assert some.get("/api/statements", headers=asked).headers["access-control-allow-origin"] == "https://lab.example"
    assert some.options("/api/statements", headers=asked).status_code == 204
    other = some.get("/api/statements", headers={"origin": "https://other.example"})
    assert "access-control-allow-origin" not in other.headers
    assert "access-control-allow-origin" not in serve(api_origins=()).get("/api/statements", headers=asked).headers


def test_head_is_get_without_its_body(client):
    head, get = client.head("/api/statements"), client.get("/api/statements")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"]
    assert client.head("/export.csv").content == b""


def test_routes_stand_below_the_prefix_and_say_so(serve):
    answer = serve(prefix="/record").get("/record/api/statements/s-gas").json()
    assert answer["html_url"] == "http://record.example/record/statement?statement=s-gas&release=1"
    assert answer["url"] == "http://record.example/record/api/statements/s-gas?release=1"


def test_a_fixed_site_goes_before_the_request_s_host(serve):
    answer = serve(site="https://record.institute.example/").get("/api/statements/s-gas").json()
    assert answer["url"] == "https://record.institute.example/api/statements/s-gas?release=1"

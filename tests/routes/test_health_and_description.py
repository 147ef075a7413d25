"""What watches the server is told the truth, and programs are told what they can ask."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from analysis import warming
from analysis.queries import on_hand
from routes.catalogue import CATALOGUE
from routes.headers import SecurityHeaders


def test_it_is_ready_once_the_release_is_open_and_the_encoder_settled(client, monkeypatch):
    monkeypatch.setattr(on_hand, "_open", type(on_hand._open)())
    assert client.get("/health").json() == {"status": "alive", "release": None, "encoder": "ready"}
    assert client.get("/health/ready").status_code == 503
    on_hand.open_newest()
    assert client.get("/health/ready").json() == {
        "status": "alive", "release": 1, "encoder": "ready", "ready": True, "newest": 1
    }  # fmt: skip
    monkeypatch.setattr(warming, "_state", {"thread": None})
    assert (client.get("/health/ready").status_code, client.get("/health").json()["encoder"]) == (503, "loading")
    monkeypatch.setattr(warming, "_state", {"thread": None, "problem": "OSError: no weights"})
    assert (client.get("/health/ready").status_code, client.get("/health").json()["encoder"]) == (200, "failed")


def test_figures_count_requests_by_route_and_status(client):
    for path in ("/api/statements/s-gas", "/api/statements/s-gone", "/api/nowhere", "/elsewhere"):
        client.get(path)
    figures = client.get("/metrics").text
    assert 'on_record_requests_total{route="/api/statements/{id}",status="200"} 1.0' in figures
    assert 'on_record_requests_total{route="/api/statements/{id}",status="404"} 1.0' in figures
    assert 'on_record_requests_total{route="/api/…",status="404"} 1.0' in figures
    assert 'on_record_requests_total{route="pages",status="404"} 1.0' in figures
    assert "on_record_release 1.0" in figures
    assert "on_record_statements 7.0" in figures
    assert re.search(r"process_resident_memory_bytes \d", figures)
    assert "on_record_request_seconds_bucket" in figures


def test_every_answer_tells_browsers_what_it_never_needs(client):
    for path in ("/api/statements", "/export.csv", "/feed.atom", "/health", "/metrics", "/elsewhere"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] in ("same-origin", "cross-origin")
        assert "camera=()" in headers["permissions-policy"]


def test_a_failure_that_nobody_caught_is_kept_in_bounds_too():
    async def failing(scope, receive, send):
        raise RuntimeError("a secret of the machine")

    client = TestClient(SecurityHeaders(failing), raise_server_exceptions=False)
    answer = client.get("/")
    assert (answer.status_code, answer.text) == (500, "Internal Server Error")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    with pytest.raises(RuntimeError):  # the log has it
        TestClient(SecurityHeaders(failing)).get("/")


def test_the_description_names_every_route_and_parameter(client):
    told = client.get("/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    assert told["servers"] == [{"url": "http://record.example"}]
    for each in CATALOGUE:
        operation = told["paths"][each.name]["get"]
        shared = told["components"]["parameters"]
        named = {
            (shared[one["$ref"].rpartition("/")[2]] if "$ref" in one else one)["name"]
            for one in operation["parameters"]
        }
        assert named - {"id"} == set(each.known)


def test_the_documented_interface_is_that_of_the_program(root):
    written = (root / "docs/api.md").read_text(encoding="utf-8")
    routes = dict(re.findall(r"^\| `(/\S+)` \|[^|]*\| ([^|]*) \|", written, re.MULTILINE))
    own = {each.name: {p.name for p in each.parameters} - {"page", "per_page"} for each in CATALOGUE}
    assert {path: set(re.findall(r"`(\w+)`", names)) for path, names in routes.items() if path in own} == own
    assert {"/health", "/health/ready", "/metrics", "/openapi.json"} <= set(routes)

"""Programs add and remove documents with a token, browsers with the cookie of our own pages; others are refused."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from itsdangerous import URLSafeTimedSerializer
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.runtime.secrets import secrets_singleton

from analysis.changing import starting, work
from analysis.changing.orders import Orders
from analysis.settings import Settings
from door import changing
from door.changing import change_routes

sys.path += [str(Path(__file__).resolve().parents[1] / name) for name in ("signing", "pages")]
from made_archive import publish_made
from oidc_provider import Provider, provider_running

OURS, API, SECRET = "https://record.example", "on-record-api", "a-secret-of-tests-with-more-than-32-characters"
SAME = {"Sec-Fetch-Site": "same-origin", "Origin": OURS}
TEXT = ("new.txt", "MOSCOW, March 9, 2023 (Gazette) -- “The port will be dredged,” Lavrov said.\n".encode())


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with provider_running() as running:
        yield running


@pytest.fixture
def settings(provider, tmp_path, monkeypatch) -> Settings:
    """An archive made by hand, rules, and a sign-in whose cookie the tests can sign."""
    (tmp_path / "archive").mkdir()
    publish_made(tmp_path / "archive")
    roles = tmp_path / "roles.toml"
    roles.write_text(
        'readers = ["rita@institute.example"]\neditors = ["edda@institute.example"]\n'
        f'admins = ["adam@institute.example"]\n[bearer]\nissuer = "{provider.issuer}"\naudience = "{API}"\n'
    )
    monkeypatch.setenv("ON_RECORD_ARCHIVE", str(tmp_path / "archive"))
    monkeypatch.setenv("ON_RECORD_ROLES", str(roles))
    monkeypatch.setenv("ON_RECORD_WORK", str(tmp_path / "work"))
    monkeypatch.setenv("ON_RECORD_NICE", "0")
    secrets = {"auth": {"redirect_uri": f"{OURS}/oauth2callback", "cookie_secret": SECRET}}
    monkeypatch.setattr(secrets_singleton, "_secrets", secrets)
    return Settings.from_environment()


@pytest.fixture
def client(settings, monkeypatch) -> TestClient:
    """The routes; what is begun is worked on here, where it only looks, and else waits."""

    def begin(orders: Orders, order_id: str) -> None:
        if orders.order(order_id).act == "look":
            work.main([str(orders.place(order_id)), "0"])
        else:
            handles.append(orders.take_up(order_id))

    handles: list[int] = []
    monkeypatch.setattr(changing, "start", begin)
    return TestClient(Starlette(routes=change_routes()), base_url=OURS)


def bearer(provider, who, **claims) -> dict[str, str]:
    return {"Authorization": f"Bearer {provider.token(who, **({'aud': API} | claims))}"}


def cookie(provider, who, origin=OURS, secret=SECRET) -> dict[str, str]:
    """The cookie that Streamlit sets for somebody, made as it makes it."""
    import time

    said = {"sub": who, "iat": int(time.time()), "is_logged_in": True, "origin": origin, **provider.people[who]}
    signed = URLSafeTimedSerializer(secret, salt="_streamlit_user").dumps(json.dumps(said))
    return {"Cookie": f"_streamlit_user={signed}"}


def added(client, headers, *files, **query):
    return client.post("/api/documents", files=[("files", each) for each in files], headers=headers, params=query)


def orders(settings) -> list[Path]:
    return list(settings.work_folder.glob("orders/*/order.json"))


def test_a_program_with_an_editor_s_token_learns_what_files_hold(client, provider, settings):
    answer = added(client, bearer(provider, "edda"), TEXT, ("tool.exe", b"MZ"), dry_run="true")
    assert (answer.status_code, answer.headers["location"]) == (202, answer.json()["url"])
    assert answer.json()["refused"][0]["detail"].startswith("tool.exe is of a kind that is not read.")
    told = client.get(answer.headers["location"], headers=bearer(provider, "edda")).json()
    assert (told["state"], told["result"]["new"]) == ("done", 1)


def test_an_editor_s_addition_and_an_admin_s_removal_are_begun(client, provider, settings):
    assert added(client, bearer(provider, "edda"), TEXT).json()["state"] == "waiting"
    assert client.delete("/api/documents/d-1", headers=bearer(provider, "adam")).status_code == 202
    asked = [json.loads(path.read_text()) for path in orders(settings)]
    assert {(one["act"], one["who"], one["role"]) for one in asked} == {
        ("add", "edda@institute.example", "editor"),
        ("remove", "adam@institute.example", "admin"),
    }


@pytest.mark.parametrize(
    ("who", "claims", "status"),
    [
        ("rita", {}, 403),
        ("nemo", {}, 403),
        ("mara", {}, 403),
        ("edda", {"aud": "another"}, 401),
        ("edda", {"exp": 1}, 401),
        ("edda", {"iat": 1_600_000_000}, 401),
        ("adam", {"email_verified": False}, 403),
    ],
)
def test_any_other_token_is_refused_before_a_file_is_read(client, provider, settings, who, claims, status, caplog):
    answer = added(client, bearer(provider, who, **claims), TEXT)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert orders(settings) == []
    assert "refused" in caplog.text


def test_an_editor_removes_nothing(client, provider, settings):
    assert client.delete("/api/documents/d-1", headers=bearer(provider, "edda")).status_code == 403
    assert orders(settings) == []


def test_a_stranger_is_told_to_sign_in(client, settings):
    answer = added(client, {}, TEXT)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert orders(settings) == []


def test_a_cookie_is_enough_on_our_own_pages_and_nowhere_else(client, provider, settings):
    edda = cookie(provider, "edda")
    assert added(client, edda | SAME, TEXT).status_code == 202
    for headers in (
        {},
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-site", "Origin": "https://other.record.example"},
        {"Origin": "null"},
    ):
        assert added(client, edda | headers, TEXT).status_code == 403
    assert len(orders(settings)) == 1


@pytest.mark.parametrize("forged", [{"origin": "https://evil.example"}, {"secret": "another"}])
def test_a_cookie_of_another_site_or_another_signature_is_nobody_s(client, provider, settings, forged):
    assert added(client, cookie(provider, "edda", **forged) | SAME, TEXT).status_code == 401


def test_a_token_that_does_not_hold_is_not_mended_by_a_cookie(client, provider, settings):
    headers = cookie(provider, "adam") | SAME | {"Authorization": "Bearer nothing"}
    assert added(client, headers, TEXT).status_code == 401


def test_whoever_is_taken_out_of_the_rules_is_refused_at_the_next_request(client, provider, settings):
    assert added(client, bearer(provider, "edda"), TEXT).status_code == 202
    settings.roles.write_text('admins = ["adam@institute.example"]')
    assert added(client, bearer(provider, "edda"), TEXT).status_code == 401  # no [bearer] either
    assert added(client, cookie(provider, "edda") | SAME, TEXT).status_code == 403
    assert len(orders(settings)) == 1


def test_only_who_asked_and_admins_see_how_far_a_change_is(client, provider, settings):
    where = added(client, bearer(provider, "edda"), TEXT).headers["location"]
    settings.roles.write_text(settings.roles.read_text().replace('"edda@', '"gina@elsewhere.example", "edda@'))
    provider.people["gina"]["email_verified"] = True
    assert client.get(where, headers=bearer(provider, "gina")).status_code == 404
    assert client.get(where, headers=bearer(provider, "rita")).status_code == 403
    assert client.get(where, headers=bearer(provider, "adam")).json()["state"] == "waiting"
    assert client.get("/api/changes/..%2f..%2fx", headers=bearer(provider, "adam")).status_code == 404


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"content": b"{}", "headers": {"Content-Type": "application/json"}}, 415),
        ({"files": [("files", ("a.exe", b"MZ"))]}, 422),
        ({"files": [("other", TEXT)]}, 422),
        ({"files": [("files", TEXT)], "params": {"dry_run": "maybe"}}, 400),
        ({"content": b"no form", "headers": {"Content-Type": "multipart/form-data; boundary=x"}}, 400),
        ({"content": b"no form", "headers": {"Content-Type": "multipart/form-data"}}, 400),
        ({"files": [("files", (f"{at}.txt", b"x")) for at in range(101)]}, 400),
    ],
)
def test_what_is_no_form_with_files_is_told_what_to_send(client, provider, settings, request_, status):
    headers = bearer(provider, "edda") | request_.pop("headers", {})
    answer = client.post("/api/documents", headers=headers, **request_)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.json()["detail"]
    assert orders(settings) == []


def test_a_body_that_grows_too_large_is_cut_off_whatever_it_declared(client, provider, settings, monkeypatch):
    monkeypatch.setattr(changing, "MOST_IN_ALL", 1_000_000)
    part = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    body = iter([part, *[b"y" * 100_000] * 20, b"\r\n--x--\r\n"])
    headers = bearer(provider, "edda") | {"Content-Type": "multipart/form-data; boundary=x"}
    assert client.post("/api/documents", content=body, headers=headers).status_code == 413  # sent in chunks
    assert client.post("/api/documents", content=part + b"y" * 2_000_000, headers=headers).status_code == 413
    assert orders(settings) == []


def test_a_server_that_only_shows_says_so(client, provider, monkeypatch):
    monkeypatch.setattr(starting, "_BUILDS_WITH", ("a_package_that_is_not_here",))
    answer = added(client, bearer(provider, "edda"), TEXT)
    assert (answer.status_code, "only shows the archive" in answer.json()["detail"]) == (503, True)


def test_where_nobody_signs_in_nothing_is_changed(client, provider, settings, monkeypatch):
    monkeypatch.delenv("ON_RECORD_ROLES")
    answer = added(client, cookie(provider, "adam") | SAME, TEXT)
    assert (answer.status_code, "Nobody signs in here" in answer.json()["detail"]) == (403, True)

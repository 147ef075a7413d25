"""The door in front of every request: cookies, coming back, signing out, uploads and downloads."""

from __future__ import annotations

import json
import time
from urllib.parse import quote

import pytest
from itsdangerous import URLSafeTimedSerializer
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.runtime.secrets import secrets_singleton

from access import desk
from door.guard import Door
from door.signed_in import claims_in
from serving import first_view

OURS, SECRET = "https://record.example", "a-secret-of-tests-with-more-than-32-characters"


@pytest.fixture
def site(tmp_path, monkeypatch) -> TestClient:
    """What Streamlit answers, played, behind the door."""
    (tmp_path / "roles.toml").write_text('public = false\nreaders = ["rita@x.example"]\neditors = ["edda@x.example"]')
    monkeypatch.setenv("ON_RECORD_ROLES", str(tmp_path / "roles.toml"))
    monkeypatch.setenv("ON_RECORD_WORK", str(tmp_path / "work"))
    at(monkeypatch, OURS)

    async def provider(_: Request) -> Response:
        answer = RedirectResponse("https://sso.example/authorize", 302)
        answer.set_cookie("_streamlit_session", "state", httponly=True, samesite="lax")
        return answer

    async def back(request: Request) -> Response:
        answer = RedirectResponse("/", 302)
        if "code" in request.query_params:
            answer.set_cookie("_streamlit_user", signed("rita", nonce="new"), httponly=True, samesite="lax")
        else:
            answer.delete_cookie("_streamlit_user")
        return answer

    async def reached(_: Request) -> Response:
        return PlainTextResponse("reached")

    routes = [
        Route("/auth/login", provider),
        Route("/oauth2callback", back),
        Route("/{rest:path}", reached, methods=["GET", "PUT", "DELETE", "POST"]),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(Door)])
    return TestClient(app, base_url=OURS, follow_redirects=False)


def at(monkeypatch, origin: str) -> None:
    secrets = {"auth": {"redirect_uri": f"{origin}/oauth2callback", "cookie_secret": SECRET}}
    monkeypatch.setattr(secrets_singleton, "_secrets", secrets)


def signed(who: str, nonce: str = "first", origin: str = OURS) -> str:
    said = {"sub": who, "email": f"{who}@x.example", "email_verified": True, "iat": int(time.time()), "nonce": nonce}
    said |= {"is_logged_in": True, "origin": origin}
    return URLSafeTimedSerializer(SECRET, salt="_streamlit_user").dumps(json.dumps(said))


def by(who: str, **more: str) -> dict[str, str]:
    return {"Cookie": f"_streamlit_user={signed(who)}", **more}


def set_cookies(answer) -> dict[str, str]:
    return {each.partition("=")[0]: each for each in answer.headers.get_list("set-cookie")}


def role_of(cookie: str) -> str:
    return desk.person(claims_in({"_streamlit_user": cookie})).role.word


def test_every_cookie_is_secure_where_browsers_come_by_tls(site):
    for answer in (site.get("/auth/login", headers={"Referer": f"{OURS}/add"}), site.get("/oauth2callback?code=1")):
        assert set_cookies(answer)
        assert all("; Secure" in each and "HttpOnly" in each for each in set_cookies(answer).values())


def test_without_tls_cookies_can_still_be_kept(site, monkeypatch):
    at(monkeypatch, "http://localhost")
    local = TestClient(site.app, base_url="http://localhost", follow_redirects=False)
    assert "Secure" not in set_cookies(local.get("/auth/login"))["_streamlit_session"]


@pytest.mark.parametrize(
    ("left", "led_to"),
    [
        (f"{OURS}/timeline?side=CN&from=2022-02-04", "/timeline?side=CN&from=2022-02-04"),
        (f"{OURS}/search?q=%E5%A4%A9+%22no+limits%22", "/search?q=%E5%A4%A9+%22no+limits%22"),
        ("https://evil.example/timeline", "/"),
        (f"{OURS}//evil.example/", "/"),
        (f"{OURS}/\\evil.example", "/"),
        (f"{OURS}.evil.example/x", "/"),
        (f"{OURS}/{'x' * 3000}", "/"),
        ("", "/"),
    ],
)
def test_whoever_signs_in_is_led_back_to_where_they_were_and_nowhere_else(site, left, led_to):
    begun = set_cookies(site.get("/auth/login", headers={"Referer": left} if left else {}))
    kept = begun.get("on_record_back", "").partition(";")[0]
    answer = site.get("/oauth2callback?code=1", headers={"Cookie": kept} if kept else {})
    assert answer.headers["location"] == led_to


@pytest.mark.parametrize("planted", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nX-Y: z", "/é"])
def test_a_cookie_that_somebody_planted_leads_nowhere_else(site, planted):
    answer = site.get("/oauth2callback?code=1", headers={"Cookie": f"on_record_back={quote(planted, safe='')}"})
    assert answer.headers["location"] == "/"
    assert "x-y" not in answer.headers


def test_an_answer_that_signs_nobody_in_leads_to_the_front_and_ends_nothing(site):
    before = signed("edda")
    answer = site.get("/oauth2callback", headers={"Cookie": f"_streamlit_user={before}; on_record_back=%2Fadd"})
    assert answer.headers["location"] == "/"
    assert role_of(before) == "editor"


def test_the_sign_in_before_ends_when_a_browser_signs_in_anew(site):
    before = signed("edda")
    assert role_of(before) == "editor"
    answer = site.get("/oauth2callback?code=1", headers={"Cookie": f"_streamlit_user={before}"})
    assert role_of(before) == "nobody"
    new = set_cookies(answer)["_streamlit_user"].partition("=")[2].partition(";")[0]
    assert role_of(new) == "reader"


def test_signing_out_ends_the_sign_in_itself(site):
    cookie = signed("edda")
    assert site.get("/auth/logout", headers={"Cookie": f"_streamlit_user={cookie}"}).text == "reached"
    assert role_of(cookie) == "nobody"


@pytest.mark.parametrize("other", ["cross-site", "same-site"])
def test_another_site_signs_nobody_out(site, other):
    cookie = signed("edda")
    headers = {"Cookie": f"_streamlit_user={cookie}", "Sec-Fetch-Site": other}
    assert site.get("/auth/logout", headers=headers).status_code == 303
    assert role_of(cookie) == "editor"


@pytest.mark.parametrize(("headers", "status"), [({}, 403), (by("rita"), 403), (by("nobody"), 403)])
@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST"])
def test_only_editors_reach_the_place_of_uploads(site, method, headers, status):
    assert site.request(method, "/_stcore/upload_file/a/b", headers=headers).status_code == status
    assert site.request(method, "/_stcore/upload_file/a/b", headers=by("edda")).text == "reached"


def test_downloads_of_a_closed_archive_are_for_its_readers(site):
    assert site.get("/media/abc.csv").status_code == 403
    assert site.get("/media/abc.csv", headers=by("nobody")).status_code == 403
    assert site.get("/media/abc.csv", headers=by("rita")).text == "reached"


def test_where_nobody_signs_in_everything_is_as_before_but_for_uploads(site, monkeypatch):
    monkeypatch.delenv("ON_RECORD_ROLES")
    monkeypatch.setattr(secrets_singleton, "_secrets", {})
    plain = TestClient(site.app, base_url="http://localhost")
    assert plain.get("/media/abc.csv").text == "reached"
    assert plain.get("/auth/logout").text == "reached"
    assert plain.put("/_stcore/upload_file/a/b").status_code == 403


@pytest.mark.parametrize("cookie", ["", "x", "e30.e30.e30", "chunks-3", "=", "é", "a" * 5000])
def test_whatever_stands_in_the_cookie_nobody_is_let_in_and_nothing_breaks(site, cookie):
    headers = {"Cookie": f"_streamlit_user={cookie}".encode()}
    assert site.get("/media/abc.csv", headers=headers).status_code == 403
    assert site.get("/auth/logout", headers=headers).text == "reached"
    assert site.get("/oauth2callback?code=1", headers=headers).headers["location"] == "/"


def test_the_page_that_is_drawn_ahead_is_not_sent_once_an_archive_is_closed(site, tmp_path, monkeypatch):
    monkeypatch.setattr(first_view, "_views", {"en": b"what the archive holds"})

    async def page(_: Request) -> Response:
        return HTMLResponse('<body><div id="root"></div></body>')

    app = Starlette(routes=[Route("/", page)], middleware=[Middleware(first_view.FirstView)])
    visitor = TestClient(app, base_url=OURS, headers={"Accept-Language": "en"})
    assert "what the archive holds" not in visitor.get("/").text
    (tmp_path / "roles.toml").write_text("public = true")
    assert "what the archive holds" in visitor.get("/").text

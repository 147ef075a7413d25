"""A real server under attack by programs: paths, websockets, uploads, sessions and headers."""

from __future__ import annotations

import http.client
import os
import re
import time

import httpx
import pytest
from attacked_site import answers, rerun, told
from conftest import ROOT
from hostile import SECRET, WORDS
from oidc_provider import CLIENT
from signed_site import COOKIE, COOKIE_SECRET, provider_token
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

_OURS = (str(ROOT), "site-packages", "Traceback", "root:x:0", COOKIE_SECRET, SECRET, "def _draw")
PLACES = [
    *("/", "/timeline", "/nowhere", "/add", "/static/none.js", "/media/none", "/component/none/x", "/favicon.png"),
    *("/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/_stcore/bidi-components/none/x"),
    *("/_stcore/agent/interact", "/_stcore/agent/mcp", "/_stcore/script-health-check"),
    *(
        "/auth/login",
        "/auth/logout",
        "/oauth2callback?error=x&error_description=%3Cscript%3E",
        "/oauth2callback?state=x",
    ),
    *(
        "/api/statements",
        "/api/nowhere",
        "/api/search?q=%3Cscript%3E",
        "/api/documents/none",
        "/export.csv",
        "/feed.atom",
    ),
    *("/health", "/health/ready", "/metrics", "/openapi.json", "/static/..%2fapp.py", "//evil.example/x"),
]
CLIMBING = [
    "/../../../../etc/passwd",
    "/static/../../../../../../etc/passwd",
    "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/static/..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/static/....//....//etc/passwd",
    "/static/%00.js",
    "/static/js/%2e/%2e/x.js",
    "/static//etc/passwd",
    "/app/static/../app.py",
    "/app.py",
    "/.streamlit/config.toml",
    "/.streamlit/secrets.toml",
    "/component/..%2f..%2fetc/passwd",
    "/media/..%2f..%2fetc%2fpasswd",
    "/_stcore/bidi-components/in_browser/..%2f..%2fapp.py",
    "/api/documents/..%2f..%2f..%2fetc%2fpasswd",
    "/api/statements/%5c%5cevil.example%5cshare",
    "/%5c%5cevil.example%5cshare",
    "//evil.example/%2e%2e/",
    "/\\evil.example",
    "/file:///etc/passwd",
]


def asked(address: str, path: str, method: str = "GET", **headers: str) -> tuple[int, http.client.HTTPMessage, str]:
    """A request with its path as it stands: status, headers and text."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


@pytest.mark.parametrize("path", PLACES)
def test_every_answer_has_the_headers_that_keep_a_browser_in_bounds(attacked, path):
    for method in ("GET", "POST"):
        status, headers, body = asked(attacked.address, path, method)
        assert status < 500 or (status == 503 and path == "/health/ready"), (method, path, body[:200])
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Frame-Options"] == "SAMEORIGIN"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] in ("same-origin", "cross-origin")
        assert "camera=()" in headers["Permissions-Policy"]
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe-eval" not in policy
        assert "'unsafe-inline'" not in policy.partition("style-src")[0], "no script may stand in a page"
        assert not [ours for ours in _OURS if ours in body]


@pytest.mark.parametrize("path", CLIMBING)
def test_no_path_leads_to_a_file_of_the_server(attacked, path):
    status, _, body = asked(attacked.address, path)
    assert status < 500, body[:300]
    assert not [ours for ours in _OURS if ours in body]
    assert status in (301, 400, 404, 405) or "<noscript>" in body, (
        "Streamlit's own page stands for what it does not know"
    )


def test_other_pages_cannot_open_the_websocket_and_cost_nothing(attacked):
    host = attacked.address.removeprefix("http://")
    others = [
        "https://evil.example",
        "null",
        f"http://{host}.evil.example",
        "http://localhost",
        "http://[bad",
        "http://",
    ]
    began = time.monotonic()
    for origin in others:
        with pytest.raises(InvalidStatus), attacked.socket(Origin=origin):
            pass
    assert time.monotonic() - began < 20, "nobody is asked who they are"
    with attacked.socket(Origin=attacked.address) as opened:
        opened.send(rerun())
        assert answers(opened)


def test_a_websocket_asks_for_pages_and_for_nothing_else(attacked):
    with attacked.socket(Origin=attacked.address) as opened:
        for name in ("load_git_info", "clear_cache", "set_run_on_save", "debug_shutdown_runtime"):
            message = BackMsg()
            setattr(message, name, True)
            opened.send(message.SerializeToString())
        opened.send("text, which no page sends")
        opened.send(rerun())
        found = answers(opened)
    assert "git_info_changed" not in {each.WhichOneof("type") for each in found}
    assert asked(attacked.address, "/health")[0] == 200


@pytest.mark.parametrize(
    "frame",
    [
        b"\xff\xff\xff",
        b"",
        os.urandom(64),
        rerun("lang=%ff%fe&release=%00&" + "a=1&" * 3_000),
        rerun("q=" + "%27" * 50_000),
        rerun(page_name="../../etc/passwd", page_script_hash="' OR 1=1 --"),
        rerun(fragment_id="no-such-fragment"),
        rerun(query_string="statement=%ed%a0%80", page_name="statement"),
    ],
)
def test_whatever_a_websocket_says_tells_nothing_of_the_server(attacked, frame):
    try:
        with attacked.socket(Origin=attacked.address) as opened:
            opened.send(frame)
            opened.send(rerun())
            shown = told(answers(opened))
    except ConnectionClosed:
        shown = ""
    assert not [ours for ours in _OURS if ours in shown]
    assert str(attacked.archive.folder) not in shown


def test_what_widgets_hold_may_be_anything(attacked):
    with attacked.socket(Origin=attacked.address) as opened:
        opened.send(rerun("", page_name="timeline"))
        first = told(answers(opened))
        ids = list(dict.fromkeys(re.findall(r"\$\$ID-[0-9a-f]{32}-[^\"\\]{1,60}", first)))
        assert len(ids) >= 5
        for place in range(4):
            message = BackMsg()
            message.rerun_script.page_name = "timeline"
            for at, each in enumerate(ids):
                state = message.rerun_script.widget_states.widgets.add()
                state.id = each
                kind = (at + place) % 4
                if kind == 0:
                    state.string_value = list(WORDS.values())[at % len(WORDS)].replace("\x00", "")
                elif kind == 1:
                    state.string_array_value.data[:] = ["<script>", "x" * 10_000]
                elif kind == 2:
                    state.json_value = (
                        '{"selection": {"points": [{"x": "9999-99", "customdata": "statement <script>"}]}}'
                    )
                else:
                    state.int_value = -(2**62)
            opened.send(message.SerializeToString())
            shown = told(answers(opened))
            assert not [ours for ours in _OURS if ours in shown]
    assert asked(attacked.address, "/health")[0] == 200


def session_of(messages) -> str:
    return next(each.new_session.initialize.session_id for each in messages if each.WhichOneof("type") == "new_session")


def test_a_session_is_its_owner_s_whoever_knows_or_chooses_its_number(attacked):
    attacked.site.rule()
    page = httpx.get(f"{attacked.address}/_stcore/health")
    token = page.cookies["_streamlit_xsrf"]
    cookie = f"{attacked.cookie_of('edda')}; _streamlit_xsrf={token}"
    with attacked.socket(token, Origin=attacked.address, Cookie=cookie) as opened:
        opened.send(rerun())
        owner = answers(opened)
        assert "Name of edda" in told(owner)
        session = session_of(owner)
        with attacked.socket("none", session, Origin=attacked.address) as thief:
            thief.send(rerun())
            found = answers(thief)
            assert session_of(found) != session
            assert "Name of edda" not in told(found)
        other = f"{attacked.cookie_of('adam')}; _streamlit_xsrf={token}"
        with attacked.socket(token, session, Origin=attacked.address, Cookie=other) as another:
            another.send(rerun())
            found = answers(another)
            assert session_of(found) != session
            assert "Name of adam" in told(found)
            assert "Name of edda" not in told(found)
    with attacked.socket("none", "0" * 32, Origin=attacked.address) as chosen:
        chosen.send(rerun())
        assert session_of(answers(chosen)) != "0" * 32
    # a program that says from nowhere, and a page without the token, are nobody
    for headers in ({"Cookie": cookie}, {"Origin": attacked.address, "Cookie": attacked.cookie_of("edda")}):
        with attacked.socket("none", **headers) as opened:
            opened.send(rerun())
            assert "Name of edda" not in told(answers(opened))


def test_an_upload_takes_the_page_s_token_besides_the_cookie(attacked):
    attacked.site.rule()
    place = f"{attacked.address}/_stcore/upload_file/session/file"
    cookie = attacked.cookie_of("edda")
    files = {"file": ("../../etc/cron.d/x", b"x")}
    refused = httpx.put(place, files=files, headers={"Cookie": cookie})
    assert refused.status_code == 403
    assert "XSRF" in refused.text
    token = httpx.get(f"{attacked.address}/_stcore/health").cookies["_streamlit_xsrf"]
    headers = {"Cookie": f"{cookie}; _streamlit_xsrf={token}", "X-Xsrftoken": token}
    assert httpx.put(place, files=files, headers=headers).status_code == 400, "there is no such session"
    elsewhere = {"Cookie": cookie, "Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert (
        httpx.post(f"{attacked.address}/api/documents", files={"files": files["file"]}, headers=elsewhere).status_code
        == 403
    )


def _cookies(answer: httpx.Response) -> list[str]:
    return answer.headers.get_list("set-cookie")


def test_on_a_real_sign_in_behind_tls_every_cookie_is_out_of_reach(attacked):
    attacked.site.rule()
    behind = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
    with httpx.Client(base_url=attacked.address, headers=behind) as browser:
        begun = browser.get("/auth/login", params={"provider": provider_token()})
        provider = httpx.get(begun.headers["location"])
        assert CLIENT in begun.headers["location"]
        back = next(each for each in re.findall(r'href="([^"]+)">(\w+)<', provider.text) if each[1] == "rita")[0]
        kept = "; ".join(each.partition(";")[0] for each in _cookies(begun))
        signed_in = browser.get(back.replace("&amp;", "&"), headers={"Cookie": kept})
    given = [*_cookies(begun), *_cookies(signed_in)]
    assert any(each.startswith(f"{COOKIE}=") for each in given)
    for each in given:
        assert "; secure" in each.lower(), each
        assert "samesite=lax" in each.lower(), each
        assert "httponly" in each.lower() or each.startswith("_streamlit_xsrf"), each


def test_an_archive_that_is_closed_tells_strangers_not_even_its_figures(attacked):
    attacked.site.rule(public="false")
    try:
        for path in ("/_stcore/metrics", "/media/none", "/metrics", "/api/statements", "/export.csv", "/feed.atom"):
            assert asked(attacked.address, path)[0] in (401, 403), path
        with attacked.socket(Origin=attacked.address) as opened:
            opened.send(rerun(page_name="timeline"))
            shown = told(answers(opened))
        assert "Sign in to go on" in shown
        assert "friend" not in shown
    finally:
        attacked.site.rule()


def test_none_of_it_made_the_server_reach_out_run_anything_or_read_what_is_not_its_own(attacked):
    provider = str(attacked.site.provider.port)
    addresses = [what for event, what in attacked.reached_for if event.startswith("socket.")]
    assert any("127.0.0.1" in each for each in addresses), "the provider was asked, so the watch works"
    for each in addresses:
        assert "127.0.0.1" in each
        assert provider in each
    assert not [what for event, what in attacked.reached_for if event not in ("open",) and "socket" not in event]
    files = [what for event, what in attacked.reached_for if event == "open"]
    assert files
    assert not [each for each in files if re.search(r"passwd|win\.ini|evil|secret\.txt|\.git/", each)]

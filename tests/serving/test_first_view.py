"""What a visitor sees at once is what the first page says, and nothing of a stranger's text acts in it."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from anyio.from_thread import start_blocking_portal
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from analysis.settings import Settings
from serving import first_view, first_view_page, kept_views


def message(path, kind, **about):
    made = ForwardMsg()
    made.metadata.delta_path.extend(path)
    element = getattr(made.delta.new_element, kind)
    element.SetInParent()
    for name, value in about.items():
        setattr(element, name, value)
    return made


COVER = message([1, 9], "bidi_component", component_name="in_browser")  # what takes it away again


def pages(*named):
    made = ForwardMsg()
    for path, name in named:
        made.navigation.app_pages.add(url_pathname=path, page_name=name, is_default=not path, icon=":material/info:")
    return made


def test_it_says_what_the_page_says_in_its_order():
    drawn = first_view_page.html(
        [
            pages(("", "Overview"), ("timeline", "Timeline")),
            message([1, 0], "markdown", body="### Filters"),
            COVER,
            message([0, 1], "html", body="<p>figures</p>"),
            message([0, 0], "heading", tag="h1", body=r"On **Record** \& more"),
            message([0, 1], "html", body="<p>newer figures</p>"),
        ],
        "en",
    )
    assert re.search(r"<h1>On <strong>Record</strong> &amp; more</h1>.*<p>newer figures</p>", drawn)
    assert "<p>figures</p>" not in drawn, "what a message replaced is gone"
    assert '<a href="./timeline"' in drawn
    assert "<h3>Filters</h3>" in drawn
    assert 'lang="en"' in drawn


def test_words_that_are_not_our_own_markup_are_escaped():
    hostile = "<img src=x onerror=alert(1)> [a](javascript:alert(1))"
    drawn = first_view_page.html(
        [COVER, message([1, 0], "markdown", body=hostile), message([0, 0], "heading", tag="script", body=hostile)], "ru"
    )
    assert "<img" not in drawn
    assert "<script" not in drawn
    assert "<a " not in drawn


def test_a_page_with_an_error_is_not_shown_ahead():
    whole = [message([1, 0], "markdown", body="x"), message([0, 0], "heading", tag="h1", body="x"), COVER]
    assert first_view_page.html(whole, "en")
    assert not first_view_page.html([*whole, message([0, 1], "exception", message="broken")], "en")
    assert not first_view_page.html(whole[:2], "en"), "nothing would take it away"
    assert not first_view_page.html([], "en")


@pytest.fixture
def asked(monkeypatch):
    """Ask Streamlit's page of a server that has looked at its own first page; status, headers and body."""
    monkeypatch.setattr(first_view, "_views", {"en": b"<p>first</p>", "zh": "<p>首页</p>".encode()})
    monkeypatch.setattr(first_view, "_shown", {"release": 3})

    async def streamlit(scope, receive, send):
        seen.append(dict(scope["headers"]))
        headers = [(b"content-type", b"text/html"), (b"etag", b"x"), (b"set-cookie", b"a=b")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'<body><div id="root">', "more_body": True})
        await send({"type": "http.response.body", "body": b"</div></body>"})

    seen = []

    def ask(path="/", query="", language="en-GB,en;q=0.9", **more):
        sent = []

        async def send(message):
            sent.append(message)

        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "headers": [(b"accept-language", language.encode()), *((k.encode(), v.encode()) for k, v in more.items())],
        }
        with start_blocking_portal() as portal:
            portal.call(first_view.FirstView(streamlit), scope, None, send)
        return dict(sent[0]["headers"]), b"".join(each.get("body", b"") for each in sent[1:]), seen[-1]

    return ask


@pytest.mark.parametrize("query", ["", "release=3", "lang=en&release=3"])
def test_the_first_page_comes_with_what_it_shows(asked, query):
    headers, body, _ = asked(query=query)
    assert body == b'<body><p>first</p><div id="root"></div></body>'
    assert int(headers[b"content-length"]) == len(body)
    assert headers[b"set-cookie"] == b"a=b"
    assert b"etag" not in headers, "a browser would keep a page of an older release"


def test_it_comes_in_the_reader_s_language(asked):
    assert "首页".encode() in asked(language="zh-CN,zh")[1]
    assert "首页".encode() in asked(query="lang=zh")[1]
    assert b"first" in asked(language="fr")[1]


def test_a_browser_that_asks_whether_its_copy_is_still_good_gets_a_new_one(asked):
    assert b"if-none-match" not in asked(**{"if-none-match": "x"})[2]


@pytest.mark.parametrize(
    ("path", "query"), [("/timeline", ""), ("/", "side=CN"), ("/", "release=2"), ("/", "lang=tlh"), ("/", "embed=true")]
)
def test_another_page_other_filters_and_another_release_come_as_streamlit_has_them(asked, path, query):
    headers, body, _ = asked(path, query)
    assert b"first" not in body
    assert headers[b"etag"] == b"x"


def test_where_strangers_may_not_read_nothing_is_shown_ahead(asked, monkeypatch):
    monkeypatch.setattr(first_view.desk, "rules", lambda: SimpleNamespace(closed=True))
    assert b"first" not in asked()[1]


def test_a_server_that_starts_has_what_an_earlier_one_drew_of_the_same_release(tmp_path, monkeypatch):
    monkeypatch.setattr(Settings, "from_environment", lambda: Settings(cache=tmp_path, archive=tmp_path / "archive"))
    views = {"en": b"<p>first</p>", "zh": "<p>首页</p>".encode()}
    assert kept_views.read("3") == {}
    kept_views.write("3", views)
    assert kept_views.read("3") == views
    assert kept_views.read("4") == {}
    next((tmp_path / "first-view").iterdir()).write_text('{"release": "3"}')
    assert kept_views.read("3") == {}


def test_a_disk_that_cannot_be_written_does_no_harm(tmp_path, monkeypatch):
    (tmp_path / "first-view").write_text("a file where the folder should be")
    monkeypatch.setattr(Settings, "from_environment", lambda: Settings(cache=tmp_path, archive=tmp_path / "archive"))
    kept_views.write("3", {"en": b""})
    assert kept_views.read("3") == {}

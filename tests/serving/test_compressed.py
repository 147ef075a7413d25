"""Streamlit's files go out compressed to browsers that can unpack them, and as they are to everybody else."""

from __future__ import annotations

import gzip

import pytest
from anyio.from_thread import start_blocking_portal

from serving.compressed import Compressed

SCRIPT = b"export const word = 'on record';\n" * 100


@pytest.fixture
def ask():
    """Ask for a file; status, headers, body, and how often Streamlit was asked so far."""
    asked = []

    async def streamlit(scope, receive, send):
        asked.append(scope["path"])
        is_page = scope["path"].endswith("page.js")  # which stands for every name that is not known
        found = is_page or scope["path"].endswith("there.js")
        headers = [(b"cache-control", b"public, immutable, max-age=31536000"), (b"etag", b"whole")]
        headers.append((b"content-type", b"text/html" if is_page else b"text/javascript"))
        await send({"type": "http.response.start", "status": 200 if found else 404, "headers": headers})
        await send({"type": "http.response.body", "body": SCRIPT[:500], "more_body": True})
        await send({"type": "http.response.body", "body": SCRIPT[500:]})

    app = Compressed(streamlit)

    def ask(path="/static/js/there.js", method="GET", **headers):
        sent = []

        async def send(message):
            sent.append(message)

        pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        with start_blocking_portal() as portal:
            portal.call(app, {"type": "http", "method": method, "path": path, "headers": pairs}, None, send)
        body = b"".join(message.get("body", b"") for message in sent[1:])
        return sent[0]["status"], dict(sent[0]["headers"]), body, len(asked)

    return ask


def test_a_file_is_compressed_once_and_kept(ask):
    for _ in range(2):
        status, headers, body, asked = ask(accept_encoding="gzip, deflate, br")
        assert (status, asked) == (200, 1)
        assert gzip.decompress(body) == SCRIPT
        assert headers[b"content-encoding"] == b"gzip"
        assert int(headers[b"content-length"]) == len(body) < len(SCRIPT) / 3
        assert headers[b"cache-control"] == b"public, immutable, max-age=31536000", "browsers keep it for a year"
        assert headers[b"vary"] == b"Accept-Encoding"
        assert b"etag" not in headers


@pytest.mark.parametrize(
    ("path", "asks"),
    [
        ("/static/js/there.js", {}),
        ("/static/js/there.js", {"accept_encoding": "br"}),
        ("/static/js/there.js", {"accept_encoding": "gzip", "range": "bytes=0-9"}),
        ("/static/js/there.js", {"accept_encoding": "gzip", "method": "HEAD"}),
        ("/media/there.js", {"accept_encoding": "gzip"}),
        ("/static/media/font.woff2", {"accept_encoding": "gzip"}),
    ],
)
def test_everything_else_goes_out_as_streamlit_has_it(ask, path, asks):
    _, headers, body, _ = ask(path, **asks)
    assert body == SCRIPT
    assert b"content-encoding" not in headers


def test_what_is_not_there_is_not_kept(ask):
    assert ask("/static/js/gone.js", accept_encoding="gzip")[0] == 404
    assert ask("/static/js/gone.js", accept_encoding="gzip")[3] == 2


@pytest.mark.parametrize(
    "path", ["/static/./there.js", "/static//there.js", "/x/../static/there.js", "/a/static/page.js"]
)
def test_no_name_that_a_stranger_makes_up_is_kept(ask, path):
    for turn in (1, 2):
        status, _, body, asked = ask(path, accept_encoding="gzip")
        assert (status, body) == (200, SCRIPT)
        assert asked == turn, "asked anew each time, for nothing was kept"

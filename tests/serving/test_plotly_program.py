"""Plotly's program comes from the server itself, compressed, at the address that pages give."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from pages.parts import plot
from serving import plotly_program
from serving.compressed import Compressed


@pytest.mark.parametrize("prefix", ["", "/record"])
def test_it_is_sent_compressed_and_kept_for_a_year(prefix):
    site = TestClient(Starlette(routes=[plotly_program.route(prefix)], middleware=[Middleware(Compressed)]))
    for _ in range(2):
        answer = site.get(prefix + plot.PROGRAM)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers["content-length"]) < 2_000_000
        assert "immutable" in answer.headers["cache-control"]
        assert "plotly.js v" in answer.text[:200]
    assert site.get(prefix + plot.PROGRAM.replace("plotly-", "plotly-0")).status_code == 404


def test_its_address_changes_with_the_version(monkeypatch):
    assert plotly_program.route("/x").path == "/x" + plot.PROGRAM
    assert plot.PROGRAM.endswith(".js")
    assert plot.metadata.version("plotly") in plot.PROGRAM

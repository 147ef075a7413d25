"""One archive of hostile words for all of these tests, read by the real pipeline and made by hand."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest, local_script_runner
from streamlit.util import calc_hash

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path += [str(ROOT / "tests" / name) for name in ("pages", "browser", "signing")]

from hostile import Archive, built  # noqa: E402
from made_archive import SubjectEncoder  # noqa: E402

from analysis import warming  # noqa: E402
from analysis.queries import on_hand  # noqa: E402


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The archive, built once."""
    return built(tmp_path_factory)


Open = Callable[..., tuple[AppTest, list]]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a page of an archive in a fresh session: the page, and every message that it sends to the browser."""
    monkeypatch.setattr(warming, "_state", {"thread": None, "encoder": SubjectEncoder()})
    sent: list = []
    parse = local_script_runner.parse_tree_from_messages

    def kept(messages: list) -> object:
        sent[:] = messages
        return parse(messages)

    monkeypatch.setattr(local_script_runner, "parse_tree_from_messages", kept)

    def open_it(archive: Path, page: str, /, tester: str = "", **asked: str | list[str]) -> tuple[AppTest, list]:
        monkeypatch.setenv("ON_RECORD_ARCHIVE", str(archive))
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        if tester:
            app.session_state["tester"] = tester
        for name, value in asked.items():
            app.query_params[name.rstrip("_")] = value
        app._page_hash = calc_hash(page) if page else ""
        app.run()
        found = list(sent)
        sent.clear()
        return app, found

    yield open_it
    on_hand.forget()
    st.cache_data.clear()

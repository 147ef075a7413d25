"""The dashboard run in-process from ``app.py``, on an archive made by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from made_archive import SubjectEncoder, publish_made
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from analysis import warming
from analysis.queries import on_hand

ROOT = Path(__file__).resolve().parent.parent.parent
Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive, published once."""
    folder = tmp_path_factory.mktemp("made")
    publish_made(folder)
    return folder


@pytest.fixture(autouse=True)
def no_real_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test of a page loads a model."""
    monkeypatch.setattr(warming, "_state", {"thread": None, "encoder": SubjectEncoder()})


@pytest.fixture
def open_page(made: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a page in a fresh session, as a link does: ``open_page("timeline", statement="s-gas")``."""
    monkeypatch.setenv("ON_RECORD_ARCHIVE", str(made))

    def open_it(page: str = "overview", /, **parameters: str | list[str]) -> AppTest:
        on_hand.forget()
        st.cache_data.clear()
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        for name, value in parameters.items():
            app.query_params[name.rstrip("_")] = value  # from_ for "from"
        app._page_hash = "" if page == "overview" else calc_hash(page)  # the very first request, as a link's is
        app.run()
        assert not app.exception, [problem.message for problem in app.exception]
        return app

    return open_it

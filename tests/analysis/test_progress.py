from __future__ import annotations

import io

import pytest
from rich.console import Console

from analysis import progress as progress_module
from analysis.progress import Progress


def test_a_log_gets_one_line_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    progress = Progress(Console(file=written, width=80))
    with progress.step("Reading") as advance:
        for done in range(1000):
            advance(done)
    with progress.step("Encoding", 1200) as advance:
        advance(5)
    assert written.getvalue() == "Reading\nEncoding: 1,200\n"


def test_a_log_hears_of_long_steps_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_module, "_SECONDS_BETWEEN_LINES", 0.0)
    written = io.StringIO()
    with Progress(Console(file=written, width=80)).step("Encoding", 1200) as advance:
        advance(600)
    assert written.getvalue() == "Encoding: 1,200\nEncoding: 600 of 1,200\n"


def test_a_terminal_gets_bars() -> None:
    written = io.StringIO()
    progress = Progress(Console(file=written, width=80, force_terminal=True))
    with progress.step("Encoding", 12) as advance:
        advance(12)
    assert "12/12" in written.getvalue()


def test_nobody_listening_gets_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress().step("Encoding", 12) as advance:
        advance(12)
    assert capsys.readouterr() == ("", "")


def test_an_error_inside_a_step_comes_out() -> None:
    for console in (None, Console(file=io.StringIO()), Console(file=io.StringIO(), force_terminal=True)):
        with pytest.raises(ValueError, match="inside"), Progress(console).step("Encoding", 12):
            raise ValueError("inside")

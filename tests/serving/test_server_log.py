"""Promises about a server's log: JSON when asked for, and nothing of its visitors unless asked for."""

from __future__ import annotations

import json
import logging
import sys
import tomllib
from pathlib import Path

import pytest
from visiting import ROOT, serving, session

from analysis import logs
from analysis.archive import ArchiveError

ASKED = "zanzibar"  # a word that stands nowhere else
FAILS = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from pages.parts import finding
finding.find = lambda query, *_: int(query)  # its message repeats the query
from app import app
"""


def lines(said: str) -> list[dict[str, object]]:
    """What was written in JSON, a line each; the address that Streamlit prints when it starts is no log."""
    return [json.loads(line) for line in said.splitlines() if line.startswith("{")]


@pytest.mark.parametrize("asked_for", [False, True])
def test_what_visitors_ask_stands_in_the_log_only_if_asked_for(made: Path, tmp_path: Path, asked_for: bool) -> None:
    settings = {"ARCHIVE": str(made), "ENCODER": str(made / "none"), "LOGS": "json"}
    settings |= {"LOG_QUERIES": "true"} if asked_for else {}
    with serving(tmp_path, settings) as server:
        assert server.status(f"/search?q={ASKED}") == 200
        with session(server.address) as open_page:
            assert not open_page("search", f"q={ASKED}").failed
        said = server.said()
    assert (ASKED in said) == asked_for
    if asked_for:
        (line,) = [line for line in lines(said) if line["logger"] == "analysis.asked"]
        assert (line["message"], line["query"]) == ("search", ASKED)


@pytest.mark.parametrize("style", ["json", "text"])
def test_a_failure_is_logged_with_its_place_and_without_the_query(made: Path, tmp_path: Path, style: str) -> None:
    (tmp_path / "fails.py").write_text(FAILS, encoding="utf-8")
    command = [sys.executable, "-m", "uvicorn", "fails:app", "--app-dir", str(tmp_path), "--port", "{port}"]
    with serving(
        tmp_path, {"ARCHIVE": str(made), "ENCODER": str(made / "none"), "LOGS": style}, [*command, "--no-access-log"]
    ) as server:
        with session(server.address) as open_page:
            page = open_page("search", f"q={ASKED}")
        said = server.said()
    assert ASKED not in said
    assert "127.0.0.1:" not in said.replace(server.address, ""), "no visitor's address"
    assert "ValueError" in said
    assert "fails.py:5" in said
    assert ASKED not in "".join(str(each.delta.new_element.exception) for each in page.messages), "nor on the page"
    if style == "json":
        (line,) = [line for line in lines(said) if "error" in line]
        assert line["level"] == "error"
        assert line["error"]["type"] == "ValueError"  # type: ignore[index]
        assert any("search.py" in place for place in line["error"]["where"])  # type: ignore[index]


@pytest.fixture
def formatted(monkeypatch: pytest.MonkeyPatch):
    """Format a record as a server would, leaving this process's own logging alone."""

    def write(message: str, *values: object, name: str = "analysis", error: Exception | None = None) -> str:
        raised = (type(error), error, None) if error else None
        record = logging.LogRecord(name, logging.ERROR, "", 0, message, values, raised)  # type: ignore[arg-type]
        return logs._Json(queries=False).format(record)

    return write


def test_our_own_errors_keep_their_words_and_others_lose_them(formatted) -> None:
    assert "releases/000003.json is damaged" in formatted("x", error=ArchiveError("releases/000003.json is damaged"))
    assert "No space left" in formatted("x", error=OSError(28, "No space left on device", f"/{ASKED}"))
    assert ASKED not in formatted("x", error=OSError(28, "No space left on device", f"/{ASKED}"))
    assert ASKED not in formatted("x", error=KeyError(ASKED))


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ('127.0.0.1:53412 - "WebSocket /_stcore/stream?q=zanzibar" [accepted]', '- - "WebSocket /_stcore/stream" [acc'),
        ('10.1.2.3:1 - "GET /search?q=zanzibar HTTP/1.1" 200', '- - "GET /search HTTP/1.1" 200'),
        ('[2001:db8::1]:443 - "GET / HTTP/1.1" 200', '- - "GET / HTTP/1.1" 200'),
        ("2001:db8:0::17 went away", "- went away"),
    ],
)
def test_a_servers_own_lines_lose_addresses_and_query_strings(formatted, written: str, left: str) -> None:
    assert json.loads(formatted("%s", written, name="uvicorn.error"))["message"].startswith(left)


def test_a_line_of_json_is_one_line_whatever_is_in_it(formatted) -> None:
    line = formatted("two\nlines %s", "\u2028\x1b[31m")
    assert len(line.splitlines()) == 1
    assert json.loads(line)["message"] == "two\nlines \u2028\x1b[31m"


def test_nothing_is_sent_to_streamlit_and_visitors_see_no_details() -> None:
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showErrorDetails"] == "none"
    assert config["client"]["toolbarMode"] == "viewer"
    assert config["logger"]["enableRich"] is False, "it prints past the log"


def test_in_a_log_of_lines_nobody_s_words_begin_a_line_or_steer_a_terminal() -> None:
    said = logging.LogRecord(
        "streamlit.x", logging.ERROR, "x.py", 1, "asked for %s", ("a\n2026 info door\x1b[2J\r",), None
    )
    told = logs._Lines(queries=False).format(said)
    assert told.splitlines()[1] == "    2026 info door\ufffd[2J\ufffd"
    assert "\x1b" not in told

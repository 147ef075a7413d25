"""What is new comes as valid Atom with lasting identifiers; a table comes as the page would write it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import feedparser
import pytest
from made_archive import HOSTILE, publish_made

from analysis.archive import open_release
from analysis.exporting.exported import Exported, in_order
from analysis.exporting.formats import FORMATS
from analysis.exporting.notes import Notes
from analysis.queries import news, on_hand
from analysis.queries.selection import Selection, select

SITE = "http://record.example"


@pytest.fixture(autouse=True)
def later(monkeypatch):
    """Each release is published a day after the one before, whatever the clock says."""

    def published_at(archive: str, number: int) -> str:
        return f"2026-11-{number:02d}T12:00:00Z"

    monkeypatch.setattr("routes.feeding.published_at", published_at)


def _read(client, address: str):
    answer = client.get(address)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def test_a_feed_lists_a_selection_newest_first(client):
    found = _read(client, "/feed.atom?side=CN")
    assert [each.title.rpartition(": ")[2] for each in found.entries] == [
        "Gas will flow for decades",
        "Our friendship is rock solid",
        "Our friendship has no limits",
        "talks must go on, “step by step”",
    ]
    assert found.entries[0].author == "Wang Yi"
    assert found.entries[0].link == f"{SITE}/statement?statement=s-gas&release=1"
    assert found.feed.link == f"{SITE}/timeline?side=CN&release=1"


def test_a_feed_of_a_search_holds_what_it_finds(client):
    assert len(_read(client, "/feed.atom?q=gas").entries) == 2
    assert _read(client, "/feed.atom?q=gas&speaker=wang-yi").feed.title == "On Record: gas"


def test_what_a_release_adds_comes_first_and_nothing_changes_its_identifier(serve, tmp_path):
    publish_made(tmp_path)
    client = serve(tmp_path)
    before = _read(client, "/feed.atom")
    publish_made(tmp_path, more=2)  # said in 2013, and new all the same
    on_hand.forget()
    news.first_seen.cache_clear()
    after = _read(client, "/feed.atom")
    assert [each.title.rpartition(": ")[2][:16] for each in after.entries[:2]] == ["Statement number"] * 2
    assert [each.id for each in after.entries[2:]] == [each.id for each in before.entries]
    assert (after.feed.id, len({each.id for each in after.entries})) == (before.feed.id, len(after.entries))
    assert {each.updated for each in after.entries[:2]} == {"2026-11-02T12:00:00Z"}
    assert {each.updated for each in after.entries[2:]} == {"2026-11-01T12:00:00Z"}
    assert datetime(*after.feed.updated_parsed[:6], tzinfo=UTC) == datetime(2026, 11, 2, 12, tzinfo=UTC)


def test_a_feed_takes_strangers_words_as_words(client):
    raw = client.get("/feed.atom?speaker=left-office").text
    assert "<img" not in raw
    found = feedparser.parse(raw, sanitize_html=False).entries[0]
    assert found.author == " ".join(HOSTILE.split())
    assert found.content[0].type == "text/plain"


@pytest.mark.parametrize(
    ("query", "asked"),
    [("", Selection()), ("side=CN&from=2022-03-01", Selection(sides=("CN",), since=datetime(2022, 3, 1).date()))],
)
def test_a_table_has_the_bytes_that_the_page_writes(client, made, query, asked):
    release = open_release(made)
    kept = in_order(select(release.statements, asked))
    notes = Notes.of(release, selection=asked.to_parameters(), site=SITE, view="timeline?release=1")
    answer = client.get(f"/export.csv?{query}")
    assert answer.content == FORMATS["csv"].write(Exported(kept, notes))
    assert answer.headers["content-disposition"] == 'attachment; filename="on-record-1-selection.csv"'


def test_a_large_table_is_written_in_pieces_that_join(serve, tmp_path):
    publish_made(tmp_path, more=1_200)
    rows = list(csv.DictReader(io.StringIO(serve(tmp_path).get("/export.csv").text, newline="")))
    assert len({row["statement_id"] for row in rows}) == len(rows) == 1_207


def test_a_search_as_a_table_says_what_found_each(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/export.csv?q=gas").text, newline="")))
    assert [(row["rank"], row["statement_id"]) for row in rows] == [("1", "s-gas"), ("2", "s-pipe")]
    assert rows[0]["found_by"] == "words: Gas; very close in meaning"
    assert rows[0]["selection"] == "query=gas"


def test_no_cell_is_a_formula(serve, tmp_path):
    answer = serve().get("/export.csv?speaker=left-office&speaker=gone")
    assert answer.headers["x-on-record-notes"] == r"speaker \u201cgone\u201d is not in this archive"
    assert "Read this: <img" in answer.text

"""What strangers wrote, read by the real pipeline and laid before readers in every way that there is, stays words."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as Xml

import feedparser
import pyarrow.parquet as parquet
import pytest
import shown
from hostile import LONGEST, MEGABYTE, SECRET, WORDS, views
from made_archive import SubjectEncoder
from markdown_it import MarkdownIt
from starlette.testclient import TestClient

from analysis import warming
from analysis.archive import check, open_release
from analysis.exporting.exported import Exported, in_order
from analysis.exporting.formats import FORMATS
from analysis.exporting.notes import Notes
from analysis.queries import on_hand
from analysis.schema import DOCUMENTS, ENTITIES, statements_schema
from analysis.settings import Settings
from routes.assembling import Interface
from routes.catalogue import CATALOGUE
from serving import first_view_page


@pytest.mark.parametrize("which", ["raw", "imported"])
def test_on_every_page_it_is_words_and_nothing_more(open_page, hostile, which):
    number = getattr(hostile, which)
    for page, ways in views(hostile.folder, number).items():
        for asked in ways:
            app, sent = open_page(hostile.folder, page, release=str(number), **asked)
            at = (page, asked)
            assert not app.exception, (at, [each.message for each in app.exception])
            assert not app.error, (at, [each.value for each in app.error])
            assert not shown.problems(sent), (at, shown.problems(sent)[:5])
            if which != "raw":  # there a name is a megabyte long
                assert shown.size(sent) < 1_500_000, (at, shown.size(sent))


def test_the_first_page_as_it_is_drawn_ahead_is_words_too(open_page, hostile):
    for number in (hostile.raw, hostile.imported):
        _, sent = open_page(hostile.folder, "", release=str(number))
        drawn = first_view_page.html(sent, "en")
        assert "first-view" in drawn
        assert not list(shown.in_html(drawn.replace("<style>", "<p>").replace("</style>", "</p>")))


def test_what_is_read_is_whole_and_nothing_else_was_read(hostile):
    assert not [each for each in check(hostile.folder) if each.release != hostile.raw]
    release = open_release(hostile.folder, hostile.imported)
    documents = release.columns("documents", ["source", "title", "text"]).to_pylist()
    assert not any(SECRET in each["text"] for each in documents)
    skipped = " ".join(map(str, release.skipped.values.tolist()))
    assert "linked.txt is a link that leads out of the folder" in skipped
    for name in ("bomb.md", "zeros.txt", "rows.jsonl line"):
        assert name in skipped
    read = {each["source"].rpartition("/")[2] for each in documents}
    assert {"<img src=x onerror=window.hacked=9>.txt", "=1+1.txt", "-rf.txt", "long-line.txt"} <= read


def test_no_name_or_title_is_longer_than_a_page_bears(hostile):
    release = open_release(hostile.folder, hostile.imported)
    for table, schema in (("documents", DOCUMENTS), ("statements", statements_schema(4)), ("entities", ENTITIES)):
        names = [name for name in schema.names if name not in ("text", "embedding", "citations")]
        for row in release.columns(table, names).to_pylist():
            for name, value in row.items():
                each = value if isinstance(value, list) else [value]
                assert all(len(str(one)) <= LONGEST for one in each), (table, name, str(value)[:80])


def asked(archive: Path, path: str, **query: object):
    """What a route answers."""
    app = Interface(settings=Settings(archive=archive, api_rate=0, api_seconds=60.0)).alone()
    return TestClient(app, base_url="http://record.example").get(path, params=query)


@pytest.fixture
def routes(hostile, monkeypatch):
    monkeypatch.setenv("ON_RECORD_ARCHIVE", str(hostile.folder))
    monkeypatch.setattr(warming, "_state", {"thread": None, "encoder": SubjectEncoder()})
    on_hand.forget()
    return hostile


@pytest.mark.parametrize("which", ["raw", "imported"])
def test_every_route_answers_with_words_in_a_form_that_holds_them(routes, which):
    number = getattr(routes, which)
    row = open_release(routes.folder, number).statements.iloc[0]
    own = {
        "/api/statements/{id:anything}": row["statement_id"],
        "/api/documents/{id:anything}": row["document_id"],
        "/api/speakers/{id:anything}": row["speaker_members"][0],
        "/api/entities/{id:anything}": row["speaker_members"][0],
    }
    for declared in CATALOGUE:
        path = declared.path.replace("{id:anything}", quote(str(own.get(declared.path, "")), safe=""))
        answer = asked(routes.folder, path, **({"release": number} if declared.is_pinned else {}))
        assert answer.status_code == 200, (path, answer.text[:300])
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        if declared.media == "application/json":
            assert answer.text.isascii()
            json.loads(answer.text)


@pytest.mark.parametrize("which", ["raw", "imported"])
def test_the_feed_is_a_feed_and_its_words_are_text(routes, which):
    answer = asked(routes.folder, "/feed.atom", release=getattr(routes, which))
    found = feedparser.parse(answer.content, sanitize_html=False)
    assert not found.bozo, found.get("bozo_exception")
    assert len(found.entries) >= 20
    for entry in found.entries:
        assert {each.type for each in entry.content} == {"text/plain"}
        assert all(link.href.startswith(("http://", "https://")) for link in entry.links)
    assert "<script" not in answer.text


@pytest.mark.parametrize("which", ["raw", "imported"])
def test_every_export_holds_words_and_no_formula_link_or_record_of_theirs(hostile, which):
    release = open_release(hostile.folder, getattr(hostile, which))
    rows = in_order(release.statements)
    notes = Notes.of(release, site="http://record.example", selection={"speaker": list(WORDS.values())})
    further = {"note": [list(WORDS.values())[at % len(WORDS)] for at in range(len(rows))]}
    files = {name: form.write(Exported(rows, notes, further, WORDS["script"])) for name, form in FORMATS.items()}
    csv.field_size_limit(4 * MEGABYTE)
    for cells in csv.reader(io.StringIO(files["csv"].decode(), newline="")):
        assert not [
            each
            for each in cells
            if re.match(r"[\s\u200b\ufeff]*[=+\-@]", each) and not re.fullmatch(r"-?[\d.]+", each)
        ]
    _no_active_parts(files["xlsx"])
    _no_active_parts(files["docx"])
    for name in ("json", "csl"):
        json.loads(files[name])
    assert parquet.read_table(io.BytesIO(files["parquet"])).num_rows == len(rows)
    assert len(re.findall(rb"(?m)^TY  - ", files["ris"])) == len(rows)
    assert len(re.findall(rb"(?m)^@\w+\{", files["bibtex"])) == len(rows)
    assert not re.search(rb"(?<!\\)\\(?:input|write18|href)", files["bibtex"])
    assert len(files["text"].splitlines()) == len(rows)
    drawn = MarkdownIt("commonmark", {"html": True}).enable("table").render(files["markdown"].decode())
    assert not list(shown.in_html(drawn.replace(' href="http', ' rel="noopener" href="http')))


def _no_active_parts(packed: bytes) -> None:
    """No formula, macro or embedded thing; links lead to web addresses."""
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        for name in parts.namelist():
            assert not name.endswith((".bin", ".vba")), name
            if name.endswith((".xml", ".rels")):
                for element in Xml.fromstring(parts.read(name)).iter():
                    tag = element.tag.rpartition("}")[2]
                    assert tag not in ("f", "object", "fldSimple", "instrText"), (name, tag)
                    if element.get("TargetMode") == "External":
                        assert element.get("Target", "").startswith(("http://", "https://")), element.attrib

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import embedding, extraction, parsing
from analysis.archive import ArchiveError, check, open_release, releases
from analysis.pipeline import BuildReport, build
from analysis.queries.search import search
from analysis.schema import Basis, Document, Kind, Mention, Quote, Skipped
from analysis.settings import ROOT, Settings
from analysis.workers.documents import parse_documents, placed

Built = tuple[Path, BuildReport]


def test_sources_become_a_release_that_checks_out(built: Built) -> None:
    archive, report = built
    release = open_release(archive)
    assert (report.release, report.changed) == (1, True)
    assert check(archive) == []
    assert report.counts["documents"] == len(release.documents) == 2
    assert report.counts["statements"] == len(release.statements) == 4
    assert sum(report.quotes_by_kind.values()) == len(release.quotes)
    assert sum(report.statements_by_basis.values()) == len(release.statements)
    said = {row["text"].strip(",.”"): row for row in release.statements.to_dict("records")}
    gas = said["Gas will flow east for decades"]
    assert (gas["speaker_id"], gas["side"]) == ("sergey-lavrov", "RU")
    assert str(gas["said_on"].date()) == "2023-03-09"
    assert (gas["source_publisher"], gas["source_url"]) == ("Agency", "https://example.org/lavrov")
    assert said["Our partnership threatens no third country"]["speaker_id"] == "qin-gang"
    assert release.manifest.parser.startswith(f"{Settings().parser} 3.")
    assert (release.manifest.encoder, release.manifest.weights, release.manifest.dimensions) == ("small", "words-1", 32)


def test_nothing_new_publishes_nothing_and_loads_no_model(built: Built, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(built[0].parent, folder)
    code = f"""
import sys
from dataclasses import replace
from pathlib import Path
from analysis import fingerprint
from analysis.pipeline import build
from analysis.settings import Settings
folder = Path({str(folder)!r})
fingerprint._code_parts = lambda: ("the code",)
report = build([folder / "sources"], replace(Settings(), archive=folder / "archive", encoder="small"))
assert (report.release, report.changed) == (1, False), report
assert report.counts["statements"] == 4
heavy = {{"spacy", "torch", "lancedb", "sentence_transformers", "streamlit"}} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, timeout=60)
    assert [each.number for each in releases(folder / "archive")] == [1]


def test_a_change_publishes_the_next_release(built: Built, tmp_path: Path, encoder: object, settings: Settings) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(built[0].parent, folder)
    (folder / "sources" / "brief.md").unlink()
    report = build([folder / "sources"], replace(settings, archive=folder / "archive"))
    assert (report.release, report.changed, report.counts["documents"]) == (2, True, 1)
    assert len(open_release(folder / "archive", 1).documents) == 2
    assert check(folder / "archive") == []


def test_lost_tables_are_built_again(built: Built, tmp_path: Path, encoder: object, settings: Settings) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(built[0].parent, folder)
    shutil.rmtree(folder / "archive" / "tables" / "quotes.lance")
    report = build([folder / "sources"], replace(settings, archive=folder / "archive"))
    assert (report.release, report.changed) == (2, True)
    assert check(folder / "archive", 2) == []


def test_two_builds_of_the_same_sources_hold_the_same(
    built: Built, sources: Path, settings: Settings, encoder: object
) -> None:
    build([sources], settings)
    first, second = (open_release(folder).manifest for folder in (built[0], settings.archive))
    assert {name: state.digest for name, state in first.tables.items()} == {
        name: state.digest for name, state in second.tables.items()
    }
    assert first.inputs == second.inputs


def test_several_processes_build_the_same_release(
    built: Built, sources: Path, settings: Settings, encoder: object
) -> None:
    build([sources], settings, workers=2)
    first, second = (open_release(folder).manifest for folder in (built[0], settings.archive))
    assert first.tables["quotes"].digest == second.tables["quotes"].digest


def test_one_documents_failure_is_not_the_others(
    sources: Path, settings: Settings, encoder: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = extraction.extract

    def failing(document: Document, *others: object) -> list[Quote]:
        if document.doc_id == "article":
            raise RecursionError("too deep\nsecond line")
        return real(document, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(extraction, "extract", failing)
    report = build([sources], settings)
    assert report.counts["documents"] == 1
    (skipped,) = report.skipped
    assert skipped == Skipped(
        "sources/article.txt", "failed", "sources/article.txt could not be processed: RecursionError: too deep"
    )
    assert open_release(settings.archive).skipped["source"].tolist() == ["sources/article.txt"]
    assert check(settings.archive) == []


def test_nothing_usable_publishes_nothing(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "empty").mkdir()
    for source in ("empty", "nowhere"):
        report = build([tmp_path / source], settings)
        assert report.release is None
        assert len(report.skipped) == 1
    assert not settings.archive.exists()


def test_without_an_encoder_words_can_be_searched_and_the_next_build_tries_again(
    sources: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise embedding.EncoderError(f"{name} is not installed")

    monkeypatch.setattr(embedding, "load_encoder", missing)
    report = build([sources], settings)
    assert report.note == "Built without search by meaning: small is not installed"
    release = open_release(settings.archive)
    assert release.manifest.dimensions == 0
    assert len(search(release, "gas", encoder=None)) == 1
    assert check(settings.archive) == []
    assert build([sources], settings).changed


def test_a_folder_that_cannot_be_written_is_said_before_the_work(
    sources: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.archive.write_text("a file")
    monkeypatch.setattr(parsing, "load_parser", lambda name: pytest.fail("the parser was loaded first"))
    with pytest.raises(ArchiveError, match="cannot be written"):
        build([sources], settings)


def bare_document(number: int, text: str) -> Document:
    """A document with nothing but a number and a text."""
    name = f"d-{number}"
    return Document(name, name, name, None, None, None, None, None, None, "en", None, text, "0")


@given(failing=st.lists(st.booleans(), max_size=30))
def test_every_document_comes_back_from_the_parser_in_its_order(failing: list[bool]) -> None:
    documents = [bare_document(number, "bad" if bad else f"good {number}") for number, bad in enumerate(failing)]

    def parse(parser: object, texts: Iterable[str], workers: int = 1) -> Iterator[str]:
        batch: list[str] = []
        for text in texts:  # eight at a time, as spaCy does: a bad one takes its batch with it
            batch.append(text)
            if len(batch) == 8:
                yield from checked(batch)
                batch = []
        yield from checked(batch)

    def checked(batch: list[str]) -> list[str]:
        if "bad" in batch:
            raise ValueError("bad text")
        return batch

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parsing, "parse", parse)
        pairs = list(parse_documents(documents, object()))  # type: ignore[arg-type]
    assert [document for document, _ in pairs] == documents
    for document, parsed in pairs:
        assert isinstance(parsed, ValueError) if document.text == "bad" else parsed == document.text


spans = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda pair: (pair[0], sum(pair)))


@given(quoted=st.lists(spans, unique=True, max_size=6), named=st.lists(spans, max_size=12))
def test_a_mention_belongs_to_the_shortest_quote_around_it(
    quoted: list[tuple[int, int]], named: list[tuple[int, int]]
) -> None:
    quotes = [bare_quote(start, end) for start, end in quoted]
    mentions = [Mention("d", None, "PERSON", start, end, "x" * (end - start)) for start, end in named]
    found = placed(mentions, quotes)
    assert [(each.start, each.end) for each in found] == sorted(named)
    by_id = {quote.quote_id: quote for quote in quotes}
    for mention in found:
        around = [quote for quote in quotes if quote.start <= mention.start and mention.end <= quote.end]
        assert (mention.quote_id is None) == (not around)
        if mention.quote_id:
            assert by_id[mention.quote_id] in around
            assert len(by_id[mention.quote_id].text) == min(len(quote.text) for quote in around)


def bare_quote(start: int, end: int) -> Quote:
    """A quote with nothing but its place."""
    unknown = "speaker_id speaker_name speaker_text speaker_start speaker_end role_text cue cue_start cue_end via"
    nothing = dict.fromkeys([*unknown.split(), "said_on", "said_on_text", "side"])
    return Quote(
        quote_id=f"q-{start}-{end}",
        document_id="d",
        start=start,
        end=end,
        text="x" * (end - start),
        kind=Kind.DIRECT,
        said_on_basis=Basis.UNKNOWN,
        confidence=1.0,
        **nothing,  # type: ignore[arg-type]
    )


def test_the_questions_of_a_transcript_are_kept_apart_from_its_statements(
    tmp_path: Path, encoder: object, settings: Settings
) -> None:
    asked = "What do you expect of the talks in Harbin, and will I be able to ask you again on Friday?"
    source = tmp_path / "press.txt"
    source.write_text(
        "Vladimir Putin: We have met our Chinese friends in Harbin today, and I thank you for coming here.\n\n"
        f"Question: {asked}\n\n"
        "Vladimir Putin: I expect that we will sign the agreement on grain, as we promised our farmers.\n"
    )
    build([source], replace(settings, archive=tmp_path / "archive"))
    release = open_release(tmp_path / "archive")
    (document,) = (release.document(each) for each in release.documents["document_id"])
    assert [document.text[span.start : span.end] for span in document.questions] == [asked]
    assert all("Harbin, and" not in said for said in release.statements["text"])
    assert len(release.statements) == 2

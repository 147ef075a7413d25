from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.archive import ArchiveError, Tables, open_release, releases
from analysis.schema import Citation, Kind, Office, Span


def test_what_is_read_is_what_was_published(archive: Path, small: Tables) -> None:
    release = open_release(archive)
    assert release.number == 1
    assert [release.document(each.document_id) for each in small.documents] == list(small.documents)
    assert release.quotes["text"].tolist() == [each.text for each in small.quotes]
    assert release.statements["statement_id"].tolist() == ["s-1", "s-2"]
    assert release.skipped["reason"].tolist() == ["empty"]
    assert release.manifest.counts == {
        "documents": 2,
        "quotes": 3,
        "statements": 2,
        "entities": 1,
        "mentions": 2,
        "corrections": 0,
        "skipped": 1,
    }


def test_frames_hold_days_tuples_and_none(archive: Path) -> None:
    release = open_release(archive)
    said = release.statements.iloc[0]
    assert (release.statements["said_on"] >= pd.Timestamp("2023-03-07")).tolist() == [True, False]
    assert said["said_on"] == pd.Timestamp(2023, 3, 7)
    assert said["speaker_members"] == ("wang-yi",)
    assert said["kind"] == Kind.DIRECT
    undated = release.statements.iloc[1]
    assert undated["said_on"] is pd.NaT
    assert undated["speaker_id"] is None
    assert undated["office"] is None
    assert undated["speaker_members"] == ()
    assert "embedding" not in release.statements
    assert "text" not in release.documents
    assert release.documents.iloc[0]["boilerplate"] == (Span(70, 83),)
    assert release.quotes.iloc[0]["speaker_start"] == 55
    assert release.quotes.iloc[1]["speaker_start"] is None
    assert isinstance(release.quotes.iloc[1]["citation"], Citation)
    assert release.entities.iloc[0]["offices"] == (Office("Foreign Minister", date(2023, 7, 25), None),)


def test_vectors_come_in_the_order_of_the_statements(archive: Path, small: Tables) -> None:
    ids, vectors = open_release(archive).vectors()
    assert ids == ["s-1", "s-2"]
    assert vectors.dtype == np.float32
    np.testing.assert_array_equal(vectors, small.statement_vectors)


def test_the_quotes_of_one_document_or_statement_are_read_without_the_others(archive: Path, small: Tables) -> None:
    release = open_release(archive)
    for column, read in (("document_id", release.quotes_in), ("statement_id", release.quotes_of)):
        every = {each for each in release.quotes[column] if each}
        assert every
        for asked in every:
            wanted = release.quotes[release.quotes[column] == asked]
            found = read(asked)
            assert set(found["quote_id"]) == set(wanted["quote_id"])
            assert found["start"].is_monotonic_increasing or column == "statement_id"
            assert set(found.columns) == set(release.quotes.columns)
        assert read("' or 1=1 --").empty


def test_mentions_and_documents_are_found_by_any_id_a_link_may_hold(archive: Path) -> None:
    release = open_release(archive)
    assert release.mentions("d-1")["text"].tolist() == ["BEIJING", "Wang Yi"]
    assert release.mentions("d-1")["entity_id"].tolist() == [None, "wang-yi"]
    for unknown in ("", "d-9", "'; drop table documents; --", "d-1' or 'a' = 'a", "\x00", "文"):
        assert release.mentions(unknown).empty
        with pytest.raises(KeyError, match="no document"):
            release.document(unknown)


def test_an_archive_without_an_encoder_has_no_vectors(
    tmp_path: Path, small: Tables, publish_tables: Callable[..., int]
) -> None:
    publish_tables(tmp_path, replace(small, quote_vectors=None, statement_vectors=None))
    ids, vectors = open_release(tmp_path).vectors()
    assert (ids, vectors.shape) == ([], (0, 0))
    assert len(open_release(tmp_path).statements) == 2


def test_an_older_release_stays_as_it_was(tmp_path: Path, small: Tables, publish_tables: Callable[..., int]) -> None:
    assert publish_tables(tmp_path) == 1
    kept = open_release(tmp_path)
    other = replace(
        small,
        statements=small.statements[:1],
        statement_vectors=np.ones((1, 8), dtype=np.float32),
        quote_vectors=np.ones((3, 8), dtype=np.float32),
    )
    assert publish_tables(tmp_path, other) == 2
    assert len(kept.statements) == 2  # opened before, read after
    assert len(open_release(tmp_path, 1).statements) == 2
    assert open_release(tmp_path, 1).vectors()[1].shape == (2, 4)
    assert open_release(tmp_path).vectors()[1].shape == (1, 8)
    assert [each.number for each in releases(tmp_path)] == [1, 2]


def test_an_archive_with_nothing_in_it_can_be_read(tmp_path: Path, publish_tables: Callable[..., int]) -> None:
    publish_tables(tmp_path, Tables([], [], [], []))
    release = open_release(tmp_path)
    assert release.statements.empty
    assert release.statements["said_on"].dtype.kind == "M"
    assert release.quotes.columns.tolist()[0] == "quote_id"


def test_what_is_not_there_is_said_in_words(tmp_path: Path, archive: Path, publish_tables: Callable[..., int]) -> None:
    with pytest.raises(ArchiveError, match=r"is not there\. Make one: python -m analysis build"):
        open_release(tmp_path / "nowhere")
    with pytest.raises(ArchiveError, match="holds no published release"):
        open_release(tmp_path)
    with pytest.raises(ArchiveError, match=r"Release 7 does not exist in .*: there is only 1"):
        open_release(archive, 7)
    assert releases(tmp_path) == []
    publish_tables(tmp_path)
    publish_tables(tmp_path)
    with pytest.raises(ArchiveError, match="there are 1 to 2"):
        open_release(tmp_path, 7)
    with pytest.raises(ArchiveError, match="has no table “wishes”"):
        open_release(archive).table("wishes")


def test_another_schema_is_said_in_words(tmp_path: Path, publish_tables: Callable[..., int]) -> None:
    publish_tables(tmp_path)
    from analysis.archive.manifest import _seal

    path = tmp_path / "releases" / "000001.json"
    content = json.loads(path.read_text())
    del content["seal"]
    content["schema_version"] = 99
    path.write_text(json.dumps({**content, "seal": _seal(content)}))
    with pytest.raises(ArchiveError, match=r"built with schema 99, this program reads schema \d+\. Build"):
        open_release(tmp_path)


@pytest.mark.parametrize("damaged", ["", "{", "[]", "null", "{}", '{"seal": "0"}', "\x00\x01"])
def test_a_damaged_manifest_is_said_in_words(tmp_path: Path, publish_tables: Callable[..., int], damaged: str) -> None:
    publish_tables(tmp_path)
    (tmp_path / "releases" / "000001.json").write_text(damaged)
    with pytest.raises(ArchiveError, match=r"000001\.json is damaged"):
        open_release(tmp_path)


def test_frames_are_read_once(archive: Path) -> None:
    release = open_release(archive)
    assert release.statements is release.statements
    assert release.table("quotes") is release.table("quotes")

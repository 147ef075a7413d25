from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from small_archive import publish_small, small_tables

from analysis.archive import Tables, check, open_release, release, releases, serving
from analysis.archive.publishing import Change, Origin, publish_changes
from analysis.archive.retention import clean
from analysis.archive.served import make_served, open_served
from analysis.archive.served.vectors import REFINED, Vectors, most, open_vectors, write_vectors
from analysis.archive.served.words import Text, index_words, open_postings
from analysis.queries import word_index as word_index_module
from analysis.queries.meaning import closeness
from analysis.queries.selection import Selection, keeping
from analysis.queries.word_index import WordIndex, word_index
from analysis.schema import Basis

WORDS = "trade talks gas 贸易 pipeline peace limits no the of both sides Ukraine energy threatens third party".split()
NAMES = [None, "Wang Yi", "Sergey Lavrov", "Wang Yi and Sergey Lavrov"]
ASKED = ["no limits", "the third party", "gas", "Wang Yi", "peace talks of both sides", "贸易", "nothing here", "2023"]


def many_tables(count: int, seed: int = 1) -> Tables:
    """The small tables with ``count`` statements instead of two, one quote each."""
    small, chance = small_tables(), random.Random(seed)
    vectors = np.random.default_rng(seed).standard_normal((count, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    statements, quotes = [], []
    for number in range(count):
        day = date(2023, 1, 1) + timedelta(days=chance.randrange(900)) if chance.random() < 0.8 else None
        name = chance.choice(NAMES)
        statements.append(
            replace(
                small.statements[0],
                statement_id=f"s-{seed}-{number}",
                quote_id=f"q-{seed}-{number}",
                text=" ".join(chance.choices(WORDS, k=chance.randrange(1, 30))),
                speaker_id="wang-yi" if name else None,
                speaker_name=name,
                speaker_members=("wang-yi",) if name else (),
                sides=("CN", "RU") if chance.random() < 0.3 else (),
                office=chance.choice([None, "Foreign Minister"]),
                said_on=day,
                said_on_basis=Basis.STATED if day else Basis.UNKNOWN,
                formulas=tuple(chance.sample(["no-limits", "win-win"], chance.randrange(3))),
                source_title=f"Page {number % 7}",
                prints=1,
            )
        )
        quotes.append(replace(small.quotes[0], quote_id=f"q-{seed}-{number}", statement_id=f"s-{seed}-{number}"))
    return replace(small, statements=statements, quotes=quotes, quote_vectors=vectors, statement_vectors=vectors)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every release counts as a large one."""
    for module in (release, serving):
        monkeypatch.setattr(module, "LARGE", 1)


def same_index(first: WordIndex, second: WordIndex) -> None:
    for query in ASKED:
        asked = query.lower().split()
        one, two = first.scores(asked), second.scores(asked)
        np.testing.assert_allclose(one.bm25, two.bm25, rtol=1e-5)
        np.testing.assert_allclose(one.coverage, two.coverage, rtol=1e-5)
        np.testing.assert_array_equal(one.subject, two.subject)
        np.testing.assert_array_equal(first.named(asked), second.named(asked))
        for inflected in (False, True):
            found = first.phrase(asked, inflected=inflected)
            np.testing.assert_array_equal(found, second.phrase(asked, inflected=inflected))


@pytest.mark.usefixtures("large")
def test_a_large_release_reads_as_a_small_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_small(tmp_path, many_tables(300))
    served = open_release(tmp_path)
    assert served.served is not None
    monkeypatch.setattr(release, "LARGE", 10**9)
    whole = open_release(tmp_path)
    assert whole.served is None
    for name in whole.statements.columns:
        one, two = served.statements[name].tolist(), whole.statements[name].tolist()
        assert [None if pd.isna(v) is True else v for v in one] == [None if pd.isna(v) is True else v for v in two]
    same_index(word_index(served.statements), word_index(whole.statements))
    query = many_tables(1, seed=9).statement_vectors[0]
    np.testing.assert_allclose(served.closeness(query), whole.closeness(query), atol=1e-3)
    assert served.vectors()[0] == whole.vectors()[0]
    np.testing.assert_allclose(served.vectors_at(np.array([7, 3])), whole.vectors_at(np.array([7, 3])), atol=1e-3)
    with pytest.raises(ValueError, match="the encoder makes vectors of 3 dimensions, this release has 8"):
        closeness(served, np.ones(3, dtype=np.float32))
    lavrov = Selection(sides=("RU",), kinds=("direct",), since=date(2023, 5, 1), until=date(2024, 5, 1))
    for asked in (Selection(), lavrov, Selection(formulas=("no-limits",)), Selection(speakers=("nobody",))):
        np.testing.assert_array_equal(keeping(served.statements, asked), keeping(whole.statements, asked))


@pytest.mark.usefixtures("large")
def test_what_a_changed_release_is_served_from_is_as_if_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_small(tmp_path, many_tables(200))
    base = releases(tmp_path)[0]
    added, rows = many_tables(30, seed=2), many_tables(200).to_arrow()
    gone = [3, 77, 199]
    changes = {
        name: Change(column, rows[name].take(gone), added.to_arrow()[name])
        for name, column in (("statements", "statement_id"), ("quotes", "quote_id"))
    }
    publish_changes(tmp_path, base, changes, Origin("in", "gz", "p", "small", None, 8))
    assert check(tmp_path) == []
    changed = open_release(tmp_path)
    monkeypatch.setattr(release, "LARGE", 10**9)
    whole = open_release(tmp_path)
    assert changed.statements["statement_id"].tolist() == whole.statements["statement_id"].tolist()
    assert changed.statements["text"].tolist() == whole.statements["text"].tolist()
    same_index(word_index(changed.statements), word_index(whole.statements))
    query = many_tables(1, seed=9).statement_vectors[0]
    np.testing.assert_allclose(changed.closeness(query), whole.closeness(query), atol=1e-3)


@pytest.mark.usefixtures("large")
def test_served_files_are_made_again_when_they_are_missed(tmp_path: Path) -> None:
    publish_small(tmp_path, many_tables(50))
    (folder,) = (tmp_path / "served").iterdir()
    (folder / "whole.json").unlink()
    assert len(open_release(tmp_path).statements) == 50
    assert check(tmp_path) == []
    file = folder / "said.npy"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    (problem,) = check(tmp_path)
    assert str(problem).startswith("served: ")
    assert "said.npy" in problem.what
    publish_small(tmp_path, many_tables(50, seed=3))
    publish_small(tmp_path, many_tables(50, seed=4))
    clean(tmp_path)  # the last two keep theirs
    assert folder not in (tmp_path / "served").iterdir()
    assert len(list((tmp_path / "served").iterdir())) == 2
    assert len(open_release(tmp_path, 1).statements) == 50
    assert check(tmp_path) == []


def test_a_release_without_an_encoder_is_served_too(tmp_path: Path) -> None:
    tables = replace(many_tables(40), quote_vectors=None, statement_vectors=None)
    make_served(tmp_path, "0" * 64, tables.to_arrow()["statements"].to_batches(), 40, 0)
    served = open_served(tmp_path, "0" * 64)
    assert served is not None
    assert served.vectors is None
    assert len(served.columns) == 40
    assert open_served(tmp_path, "1" * 64) is None


def test_pieces_of_a_table_are_indexed_as_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [Text(s.text, s.speaker_name or "", "Foreign Minister 7 March") for s in many_tables(120).statements]
    whole = index_words(texts)
    monkeypatch.setattr("analysis.archive.served.words._PIECE", 7)
    index_words(texts, into=tmp_path).save(tmp_path)
    pieces = open_postings(tmp_path)
    codes = np.zeros(120, dtype=np.int32)
    same_index(WordIndex(whole, [None], codes), WordIndex(pieces, [None], codes))
    index_words([], into=tmp_path / "..").save(_made(tmp_path / "empty"))
    assert open_postings(tmp_path / "empty").size == 0


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_the_closest_by_bytes_are_the_closest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(5)
    centres = chance.standard_normal((40, 64))
    vectors = (centres[chance.integers(40, size=20_000)] + 0.4 * chance.standard_normal((20_000, 64))).astype(
        np.float32
    )
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    write_vectors(tmp_path, (vectors[:5_000], vectors[5_000:]), len(vectors), 64)
    exact = open_vectors(tmp_path)
    monkeypatch.setattr("analysis.archive.served.vectors.BY_BYTES", 1)
    by_bytes = open_vectors(tmp_path)
    assert isinstance(exact, Vectors)
    assert isinstance(by_bytes, Vectors)
    few, many = np.arange(0, 20_000, 997), np.arange(0, 20_000, 3)
    for query in vectors[:: len(vectors) // 10] + np.float32(0.05):
        query = query / np.linalg.norm(query)
        for rows in (None, few, many):
            one, two = exact.closeness(query, rows), by_bytes.closeness(query, rows)
            assert set(np.argsort(-one)[:20]) == set(np.argsort(-two)[:20])
            assert np.abs(one - two).max() < 0.02


def test_filters_do_not_change_which_statements_are_near_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = np.random.default_rng(7)
    centres = chance.standard_normal((3, 256))
    vectors = (centres[chance.integers(3, size=30_000)] + 0.8 * chance.standard_normal((30_000, 256))).astype(
        np.float32
    )
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    write_vectors(tmp_path, (vectors,), len(vectors), 256)
    exact = open_vectors(tmp_path)
    monkeypatch.setattr("analysis.archive.served.vectors.BY_BYTES", 1)
    by_bytes = open_vectors(tmp_path)
    assert isinstance(exact, Vectors)
    assert isinstance(by_bytes, Vectors)
    query, line = vectors[3], 0.57
    wanted = exact.closeness(query) >= line
    assert 2 * REFINED < wanted.sum() < len(wanted)
    for rows in (np.arange(len(vectors)), np.arange(0, len(vectors), 3), np.arange(0, len(vectors), 31)):
        assert ((by_bytes.closeness(query, rows, line) >= line) == wanted[rows]).all()
    assert ((by_bytes.closeness(query, None, line) >= line) == wanted).all()


def test_most_gives_at_least_as_many_as_asked_and_the_best() -> None:
    chance = np.random.default_rng(6)
    for size in (0, 5, 50, 5_000, 100_000):
        scores = chance.random(size).astype(np.float32)
        scores[: size // 3] = 0.5  # many ties
        places = most(scores, 100)
        assert len(places) >= min(size, 100)
        best = np.sort(scores)[::-1][:100]
        assert np.array_equal(np.sort(scores[places])[::-1][: len(best)], best)
    assert len(most(np.arange(1e6, dtype=np.float32), 100)) < 2_000


def test_texts_of_strangers_are_kept_as_they_are(tmp_path: Path) -> None:
    tables = many_tables(3)
    strange = ["", "line\nbreak \x00 nul", "🤝 " * 3]
    statements = [
        replace(s, text=text, office=text or None) for s, text in zip(tables.statements, strange, strict=True)
    ]
    batches = replace(tables, statements=statements).to_arrow()["statements"].to_batches()
    make_served(tmp_path, "0" * 64, batches, 3, 8)
    served = open_served(tmp_path, "0" * 64)
    assert served is not None
    assert isinstance(served.columns.texts("text"), pa.Array)
    assert served.columns.frame(["text", "office"])["text"].tolist() == strange
    assert word_index_module.WordIndex(served.words, [None], np.zeros(3, np.int32)).phrase(["🤝"]).sum() == 0


def test_words_of_some_rows_score_as_they_do_among_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("_COMMON", "_SHARE"):  # words of more than two statements count as common ones
        monkeypatch.setattr(f"analysis.archive.served.worth.{limit}", 2 if limit == "_COMMON" else 1_000)
    texts = [Text(s.text, s.speaker_name or "", "Foreign Minister 7 March") for s in many_tables(200).statements]
    index = WordIndex(index_words(texts), [None], np.zeros(200, dtype=np.int32))
    assert len(index.postings.worth.common) > 5
    for rows in (np.arange(0, 200, 3), np.array([7]), np.arange(200)):
        for query in ASKED:
            every, some = index.scores(query.lower().split()), index.scores(query.lower().split(), rows)
            np.testing.assert_array_equal(every.bm25[rows], some.bm25)
            np.testing.assert_array_equal(every.coverage[rows], some.coverage)
            np.testing.assert_array_equal(every.subject[rows], some.subject)


def test_equal_vectors_are_equally_close_wherever_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(7)
    different = chance.standard_normal((500, 300)).astype(np.float32)
    different /= np.linalg.norm(different, axis=1, keepdims=True)
    rows = chance.integers(500, size=30_000)
    write_vectors(tmp_path, [different[rows]], len(rows), 300)
    monkeypatch.setattr("analysis.archive.served.vectors.BY_BYTES", 1)
    vectors = open_vectors(tmp_path)
    assert isinstance(vectors, Vectors)
    for only in (None, np.arange(0, 30_000, 2), np.arange(0, 30_000, 11)):
        scores = vectors.closeness(different[0], only)
        of = rows if only is None else rows[only]
        assert all(len(set(scores[of == one].tolist())) <= 1 for one in range(500))

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.archive import ArchiveError, Tables, check, releases
from analysis.archive.publishing import Change, Origin, publish_changes

UNREAD = {"latest_version_hint.json", ".writing"}  # Lance's hint is rewritten with each version; the lock is empty
Bend = Callable[[Tables], Tables]


def quotes_with(**given: object) -> Bend:
    """Tables whose first quote has other values."""
    return lambda tables: replace(
        tables,
        quotes=[replace(tables.quotes[0], **given), *tables.quotes[1:]],  # type: ignore[arg-type]
    )


def statements_with(**given: object) -> Bend:
    """Tables whose first statement has other values."""
    return lambda tables: replace(
        tables,
        statements=[replace(tables.statements[0], **given), *tables.statements[1:]],  # type: ignore[arg-type]
    )


def mentions_with(**given: object) -> Bend:
    """Tables whose first mention has other values."""
    return lambda tables: replace(
        tables,
        mentions=[replace(tables.mentions[0], **given), *tables.mentions[1:]],  # type: ignore[arg-type]
    )


def test_a_sound_archive_has_no_problem(archive: Path) -> None:
    assert check(archive) == []
    assert check(archive, 1) == []


@pytest.mark.parametrize(
    ("change", "table", "said"),
    [
        (quotes_with(start=0, end=25), "quotes", "q-1: its words do not stand at 0:25 in d-1"),
        (quotes_with(document_id="d-9"), "quotes", "q-1: names document_id d-9"),
        (quotes_with(statement_id="s-9"), "quotes", "q-1: names statement_id s-9"),
        (quotes_with(statement_id=None), "quotes", "q-1: names statement_id None"),
        (quotes_with(speaker_id="wang-yi+left-office"), "quotes", "q-1: speaker left-office is not among"),
        (quotes_with(speaker_end=None), "quotes", "q-1: its speaker has half a span"),
        (quotes_with(cue_start=80, cue_end=900), "quotes", "q-1: its cue does not stand at 80:900 in d-1"),
        (quotes_with(quote_id="q-3"), "quotes", "q-3 stands 2 times"),
        (statements_with(quote_id="q-9"), "statements", "s-1: names quote_id q-9"),
        (statements_with(quote_id="q-3"), "statements", "s-1: quote q-3 belongs to s-2"),
        (statements_with(document_id="d-9"), "statements", "s-1: names document_id d-9"),
        (statements_with(prints=5), "statements", "s-1: has 2 prints, says 5"),
        (statements_with(speaker_id="left-office"), "statements", "s-1: speaker left-office is not"),
        (mentions_with(entity_id="left-office"), "mentions", "mention at 55:62 of d-1: names entity_id left-office"),
        (mentions_with(quote_id="q-9"), "mentions", "mention at 55:62 of d-1: names quote_id q-9"),
        (mentions_with(text="Wang Li"), "mentions", "its words do not stand there"),
    ],
)
def test_what_does_not_fit_together_is_named(
    tmp_path: Path, small: Tables, publish_tables: Callable[..., int], change: Bend, table: str, said: str
) -> None:
    publish_tables(tmp_path, change(small))
    assert any(problem.table == table and said in problem.what for problem in check(tmp_path)), check(tmp_path)


def test_a_lost_table_is_named(tmp_path: Path, publish_tables: Callable[..., int]) -> None:
    publish_tables(tmp_path)
    shutil.rmtree(tmp_path / "tables" / "mentions.lance")
    (problem,) = check(tmp_path)
    assert problem.table == "mentions"
    assert "is lost" in str(problem)


def test_a_lost_version_is_named(tmp_path: Path, publish_tables: Callable[..., int]) -> None:
    publish_tables(tmp_path)
    publish_tables(tmp_path)
    oldest = max((tmp_path / "tables" / "quotes.lance" / "_versions").glob("*.manifest"))  # names count down
    oldest.unlink()
    assert {(problem.release, problem.table) for problem in check(tmp_path)} == {(1, "quotes")}
    assert check(tmp_path, 2) == []


@pytest.mark.parametrize(
    ("table", "value"),
    [
        ("documents", b"trade"),
        ("quotes", b"Ministry"),
        ("statements", b"trade"),
        ("entities", b"Foreign"),
        ("mentions", b"BEIJING"),
        ("skipped", b"holds"),
    ],
)
@pytest.mark.parametrize("damage", ["flipped", "truncated", "lost"])
def test_a_damaged_file_is_named(
    tmp_path: Path, publish_tables: Callable[..., int], table: str, value: bytes, damage: str
) -> None:
    publish_tables(tmp_path)
    (file,) = (tmp_path / "tables" / f"{table}.lance" / "data").iterdir()
    content = bytearray(file.read_bytes())
    if damage == "lost":
        file.unlink()
    elif damage == "truncated":
        file.write_bytes(content[: len(content) // 2])
    else:
        content[content.index(value)] ^= 0x01
        file.write_bytes(content)
    assert table in {problem.table for problem in check(tmp_path)}


def test_no_flipped_byte_of_a_release_goes_unseen(tmp_path: Path, publish_tables: Callable[..., int]) -> None:
    publish_tables(tmp_path)
    files = sorted(path for path in tmp_path.rglob("*") if path.is_file() and path.name not in UNREAD)
    places = random.Random(7)
    for file in files:
        content = file.read_bytes()
        for _ in range(3):
            at = places.randrange(len(content))
            bent = bytearray(content)
            bent[at] ^= 1 << places.randrange(8)
            file.write_bytes(bent)
            assert check(tmp_path), f"{file.name}, byte {at} of {len(content)}"
        file.write_bytes(content)
    assert check(tmp_path) == []


def test_damage_to_what_two_releases_share_is_told_for_both(
    tmp_path: Path, publish_tables: Callable[..., int], small: Tables
) -> None:
    publish_tables(tmp_path)
    base = releases(tmp_path)[0]
    origin = Origin("in 2", "gz", "parser", "small", None, base.dimensions)
    gone = small.to_arrow()["skipped"]
    assert publish_changes(tmp_path, base, {"skipped": Change("source", gone, gone.slice(0, 0))}, origin) == 2
    assert check(tmp_path) == []
    (file,) = (tmp_path / "tables" / "quotes.lance" / "data").iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert {(problem.release, problem.table) for problem in check(tmp_path)} == {(1, "quotes"), (2, "quotes")}


def test_a_damaged_or_lost_manifest_is_named(tmp_path: Path, publish_tables: Callable[..., int]) -> None:
    for _ in range(4):
        publish_tables(tmp_path)
    first, second, third, _ = sorted((tmp_path / "releases").iterdir())
    first.write_text(first.read_text().replace('"rows": 3', '"rows": 4'))
    second.unlink()
    shutil.copy(first.with_name("000004.json"), third)
    said = {problem.release: problem for problem in check(tmp_path)}
    assert set(said) == {1, 2, 3}
    assert {problem.table for problem in said.values()} == {"manifest"}
    assert "does not fit its seal" in said[1].what
    assert "lost" in said[2].what
    assert "is release 4 under another's name" in said[3].what


def test_there_must_be_something_to_check(tmp_path: Path, archive: Path) -> None:
    with pytest.raises(ArchiveError, match="holds no release"):
        check(tmp_path)
    with pytest.raises(ArchiveError, match="Release 4 does not exist"):
        check(archive, 4)

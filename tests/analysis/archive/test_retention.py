from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.archive import ArchiveError, check, open_release, releases
from analysis.archive.files import files_below
from analysis.archive.manifest import ManifestStore
from analysis.archive.retention import clean
from analysis.archive.store import write_table
from analysis.cli import main


def test_nothing_that_a_release_names_is_removed_unless_asked(
    tmp_path: Path, publish_tables: Callable[..., int]
) -> None:
    for _ in range(3):
        publish_tables(tmp_path)
    named = files_below(tmp_path)
    stopped = open_release(tmp_path).table("quotes").to_arrow()
    write_table(
        tmp_path / "tables", "quotes", stopped
    )  # as a writer leaves it that was stopped before it could publish
    would = clean(tmp_path, dry_run=True)
    assert files_below(tmp_path) > named
    done = clean(tmp_path)
    assert (would, done.releases, files_below(tmp_path)) == (done, (), named)
    assert done.files == 3
    assert done.size > 0
    assert check(tmp_path) == []
    assert publish_tables(tmp_path) == 4
    assert check(tmp_path) == []


def test_the_last_releases_and_those_asked_for_stay(tmp_path: Path, publish_tables: Callable[..., int]) -> None:
    for _ in range(5):
        publish_tables(tmp_path)
    assert clean(tmp_path, keep=1, also=[2]).releases == (1, 3, 4)
    assert [each.number for each in releases(tmp_path)] == [2, 5]
    assert check(tmp_path) == []
    for number in (2, 5):
        assert len(open_release(tmp_path, number).statements) == 2
    with pytest.raises(ArchiveError, match=r"Release 3 was removed from .*: there are 2, 5"):
        open_release(tmp_path, 3)
    assert clean(tmp_path, keep=1).releases == (2,)
    assert publish_tables(tmp_path) == 6  # a number is never given twice
    assert clean(tmp_path, keep=1).releases == (5,)
    assert check(tmp_path) == []


def test_what_was_stopped_half_way_is_finished(tmp_path: Path, publish_tables: Callable[..., int]) -> None:
    for _ in range(2):
        publish_tables(tmp_path)
    ManifestStore(tmp_path).remove(1)
    (tmp_path / "releases" / ".000003-x").touch()
    assert clean(tmp_path).files > 0
    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == ["000001.removed", "000002.json"]
    assert check(tmp_path) == []


def test_what_cannot_be_kept_stops_the_cleaning(tmp_path: Path, publish_tables: Callable[..., int]) -> None:
    with pytest.raises(ArchiveError, match="holds no release"):
        clean(tmp_path)
    publish_tables(tmp_path)
    with pytest.raises(ValueError, match="the last release always stays"):
        clean(tmp_path, keep=0)
    with pytest.raises(ArchiveError, match="Release 9 does not exist"):
        clean(tmp_path, keep=1, also=[9])
    publish_tables(tmp_path)
    (tmp_path / "releases" / "000001.json").write_text("{}")
    before = files_below(tmp_path)
    with pytest.raises(ArchiveError, match="is damaged"):
        clean(tmp_path)
    assert files_below(tmp_path) == before


def test_the_command_says_what_goes(
    tmp_path: Path, publish_tables: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        publish_tables(tmp_path)
    arguments = ["clean", "--archive", str(tmp_path), "--keep", "1", "--also", "1"]
    assert main([*arguments, "--dry-run"]) == 0
    assert "Would remove 1 release (2) and" in capsys.readouterr().out
    assert [each.number for each in releases(tmp_path)] == [1, 2, 3]
    assert main(arguments) == 0
    assert "Removed 1 release (2) and" in capsys.readouterr().out
    assert [each.number for each in releases(tmp_path)] == [1, 3]

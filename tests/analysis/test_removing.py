"""Documents can be taken out, and an older release can be the newest again; what is kept stays as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.adding import add
from analysis.archive import ArchiveError, check, open_release, releases
from analysis.archive.manifest import ManifestStore
from analysis.archive.republishing import republish
from analysis.archive.retention import clean
from analysis.cli import main
from analysis.pipeline import build
from analysis.removing import remove
from analysis.settings import Settings

REPRINT = """MOSCOW, March 9, 2023 (Gazette) -- “Gas will flow east for decades,” Russian Foreign Minister Sergey \
Lavrov told reporters on March 9.

“The port will be dredged,” Lavrov said on March 9.
"""


@pytest.fixture
def archive(sources: Path, settings: Settings, encoder: object, tmp_path: Path) -> Settings:
    """Settings of an archive of two releases: the article and the brief, then a reprint too."""
    build([sources], settings)
    (tmp_path / "reprint.txt").write_text(REPRINT, encoding="utf-8")
    add([tmp_path / "reprint.txt"], settings)
    return settings


def texts(settings: Settings) -> dict[str, int]:
    """Each statement's words and prints."""
    rows = open_release(settings.archive).statements
    return {text.strip(",.”"): int(prints) for text, prints in zip(rows["text"], rows["prints"], strict=True)}


def of_source(settings: Settings, name: str) -> str:
    documents = open_release(settings.archive).columns("documents", ["document_id", "source"])
    return str(next(row["document_id"] for row in documents.to_pylist() if name in row["source"]))


def test_a_document_that_is_removed_takes_with_it_only_what_it_alone_printed(archive: Settings) -> None:
    assert texts(archive)["Gas will flow east for decades"] == 2
    report = remove([of_source(archive, "reprint")], archive)
    assert (report.release, report.counts["documents"]) == (3, 2)
    assert check(archive.archive) == []
    found = texts(archive)
    assert found["Gas will flow east for decades"] == 1
    assert "The port will be dredged" not in found
    first, third = (open_release(archive.archive, number).statements for number in (1, 3))
    assert set(first["statement_id"]) == set(third["statement_id"])


def test_what_was_removed_can_be_added_again(archive: Settings, tmp_path: Path) -> None:
    before = open_release(archive.archive).statements["statement_id"]
    remove([of_source(archive, "reprint")], archive)
    assert add([tmp_path / "reprint.txt"], archive).release == 4
    assert set(open_release(archive.archive).statements["statement_id"]) == set(before)
    assert check(archive.archive) == []


def test_a_document_that_is_not_there_is_named_and_nothing_is_published(archive: Settings) -> None:
    with pytest.raises(ValueError, match='Release 2 holds no document "no\'such"'):
        remove([of_source(archive, "reprint"), "no'such"], archive)
    assert len(releases(archive.archive)) == 2


def test_the_last_document_stays(archive: Settings) -> None:
    every = open_release(archive.archive).columns("documents", ["document_id"])["document_id"].to_pylist()
    with pytest.raises(ArchiveError, match="without documents"):
        remove(every, archive)
    assert len(releases(archive.archive)) == 2


def test_an_older_release_becomes_the_newest_and_those_between_stay(archive: Settings) -> None:
    assert republish(archive.archive, 1) == 3
    first, second, third = releases(archive.archive)
    assert (third.tables, third.files, third.inputs) == (first.tables, first.files, first.inputs)
    assert third.tables != second.tables
    assert check(archive.archive) == []
    clean(archive.archive, keep=1)
    assert check(archive.archive) == []


def test_documents_can_be_added_to_a_release_that_was_published_again(archive: Settings, tmp_path: Path) -> None:
    republish(archive.archive, 1)
    (tmp_path / "other.txt").write_text(REPRINT.replace("dredged", "closed"), encoding="utf-8")
    assert add([tmp_path / "other.txt"], archive).release == 4
    assert check(archive.archive) == []
    assert {"The port will be closed", "Gas will flow east for decades"} <= set(texts(archive))
    assert "The port will be dredged" not in texts(archive)


@pytest.mark.parametrize(("number", "said"), [(2, "is the newest already"), (7, "does not exist")])
def test_a_release_that_cannot_be_published_again_is_said(archive: Settings, number: int, said: str) -> None:
    with pytest.raises(ArchiveError, match=said):
        republish(archive.archive, number)
    assert ManifestStore(archive.archive).numbers() == [1, 2]


def test_both_are_commands_that_say_what_they_did(archive: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    place, gone = ("--archive", str(archive.archive)), of_source(archive, "reprint")
    assert main(["remove", gone, *place]) == 0
    assert re.search(r"Release 3 is published in \S+: 2 documents, \d+ quotes, \d+ statements", capsys.readouterr().out)
    assert main(["republish", "2", *place]) == 0
    assert "Release 4 is published" in (said := capsys.readouterr().out)
    assert "holds what release 2 holds" in said
    assert texts(archive)["The port will be dredged"] == 1


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["remove", "no'such"], "Release 2 holds no document"),
        (["republish", "2"], "is the newest already"),
        (["republish", "7"], "does not exist"),
        (["republish", "none"], "not a whole number above 0"),
    ],
)
def test_a_command_that_can_do_nothing_says_why(
    archive: Settings, capsys: pytest.CaptureFixture[str], argv: list[str], said: str
) -> None:
    assert main([*argv, "--archive", str(archive.archive)]) != 0
    assert said in capsys.readouterr().err
    assert len(releases(archive.archive)) == 2

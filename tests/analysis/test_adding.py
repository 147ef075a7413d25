from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from analysis import embedding
from analysis.adding import add
from analysis.archive import ArchiveError, check, open_release, releases
from analysis.pipeline import build
from analysis.settings import Settings

REPRINT = """MOSCOW, March 9, 2023 (Gazette) -- “Gas will flow east for decades,” Russian Foreign Minister Sergey \
Lavrov told reporters on March 9.

“The port will be dredged,” Lavrov said on March 9.
"""


@pytest.fixture
def archive(sources: Path, settings: Settings, encoder: object) -> Settings:
    """Settings of an archive with the article and the brief, and ON_RECORD's models replaced."""
    build([sources], settings)
    return settings


def texts(settings: Settings) -> dict[str, int]:
    """Each statement's words and prints."""
    rows = open_release(settings.archive).statements
    return {text.strip(",.”"): int(prints) for text, prints in zip(rows["text"], rows["prints"], strict=True)}


def test_a_new_document_joins_what_is_there_and_touches_nothing_else(archive: Settings, tmp_path: Path) -> None:
    before = open_release(archive.archive).statements.set_index("statement_id")
    (tmp_path / "reprint.txt").write_text(REPRINT, encoding="utf-8")
    report = add([tmp_path / "reprint.txt"], archive)
    assert (report.release, report.changed, report.counts["documents"]) == (2, True, 3)
    assert check(archive.archive) == []
    after = open_release(archive.archive).statements.set_index("statement_id")
    assert set(before.index) <= set(after.index)
    found = texts(archive)
    assert found["Gas will flow east for decades"] == 2
    assert found["The port will be dredged"] == 1
    gas = before.index[before["text"].str.startswith("Gas")][0]
    others = [each for each in before.index if each != gas]
    assert before.loc[others].equals(after.loc[others])
    first, second = releases(archive.archive)
    assert set(first.files) < set(second.files)
    assert len(open_release(archive.archive, 1).statements) == len(before)


def test_a_statement_names_whom_any_of_its_prints_names(archive: Settings, tmp_path: Path) -> None:
    def named(words: str) -> tuple[str, ...]:
        rows = open_release(archive.archive).statements
        found: tuple[str, ...] = next(iter(rows[rows["text"].str.startswith(words)]["entities"]))
        return found

    assert named("China and Russia will keep trading") == ("china", "russia")
    assert named("Gas will flow") == ()
    reprint = REPRINT.replace("Gas will flow east for decades", "Gas will flow east to China for decades")
    (tmp_path / "reprint.txt").write_text(reprint, encoding="utf-8")
    add([tmp_path / "reprint.txt"], archive)
    assert named("Gas will flow") == ("china",)
    assert named("China and Russia will keep trading") == ("china", "russia")


def test_what_is_held_already_publishes_nothing_and_computes_nothing(
    archive: Settings, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "load_encoder", lambda name: pytest.fail("the encoder was loaded"))
    report = add([sources / "article.txt", sources], archive)
    assert (report.release, report.changed) == (1, False)
    assert [each.number for each in releases(archive.archive)] == [1]


def test_a_changed_document_takes_the_place_of_what_it_was(archive: Settings, sources: Path) -> None:
    article = sources / "article.txt"
    written = article.read_text(encoding="utf-8")
    article.write_text(written.replace("threatens no third country", "is open to every country"), encoding="utf-8")
    report = add([sources], archive)
    assert (report.release, report.counts["documents"]) == (2, 2)
    assert check(archive.archive) == []
    found = texts(archive)
    assert "Our partnership is open to every country" in found
    assert "Our partnership threatens no third country" not in found
    assert "Gas will flow east for decades" in found


def test_no_text_is_encoded_twice(archive: Settings, tmp_path: Path, encoder: object) -> None:
    (tmp_path / "reprint.txt").write_text(REPRINT, encoding="utf-8")
    held = set(open_release(archive.archive).quotes["text"])
    encoded: list[str] = []
    encode: Callable[..., object] = encoder.encode  # type: ignore[attr-defined]
    encoder.encode = lambda wanted, progress=None: (encoded.extend(wanted), encode(wanted, progress))[1]  # type: ignore[attr-defined]
    add([tmp_path / "reprint.txt"], archive)
    assert encoded
    assert len(encoded) == len(set(encoded))
    assert not held & set(encoded)
    encoded.clear()
    (tmp_path / "copy.txt").write_text(REPRINT, encoding="utf-8")
    add([tmp_path / "copy.txt"], archive)
    assert encoded == []
    assert check(archive.archive) == []


def test_an_archive_without_a_release_is_built(sources: Path, settings: Settings, encoder: object) -> None:
    assert add([sources], settings).release == 1
    assert check(settings.archive) == []


def test_another_encoder_is_said_in_words(
    archive: Settings, tmp_path: Path, encoder: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reprint.txt").write_text(REPRINT, encoding="utf-8")
    encoder.fingerprint = "words-2"  # type: ignore[attr-defined]
    with pytest.raises(
        ArchiveError, match=r"was built with the encoder “small” \(words-1\), here is “small” \(words-2\)"
    ):
        add([tmp_path / "reprint.txt"], archive)


def test_nothing_usable_publishes_nothing(archive: Settings, tmp_path: Path) -> None:
    report = add([tmp_path / "nowhere"], archive)
    assert report.release is None
    assert report.skipped
    assert [each.number for each in releases(archive.archive)] == [1]


def test_a_document_that_fails_is_skipped_and_told(archive: Settings, tmp_path: Path) -> None:
    (tmp_path / "quiet.txt").write_text("MOSCOW, March 9, 2023 (Wire) -- The harbour was quiet.\n", encoding="utf-8")
    report = add([tmp_path / "quiet.txt"], replace(archive))
    assert (report.release, report.counts["documents"], sum(report.quotes_by_kind.values())) == (2, 3, 0)
    assert check(archive.archive) == []

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from analysis import fingerprint as fingerprint_module
from analysis.fingerprint import fingerprint
from analysis.settings import Settings

CODE_PARTS = fingerprint_module._code_parts  # as it is before conftest.py holds it still


def append(path: Path) -> None:
    """Add a word to a file."""
    path.write_text(path.read_text(encoding="utf-8") + " More.", encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: append(folder / "article.txt"),
        lambda folder: (folder / "article.txt").rename(folder / "other.txt"),
        lambda folder: (folder / "brief.md").unlink(),
        lambda folder: (folder / "new.txt").write_text("New."),
        lambda folder: shutil.rmtree(folder),
    ],
)
def test_another_source_is_another_fingerprint(
    sources: Path, settings: Settings, change: Callable[[Path], object]
) -> None:
    before = fingerprint([sources], settings)
    change(sources)
    assert fingerprint([sources], settings).inputs != before.inputs
    assert fingerprint([sources], settings).gazetteer == before.gazetteer


@pytest.mark.parametrize(
    "given", [{"encoder": "other"}, {"parser": "other"}, {"longest_document": 5}, {"least_confidence": 0.5}]
)
def test_another_setting_is_another_fingerprint(sources: Path, settings: Settings, given: dict[str, object]) -> None:
    other = replace(settings, **given)  # type: ignore[arg-type]
    assert fingerprint([sources], other).inputs != fingerprint([sources], settings).inputs


def test_another_gazetteer_is_another_fingerprint(sources: Path, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "data" / "gazetteer").mkdir(parents=True)
    own = replace(settings, data=tmp_path / "data")
    seen = {fingerprint([sources], own)}
    (tmp_path / "data" / "gazetteer" / "people.csv").write_text("entity_id\n")
    seen.add(fingerprint([sources], own))
    (tmp_path / "data" / "formulas.csv").write_text("formula\n")
    seen.add(fingerprint([sources], own))
    assert len({each.inputs for each in seen}) == len({each.gazetteer for each in seen}) == 3


def test_other_code_is_another_fingerprint_unless_it_only_reads(
    sources: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = shutil.copytree(fingerprint_module._CODE, tmp_path / "analysis")
    monkeypatch.setattr(fingerprint_module, "_CODE", code)
    monkeypatch.setattr(fingerprint_module, "_code_parts", CODE_PARTS)
    before = fingerprint([sources], settings)
    append(code / "commands" / "search.py")
    append(code / "queries" / "search.py")
    assert fingerprint([sources], settings) == before
    append(code / "grouping" / "likeness.py")
    assert fingerprint([sources], settings).inputs != before.inputs


def test_where_a_folder_lies_changes_nothing(sources: Path, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    moved = shutil.copytree(sources, tmp_path / "elsewhere" / sources.name)
    assert fingerprint([moved], settings) == fingerprint([str(sources)], settings)


def test_an_archive_inside_its_own_sources_changes_nothing(sources: Path, settings: Settings) -> None:
    inside = replace(settings, archive=sources / "archive")
    before = fingerprint([sources], inside)
    (sources / "archive").mkdir()
    (sources / "archive" / "table").write_text("rows")
    assert fingerprint([sources], inside) == before


@pytest.mark.parametrize("odd", ["nowhere", "a\x00b", "x" * 5000, "https://example.org/page"])
def test_what_is_no_file_has_a_fingerprint_too(settings: Settings, odd: str) -> None:
    assert fingerprint([odd], settings) == fingerprint([odd], settings)
    assert fingerprint([odd], settings) != fingerprint([odd, odd], settings)

"""Several processes extract what one would, and one that ends takes nothing with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from deadly import Deadly

from analysis.entities.gazetteer import Gazetteer
from analysis.pipeline import read
from analysis.progress import Progress
from analysis.schema import Skipped
from analysis.settings import Settings
from analysis.workers import choose
from analysis.workers.documents import Extracted, Tools, Work, chunks

TEXT = "BEIJING, March 7, 2023 (Wire) -- “We agreed on {} steps for trade,” Foreign Minister Qin Gang said."


@pytest.fixture
def tools() -> Tools:
    return Tools("en_core_web_sm", Gazetteer.load(Settings().data / "gazetteer"), 0.3)


@pytest.fixture
def work(tmp_path: Path) -> list[Work]:
    for at in range(12):
        (tmp_path / f"{at:02d}.txt").write_text(TEXT.format(at + 2))
    documents, _ = read([tmp_path], replace(Settings(), parser="en_core_web_sm"), Progress())
    return chunks([(each, None) for each in documents])


def test_processes_find_what_one_finds(work: list[Work], tools: Tools) -> None:
    with choose(None, 1, 0) as one, choose(None, 2, 0) as several:
        alone, together = dict(one.extract(work, tools)), dict(several.extract(work, tools))
    assert sum(len(done) for done in alone.values()) == 12
    assert {at: alone[at] for at in sorted(alone)} == {at: together[at] for at in sorted(together)}


def test_a_document_that_ends_its_reader_is_skipped_and_the_others_are_not(work: list[Work], tools: Tools) -> None:
    bad = work[1][3][0]
    work[1] = [(document, Deadly() if document is bad else row) for document, row in work[1]]  # type: ignore[misc]
    with choose(None, 2, 0) as several:
        found = dict(several.extract(work, tools))
    done = [one for at in sorted(found) for one in found[at]]
    skipped = [one for one in done if isinstance(one, Skipped)]
    assert [one.source for one in skipped] == [bad.source]
    assert "it ended the process that read it" in skipped[0].detail
    assert [one.document.document_id for one in done if isinstance(one, Extracted)] == [
        document.document_id for chunk in work for document, _ in chunk if document is not bad
    ]

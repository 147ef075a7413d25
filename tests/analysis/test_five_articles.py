"""The acceptance corpus: five real articles, built and asked as a user would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.archive import open_release
from analysis.cli import main


@pytest.mark.shared
def test_the_five_articles_answer_who_says_they_aim_at_no_third_country(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = ["--archive", str(tmp_path / "archive")]
    assert main(["build", str(shared / "seeds"), *archive]) == 0
    assert main(["check", *archive]) == 0
    capsys.readouterr()
    assert main(["search", "not aimed at any third country", "--format", "jsonl", *archive]) == 0
    speakers = [json.loads(line)["speaker"] for line in capsys.readouterr().out.splitlines()]
    assert {"Lin Jian", "Geng Shuang", "Xi Jinping"} <= set(speakers[:10])
    release = open_release(tmp_path / "archive")
    assert len(release.documents) == release.statements["document_id"].nunique() == 5

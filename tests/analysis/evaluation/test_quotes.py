"""``evaluate quotes`` scores what the pipeline finds in an annotated file."""

from __future__ import annotations

import json
from pathlib import Path

from analysis.cli import main

TEXT = "“Trade between the two countries grew by a third last year,” the Russian ambassador Igor Orlov said."
WORDS = "Trade between the two countries grew by a third last year"


def gold(path: Path, words: str, speaker: str) -> Path:
    start, named = TEXT.index(words), TEXT.index(speaker)
    quote = {"start": start, "end": start + len(words), "speaker_start": named, "speaker_end": named + len(speaker)}
    path.write_text(json.dumps({"doc_id": "orlov", "text": TEXT, "quotes": [quote]}) + "\n", encoding="utf-8")
    return path


def figures(printed: str, measure: str, kind: str) -> list[float]:
    row = next(line for line in printed.splitlines() if line.startswith(measure) and f" {kind} " in line)
    return [float(figure) for figure in row.removeprefix(measure).split()[1:]]


def test_the_pipelines_quotes_are_scored_with_sample_sizes(tmp_path, capsys):
    assert main(["evaluate", "quotes", str(gold(tmp_path / "gold.jsonl", WORDS, "Igor Orlov"))]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("1 documents, ")
    assert figures(printed, "exact", "all") == [100, 100, 100, 1, 1]
    assert figures(printed, "attributed", "direct") == [100, 100, 100, 1, 1]


def test_a_gold_file_that_disagrees_lowers_the_figures(tmp_path, capsys):
    assert main(["evaluate", "quotes", str(gold(tmp_path / "gold.jsonl", "the Russian ambassador", "Igor"))]) == 0
    assert figures(capsys.readouterr().out, "exact", "all")[:3] == [0, 0, 0]


def test_a_file_that_is_not_annotated_is_refused_by_line(tmp_path, capsys):
    path = tmp_path / "gold.jsonl"
    path.write_text('{"text": "no doc_id"}\n', encoding="utf-8")
    assert main(["evaluate", "quotes", str(path)]) == 1
    assert "gold.jsonl line 1" in capsys.readouterr().err


def test_several_gold_files_are_scored_together(tmp_path, capsys):
    one = gold(tmp_path / "one.jsonl", WORDS, "Igor Orlov")
    other = tmp_path / "other.jsonl"
    other.write_text(one.read_text(encoding="utf-8").replace('"orlov"', '"again"'), encoding="utf-8")
    assert main(["evaluate", "quotes", str(one), str(other)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("2 documents, ")
    assert figures(printed, "exact", "all") == [100, 100, 100, 2, 2]
    assert "confidence >= 0.9: right" in printed
    assert main(["evaluate", "quotes", str(one), str(one)]) == 1
    assert "repeats the doc_id orlov" in capsys.readouterr().err

"""Promises about measuring search: the figure is nDCG@10 as defined, with sample sizes, beside BM25 and meaning."""

from __future__ import annotations

import json

import pytest

from analysis.cli import main
from analysis.evaluation.search import TableRelease, evaluate_search, ndcg, read_gold
from analysis.queries import question

ROWS = [
    {
        "id": f"st-{number}",
        "text": text,
        "kind": "direct",
        "speaker": speaker,
        "side": side,
        "role": "Minister",
        "said_on": None,
        "publisher": "Agency",
        "source_title": "A meeting",
    }
    for number, (speaker, side, text) in enumerate(
        [
            ("Wang Yi", "CN", "Grain will be sent by rail this autumn"),
            ("Sergey Lavrov", "RU", "The bridge over the river is open"),
            ("Sergey Lavrov", "RU", "Nobody shall divide us"),
        ]
    )
]


@pytest.mark.parametrize(
    ("found", "relevant", "expected"),
    [
        (["a", "b"], {"a": 2, "b": 1}, 1.0),
        (["b", "a"], {"a": 2, "b": 1}, (1 + 3 / 1.5849625) / (3 + 1 / 1.5849625)),
        (["x"], {"a": 2}, 0.0),
        ([*"0123456789", "a"], {"a": 2}, 0.0),  # the eleventh is too late
    ],
)
def test_gain_grows_with_the_grade_and_falls_with_the_rank(found, relevant, expected):
    assert ndcg(found, relevant) == pytest.approx(expected)


def test_every_way_to_search_is_scored_and_what_is_absent_counted(encoder):
    gold = {"grain by rail": {"st-0": 2}, "an open bridge": {"st-1": 2, "st-9": 1}}
    scores = evaluate_search(TableRelease(ROWS, encoder), gold, encoder)
    assert set(scores.by_way) == {"BM25", "hybrid", "semantic", "words"}
    assert (scores.questions, scores.statements, scores.absent) == (2, 3, 1)
    assert scores.by_way["words"][0] == scores.by_way["hybrid"][0] == 1.0
    assert 0 < scores.mean("hybrid") < 1


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('{"query": "a", "relevant": {"st-0": 2}}\n{"query": "b"}', "line 2"),
        ('{"query": "a", "relevant": {"st-0": 0}}', "line 1"),
        ("[]", "line 1"),
        ("", "no question"),
    ],
)
def test_a_file_that_is_no_gold_is_refused_with_its_line(tmp_path, written, told):
    (tmp_path / "gold.jsonl").write_text(written)
    with pytest.raises(ValueError, match=told):
        read_gold(tmp_path / "gold.jsonl")


def test_the_command_prints_the_figures_with_sample_sizes(tmp_path, monkeypatch, capsys, encoder):
    (tmp_path / "gold.jsonl").write_text(json.dumps({"query": "grain by rail", "relevant": {"st-0": 2}}))
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, ROWS)))
    assert main(["evaluate", "search", str(tmp_path / "gold.jsonl"), "--statements", str(tmp_path / "rows.jsonl")]) == 0
    printed = capsys.readouterr().out
    assert "over 1 questions; 3 statements" in printed
    for way in ("BM25", "hybrid", "semantic", "words"):
        assert way in printed


def test_the_command_scores_an_archive(tmp_path, built, capsys, encoder):
    (tmp_path / "gold.jsonl").write_text(json.dumps({"query": "gas", "relevant": {"st-nowhere": 2}}))
    assert main(["evaluate", "search", str(tmp_path / "gold.jsonl"), "--archive", str(built[0])]) == 0
    assert "1 graded statements are not there" in capsys.readouterr().out


def test_an_archive_of_another_encoder_is_refused_naming_both(built, encoder, monkeypatch):
    from analysis.archive import open_release
    from analysis.queries.search import search

    monkeypatch.setattr(type(encoder), "fingerprint", "words-2")
    question.question_vector.cache_clear()
    with pytest.raises(ValueError, match=r"“small” \(words-1\).*words-2.*ON_RECORD_ENCODER=small"):
        search(open_release(built[0]), "gas", encoder=encoder)


def test_a_way_without_an_encoder_scores_words_alone(encoder):
    scores = evaluate_search(TableRelease(ROWS, encoder), {"grain": {"st-0": 2}}, None)
    assert set(scores.by_way) == {"BM25", "words"}

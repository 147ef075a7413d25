"""The scorer counts as its documentation says, and as the shared scorer does."""

from __future__ import annotations

import importlib.util
import itertools
import random
from pathlib import Path

import pytest

from analysis.evaluation.calibration import Judged, calibration
from analysis.evaluation.scores import Tally, read_jsonl, score
from analysis.evaluation.speakers import same_name, same_speaker
from analysis.evaluation.tables import lines
from analysis.evaluation.units import kind_of, quoted, units

TEXT = "Ivanova said that “ties are firm,” and left. According to Chen, trade grew.\nNobody answered."


def quote(words: str, speaker: str | None, text: str = TEXT, **more: object) -> dict[str, object]:
    start = text.index(words)
    named = text.index(speaker) if speaker else None
    return {
        "start": start,
        "end": start + len(words),
        "speaker_start": named,
        "speaker_end": named + len(speaker) if speaker and named is not None else None,
        "speaker_text": speaker,
        **more,
    }


def document(*quotes: dict[str, object]) -> dict[str, dict[str, object]]:
    return {"one": {"doc_id": "one", "text": TEXT, "quotes": list(quotes)}}


GOLD = document(quote("that “ties are firm,”", "Ivanova"), quote("trade grew", "Chen"))


def test_marks_commas_and_a_leading_that_make_no_difference():
    scores = score(GOLD, document(quote("ties are firm", "Ivanova"), quote("trade grew.", "Chen")))
    assert scores.exact["all"].f1 == scores.attributed["all"].f1 == 1.0
    assert (scores.exact["direct"].right, scores.exact["indirect"].right) == (1, 1)


def test_a_right_span_with_the_wrong_speaker_is_found_but_not_attributed():
    scores = score(GOLD, document(quote("ties are firm", "Chen"), quote("trade grew", "Chen")))
    assert scores.overlap["all"].right == 2
    assert (scores.attributed["all"].right, scores.attributed["all"].wrong, scores.attributed["all"].missed) == (
        1,
        1,
        1,
    )


def test_a_missed_quote_and_an_invented_one_each_cost():
    scores = score(GOLD, document(quote("Nobody answered", None)))
    assert (scores.overlap["all"].right, scores.overlap["all"].wrong, scores.overlap["all"].missed) == (0, 1, 2)


def test_quotes_that_are_no_speech_are_neither_wanted_nor_punished():
    gold = document(quote("ties are firm", "Ivanova"), quote("trade grew", "Chen", speech=False))
    system = document(quote("ties are firm", "Ivanova"), quote("trade grew", "Chen"))
    assert score(gold, system, speech_only=True).overlap["all"].f1 == 1.0
    assert score(gold, document(quote("ties are firm", "Ivanova")), speech_only=True).overlap["all"].f1 == 1.0
    assert score(gold, document(quote("ties are firm", "Ivanova"))).overlap["all"].missed == 1


def test_days_count_on_matched_units_only():
    gold = document(quote("ties are firm", "Ivanova", date="2020-12-28"), quote("trade grew", "Chen", date=None))
    system = document(quote("ties are firm", "Ivanova", date="2020-12-29"), quote("trade grew", "Chen", date=None))
    scores = score(gold, system)
    assert (scores.dated.right, scores.dated.wrong, scores.undated.right) == (0, 1, 1)


def test_sides_and_negatives_count_where_the_gold_carries_them():
    gold = document(quote("ties are firm", "Ivanova", side="RU"), quote("trade grew", "Chen", side="CN"))
    gold["one"]["negatives"] = [quote("Nobody answered", None), quote("and left", None)]
    system = document(
        quote("ties are firm", "Ivanova", side="RU"), quote("trade grew", "Chen", side="RU"), quote("answered", None)
    )
    scores = score(gold, system)
    assert (scores.sides.right, scores.sides.wrong) == (1, 1)
    assert (scores.negatives_hit, scores.negatives) == (1, 2)
    table = "\n".join(lines(scores))
    assert "sides right: 1 of 2 (50.0 %)" in table
    assert "taken for quotes, of what is no statement: 1 of 2" in table


def test_confidence_is_compared_with_how_often_quotes_are_right():
    system = document(
        quote("ties are firm", "Ivanova", confidence=0.93), quote("trade grew", "Ivanova", confidence=0.95),
        quote("Nobody answered", None, confidence=0.2),
    )  # fmt: skip
    scores = score(GOLD, system)
    assert {(one.confidence, one.right) for one in scores.judged} == {(0.93, True), (0.95, False), (0.2, False)}
    table = "\n".join(lines(scores))
    assert "confidence >= 0.9: right 50.0 % (2)" in table
    assert "0.2 to 0.3          20.0      0.0       1" in table


def test_every_confidence_falls_into_one_bin():
    bins = calibration([Judged(number / 100, number % 2 == 0) for number in range(101)])
    assert sum(each.quotes for each in bins) == 101
    assert bins[-1].quotes == 11, "0.90 to 1.00"


def test_kind_follows_the_marks():
    text = 'She called it "old friendship" and he “went on.'
    inside = quoted(text)
    assert kind_of(text, text.index("old"), text.index("old") + 14, inside) == "direct"
    assert kind_of(text, text.index("called"), text.index("and"), inside) == "mixed"
    assert kind_of(text, text.index("went"), len(text), inside) == "direct", "an open mark runs to the line's end"
    assert kind_of(text, 0, 3, inside) == "indirect"


def test_a_quote_over_two_lines_is_two_units():
    text = "“First line\nsecond line,” he said."
    assert [text[unit.start : unit.end] for unit in units(text, [{"start": 0, "end": 25}])] == [
        "First line",
        "second line",
    ]


@pytest.mark.parametrize(
    ("gold", "given", "right"),
    [
        ({"speaker_canonical": "Foreign Minister Sergei Lavrov"}, {"speaker_canonical": "Sergey Lavrov"}, True),
        ({"speaker_canonical": "Li Hui"}, {"speaker_canonical": "Li Bin"}, False),
        ({"speaker_canonical": "China", "speaker_canonical_alt": ["Mao Ning"]}, {"speaker_text": "Ms Mao Ning"}, True),
        (
            {"speaker_canonical": "both", "group_members": ["Xi Jinping", "Vladimir Putin"]},
            {"speaker_canonical": "Xi Jinping"},
            False,
        ),
    ],
)
def test_a_canonical_name_allows_one_letter_and_no_other_person(gold, given, right):
    assert same_name(gold, given) is right


def test_a_shared_head_word_names_the_same_speaker():
    text = "President Orlova spoke. Orlova, of the party, left."
    assert same_speaker(text, {"speaker_text": "President Orlova"}, {"speaker_text": "Orlova, of the party"})
    assert not same_speaker(text, {"speaker_text": "President Orlova"}, {"speaker_text": "the party"})


def test_a_broken_gold_row_is_named_by_file_and_line(tmp_path: Path):
    path = tmp_path / "gold.jsonl"
    path.write_text('{"doc_id": "a", "text": "", "quotes": []}\n{"text"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"gold\.jsonl line 2"):
        read_jsonl(path)


def test_another_text_than_the_golds_is_refused():
    with pytest.raises(ValueError, match="one"):
        score(GOLD, {"one": {"doc_id": "one", "text": TEXT + " ", "quotes": []}})


def test_the_table_gives_sample_sizes():
    table = "\n".join(lines(score(GOLD, GOLD)))
    assert "1 documents, 15 words" in table
    assert "100.0" in table


_WHO = ("speaker_start", "speaker_end", "speaker_text", "speaker_canonical", "side", "date")


def share(tally: Tally) -> tuple[float | None, int]:
    """Percentage right and sample size, as the shared scorer prints them."""
    total = tally.right + tally.wrong
    return (round(100 * tally.right / total, 1) if total else None), total


def _garbled(documents: dict[str, dict], seed: int) -> dict[str, dict]:
    """A system's answer made from the gold: some quotes cut, dropped, doubled or given to a neighbour."""
    luck = random.Random(seed)
    answer = {}
    for doc_id, gold in documents.items():
        quotes = []
        for one, other in itertools.pairwise([*gold["quotes"], *gold["quotes"][:1]]):
            changed = dict(one)
            if (chance := luck.random()) < 0.2:
                continue
            if chance < 0.5:
                changed["start"] = min(one["start"] + luck.randint(1, 12), one["end"] - 1)
            if chance > 0.8:
                changed |= {name: other.get(name) for name in _WHO}
            quotes.append(changed)
        quotes.extend(gold.get("negatives", ())[::2])
        answer[doc_id] = {"doc_id": doc_id, "quotes": quotes}
    return answer


_CANON = {"keep_types": True, "attr_canon": True}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "options", "ours"),
    [
        ("shared/polnear_dev.jsonl", {"speech_only": True}, {"speech_only": True}),
        ("shared/articles_gold.jsonl", _CANON, {"keep_kinds": True, "canonical": True}),
        ("passages/agency.jsonl", _CANON, {"keep_kinds": True, "canonical": True}),
        ("passages/pages.jsonl", _CANON, {"keep_kinds": True, "canonical": True}),
    ],
)
def test_figures_agree_with_the_shared_scorer(root: Path, shared: Path, name, options, ours):
    spec = importlib.util.spec_from_file_location("score_quotes", shared / "evaluation" / "score_quotes.py")
    assert spec is not None
    assert spec.loader is not None
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    place, file = name.split("/")
    folder = shared / "evaluation" if place == "shared" else root / "benchmarks" / place
    gold = dict(itertools.islice(read_jsonl(folder / file).items(), 40))
    system = _garbled(gold, seed=7)
    expected = theirs.score(gold, system, **options)
    scores = score(gold, system, **ours)
    for measure, tallies in (("exact", scores.exact), ("ov80", scores.overlap)):
        for kind, tally in tallies.items():
            row = expected["content"][measure][kind]
            assert (tally.right, tally.wrong, tally.missed) == (row["tp"], row["fp"], row["fn"]), (measure, kind)
    for kind, tally in scores.attributed.items():
        row = expected["attributed"][kind]
        assert (tally.right, tally.wrong, tally.missed) == (row["tp"], row["fp"], row["fn"]), kind
    for kind, row in expected["speaker"].items():
        for measure, tallies in (("exact", scores.speaker_span), ("lenient", scores.speaker_words)):
            assert share(tallies[kind]) == (row[measure], row["n"]), (measure, kind)
        assert share(scores.speaker_name[kind]) == (row["canonical"], row["canonical_n"]), kind
    for name, tally in (("date", scores.dated), ("undated", scores.undated), ("side", scores.sides)):
        assert share(tally) == (expected[name]["accuracy"], expected[name]["n"]), name
    assert (scores.negatives_hit, scores.negatives) == (expected["negatives"]["hit"], expected["negatives"]["n"])
    assert scores.words == expected["words"]

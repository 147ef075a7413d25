"""The scorer counts as its documentation says, and as the shared scorer does."""

from __future__ import annotations

import importlib.util
import itertools
import random
from pathlib import Path

import pytest

from analysis.evaluation.scores import lines, read_jsonl, score
from analysis.evaluation.speakers import same_name, same_speaker
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
                changed |= {name: other.get(name) for name in ("speaker_start", "speaker_end", "speaker_text")}
            quotes.append(changed)
        answer[doc_id] = {"doc_id": doc_id, "quotes": quotes}
    return answer


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "options", "ours"),
    [
        ("polnear_dev.jsonl", {"speech_only": True}, {"speech_only": True}),
        ("articles_gold.jsonl", {"keep_types": True, "attr_canon": True}, {"keep_kinds": True, "canonical": True}),
    ],
)
def test_figures_agree_with_the_shared_scorer(shared: Path, name, options, ours):
    spec = importlib.util.spec_from_file_location("score_quotes", shared / "evaluation" / "score_quotes.py")
    assert spec is not None
    assert spec.loader is not None
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    gold = dict(itertools.islice(read_jsonl(shared / "evaluation" / name).items(), 40))
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
    assert scores.words == expected["words"]

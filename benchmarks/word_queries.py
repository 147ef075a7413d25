"""Word queries made from a table of statements, whose answers follow from the table.

Names, rare words, runs of words, days, months, formulas and dated formulas: what people type who know what they look
for. Each sort is thinned out evenly to 40, ``MOST``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from analysis.formulas import Formulas
from analysis.wording import forms, stem

MOST = 40  # queries of each sort

Row = Mapping[str, Any]
Answers = dict[str, int]  # statement id → grade


@dataclass(frozen=True, slots=True)
class Sort:
    """Queries of one sort with their answers."""

    name: str
    answers: Mapping[str, Answers]
    in_words: Mapping[str, str]  # query → how BM25 is asked, which knows no filters; the same where it isn't there


def word_queries(rows: Sequence[Row], formulas: Path) -> list[Sort]:
    """Every sort. A row says a word when it has one of its inflections, a formula when it has just these words."""
    runs, rare, named = _by_words(rows)
    sorts = {
        "runs of 3 and 5 words": runs,
        "rare words": rare,
        "speaker and word": named,
        "speakers": _grouped(rows, lambda row: row["speaker"], least=3),
        "days": _grouped(rows, lambda row: _day(row), least=2),
        "speaker and month": _speaker_and_month(rows),
        "formulas": _formulas(rows, formulas),
        "formula and year": _dated_formulas(rows, formulas),
    }
    made = [Sort(name, _thinned(queries), {}) for name, queries in sorts.items()]
    return [*made, *_filtered(rows)]


def _by_words(rows: Sequence[Row]) -> tuple[dict[str, Answers], dict[str, Answers], dict[str, Answers]]:
    """Runs of words, rare words, and a word with the speaker who says it."""
    said = {row["id"]: [stem(form) for form in forms(row["text"])] for row in rows}
    by_speaker: defaultdict[str, set[str]] = defaultdict(set)
    by_word: defaultdict[str, set[str]] = defaultdict(set)
    by_run: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in rows:
        by_speaker[row["speaker"]].add(row["id"])
        for start, root in enumerate(said[row["id"]]):
            by_word[root].add(row["id"])
            for length in (3, 5):
                by_run[tuple(said[row["id"]][start : start + length])].add(row["id"])
    runs, rare, named = {}, {}, {}
    for row in rows:
        printed = forms(row["text"])
        for start, form in enumerate(printed):
            three, five = (tuple(printed[start : start + length]) for length in (3, 5))
            holders = by_word[stem(form)]
            if len(three) == 3 and min(map(len, three)) >= 5:  # no stop words: each names something
                runs[" ".join(three)] = _all(by_run[tuple(map(stem, three))])
            if len(form) >= 6 and form.isalpha() and 2 <= len(holders) <= 6:
                rare[form] = _all(holders)
            own = holders & by_speaker[row["speaker"]]
            often = len(by_speaker[row["speaker"]]) > 4 and len(holders) >= 2 * len(own)
            if len(form) >= 6 and 1 <= len(own) <= 5 and often:
                named[f"{row['speaker']} {form}"] = _all(own)
            if len(five) == 5 and start % 7 == 0:
                runs[" ".join(five)] = _all(by_run[tuple(map(stem, five))])
    return runs, rare, named


def _grouped(rows: Sequence[Row], query: Callable[[Row], str | None], least: int) -> dict[str, Answers]:
    """The rows of each query that holds at least ``least``."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if asked := query(row):
            found[asked].add(row["id"])
    return {asked: _all(answers) for asked, answers in found.items() if len(answers) >= least}


def _speaker_and_month(rows: Sequence[Row]) -> dict[str, Answers]:
    """ "Putin May 2024", and the whole name where several speakers end in the same word."""
    last = Counter(name.split()[-1] for name in {row["speaker"] for row in rows})

    def query(row: Row) -> str | None:
        name = row["speaker"].split()[-1]
        name = name if last[name] == 1 else row["speaker"]
        return f"{name} {date.fromisoformat(row['said_on']):%B %Y}" if row["said_on"] else None

    return _grouped(rows, query, least=2)


def _formulas(rows: Sequence[Row], path: Path) -> dict[str, Answers]:
    return {f'"{words}"': _all(row["id"] for row in holders) for words, holders in _users(rows, path)}


def _dated_formulas(rows: Sequence[Row], path: Path) -> dict[str, Answers]:
    """A formula and a year: grade 2 where it was said then, 1 where it was said at another time."""
    made = {}
    for words, holders in _users(rows, path):
        years = {(row["said_on"] or "")[:4] for row in holders}
        for year in sorted(years - {""}) if len(years) > 1 else ():
            made[f"{words} {year}"] = {row["id"]: 1 + ((row["said_on"] or "")[:4] == year) for row in holders}
    return made


def _users(rows: Sequence[Row], path: Path) -> Iterable[tuple[str, list[Row]]]:
    """The wordings of formulas that are plain words, each with the rows that say just these."""
    spoken = {row["id"]: f" {' '.join(forms(row['text']))} " for row in rows}
    for formula in Formulas.load(path).formulas.values():
        for wording in formula.wordings:
            words = " ".join(forms(wording))
            holders = [row for row in rows if f" {words} " in spoken[row["id"]]]
            if len(words.split()) > 1 and 2 <= len(holders) <= 30:
                yield words, holders


def _filtered(rows: Sequence[Row]) -> list[Sort]:
    """A rare word with a filter: on a day, and near it. BM25 is asked for the day in words."""
    dated = [row for row in rows if row["said_on"]]
    roots = {row["id"]: {stem(form) for form in forms(row["text"])} for row in dated}
    on: dict[str, Answers] = {}
    near: dict[str, Answers] = {}
    words: dict[str, str] = {}
    for row in dated:
        for form in forms(row["text"]):
            if len(form) < 7 or not form.isalpha():
                continue
            holders = [other for other in dated if stem(form) in roots[other["id"]]]
            if not 4 <= len(holders) <= 40:
                continue
            for field, kept, reach in (("on", on, 0), ("near", near, 7)):
                query = f"{form} {field}:{row['said_on']}"
                kept[query] = _all(other["id"] for other in holders if _apart(row, other) <= reach)
                words[query] = f"{form} {_day(row)}"
    return [
        Sort("word on: a day", chosen := _thinned(on), {query: words[query] for query in chosen}),
        Sort("word near: a day", chosen := _thinned(near), {query: words[query] for query in chosen}),
    ]


def _apart(one: Row, other: Row) -> int:
    return abs((date.fromisoformat(one["said_on"]) - date.fromisoformat(other["said_on"])).days)


def _day(row: Row) -> str | None:
    """ "16 May 2024"."""
    if not row["said_on"]:
        return None
    day = date.fromisoformat(row["said_on"])
    return f"{day.day} {day:%B %Y}"


def _all(ids: Iterable[str]) -> Answers:
    return dict.fromkeys(sorted(ids), 1)


def _thinned(queries: Mapping[str, Answers]) -> dict[str, Answers]:
    chosen = sorted(queries)
    step = max(1, len(chosen) / MOST)
    kept = [chosen[int(step * number)] for number in range(min(MOST, len(chosen)))]
    return {query: queries[query] for query in kept}

"""Two or three sides or speakers on one question: how often, in which words, and what is typical or nearest."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from analysis.queries.codes import days_of
from analysis.queries.comparing.distinctive_words import distinctive
from analysis.queries.comparing.groups import Group, Who, groups, read, together
from analysis.queries.comparing.nearest_pairs import AT_ONCE, nearest_pairs, pairs_to_compare
from analysis.queries.comparing.over_time import over_time, unit_for
from analysis.queries.comparing.reaches import PAIRS, REACHES, TYPICAL, WORDS, people_among, unasked
from analysis.queries.comparing.typical import typical
from analysis.queries.timeline import Unit
from routes.asking import Asked
from routes.declaring import Content
from routes.listing import plain, statement_rows, table_rows
from routes.searching import find


def compare(asked: Asked) -> Content:
    """The groups of a comparison, each with what sets it apart; fewer than two are an answer without them."""
    who, lost = read(asked.get_all("who"), asked.opened.known)
    asked.notes.extend(map(str, lost))
    if not asked.get_all("who"):
        who = unasked(list(asked.opened.known["side"]))
    if len(who) < 2:
        asked.notes.append("a comparison needs two: give “who” twice, such as who=side:CN&who=side:RU")
        return {"who": list(map(str, who)), "groups": []}
    statements = asked.opened.release.statements
    on = np.ones(len(statements), dtype=bool)
    query = (asked.get("q") or "").strip()
    if query:
        mode, enough = REACHES[asked.word("reach", "medium")]
        found = find(asked, query, mode, enough)
        asked.notes.extend(map(str, [*([found.note] if found.note else []), *found.understood.hints]))
        on[:] = False
        on[found.places] = True
    made = groups(statements, who, asked.keep, on)
    return {
        "who": list(map(str, who)),
        "question": query or None,
        "joint": together(made),
        **_described(asked, who, made),
        "pairs": _pairs(asked, made),
    }


def _described(asked: Asked, who: list[Who], made: list[Group]) -> Content:
    """Each group with its counts by period, its own words and what is typical of it."""
    release, statements = asked.opened.release, asked.opened.release.statements
    days = days_of(statements)
    chosen = asked.word("by", "auto")
    unit = unit_for(days[np.concatenate([each.on for each in made])]) if chosen == "auto" else Unit(chosen)
    wholes = [each.every for each in made] if asked.get("q") else [asked.places] * len(made)
    counts = over_time(days, [each.on for each in made], wholes, unit)
    known = asked.opened
    names = [] if asked.get("names") == "on" else people_among(statements, made, known.indexes.entities, known.names)
    words = distinctive(statements, [each.alone for each in made], names, WORDS)
    described = []
    for each, group, periods, apart in zip(who, made, counts, words.groups, strict=True):
        middle = typical(release, group.alone, TYPICAL) if release.dimensions else []
        described.append(
            {
                "who": str(each),
                "within_filters": len(group.every),
                "on_question": len(group.on),
                "alone": len(group.alone),
                "is_small": group.is_small,
                "counts": table_rows(periods),
                "words": [
                    {name: plain(getattr(word, name)) for name in word.__dataclass_fields__} for word in apart.words
                ],
                "typical": statement_rows(asked, [one.row for one in middle]),
            }
        )
    return {"counted_by": str(unit), "groups": described}


def _pairs(asked: Asked, made: list[Group]) -> list[Content]:
    """The nearest statements of two of the groups, those that ``pair`` names."""
    if not asked.opened.release.dimensions:
        asked.notes.append("this release was built without an encoder, so nothing can be compared by meaning")
        return []
    one, other = map(int, asked.word("pair", "0-1").split("-"))
    if (one, other) not in combinations(range(len(made)), 2):
        asked.notes.append(f"pair “{one}-{other}” names a group that is not compared; the first two are")
        one, other = 0, 1
    count = pairs_to_compare(made[one].alone, made[other].alone)
    if count > AT_ONCE and asked.get("pairs") != "all":
        asked.notes.append(f"{count:,} pairs were not compared unasked; pairs=all compares them")
        return []
    found = nearest_pairs(asked.opened.release, made[one].alone, made[other].alone, PAIRS)
    return [
        {"cosine": plain(pair.cosine), "statements": statement_rows(asked, [pair.row, pair.other])} for pair in found
    ]

"""Prints labelled by hand as of one utterance or of two: pairs, and what one speaker said on an occasion.

Pairs: `utterance_pairs.jsonl`, by which the first rules were chosen; `fresh_utterance_pairs.jsonl`; `table_pairs.csv`,
rows of the shared table by their ids (hard ones: one speaker within three days on another page, or one wording on
different days), where it is there; and `blind_utterance_pairs.jsonl`, written by somebody who had not read the rules:
they were then mended on its odd numbers, while the errors of its even ones were not read.

Occasions: `utterance_sets.jsonl`, what several outlets would make of what one speaker said on one day, in our own
words after the manner of the field; no record of what anybody said. A third of them, drawn by chance before anything
was fitted, is kept back (``kept``): nothing was fitted to it and its errors were not read.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from analysis.grouping import group
from analysis.schema import Basis, Citation, Kind, Quote, identifier

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "tests" / "data"
TABLE = ROOT.parent / "shared" / "statements" / "statements.jsonl"
UNREAD = "blind, unread half"
TABLE_PAIRS = "in sample: table_pairs"
Pair = Mapping[str, Any]
Printed = Mapping[str, Any]


class NoOffices:
    """A gazetteer that knows no office."""

    def office(self, entity_id: str, on: date | None) -> str | None:
        """None."""
        return None


def quote(name: str, text: str, speaker: str, day: str | None, basis: str) -> Quote:
    """One print on the page ``name``, published the day it was said."""
    said_on = date.fromisoformat(day) if day else None
    return Quote(
        quote_id=identifier("q", name, text),
        document_id=identifier("d", name),
        start=0,
        end=len(text),
        text=text,
        kind=Kind.DIRECT,
        speaker_id=speaker,
        speaker_name=speaker,
        speaker_text=None,
        speaker_start=None,
        speaker_end=None,
        role_text=None,
        cue=None,
        cue_start=None,
        cue_end=None,
        via=None,
        said_on=said_on,
        said_on_basis=Basis(basis),
        said_on_text=None,
        side=None,
        confidence=1.0,
        citation=Citation(0, name, None, f"https://example.org/{name}", said_on),
    )


def prints_of(pair: Pair) -> list[Quote]:
    """Both prints of ``pair``."""
    return [
        quote(
            pair.get(f"{side}_page", f"{pair['pair']}{side}"),
            pair[side],
            *(pair[f"{side}_{key}"] for key in ("speaker", "day", "basis")),
        )
        for side in ("a", "b")
    ]


def may_be_one(pair: Pair) -> bool:
    """Whether ``pair`` is dated, of one speaker, of different pages and of days that agree: whether words decide."""
    if not (pair["a_day"] and pair["b_day"]) or pair.get("a_page", "a") == pair.get("b_page", "b"):
        return False
    words = "the same words on both of the pages"
    alike = [replace(one, text=words, end=len(words)) for one in prints_of(pair)]
    grouped, _ = group(alike, {}, None, NoOffices())
    return grouped[0].statement_id == grouped[1].statement_id


def written(name: str) -> list[dict[str, Any]]:
    """The rows of a file of our own."""
    return [json.loads(line) for line in (LABELS / name).read_text(encoding="utf-8").splitlines()]


def labelled(table: Path = TABLE) -> dict[str, list[Pair]]:
    """Every set of pairs by its name; the table's where it is there."""
    blind = written("blind_utterance_pairs.jsonl")
    sets: dict[str, list[Pair]] = {
        f"in sample: {name}": list(written(f"{name}.jsonl")) for name in ("utterance_pairs", "fresh_utterance_pairs")
    }
    if table.is_file():
        sets[TABLE_PAIRS] = table_pairs(table)
    sets["blind, mended half"] = [pair for pair in blind if pair["pair"] % 2]
    sets[UNREAD] = [pair for pair in blind if pair["pair"] % 2 == 0]
    return sets


def table_rows(table: Path) -> dict[str, Quote]:
    """The rows of the shared table by their ids, as quotes that have no statement yet."""
    with table.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {
        row["id"]: quote(
            row["url"], row["text"], row["speaker"], row["said_on"], "stated" if row["said_on"] else "unknown"
        )
        for row in rows
    }


def table_labels() -> list[tuple[str, str, bool]]:
    """Ids of two of the table's rows, and whether they are of one utterance."""
    with (LABELS / "table_pairs.csv").open(encoding="utf-8") as labels:
        return [(label["first"], label["second"], label["same"] == "yes") for label in csv.DictReader(labels)]


def table_pairs(table: Path) -> list[Pair]:
    """The labelled pairs of the table's rows, in the shape of our own."""
    rows = table_rows(table)
    pairs: list[Pair] = []
    for number, (first, second, same) in enumerate(table_labels()):
        pair: dict[str, Any] = {"pair": f"t{number}", "same": same, "note": f"{first} {second}"}
        for side, one in (("a", rows[first]), ("b", rows[second])):
            page = one.citation.publisher if one.citation else None
            pair |= {side: one.text, f"{side}_speaker": one.speaker_id, f"{side}_page": page}
            pair |= {f"{side}_day": one.said_on and one.said_on.isoformat(), f"{side}_basis": str(one.said_on_basis)}
        pairs.append(pair)
    return pairs


def occasions(*, kept: bool) -> dict[str, list[Printed]]:
    """The prints of each occasion: those kept back, or those to fit to."""
    found: dict[str, list[Printed]] = {}
    for row in written("utterance_sets.jsonl"):
        if row["kept"] == kept:
            found.setdefault(row["occasion"], []).append(row)
    return found


def occasion_pairs(prints: Sequence[Printed]) -> list[Pair]:
    """Every pair of an occasion's prints on two pages."""
    pairs: list[Pair] = []
    for number, second in enumerate(prints):
        for before, first in enumerate(prints[:number]):
            if first["outlet"] == second["outlet"]:
                continue
            pair: dict[str, Any] = {"pair": f"{first['occasion']}-{before}-{number}"}
            pair |= {"same": first["utterance"] == second["utterance"], "note": f"{first['text']} | {second['text']}"}
            for side, one in (("a", first), ("b", second)):
                pair |= {side: one["text"], f"{side}_page": one["outlet"]}
                pair |= {f"{side}_{key}": one[key] for key in ("speaker", "day", "basis")}
            pairs.append(pair)
    return pairs

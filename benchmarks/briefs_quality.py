"""Whether the shipped briefs' quotations come out with the speaker and the day of the pages they cite.

    python benchmarks/briefs_quality.py ../shared/statements/statements.jsonl [--parser en_core_web_md en_core_web_sm]
        [--half even|odd] [--errors speaker|day]

A unit is what one footnote mark vouches for: the words from the mark before it, or the sentence that the mark closes
where the quoted words all stand in it. The table's rows of the cited page whose text holds one of the unit's quoted
fragments letter for letter (all rows of the page where the unit quotes nothing) say who spoke and when; where they
name several, any of them counts. Printed for each parser, with sample sizes: units with a quote found; speaker
right; of the units whose rows give a day, those whose quotes all have it, those with no day and those with another;
of those whose rows give none, those kept undated; and, of all quotes found, on what their days rest. A day counts
only where ``extract`` prints one: the publication day is none.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.entities.gazetteer import Gazetteer
from analysis.extraction import extract
from analysis.parsing import load_parser
from analysis.pipeline import read
from analysis.progress import Progress
from analysis.schema import Basis, Document, Quote, Span
from analysis.settings import Settings
from analysis.workers.documents import parse_documents

_FRAGMENT = re.compile(r"“([^“”]*)”")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“])|(?<=[.!?]”)\s+(?=[A-Z“])")
_JOINT = {"Joint statement (China and Russia)": "China and Russia"}
_WITHOUT_A_DAY = (Basis.PUBLISHED, Basis.UNKNOWN)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """A cited stretch of a brief, and what the cited rows say about it."""

    document: Document
    span: Span
    speakers: frozenset[str]
    days: frozenset[date]  # empty: the rows give none


def units(document: Document, rows: Mapping[str, Sequence[Row]]) -> Iterator[Unit]:
    """The cited stretches of ``document`` whose pages the table knows, in order. rows: by their page's address."""
    last = 0
    by_place: dict[int, list[Row]] = {}
    for citation in document.citations:
        by_place.setdefault(citation.at, []).extend(rows.get(citation.url or "", ()))
    for at, cited in sorted(by_place.items()):
        span = _stretch(document.text, last, at)
        last = at
        fragments = _FRAGMENT.findall(document.text[span.start : span.end])
        holding = [row for row in cited if any(fragment in row["text"] for fragment in fragments)]
        said = holding if fragments else cited
        if said:
            yield Unit(
                document,
                span,
                frozenset(_JOINT.get(row["speaker"], str(row["speaker"])) for row in said),
                frozenset(date.fromisoformat(row["said_on"]) for row in said if row["said_on"]),
            )


def _stretch(text: str, last: int, at: int) -> Span:
    """From the last sentence's start up to the mark at ``at``; from that of the first quoted words, if earlier."""
    begin = max(last, text.rfind("\n", 0, at) + 1)
    starts = [begin, *(begin + found.end() for found in _SENTENCE.finditer(text[begin:at]))]
    quoted = text.find("“", begin, at)
    upto = quoted if quoted >= 0 else at
    first = max((start for start in starts if start <= upto), default=begin)
    return Span(min(first, starts[-1]), at)


def measured(
    chosen: Sequence[Unit], quotes: Mapping[str, Sequence[Quote]], complain: str | None
) -> tuple[Counter[str], list[str]]:
    """Counts of how the units came out, and a line for each that is wrong in what ``complain`` names."""
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for unit in chosen:
        found = [one for one in quotes.get(unit.document.doc_id, ()) if unit.span.overlaps(Span(one.start, one.end))]
        counts["units"] += 1
        counts["found"] += bool(found)
        names = {one.speaker_name or "" for one in found}
        spoken = bool(found) and names <= unit.speakers
        counts["speaker right"] += spoken
        days = {None if one.said_on_basis in _WITHOUT_A_DAY else one.said_on for one in found}
        if not unit.days:
            outcome = "kept undated" if days <= {None} else "given a day"
        elif not found:
            outcome = "not found"
        elif days <= unit.days:
            outcome = "day right"
        else:
            outcome = "another day" if days - {None} - unit.days else "no day"
        counts["dated" if unit.days else "undated"] += 1
        counts[outcome] += 1
        right = spoken if complain == "speaker" else outcome in ("kept undated", "day right", "not found")
        if complain and not right:
            got = [(one.speaker_name, str(one.said_on), str(one.said_on_basis), one.said_on_text) for one in found]
            wanted = sorted(unit.speakers), sorted(map(str, unit.days))
            words = unit.document.text[unit.span.start : unit.span.end]
            wrong.append(f"{unit.document.doc_id} | {words} | cited: {wanted} | found: {got}")
    return counts, wrong


def main() -> int:
    """Print the figures for each parser; the lines about errors after them."""
    default = Settings.from_environment()
    arguments = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    arguments.add_argument("statements", type=Path, help="the table that the briefs cite: JSONL with url and text")
    arguments.add_argument("--parser", nargs="+", default=[default.parser], help="spaCy pipelines")
    arguments.add_argument("--half", choices=("even", "odd"), help="only the briefs of even or odd place in name order")
    arguments.add_argument("--errors", choices=("speaker", "day"), help="print each unit that is wrong in this")
    options = arguments.parse_args()
    rows: dict[str, list[Row]] = {}
    with options.statements.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            rows.setdefault(row["url"], []).append(row)
    documents, _ = read([default.data / "briefs"], default, Progress())
    documents = sorted(documents, key=lambda document: document.doc_id)
    if options.half:
        documents = documents[options.half == "odd" :: 2]
    chosen = [unit for document in documents for unit in units(document, rows)]
    gazetteer = Gazetteer.load(default.data / "gazetteer")
    for name in options.parser:
        quotes = {
            document.doc_id: extract(document, parsed, gazetteer)
            for document, parsed in parse_documents(documents, load_parser(name))
            if not isinstance(parsed, Exception)
        }
        counts, wrong = measured(chosen, quotes, options.errors)
        report(name, counts, [one for found in quotes.values() for one in found])
        print("\n".join(wrong))
    return 0


def report(name: str, counts: Counter[str], quotes: Sequence[Quote]) -> None:
    """Print one parser's figures."""
    print(f"{name}: {counts['units']} cited units, a quote found in {counts['found']}")
    _line("speaker right", counts["speaker right"], counts["units"])
    for outcome in ("day right", "no day", "another day", "not found"):
        _line(f"dated in the table: {outcome}", counts[outcome], counts["dated"])
    _line("undated in the table: kept undated", counts["kept undated"], counts["undated"])
    bases = Counter(str(one.said_on_basis) for one in quotes)
    _line(
        "quotes with a day that the text supports", bases.total() - bases["published"] - bases["unknown"], len(quotes)
    )
    print("  " + ", ".join(f"{basis} {number}" for basis, number in bases.most_common()))


def _line(what: str, number: int, of: int) -> None:
    print(f"  {what}: {number} of {of} ({100 * number / max(of, 1):.1f} %)")


if __name__ == "__main__":
    sys.exit(main())

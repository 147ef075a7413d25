"""How long profiles, entities and comparisons take to compute on an archive.

    python benchmarks/comparing_speed.py made-100k [--rounds 7]

Median and slowest processor time of each query over filters by year, as pages ask it, with the statements it looks
at. What is laid out once for a release is printed apart.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np

from analysis.archive import open_release
from analysis.archive.store import read_table
from analysis.queries.co_mentions import Mentioned
from analysis.queries.codes import days_of
from analysis.queries.comparing.distinctive_words import distinctive
from analysis.queries.comparing.groups import Group, Who, groups
from analysis.queries.comparing.nearest_pairs import nearest_pairs
from analysis.queries.comparing.over_time import over_time
from analysis.queries.comparing.typical import typical
from analysis.queries.every_match import every_match
from analysis.queries.network_layout import layout
from analysis.queries.prints import COLUMNS, Prints
from analysis.queries.said_with import PrintedIn
from analysis.queries.selection import Selection, keeping
from analysis.queries.speaker_table import SpeakerTable
from analysis.queries.tallies import tally
from analysis.queries.timeline import Unit

Given = TypeVar("Given")
Made = TypeVar("Made")
_PAIRS = 2_000  # statements of each group whose pairs are compared: what a page compares unasked


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--rounds", type=int, default=7, help="filters tried, from one year to all")
    arguments = parser.parse_args()
    release = open_release(arguments.archive)
    statements, entities = release.statements, release.entities
    names = dict(zip(entities["entity_id"], entities["name"], strict=True))
    print(f"{arguments.archive}: {len(statements):,} statements, {release.dimensions} dimensions")
    speakers = once("speakers laid out", lambda: SpeakerTable(statements, entities, names))
    mentioned = once("entities laid out", lambda: Mentioned(statements))
    quotes = read_table(release.table("quotes"), list(COLUMNS))
    documents = read_table(release.table("documents"), ["document_id"]).column("document_id").to_pylist()
    prints = once("prints laid out", lambda: Prints(statements["statement_id"].tolist(), documents, quotes))
    printed = once("who is quoted with whom laid out", lambda: PrintedIn(statements, prints))
    years = range(2026 - arguments.rounds * 3, 2026, 3)
    keeps = [keeping(statements, Selection(since=date(year, 1, 1))) for year in years]
    most = next(speaker for speaker, _ in tally(statements, "speaker_members", np.arange(len(statements))))
    sides = [side for side, _ in tally(statements, "sides", np.arange(len(statements)))[:2]]
    print(f"{len(keeps)} filters keep {min(map(np.sum, keeps)):,} to {max(map(np.sum, keeps)):,}; sides {sides}")
    show("directory of speakers", keeps, speakers.count)
    show("network of 40 entities", keeps, mentioned.network)
    networks = [mentioned.network(keep) for keep in keeps]
    show("its picture", networks, layout)
    show(f"quoted with {most}", keeps, lambda keep: printed.beside(most, keep))
    show(
        "on a question, by its words",
        keeps,
        lambda keep: every_match(release, "gas to the east", np.flatnonzero(keep), encoder=None),
    )
    who = [Who("side", side) for side in sides]
    compared = [groups(statements, who, keep, np.ones(len(statements), dtype=bool)) for keep in keeps]
    sizes = [len(group.alone) for each in compared for group in each]
    print(f"groups of {min(sizes):,} to {max(sizes):,} statements:")
    days = days_of(statements)

    def counted(each: list[Group]) -> object:
        return over_time(days, [group.on for group in each], [group.every for group in each], Unit.YEAR)

    show("counts by year", compared, counted)
    show("words that set two apart", compared, lambda each: distinctive(statements, [group.alone for group in each]))
    show("typical statements of one", compared, lambda each: typical(release, each[0].alone))
    show(
        f"nearest pairs of {_PAIRS:,} × {_PAIRS:,} at most",
        compared,
        lambda each: nearest_pairs(release, each[0].alone[:_PAIRS], each[1].alone[:_PAIRS]),
    )


def once(name: str, make: Callable[[], Made]) -> Made:
    """What ``make`` gives; prints what it took."""
    begun = time.process_time()
    made = make()
    print(f"  {name}: {1000 * (time.process_time() - begun):.0f} ms, once for a release")
    return made


def show(name: str, given: list[Given], ask: Callable[[Given], object]) -> None:
    """Print what asking for each of ``given`` takes, after one that warms up."""
    ask(given[0])
    took = []
    for each in given:
        begun = time.process_time()
        ask(each)
        took.append(1000 * (time.process_time() - begun))
    print(f"  {name}: median {statistics.median(took):.1f} ms, slowest {max(took):.1f} ms, n = {len(took)}")


if __name__ == "__main__":
    main()

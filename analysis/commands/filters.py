"""The filters that commands share, as options and within a query."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.schema import Kind
from analysis.settings import Settings

if TYPE_CHECKING:
    from analysis.archive import Release
    from analysis.queries.query_values import Vocabulary
    from analysis.queries.selection import Selection

LANGUAGE = """\
within a query:
  "no limits"              these words, exactly so
  -alliance -side:CN       without the word, or what the filter keeps
  gas OR oil               at least one of the two
  speaker:Lavrov           also side: publisher: kind: formula: entity:, by name or id; speaker:"Wang Yi"
  after:2022 before:2023-05 until:2023-05-07 on:2022-02 on:2022-02..2022-05
  near:2022-02-24          7 days either side of a day, 15 of a month, 90 of a year; ~30 for 30 days
  speaker:unknown on:unknown   what the archive does not know
a query that starts with - goes after --: -- "-alliance side:CN"
"""


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Declare the filters."""
    parser.add_argument("--speaker", action="append", default=[], metavar="WHO", help="name or id of who spoke")
    parser.add_argument("--side", action="append", default=[], metavar="SIDE", help="CN, RU, US, EU, NATO, expert …")
    parser.add_argument("--from", dest="since", type=_day, metavar="DAY", help="said on this day or later: 2022-02-24")
    parser.add_argument("--to", dest="until", type=_day, metavar="DAY", help="said on this day or earlier")
    parser.add_argument("--kind", action="append", default=[], choices=[str(kind) for kind in Kind])
    parser.add_argument("--publisher", action="append", default=[], metavar="NAME", help="who printed it")


def read_names(release: Release, settings: Settings) -> Vocabulary:
    """The names that the filters' values can give in a release."""
    from analysis.queries.facets import load_side_names
    from analysis.queries.query_values import Vocabulary

    given = {"side": load_side_names(settings.data / "gazetteer/sides.csv"), "formula": _formulas(settings.data)}
    return Vocabulary(release.statements, release.entities, given)


def read_selection(arguments: argparse.Namespace, names: Vocabulary) -> Selection:
    """What the filters keep. Raises ValueError, with what comes close, for a value the release does not know."""
    from analysis.queries.selection import Selection

    return Selection(
        speakers=_known("speaker", arguments.speaker, names),
        sides=_known("side", arguments.side, names),
        kinds=tuple(sorted(set(arguments.kind))),
        publishers=_known("publisher", arguments.publisher, names),
        since=arguments.since,
        until=arguments.until,
    )


def _known(field: str, asked: Sequence[str], names: Vocabulary) -> tuple[str, ...]:
    """The values that ``asked`` name, in any case, whole or in part."""
    found: set[str] = set()
    for each in asked:
        values, close = names.find(field, each)
        if not values:
            meant = f" Did you mean {' or '.join(close)}?" if close else ""
            raise ValueError(f"The {field} “{each}” is not in this release.{meant}")
        found |= values
    return tuple(sorted(found))


def _formulas(data: Path) -> dict[str, str]:
    """Formula id → name; none where the table is missing or damaged, which ``build`` says better."""
    from analysis.formulas import Formulas

    try:
        return {key: formula.name for key, formula in Formulas.load(data / "formulas.csv").formulas.items()}
    except (OSError, ValueError):
        return {}


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written!r} is no date; write it as 2022-02-24") from None

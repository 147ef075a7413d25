"""Who says what was searched for, how often and in which years, as a table."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.queries.every_match import EveryMatch
from analysis.queries.match_counts import by_value, years_of_value
from analysis.queries.selection import FACETS
from pages.parts import data, hit_counts, links, side_by_side, tables, text
from pages.parts.language import number, told, tr, trn

_MOST = 15  # speakers
_COLUMN = FACETS["speaker"]


def details(queries: Sequence[str], every: Sequence[EveryMatch], mode: str) -> None:
    """Draw who says it and the chart's numbers, for those who open them."""
    with st.expander(tr("By whom, and the chart’s numbers"), on_change="rerun", key="hit_details") as opened:
        if not opened.open:
            return
        _table(queries, every, mode)
        if len(queries) > 1:
            side_by_side.numbers(queries, every, mode)
        else:
            hit_counts.numbers(every[0], queries[0], mode)


def _table(queries: Sequence[str], every: Sequence[EveryMatch], mode: str) -> None:
    """Draw the table: speakers by year for one query, by query for several."""
    key = hit_counts.key_of(repr(tuple(queries)), mode, "by_whom")
    head, rows, more = data.picked().keep(
        key, lambda: _of_one(every[0]) if len(every) == 1 else _of_several(queries, every)
    )
    if not rows:
        return
    numbers = [name for name in head[1:] if name != tr("In which years")]
    tables.table(tr("Who says it"), head, [[_speaker(row[0]), *row[1:]] for row in rows], numbers=numbers)
    told = [tr("What several people said together counts for each of them.")]
    if more:
        told.append(trn("{count} more speaker is not listed.", "{count} more speakers are not listed.", more))
    st.caption(" ".join(told))


def _of_one(found: EveryMatch) -> tuple[list[str], list[list[object]], int]:
    statements = data.current().release.statements
    counts = by_value(statements, _COLUMN, found.places)
    rows: list[list[object]] = []
    for speaker in list(counts)[:_MOST]:
        years = years_of_value(statements, _COLUMN, speaker, found.places)
        said = [tr("{year}: {count}", year=year, count=number(count)) for year, count in years.items()]
        if undated := counts[speaker] - sum(years.values()):
            said.append(tr("undated: {count}", count=number(undated)))
        rows.append([speaker, counts[speaker], " · ".join(said)])
    return [tr("Speaker"), tr("Statements"), tr("In which years")], rows, len(counts) - len(rows)


def _of_several(queries: Sequence[str], every: Sequence[EveryMatch]) -> tuple[list[str], list[list[object]], int]:
    statements = data.current().release.statements
    counted = [by_value(statements, _COLUMN, found.places) for found in every]
    total: dict[str, int] = {}
    for counts in counted:
        for speaker, count in counts.items():
            total[speaker] = total.get(speaker, 0) + count
    most = sorted(total, key=lambda speaker: (-total[speaker], speaker))[:_MOST]
    rows: list[list[object]] = [[speaker, *(counts.get(speaker, 0) for counts in counted)] for speaker in most]
    return [tr("Speaker"), *(text.shortened(query, 60) for query in queries)], rows, len(total) - len(rows)


def _speaker(speaker: object) -> tables.Html:
    """A speaker's name, a link to the profile where there is one."""
    known = data.current().known["speaker"].get(str(speaker))
    name = told(known.name) if known else str(speaker)
    if str(speaker) not in data.current().names:
        return tables.Html(text.escape(name))
    return tables.Html(links.anchor("speakers", name, profile=str(speaker)))

"""How much the archive holds and how much it does not know: figures with their denominators."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from analysis.queries.codes import UNKNOWN
from analysis.queries.coverage import Coverage
from analysis.queries.coverage import most_printed as most_printed_of
from analysis.queries.timeline import Unit, unfinished
from analysis.schema import Basis
from pages.parts import chart_data, data, language, links, palette, statement_card, tables, text
from pages.parts.language import number, span, tr, trn
from pages.parts.picked import Picked

_WHOLE = 24  # letters of a name that is kept beside its dot; longer ones have to be parted


def figures(picked: Picked) -> None:
    """Draw how many statements, speakers, documents and years there are."""
    shown, found = data.current(), picked.gaps
    every = len(shown.release.statements)
    known = tr("in the archive")
    if len(picked) < every:
        known = tr("of {every} in the archive", every=number(every))
    cells = [
        (tr("Statements"), number(len(picked)), known),
        (
            tr("Speakers"),
            number(len(found.speakers)),
            trn("{count} statement without one", "{count} statements without one", found.nameless),
        ),
        (
            tr("Texts"),
            number(int((data.document_counts() > 0).sum())),
            tr("of {every} read", every=number(len(shown.shelf))),
        ),
        (
            tr("Said"),
            span(found.first, found.last),
            trn("{count} undated", "{count} undated", found.undated),
        ),
    ]
    drawn = "".join(
        f'<div><p class="or-soft">{label}</p><p class="or-figure">{text.escape(value)}</p>'
        f'<p class="or-soft">{text.escape(below)}</p></div>'
        for label, value, below in cells
    )
    st.html(f'<div class="or-figures">{drawn}</div>')


def gaps(picked: Picked) -> None:
    """Draw what a reader of the counts must know, computed from the statements at hand."""
    st.subheader(tr("What these counts leave out"), anchor=False)
    told = "".join(f"<li>{sentence}</li>" for sentence in picked.keep("gaps", lambda: _sentences(picked)))
    ways = [*_ways_to_the_uncertain(picked.gaps), links.way("about", tr("How far to trust it"), "info")]
    st.html(f'<ul class="or-gaps">{told}</ul><div class="or-ways">{"".join(ways)}</div>')


def _ways_to_the_uncertain(found: Coverage) -> list[str]:
    """HTML of links to the statements whose day or speaker is in doubt."""
    drawn = []
    if found.undated:
        label = trn("{count} undated statement", "{count} undated statements", found.undated)
        drawn.append(links.way("timeline", label, "event_busy", list="undated"))
    asked = data.selection()
    for count, label, icon, narrowed in (
        (
            found.published,
            trn(
                "{count} with the day of publication only", "{count} with the day of publication only", found.published
            ),
            "event_note",
            asked.asking("basis", [Basis.PUBLISHED]),
        ),
        (
            found.nameless,
            trn("{count} without a speaker", "{count} without a speaker", found.nameless),
            "person_off",
            asked.asking("speaker", [UNKNOWN]),
        ),
        (
            found.unsure,
            trn("{count} of low confidence", "{count} of low confidence", found.unsure),
            "help",
            asked.asking("confidence", ["low"]),
        ),
    ):
        if count:
            drawn.append(links.way("timeline", label, icon, shared=narrowed.to_parameters()))
    return drawn


def _sentences(picked: Picked) -> list[str]:
    """The gaps as HTML sentences, those that change most what a count means first."""
    found, every = picked.gaps, picked.gaps.statements
    told = [tr("Counts say how often something is printed in this archive, not how often it was said.")]
    told += _about_years(found)
    told += _about_voices(found, every)
    told.append(tr("{sentence}.", sentence=language.clauses(_unsure(found, every))))
    if found.once:
        told.append(
            tr(
                "{share} are printed in one place here: nothing else in the archive confirms them.",
                share=share(found.once, every),
            )
        )
    if data.current().shelf.languages() == {"en"}:
        told.append(
            tr("All texts are in English: what was said in Chinese, Russian or another language is a translation.")
        )
    return told


def _unsure(found: Coverage, every: int) -> list[str]:
    told = [
        tr(
            "{share} are reported without quotation marks, so the words may not be the speaker’s",
            share=share(found.indirect, every),
        )
    ]
    if found.published:
        told.append(
            trn(
                "{count} stands at its publication date for want of a better one",
                "{count} stand at their publication date for want of a better one",
                found.published,
            )
        )
    if found.undated:
        told.append(
            trn("{count} has no day and stands in no chart", "{count} have no day and stand in no chart", found.undated)
        )
    if found.nameless:
        told.append(
            trn(
                "{count} has no speaker that could be named",
                "{count} have no speaker that could be named",
                found.nameless,
            )
        )
    return told


def _about_years(found: Coverage) -> list[str]:
    told = []
    if found.half_since and found.first and found.last and found.half_since > found.first.year:
        told.append(
            tr(
                "{share} dated statements fall in {since}–{until}; {first}–{before} hold the rest.",
                share=share(found.recent, found.dated),
                since=found.half_since,
                until=found.last.year,
                first=found.first.year,
                before=found.half_since - 1,
            )
        )
    if thin := [f"{year.value} ({year.count})" for year in sorted(found.thin_years[:5], key=lambda year: year.value)]:
        told.append(
            trn(
                "Thinnest year: {years}. A low bar there is a gap in the archive before it is a silence.",
                "Thinnest years: {years}. A low bar there is a gap in the archive before it is a silence.",
                len(thin),
                years=language.listed(thin),
            )
        )
    if found.empty_years:
        none = language.listed(str(year) for year in found.empty_years[:12])
        more = len(found.empty_years) - 12
        told.append(
            trn(
                "No dated statement in {years} and {count} year more.",
                "No dated statement in {years} and {count} years more.",
                more,
                years=none,
            )
            if more > 0
            else tr("No dated statement in {years}.", years=none)
        )
    if last := data.current().last_day:
        told.append(tr("The archive ends on {day}: it holds nothing said later.", day=last))
    return told


def _about_voices(found: Coverage, every: int) -> list[str]:
    shown = data.current()
    told = []
    if len(found.sides) > 2:
        first, second = found.sides[:2]
        told.append(
            tr(
                "{first} ({count}) and {second} ({second_count}) do most of the speaking; then come {others}.",
                first=text.escape(data.side(first.value)),
                count=number(first.count),
                second=text.escape(data.side(second.value)),
                second_count=number(second.count),
                others=language.listed(
                    f"{text.escape(data.side(side.value))} {number(side.count)}" for side in found.sides[2:5]
                ),
            )
        )
    if len(found.speakers) > 1:
        leader = found.speakers[0]
        name = links.anchor("speakers", shown.names.get(leader.value, leader.value), profile=leader.value)
        told.append(
            tr(
                "{name} alone speaks in {share}; {once} of {speakers} speakers are heard once.",
                name=name,
                share=share(leader.count, every),
                once=number(found.heard_once),
                speakers=number(len(found.speakers)),
            )
        )
    if len(found.sources) > 1:
        most = found.sources[0]
        told.append(
            tr(
                "{share} come from one publisher, {publisher}, out of {publishers}: what it chose to publish shapes "
                "the picture.",
                share=share(most.count, every),
                publisher=text.escape(most.value),
                publishers=number(len(found.sources)),
            )
        )
    return told


def share(part: int, whole: int) -> str:
    """ "249 of 862 (29 %)"; the share is left out where there is nothing to divide by."""
    if not whole:
        return tr("{part} of {whole}", part=number(part), whole=number(whole))
    percent = round(100 * part / whole)
    if part and not percent:
        return tr("{part} of {whole} (under 1 %)", part=number(part), whole=number(whole))
    return tr("{part} of {whole} ({percent} %)", part=number(part), whole=number(whole), percent=percent)


def unfinished_note(drawn: Iterable[str]) -> None:
    """Say why the last bar is paler, where it is. drawn: the years of the chart."""
    last = data.current().last_day
    if last and unfinished(last, Unit.YEAR) in set(drawn):
        st.caption(tr("{year} is paler because it is unfinished: the archive ends on {day}.", year=last.year, day=last))


def by_year(picked: Picked) -> None:
    """Draw the numbers of the chart by year as a table: a row a year, a column a side."""
    counts, names = picked.counts(Unit.YEAR), picked.lane_names()
    if counts is not None:
        rows = [
            [year, *map(int, each)] for year, each in zip(counts.names(), counts.counts.T, strict=True) if any(each)
        ]
        head = [tr("Year"), *names]
        chart_data.table(tr("Statements by year and side"), head, rows, name="by-year-and-side", numbers=names)


def most_quoted(directory: pd.DataFrame) -> None:
    """Draw the speakers of ``directory`` (from ``SpeakerTable.count``) with their counts."""
    tables.table(
        tr("Most quoted speakers"),
        [tr("Speaker"), tr("Side"), tr("Statements")],
        [
            [
                tables.Html(links.anchor("speakers", str(row["name"]), profile=str(row["speaker_id"]))),
                tables.Html(side_tag(row["side"], data.side(row["side"]))),
                int(row["statements"]),
            ]
            for row in data.rows(directory)
        ],
        numbers=[tr("Statements")],
        tight=[tr("Speaker")],
    )


def most_printed(picked: Picked) -> None:
    """Draw the statements that are printed more than once; nothing where there is none."""
    several = picked.keep("most_printed", lambda: most_printed_of(data.current().release.statements, picked.places, 4))
    if not several:
        return
    st.subheader(tr("Most printed"), anchor=False)
    rows = data.rows_at(several)
    statement_card.briefly(rows, [trn("in {count} place", "in {count} places", int(row["prints"])) for row in rows])


def side_tag(side: object, name: str) -> str:
    """HTML of a side's name with its colour, which no line's end parts from it."""
    first, space, others = name.partition(" ")
    beside = f'<span class="or-dot"></span>{text.escape(first)}'
    if len(first) <= _WHOLE:
        beside = f'<span class="or-whole">{beside}</span>'
    return f'<span style="--side:{palette.colour(side)}">{beside}{space}{text.escape(others)}</span>'

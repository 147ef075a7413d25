"""How much the archive holds and how much it does not know: figures with their denominators."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from analysis.queries.coverage import Coverage
from analysis.queries.coverage import most_printed as most_printed_of
from analysis.queries.dates import as_day, in_words, span_in_words
from analysis.queries.timeline import Unit, unfinished
from pages.parts import data, links, palette, statement_card, tables, text
from pages.parts.picked import Picked


def figures(picked: Picked) -> None:
    """Draw how many statements, speakers, documents and years there are."""
    shown, statements = data.current(), picked.statements
    every = len(shown.statements)
    days = statements["said_on"]
    nobody = int(statements["speaker_id"].isna().sum())
    known = f"of {every:,} in the archive" if len(statements) < every else "in the archive"
    cells = [
        ("Statements", f"{len(statements):,}", known),
        (
            "Speakers",
            f"{len(picked.directory):,}",
            f"{nobody:,} statements without one",
        ),
        ("Texts", f"{len(data.selected_documents()):,}", f"of {len(shown.release.documents):,} read"),
        ("Said", span_in_words(as_day(days.min()), as_day(days.max())), f"{len(picked.undated):,} undated"),
    ]
    drawn = "".join(
        f'<div><p class="or-soft">{label}</p><p class="or-figure">{text.escape(value)}</p>'
        f'<p class="or-soft">{text.escape(below)}</p></div>'
        for label, value, below in cells
    )
    st.html(f'<div class="or-figures">{drawn}</div>')


def gaps(picked: Picked) -> None:
    """Draw what a reader of the counts must know, computed from the statements at hand."""
    st.subheader("What these counts leave out", anchor=False)
    told = "".join(f"<li>{sentence}</li>" for sentence in picked.keep("gaps", lambda: _sentences(picked)))
    st.html(f'<ul class="or-gaps">{told}</ul>')
    with st.container(horizontal=True):
        if picked.gaps.undated:
            label = text.count(picked.gaps.undated, "undated statement")
            links.to("timeline", label, icon=":material/event_busy:", list="undated")
        links.to("about", "How far to trust it", icon=":material/info:")


def _sentences(picked: Picked) -> list[str]:
    """The gaps as HTML sentences, those that change most what a count means first."""
    found, every = picked.gaps, picked.gaps.statements
    told = ["Counts say how often something is printed in this archive, not how often it was said."]
    told += _about_years(found)
    told += _about_voices(found, every)
    unsure = [
        f"{share(found.indirect, every)} are reported without quotation marks, so the words may not be the speaker’s",
        f"{found.published:,} stand at their publication date for want of a better one" if found.published else "",
        f"{found.undated:,} have no day and stand in no chart" if found.undated else "",
        f"{found.nameless:,} have no speaker that could be named" if found.nameless else "",
    ]
    told.append(f"{'; '.join(part for part in unsure if part)}.")
    if found.once:
        told.append(
            f"{share(found.once, every)} are printed in one place here: nothing else in the archive confirms them."
        )
    if set(data.current().release.documents["lang"]) == {"en"}:
        told.append("All texts are in English: what was said in Chinese, Russian or another language is a translation.")
    return told


def _about_years(found: Coverage) -> list[str]:
    told = []
    if found.half_since and found.first and found.last and found.half_since > found.first.year:
        told.append(
            f"{share(found.recent, found.dated)} dated statements fall in {found.half_since}–{found.last.year}; "
            f"{found.first.year}–{found.half_since - 1} hold the rest."
        )
    if thin := [f"{year.value} ({year.count})" for year in sorted(found.thin_years[:5], key=lambda year: year.value)]:
        name = "Thinnest year" if len(thin) == 1 else "Thinnest years"
        told.append(f"{name}: {', '.join(thin)}. A low bar there is a gap in the archive before it is a silence.")
    if found.empty_years:
        none = ", ".join(str(year) for year in found.empty_years[:12])
        more = len(found.empty_years) - 12
        told.append(f"No dated statement in {none}{f' and {more} years more' if more > 0 else ''}.")
    if last := data.current().last_day:
        told.append(f"The archive ends on {in_words(last)}: it holds nothing said later.")
    return told


def _about_voices(found: Coverage, every: int) -> list[str]:
    shown = data.current()
    told = []
    if len(found.sides) > 2:
        first, second = found.sides[:2]
        rest = ", ".join(f"{text.escape(shown.side(side.value))} {side.count:,}" for side in found.sides[2:5])
        told.append(
            f"{text.escape(shown.side(first.value))} ({first.count:,}) and {text.escape(shown.side(second.value))} "
            f"({second.count:,}) do most of the speaking; then come {rest}."
        )
    if len(found.speakers) > 1:
        leader = found.speakers[0]
        name = links.anchor("speakers", shown.names.get(leader.value, leader.value), profile=leader.value)
        told.append(
            f"{name} alone speaks in {share(leader.count, every)}; "
            f"{found.heard_once:,} of {len(found.speakers):,} speakers are heard once."
        )
    if len(found.sources) > 1:
        most = found.sources[0]
        told.append(
            f"{share(most.count, every)} come from one publisher, {text.escape(most.value)}, out of "
            f"{len(found.sources):,}: what it chose to publish shapes the picture."
        )
    return told


def share(part: int, whole: int) -> str:
    """ "249 of 862 (29 %)"; the share is left out where there is nothing to divide by."""
    return f"{part:,} of {whole:,}" + (f" ({round(100 * part / whole)} %)" if whole else "")


def unfinished_note(drawn: Iterable[str]) -> None:
    """Say why the last bar is paler, where it is. drawn: the years of the chart."""
    last = data.current().last_day
    if last and unfinished(last, Unit.YEAR) in set(drawn):
        st.caption(f"{last.year} is paler because it is unfinished: the archive ends on {in_words(last)}.")


def by_year(counts: pd.DataFrame, picked: Picked) -> None:
    """Draw the numbers of ``counts``, which is by year, as a table: a row a year, a column a lane."""
    wide = counts.assign(year=[day.year for day in counts["since"]]).pivot_table(
        index="year", columns="lane", values="count", fill_value=0, aggfunc="sum"
    )
    tables.table(
        "Statements by year and side",
        ["Year", *picked.lane_names],
        [[str(year), *(int(row.get(lane.lane, 0)) for lane in picked.lanes)] for year, row in wide.iterrows()],
        numbers=picked.lane_names,
    )


def most_quoted(directory: pd.DataFrame) -> None:
    """Draw the speakers of ``directory`` (from ``speakers.directory``) with their counts."""
    shown = data.current()
    tables.table(
        "Most quoted speakers",
        ["Speaker", "Side", "Statements"],
        [
            [
                tables.Html(links.anchor("speakers", str(row["name"]), profile=str(row["speaker_id"]))),
                tables.Html(side_tag(row["side"], shown.side(row["side"]))),
                int(row["statements"]),
            ]
            for row in data.rows(directory)
        ],
        numbers=["Statements"],
        tight=["Speaker"],
    )


def most_printed(picked: Picked) -> None:
    """Draw the statements that are printed more than once; nothing where there is none."""
    several = most_printed_of(picked.statements, 4)
    if several.empty:
        return
    st.subheader("Most printed", anchor=False)
    rows = data.rows(several)
    statement_card.briefly(rows, [f"in {int(row['prints'])} places" for row in rows])


def side_tag(side: object, name: str) -> str:
    """HTML of a side's name with its colour."""
    return f'<span style="--side:{palette.colour(side)}"><span class="or-dot"></span>{text.escape(name)}</span>'

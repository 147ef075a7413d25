"""A comparison as it is drawn: how much each says, how often, what is typical of it, and what is left out."""

from __future__ import annotations

import numpy as np
import streamlit as st

from analysis.queries.codes import days_of
from analysis.queries.comparing.groups import FEW
from analysis.queries.comparing.over_time import unit_for
from analysis.queries.timeline import Unit
from pages.parts import (
    asking,
    chart_data,
    charts,
    compare_chart,
    data,
    finding,
    hits,
    link_widgets,
    plot,
    statement_card,
    tables,
    take,
    text,
)
from pages.parts.compared import Compared
from pages.parts.language import mark, number, told, tr, trn

_UNITS = {"auto": mark("Automatic"), "month": mark("Month"), "quarter": mark("Quarter"), "year": mark("Year")}


def how_much(compared: Compared) -> None:
    """Draw how many statements each group has, and say which are too few."""
    days = days_of(compared.statements)
    is_asked = bool(compared.asked.query)
    head = [tr("Who"), tr("Statements within the filters")]
    head += [tr("On the question"), tr("Share")] if is_asked else []
    head += [tr("Dated"), tr("Theirs alone")]
    rows = []
    for group, look in zip(compared.groups, compared.looks, strict=True):
        row: list[object] = [look.name, len(group.every)]
        row += [len(group.on), _share(len(group.on), len(group.every))] if is_asked else []
        rows.append([*row, int((~np.isnat(days[group.on])).sum()), len(group.alone)])
    tables.table(tr("How many statements are compared"), head, rows, numbers=head[1:])
    with st.container(horizontal=True):
        take.menu(compared.source)
    if compared.on is not None:
        if compared.on.note:
            st.caption(told(compared.on.note))
        asking.hints([compared.on.understood])
        if finding.waits_for_meaning(compared.asked.how[0], [compared.on]):
            hits.without_meaning()
    for group, look in zip(compared.groups, compared.looks, strict=True):
        if group.is_small:
            st.info(
                trn(
                    "{who}: {count} statement of their own here. With fewer than {few}, what follows shows examples, "
                    "not a pattern. Widen the question or the filters.",
                    "{who}: {count} statements of their own here. With fewer than {few}, what follows shows examples, "
                    "not a pattern. Widen the question or the filters.",
                    len(group.alone),
                    who=text.markdown(look.name),
                    few=FEW,
                ),
                icon=":material/warning:",
            )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def over_time(compared: Compared) -> None:
    """Draw the counts by period, as shares unless numbers are asked for."""
    st.subheader(tr("Over time"), anchor=False)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        measure = link_widgets.segmented("as", tr("Counted as"), {"share": tr("Share"), "count": tr("Number")}, "share")
        by = link_widgets.segmented("by", tr("Period"), {key: tr(name) for key, name in _UNITS.items()}, "auto")
    days = days_of(compared.statements)
    found = np.concatenate([group.on for group in compared.groups])
    unit = unit_for(days[found]) if by == "auto" else Unit(by)
    counts, last = compared.counts(unit), data.current().last_day
    if not any(len(rows) for rows in counts):
        st.info(tr("None of these statements has a day."))
        return
    is_share = measure == "share"
    drawn = compared.picked.keep(
        (*compared.key, "chart", unit, is_share),
        lambda: compare_chart.chart(counts, compared.looks, unit, last, share=is_share),
    )
    plot.draw(drawn, "compared", charts.config("compared"))
    undated = int(np.isnat(days[found]).sum())
    st.caption(_what_a_share_is(compared, is_share, undated))
    if (numbers := st.expander(tr("The numbers behind the chart"), on_change="rerun", key="compared_numbers")).open:
        with numbers:
            _numbers(compared, unit)


def _what_a_share_is(compared: Compared, is_share: bool, undated: int) -> str:
    parts = []
    if is_share and compared.asked.query:
        parts.append(tr("Of all that each said in the period within the filters, the part on the question."))
    elif is_share:
        parts.append(tr("Of all statements of the period within the filters."))
    parts.append(
        tr("Hollow marks: a share of fewer than {few} statements, or an unfinished period.", few=compare_chart.FEW)
    )
    if undated:
        parts.append(
            trn("{count} undated statement is not drawn.", "{count} undated statements are not drawn.", undated)
        )
    return " ".join(parts)


def _numbers(compared: Compared, unit: Unit) -> None:
    counts = compared.counts(unit)
    names = [look.name for look in compared.looks]
    of_each = [list(zip(each["count"].tolist(), each["whole"].tolist(), strict=True)) for each in counts]
    rows = [
        [period, *(f"{number(part)} / {number(whole)}" for part, whole in (each[at] for each in of_each))]
        for at, period in enumerate(counts[0]["period"])
    ]
    saved_head = [tr("Period")]
    for name in names:
        saved_head += [name, tr("{name}: of how many", name=name)]
    saved = [
        [period, *(value for each in of_each for value in each[at])] for at, period in enumerate(counts[0]["period"])
    ]
    caption = tr("Statements by period: of how many")
    chart_data.table(caption, [tr("Period"), *names], rows, name="compared", numbers=names, plain=(saved_head, saved))


def typical(compared: Compared) -> None:
    """Draw the statements nearest to the middle of what each group says."""
    st.subheader(tr("Typical statements"), anchor=False)
    if not data.current().release.dimensions:
        st.caption(tr("This release was built without an encoder, so nothing can be compared by meaning."))
        return
    st.caption(
        tr(
            "Nearest in meaning to the middle of all that each says here, and unlike one another. What several of them "
            "said together is left out."
        )
    )
    for column, group, look in zip(
        st.columns(len(compared.groups), gap="medium"), compared.groups, compared.looks, strict=True
    ):
        with column:
            heading(look, trn("of {count} statement", "of {count} statements", len(group.alone)))
            found = compared.typical(group)
            if not found:
                st.caption(tr("Nothing to show."))
                continue
            statement_card.briefly(data.rows(compared.statements.iloc[[each.row for each in found]]))


def heading(look: compare_chart.Look, about: str) -> None:
    """Draw a group's name with its colour, and a few words about it."""
    st.html(
        f'<h4 class="or-group" style="--side:{look.colour}"><span class="or-dot"></span>{text.escape(look.name)} '
        f'<span class="or-soft">{text.escape(about)}</span></h4>'
    )


def left_out(compared: Compared) -> None:
    """Say what the comparison does not count."""
    both = compared.joint
    parts = [
        trn(
            "{count} statement within the filters is by none of them.",
            "{count} statements within the filters are by none of them.",
            compared.by_none,
        )
    ]
    if both:
        parts.append(
            trn(
                "{count} statement was made by several of them together: it counts for each over time, and is left out "
                "of what is typical, of the words and of the pairs.",
                "{count} statements were made by several of them together: they count for each over time, and are left "
                "out of what is typical, of the words and of the pairs.",
                both,
            )
        )
    parts += [
        tr(
            "{side} stands beside a speaker of its own: what is typical of it, its words and its pairs are without "
            "what that speaker said.",
            side=look.name,
        )
        for group, look in zip(compared.groups, compared.looks, strict=True)
        if group.who in compared.lessened
    ]
    if compared.on is not None:
        parts.append(
            tr(
                "On the question are {words} that hold its words and {meaning} more that come close in meaning, of all "
                "within the filters.",
                words=number(compared.on.saying),
                meaning=number(len(compared.on.places) - compared.on.saying),
            )
        )
    st.subheader(tr("What this leaves out"), anchor=False)
    st.html("<ul class='or-gaps'>" + "".join(f"<li>{text.escape(each)}</li>" for each in parts) + "</ul>")

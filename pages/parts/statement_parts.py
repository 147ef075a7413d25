"""One statement's own page: its words, what they rest on, every print in its context, and what stands near it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.messages import all_of
from analysis.queries.dates import as_day, basis_in_words, confidence_in_words
from analysis.queries.similar import similar
from analysis.queries.speakers import on_day
from pages.parts import coverage, data, frame, language, links, palette, statement_card, statement_prints, text
from pages.parts.language import number, told, tr, trn

_NEAR = 5
_LONG = 500  # characters from which on what is known of the words goes before them
_SAME_DAY = 8
_LISTED = 200  # statements of a day, put in order by speaker


def none_chosen() -> None:
    """Say where statements are chosen."""
    frame.heading(tr("Statement"), tr("One statement: its words, what they rest on, and where they are printed."))
    st.info(tr("Choose one on the timeline or by searching."), title=tr("No statement is chosen"))
    with st.container(horizontal=True):
        links.to("timeline", tr("Timeline"), icon=":material/timeline:")
        links.to("search", tr("Search"), icon=":material/search:")


def heading(statement: data.Row) -> None:
    """Draw who and when as the page's title, and the way to the previous and the next statement of the selection."""
    name = text.known(statement["speaker_name"]) or tr("Speaker not known")
    day = as_day(statement["said_on"])
    frame.heading(
        text.markdown(tr("{name}, {day}", name=name, day=language.day(day) if day else tr("undated"))),
        tr("One statement: its words, what they rest on, and where they are printed."),
        share=tr("Link to this statement"),
        cite=statement,
    )
    asked = str(statement["statement_id"])
    statement_card.steps(data.picked().order, asked)
    if not data.holds(asked):
        st.caption(tr("This statement is outside the filters; the link that brought you here asked for it."))


def words(statement: data.Row, prints: Sequence[statement_prints.Print]) -> None:
    """Draw the words, whether they are the speaker's own, and the facts about them."""
    side = text.known(statement["side"])
    is_long = len(str(statement["text"])) > _LONG
    if is_long:
        statement_prints.answer(statement, prints)
    st.html(
        f'<article class="or-card" style="--side:{palette.colour(side)}">'
        f'<p class="or-words{"" if is_long else " or-large"}">{statement_card.quoted(statement)}</p></article>'
    )
    statement_prints.answer(statement, prints)
    st.html(f'<dl class="or-facts">{"".join(_fact(name, value) for name, value in _facts(statement) if value)}</dl>')
    st.html(statement_card.ways(statement, own_page=False))


def _fact(name: str, value: str) -> str:
    return f"<dt>{name}</dt><dd>{value}</dd>"


def _facts(statement: data.Row) -> list[tuple[str, str]]:
    """What is known of a statement: a name and HTML each."""
    side = text.known(statement["side"])
    office, via = text.known(statement["office"]), text.known(statement["via"])
    basis = basis_in_words(str(statement["said_on_basis"]), text.known(statement["said_on_text"]))
    kind, explained = statement_card.kind_in_words(statement)
    return [
        (tr("Speaker"), _speakers(statement)),
        (tr("Office that day") if as_day(statement["said_on"]) else tr("Office"), text.escape(office)),
        (tr("Side"), coverage.side_tag(side, data.side(side))),
        (tr("Said on"), f"{language.day(as_day(statement['said_on']))} — {text.escape(told(basis))}"),
        (tr("Source"), statement_card.source(statement)),
        (tr("Relayed by"), text.escape(via)),
        (tr("Printed as"), tr("{kind}: {meaning}", kind=text.escape(kind), meaning=text.escape(explained))),
        (tr("Confidence"), text.escape(told(confidence_in_words(float(statement["confidence"]))))),
        (tr("Formulas"), statement_card.formula_tags(statement)),
    ]


def _speakers(statement: data.Row) -> str:
    """Everyone who speaks, each a link to the profile."""
    names = data.current().names
    listed = [
        links.anchor("speakers", names.get(str(member), str(member)), profile=str(member))
        for member in statement["speaker_members"]
    ]
    return told(all_of(listed)) or tr("Nobody could be named")


def named(statement: data.Row) -> None:
    """Draw whom and what the words name, each with how many statements do so."""
    shown = data.current()
    ids = [str(each) for each in statement["entities"]]
    if not ids:
        return
    st.subheader(tr("Named in it"), anchor=False)
    counts = shown.known["entity"]
    items = []
    for each in sorted(ids, key=lambda one: shown.names.get(one, one)):
        name, only = shown.names.get(each, each), {"entity": [each]}
        often = counts[each].count if each in counts else 1
        users = trn("named in {count} statement", "named in {count} statements", often)
        filtered = links.anchor("timeline", users, shared=only)
        items.append(f"<li>{links.anchor('entities', name, profile=each)} — {filtered}</li>")
    st.html(f'<ul class="or-soft or-plain-list">{"".join(items)}</ul>')


def formulas(statement: data.Row) -> None:
    """Draw what each of its fixed wordings signals, and where it was used first."""
    shown = data.current()
    known = [shown.formulas[each] for each in statement["formulas"] if each in shown.formulas]
    if not known:
        return
    st.subheader(tr("Formulas"), anchor=False)
    for formula in known:
        here = shown.formula_uses(formula.formula_id)
        users = trn("Used by {count} statement", "Used by {count} statements", here.statements)
        first = [statement_card.formula_anchor(formula.formula_id, users)]
        if here.first_id and here.first_on:
            use = links.anchor("statement", language.day(here.first_on), statement=here.first_id)
            first.append(tr("first here on {day}", day=use))
        if formula.first_known_on:
            members = [each for each in (formula.first_known_speaker_id or "").split("+") if each]
            who = told(all_of([shown.names.get(each, each) for each in members]))
            when = language.listed([language.day(formula.first_known_on), *([who] if who else [])])
            first.append(tr("first known use: {use}", use=text.outside_link(formula.first_known_url, when)))
        st.html(
            f'<p class="or-tight-p"><strong>{text.escape(told(formula.name))}</strong></p>'
            f'<p class="or-tight-p">{text.escape(formula.note)}</p><p class="or-soft">'
            f"{tr('{sentence}.', sentence=language.clauses(first))}</p>"
        )


def near(statement: data.Row) -> None:
    """Draw the statements closest in meaning."""
    shown = data.current()
    if not shown.release.manifest.dimensions:
        return
    statement_id = str(statement["statement_id"])
    found = data.picked().keep(("similar", statement_id), lambda: similar(shown.release, statement_id, _NEAR))
    hits = [hit for hit in found if hit.closeness]
    st.subheader(tr("Close in meaning"), anchor=False)
    if not hits:
        st.caption(tr("None is close."))
        return
    places = shown.places.get_indexer(pd.Index([hit.statement_id for hit in hits]))
    statement_card.briefly(data.rows_at(places), [told(hit.closeness or "") for hit in hits])


def same_day(statement: data.Row) -> None:
    """Draw what else was said on that day."""
    day = as_day(statement["said_on"])
    if day is None:
        return
    shown = data.current()
    own = int(shown.places.get_indexer(pd.Index([str(statement["statement_id"])]))[0])
    others = on_day(shown.release.statements, day, without=own)
    if not len(others):
        return
    st.subheader(tr("Said on the same day"), anchor=False)
    rows = sorted(data.rows_at(others[:_LISTED]), key=lambda row: (row["speaker_name"] or "￿", row["statement_id"]))
    statement_card.briefly(rows[:_SAME_DAY])
    if len(others) > _SAME_DAY:
        span = {"from": [day.isoformat()], "to": [day.isoformat()]}
        every = links.anchor("timeline", tr("All {count} of that day", count=number(len(others) + 1)), shared=span)
        st.html(f'<p class="or-soft">{every}</p>')

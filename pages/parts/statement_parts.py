"""One statement's own page: its words, what they rest on, every print in its context, and what stands near it."""

from __future__ import annotations

import streamlit as st

from analysis.messages import all_of
from analysis.queries.dates import as_day, basis_in_words, confidence_in_words
from analysis.queries.documents import around, other_prints, same_print
from analysis.queries.similar import similar
from analysis.queries.speakers import on_day
from analysis.schema import Span
from pages.parts import coverage, data, frame, language, links, marked_text, palette, statement_card, text
from pages.parts.language import number, told, tr, trn

_MOST_PRINTS = 6
_NEAR = 5
_SAME_DAY = 8


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
    )
    asked = str(statement["statement_id"])
    statement_card.steps(data.picked().order, asked)
    if not data.holds(asked):
        st.caption(tr("This statement is outside the filters; the link that brought you here asked for it."))


def words(statement: data.Row) -> None:
    """Draw the words and the facts about them."""
    side = text.known(statement["side"])
    st.html(
        f'<article class="or-card" style="--side:{palette.colour(side)}">'
        f'<p class="or-words or-large">{statement_card.quoted(statement)}</p></article>'
        f'<dl class="or-facts">{"".join(_fact(name, value) for name, value in _facts(statement) if value)}</dl>'
    )
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        statement_card.ways(statement, own_page=False)


def _fact(name: str, value: str) -> str:
    return f"<dt>{name}</dt><dd>{value}</dd>"


def _facts(statement: data.Row) -> list[tuple[str, str]]:
    """What is known of a statement: a name and HTML each."""
    shown = data.current()
    side = text.known(statement["side"])
    office, via = text.known(statement["office"]), text.known(statement["via"])
    basis = basis_in_words(str(statement["said_on_basis"]), text.known(statement["said_on_text"]))
    kind, explained = statement_card.kind_in_words(statement)
    return [
        (tr("Speaker"), _speakers(statement) + (f", {text.escape(office)}" if office else "")),
        (tr("Side"), coverage.side_tag(side, shown.side(side))),
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


def prints(statement: data.Row) -> None:
    """Draw every print with its source, in its context, the one whose words are shown above first."""
    shown = data.current()
    own, statement_id = str(statement["quote_id"]), str(statement["statement_id"])
    quotes = shown.quotes_by_statement.get(statement_id)
    if quotes is None:
        return
    order = [*data.rows(quotes[quotes["quote_id"] == own]), *data.rows(other_prints(quotes, own))]
    places = trn("Where it is printed: {count} place", "Where it is printed: {count} places", len(order))
    st.subheader(tr("Where it is printed") if len(order) == 1 else places, anchor=False)
    for quote in order[:_MOST_PRINTS]:
        _print(quote)
    if len(order) > _MOST_PRINTS:
        st.caption(trn("And in {count} more place.", "And in {count} more places.", len(order) - _MOST_PRINTS))


def _print(quote: data.Row) -> None:
    shown = data.current()
    document_id, quote_id = str(quote["document_id"]), str(quote["quote_id"])
    found = data.document(data.folder(), shown.release.number, document_id)
    if found is None:
        st.caption(tr("A text that prints it could not be read; run `python -m analysis check`."))
        return
    quotes = shown.quotes_by_document[document_id]
    pieces = quotes[quotes["quote_id"].isin(same_print(quotes, quote_id))]
    window: Span = around(found.text, int(pieces["start"].min()), int(pieces["end"].max()))
    printed = [text.escape(found.publisher or tr("publisher not known"))]
    if found.published_on:
        printed.append(language.day(found.published_on))
    title = links.anchor("document", found.title or tr("Untitled text"), document=document_id, quote=quote_id)
    source = f" · {text.outside_link(found.url, tr('its page'))}" if text.web_address(found.url) else ""
    with st.container(border=True, gap="small"):
        st.html(
            '<p class="or-soft" style="margin:0 0 .5rem 0">'
            f"{tr('In {title} ({printed})', title=title, printed=language.listed(printed))}{source}</p>"
            f"{marked_text.marked(found, quotes, quote_id, window)}{marked_text.footnotes(found, window)}"
        )


def formulas(statement: data.Row) -> None:
    """Draw what each of its fixed wordings signals, and where it was used first."""
    shown = data.current()
    known = [shown.formulas[each] for each in statement["formulas"] if each in shown.formulas]
    if not known:
        return
    st.subheader(tr("Formulas"), anchor=False)
    for formula in known:
        here = shown.formula_uses[formula.formula_id]
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
            f'<p class="or-tight-p"><strong>{text.escape(formula.name)}</strong></p>'
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
    statement_card.briefly(
        [shown.statement(hit.statement_id) for hit in hits], [told(hit.closeness or "") for hit in hits]
    )


def same_day(statement: data.Row) -> None:
    """Draw what else was said on that day."""
    day = as_day(statement["said_on"])
    if day is None:
        return
    others = on_day(data.current().statements, day, without=str(statement["statement_id"]))
    if others.empty:
        return
    st.subheader(tr("Said on the same day"), anchor=False)
    statement_card.briefly(data.rows(others.head(_SAME_DAY)))
    if len(others) > _SAME_DAY:
        span = {"from": [day.isoformat()], "to": [day.isoformat()]}
        every = links.anchor("timeline", tr("All {count} of that day", count=number(len(others) + 1)), shared=span)
        st.html(f'<p class="or-soft">{every}</p>')

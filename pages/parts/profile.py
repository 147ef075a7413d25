"""The directory of speakers and one speaker's profile."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.queries.dates import as_day
from analysis.queries.speakers import by_year, of_speaker
from analysis.queries.timeline import undated
from analysis.schema import Office
from pages.parts import charts, coverage, data, language, links, statement_card, tables, text
from pages.parts.language import number, span, tr, trn

_PER_PAGE = 5


def choose(listed: pd.DataFrame) -> str | None:
    """Draw the choice of a speaker; the identifier chosen, None for the directory."""
    shown = data.current()
    options = [str(speaker) for speaker in listed["speaker_id"]]
    asked = links.get("profile")
    if asked is not None and asked not in set(shown.directory["speaker_id"]):
        links.lost([tr("speaker “{asked}” is not in this archive", asked=asked)])
        links.put(profile=None)
        asked = None
    if asked is not None and asked not in options:
        options.append(asked)  # outside the filters, and said so on the profile
    if links.opened() or "profile" not in st.session_state or st.session_state["profile"] not in (None, *options):
        st.session_state["profile"] = asked
    picked = st.selectbox(
        tr("Speaker"),
        options,
        index=None,
        format_func=lambda speaker: shown.names.get(speaker, speaker),
        key="profile",
        placeholder=tr("Choose one of {count}", count=number(len(listed))),
        on_change=links.put,
        kwargs={"page": None},
    )
    links.keep("profile", picked)
    return picked


def table(listed: pd.DataFrame) -> None:
    """Draw the directory; choosing a row opens the profile."""
    shown = data.current()
    every = [str(speaker) for speaker in listed["speaker_id"]]
    st.caption(
        trn(
            "{count} speaker. Click a row to open its profile, a heading to sort.",
            "{count} speakers. Click a row to open its profile, a heading to sort.",
            len(listed),
        )
    )
    side, statements = tr("Side"), tr("Statements")
    st.dataframe(
        pd.DataFrame(
            {
                tr("Speaker"): listed["name"],
                side: [shown.side(each) if isinstance(each, str) else "" for each in listed["side"]],
                tr("Office at the latest statement"): [text.known(office) or "" for office in listed["office"]],
                statements: listed["statements"],
                tr("Undated"): listed["undated"],
                tr("First"): [_day(day) for day in listed["first"]],
                tr("Last"): [_day(day) for day in listed["last"]],
            }
        ),
        hide_index=True,
        key="directory",
        height=min(38 + 35 * len(listed), 720),
        on_select=lambda: _picked(every),
        selection_mode=["single-row", "single-cell"],
        alt=trn(
            "Directory of {count} speaker: {first}.",
            "Directory of {count} speakers, most quoted first: {first} …",
            len(listed),
            first=language.listed(
                f"{name} {number(int(count))}"
                for name, count in zip(listed["name"][:5], listed["statements"][:5], strict=True)
            ),
        ),
        column_config={
            side: st.column_config.TextColumn(width=130),
            statements: st.column_config.NumberColumn(format="localized"),
        },
    )


def _picked(every: list[str]) -> None:
    chosen = st.session_state["directory"]["selection"]
    rows = chosen["rows"] or [row for row, _ in chosen["cells"]]
    if rows:
        st.session_state["profile"] = every[rows[0]]
        links.put(profile=every[rows[0]])


def draw(speaker_id: str) -> None:
    """Draw one speaker's profile."""
    shown = data.current()
    name = shown.names.get(speaker_id, speaker_id)
    own = of_speaker(data.selected(), speaker_id)
    row = data.rows(shown.directory[shown.directory["speaker_id"] == speaker_id])[0]
    entity = shown.entity(speaker_id)
    st.button(tr("All speakers"), icon=":material/arrow_back:", on_click=_close)
    st.header(text.markdown(name), anchor=False)
    side = row["side"] if isinstance(row["side"], str) else (entity or {}).get("side")
    days = own["said_on"]
    st.html(
        f'<p style="margin:0">{coverage.side_tag(side, shown.side(side))} · '
        f"{trn('{count} statement', '{count} statements', len(own))}, {span(as_day(days.min()), as_day(days.max()))}"
        f" · {trn('{count} undated', '{count} undated', len(undated(own)))}{_also_known_as(entity)}</p>"
    )
    if len(own) < int(row["statements"]):
        st.caption(
            tr("The filters keep {kept} of {every}.", kept=number(len(own)), every=number(int(row["statements"])))
        )
    if own.empty:
        st.info(tr("Widen the filters to see this speaker’s statements."), title=tr("None within the filters"))
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(tr("Statements by year"), anchor=False)
        by_years = by_year(own)
        chart = charts.years(by_years, side, name, shown.last_day)
        st.plotly_chart(chart.figure, key="by year", alt=chart.summary, config=charts.config())
        coverage.unfinished_note([str(year) for year in by_years["year"]])
        with st.expander(tr("The numbers behind the chart")):
            counts = by_years
            tables.table(
                tr("Statements by {name} by year", name=name),
                [tr("Year"), tr("Statements")],
                [[str(year), int(count)] for year, count in zip(counts["year"], counts["count"], strict=True)],
                numbers=[tr("Statements")],
            )
    with right:
        st.subheader(tr("Offices"), anchor=False)
        _offices(entity, own)
    st.subheader(tr("Statements, newest first"), anchor=False)
    body = st.container()
    at = links.page_number(-(-len(own) // _PER_PAGE))
    with body:
        statement_card.cards(data.rows(own.iloc[(at - 1) * _PER_PAGE : at * _PER_PAGE]))


def _also_known_as(entity: data.Row | None) -> str:
    aliases = [alias for alias in (entity or {}).get("aliases") or () if alias != (entity or {}).get("name")]
    if not aliases:
        return ""
    return f'<br><span class="or-soft">{text.escape(tr("Also: {names}", names=language.listed(aliases)))}</span>'


def _offices(entity: data.Row | None, own: pd.DataFrame) -> None:
    """Draw the offices of the gazetteer; where it has none, those that the texts print."""
    held: tuple[Office, ...] = tuple((entity or {}).get("offices") or ())
    if held:
        tables.table(
            tr("Offices held"),
            [tr("Office"), tr("From"), tr("Until")],
            [[office.title, _day(office.since), _day(office.until)] for office in held],
            tight=[tr("From"), tr("Until")],
        )
        st.caption(tr("An empty day is not known, or the office is still held."))
        return
    printed = own["office"].dropna().value_counts().head(8)
    if printed.empty:
        st.caption(tr("No office is known."))
        return
    tables.table(
        tr("Offices as the texts print them"),
        [tr("As the texts print it"), tr("Statements")],
        [[str(office), int(count)] for office, count in printed.items()],
        numbers=[tr("Statements")],
    )


def _day(day: object) -> str:
    known = as_day(day)
    return known.isoformat() if known else ""


def _close() -> None:
    st.session_state["profile"] = None
    links.put(profile=None, page=None)

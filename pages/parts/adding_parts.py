"""Adding documents: choose files, see what they hold, add them, see what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from access.roles import Act
from analysis.changing.files_given import KINDS, MOST_BYTES, MOST_FILES, MOST_IN_ALL, Given, sort_out
from analysis.changing.orders import HowFar
from analysis.queries import on_hand
from pages.parts import language, links, ordering, signing_in, tables, text
from pages.parts.language import told, tr, trn

_CHOSEN, _REFUSED = "files_to_add", "files_refused"
_MB = 1_000_000
_SHOWN = 100  # rows of a list; the rest is counted


def choose() -> None:
    """Draw the box for files and the button that has them looked through."""
    with st.form("files", border=False):
        st.file_uploader(
            tr("Files"),
            type=[kind.lstrip(".") for kind in KINDS],
            accept_multiple_files=True,
            max_upload_size=MOST_BYTES // _MB,
            key=_CHOSEN,
            help=tr(
                "Up to {files} files of {each} MB each, {whole} MB in all.",
                files=MOST_FILES,
                each=MOST_BYTES // _MB,
                whole=MOST_IN_ALL // _MB,
            ),
        )
        st.form_submit_button(tr("Look through them"), icon=":material/search:", type="primary", on_click=_look_through)
    _say_refused()
    st.caption(
        tr("Nothing is added yet: you see first what the files hold. What is added, everybody who reads can see.")
    )


def _look_through() -> None:
    if signing_in.reader_allowed(Act.ADD) is None:
        return
    chosen = st.session_state.get(_CHOSEN) or []
    found = sort_out([Given(each.name, each.getvalue()) for each in chosen])
    st.session_state[_REFUSED] = found.refused
    if found.taken:
        ordering.begin(Act.ADD, "look", files=found.taken)


def _say_refused() -> None:
    for name, why in st.session_state.get(_REFUSED, ()):
        st.warning(f"**{text.markdown(name)}** {told(why)}", icon=":material/block:")


def looked_through(order_id: str, how_far: HowFar) -> None:
    """Draw what the files hold, and the buttons to add it or to choose others."""
    if ordering.failed(how_far):
        _others()
        return
    result = how_far.result
    _say_refused()
    new, every = int(result["new"]), int(result["documents"])
    if not every:
        st.warning(tr("None of the files could be read."), icon=":material/block:")
    elif not new:
        st.info(tr("The archive holds all of it already."), icon=":material/done_all:")
    else:
        st.markdown(_in_short(new, every, int(result["replaced"])))
    _documents(result["listed"], every)
    _skipped(result["skipped"])
    with st.container(horizontal=True):
        if new:
            st.button(
                trn("Add {count} document", "Add {count} documents", new),
                icon=":material/note_add:",
                type="primary",
                key="add_them",
                on_click=ordering.begin_again,
                args=(Act.ADD, order_id, "add"),
            )
        _others()


def _in_short(new: int, every: int, replaced: int) -> str:
    parts = [trn("{count} document is new.", "{count} documents are new.", new)]
    if every > new:
        parts.append(trn("{count} is held already.", "{count} are held already.", every - new))
    if replaced:
        parts.append(
            trn("{count} takes the place of an earlier text.", "{count} take the place of earlier texts.", replaced)
        )
    return " ".join(parts)


def added(how_far: HowFar) -> None:
    """Draw what came of an addition."""
    if ordering.failed(how_far):
        _others()
        return
    result = how_far.result
    if result["release"] is None:
        st.error(tr("None of the files could be used, so nothing was published."), icon=":material/block:")
    elif not result["changed"]:
        st.info(tr("The archive holds all of it already."), icon=":material/done_all:")
    else:
        _published(result)
    _skipped(result["skipped"])
    _others()


def _published(result: Mapping[str, Any]) -> None:
    release = int(result["release"])
    quotes = trn("{count} new quotation", "{count} new quotations", int(result["quotes"]))
    statements = trn(
        "{count} statement that is new or has another print",
        "{count} statements that are new or have another print",
        int(result["statements"]),
    )
    st.success(
        tr("{quotes}; {statements}.", quotes=quotes, statements=statements),
        title=tr("Release {number} is published", number=release),
        icon=":material/check_circle:",
    )
    st.button(tr("Show it"), icon=":material/visibility:", key="show_added", on_click=_show, args=(release,))


def _show(release: int) -> None:
    on_hand.forget()
    st.session_state["release"] = release


def _others() -> None:
    st.button(tr("Choose other files"), icon=":material/folder_open:", key="other_files", on_click=_start_over)


def _start_over() -> None:
    st.session_state.pop(_REFUSED, None)
    links.put(order=None)


def _documents(listed: Sequence[Mapping[str, Any]], every: int) -> None:
    if not listed:
        return
    head = [tr("Document"), tr("Publisher"), tr("Date published"), tr("Characters"), tr("What becomes of it")]
    rows = [
        [
            one["title"] or one["source"],
            one["publisher"] or "",
            language.day(date.fromisoformat(one["published_on"])) if one["published_on"] else tr("Undated"),
            int(one["characters"]),
            tr("will be added") if one["is_new"] else tr("is held already"),
        ]
        for one in listed[:_SHOWN]
    ]
    tables.table(tr("Documents in these files"), head, rows, numbers=[tr("Characters")])
    if every > len(rows):
        st.caption(trn("And {count} more.", "And {count} more.", every - len(rows)))


def _skipped(skipped: Sequence[Mapping[str, str]]) -> None:
    if not skipped:
        return
    st.markdown(tr("Left out, or read only in part:"))
    for one in skipped[:_SHOWN]:
        st.markdown(f"- {text.markdown(one['detail'])}")
    if len(skipped) > _SHOWN:
        st.caption(trn("And {count} more.", "And {count} more.", len(skipped) - _SHOWN))

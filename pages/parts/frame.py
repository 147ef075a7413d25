"""What surrounds every page: the release at hand, and what to do when there is nothing to show."""

from __future__ import annotations

import streamlit as st

from pages.parts import chips, data, filters, links, text


def heading(title: str, about: str, *, share: str = "Link to this view") -> None:
    """Draw a page's title with the button that copies its address, ``share``, and a line on what it is for."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(title, anchor=False, width="stretch")
        links.share(share)
    st.caption(about)
    chips.draw()


def release_note() -> None:
    """Draw the release's number at the foot of the sidebar, and say so where a newer one exists."""
    shown = data.current()
    number, newest = shown.release.number, data.numbers(data.folder())[-1]
    with st.sidebar:
        st.caption(f"Release {number}, built {shown.release.manifest.published_at[:10]}")
    if newest > number:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"You are looking at release {number}, as its link asked. Release {newest} is newer.", width="stretch"
            )
            st.button(f"Show release {newest}", on_click=_show, args=(newest,), key="newest")


def nothing_yet() -> None:
    """Say what to run when there is no archive."""
    st.title("On Record", anchor=False)
    st.info(
        f"There is no archive in `{text.markdown(data.folder())}`. Build one from the shipped texts, then reload:",
        title="Nothing to show yet",
        icon=":material/inventory_2:",
    )
    st.code("python -m analysis build", language="bash")
    st.caption("From your own texts: `python -m analysis build FOLDER`. Another place: set `ON_RECORD_ARCHIVE`.")


def nothing_matches() -> None:
    """Say what to widen when the filters keep nothing."""
    asked = data.selection()
    narrow = [f"the {label.lower()}" for name, label in filters.LABELS.items() if asked.asked(name)]
    narrow += ["what is left out"] * bool(asked.without) + ["the dates"] * bool(asked.since or asked.until)
    advice = f"Widen {' or '.join(narrow)} in the panel on the left." if narrow else "This release has no statements."
    st.info(advice, title="No statement matches the filters", icon=":material/filter_alt:")


def _show(number: int) -> None:
    st.session_state["release"] = number

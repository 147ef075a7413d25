"""What readers see when the machine fails them: in words, without its paths, with a way on. The log has the rest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from analysis import logs
from analysis.archive import ArchiveError
from analysis.queries import on_hand
from pages.parts.language import tr

_AGAIN = 5  # seconds


@contextmanager
def told(part: str = "page") -> Iterator[None]:
    """Put a message in the place of what could not be drawn, and leave the session as it is. A decorator too.

    part: what is drawn, one name for each that can fail in one run.
    """
    try:
        yield
    except MemoryError:
        logs.unanswered()
        st.error(
            tr("Narrow the filters or the dates and ask again. Everything else works as before."),
            title=tr("This takes more memory than the server has left"),
            icon=":material/memory:",
        )
    except (ArchiveError, OSError):
        logs.unanswered()
        st.error(
            tr("It is read from the archive, which does not answer as it should. Other pages may work."),
            title=tr("This cannot be read just now"),
            icon=":material/cloud_off:",
        )
        st.button(tr("Try again"), key=f"try_again_{part}")


def until_it_works(title: str, words: str, icon: str = ":material/cloud_off:") -> None:
    """Say what is amiss, and look again every few seconds: the page comes up by itself."""
    st.title(tr("On Record"), anchor=False)
    st.info(words, title=title, icon=icon)
    st.caption(tr("This page tries again by itself."))
    look_again()


def look_again() -> None:
    """Run the page anew every few seconds once there may be a release to show."""
    _look_again([True])


@st.fragment(run_every=_AGAIN)
def _look_again(just_drawn: list[bool]) -> None:
    if just_drawn:  # by the page, which has looked: anew only when the time is up
        just_drawn.clear()
        return
    try:
        there = on_hand.numbers(on_hand.folder())
    except ArchiveError:
        return
    if there:
        st.rerun()


def away() -> None:
    """Say so while the archive cannot be reached and what was read before is shown."""
    if on_hand.away(on_hand.folder()):
        st.info(
            tr("What was read before is shown. Texts that nobody has opened yet have to wait."),
            title=tr("The archive cannot be reached just now"),
            icon=":material/cloud_off:",
        )

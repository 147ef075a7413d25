"""What surrounds every page: the release at hand, and what to do when there is nothing to show."""

from __future__ import annotations

import streamlit as st

from analysis import logs
from analysis.archive import ArchiveError
from analysis.archive.following import FetchingError, StoreDownError
from analysis.messages import any_of
from pages.parts import chips, data, failing, links, take
from pages.parts.language import mark, told, tr

_NARROWING = {
    "speaker": mark("the speaker"),
    "side": mark("the side"),
    "office": mark("the office"),
    "kind": mark("the kind of quotation"),
    "publisher": mark("the publisher"),
    "entity": mark("the names"),
    "formula": mark("the formula"),
    "basis": mark("what the day rests on"),
    "confidence": mark("the confidence"),
}


def heading(
    title: str,
    about: str,
    *,
    share: str | None = None,
    download: take.Source | None = None,
    cite: data.Row | None = None,
) -> None:
    """Draw a page's title with the button that copies its address, named ``share``, and a line on what it is for.

    download: the statements that the page shows, to take along. cite: the one that it is about.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(title, anchor=False, width="stretch")
        if download is not None:
            take.menu(download)
        if cite is not None:
            take.cite(cite)
        links.share(share or tr("Link to this view"))
    st.caption(about)
    chips.draw()


def release_note() -> None:
    """Draw the release's number at the foot of the sidebar, and say so where a newer one exists."""
    shown = data.current()
    number, newest = shown.release.number, data.numbers(data.folder())[-1]
    with st.sidebar:
        st.caption(tr("Release {number}, built {day}", number=number, day=shown.release.manifest.published_at[:10]))
    failing.away()
    if newest > number:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(
                tr(
                    "You are looking at release {number}, as its link asked. Release {newest} is newer.",
                    number=number,
                    newest=newest,
                ),
                width="stretch",
            )
            st.button(tr("Show release {number}", number=newest), on_click=_show, args=(newest,), key="newest")


def has_release(asked: str | None) -> bool:
    """Choose the release that this session looks at. False, and what to do about it in words, where there is none."""
    try:
        number = data.choose_release(asked)
    except FetchingError as error:
        share = tr("{share} of it is here.", share=f"{error.share:.0%}")
        failing.until_it_works(tr("The archive is on its way"), share, ":material/cloud_download:")
        return False
    except StoreDownError:  # its words name servers, which the log tells and visitors need not know
        words = tr("The store that holds it does not answer.")
        failing.until_it_works(tr("The archive cannot be reached just now"), words)
        return False
    except ArchiveError:
        logs.unanswered()
        words = tr("Whoever runs the server finds the reason in its log.")
        failing.until_it_works(tr("The archive cannot be read just now"), words)
        return False
    if number is None:
        _nothing_yet()
    return number is not None


def _nothing_yet() -> None:
    """Say what to run when there is no archive."""
    st.title(tr("On Record"), anchor=False)
    st.info(
        tr("There is no archive yet. Build one from the shipped texts:"),
        title=tr("Nothing to show yet"),
        icon=":material/inventory_2:",
    )
    st.code("python -m analysis build", language="bash")
    st.caption(tr("From your own texts: `python -m analysis build FOLDER`. Another place: set `ON_RECORD_ARCHIVE`."))
    failing.look_again()


def nothing_matches() -> None:
    """Say what to widen when the filters keep nothing."""
    asked = data.selection()
    narrow = [tr(words) for name, words in _NARROWING.items() if asked.asked(name)]
    if asked.without:
        narrow.append(tr("what is left out"))
    if asked.since or asked.until:
        narrow.append(tr("the dates"))
    if narrow:
        advice = tr("Widen {filters} in the panel on the left.", filters=told(any_of(narrow)))
    else:
        advice = tr("This release has no statements.")
    st.info(advice, title=tr("No statement matches the filters"), icon=":material/filter_alt:")


def _show(number: int) -> None:
    st.session_state["release"] = number

"""The dashboard: page list, release and shared filters. ``streamlit run app.py`` serves it.

The server imports this file to find ``app``; each session then runs it as a script, which draws the pages.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from access.base_path import base_path
from access.roles import Act
from analysis import warming
from analysis.queries import on_hand
from door.admitting import admitted
from door.changing import change_routes
from door.guard import Door
from pages.parts import (
    collecting,
    failing,
    filters,
    frame,
    inline_scripts,
    language,
    links,
    places,
    signing_in,
    starting,
)
from pages.parts.language import tr
from routes.assembling import Interface
from serving import first_view, memory, plotly_program
from serving.compressed import Compressed

_PARTS = Path(__file__).parent / "pages/parts"


@asynccontextmanager
async def _alive(_: st.App) -> AsyncIterator[None]:
    """Load the newest release and the encoder beside the first visitors' pages."""
    starting.begin()  # again, for what has been imported since
    starting.check()
    warming.warm(on_hand.open_newest)
    first_view.begin(on_hand.newest_named())
    memory.share_heaps()
    tasks = [asyncio.create_task(first_view.keep(on_hand.newest_laid_out)), asyncio.create_task(memory.keep_small())]
    yield
    for task in tasks:
        task.cancel()
    interface.server.work.stop()


def _draw() -> None:
    st.set_page_config(page_title="On Record", page_icon=_PARTS / "icon.svg", layout="wide")
    links.take_language()
    page = st.navigation(
        [
            st.Page(
                place.file,
                title=collecting.menu_title(tr(place.title)) if place.path == collecting.PATH else tr(place.title),
                icon=place.icon,
                url_path=place.path or "overview",
                default=not place.path,
                help=tr(place.help),
                visibility="visible" if place.in_menu and signing_in.may(place.act) else "hidden",
            )
            for place in places.PLACES.values()
            if place.act is Act.READ or signing_in.offered()
        ],
        position="sidebar" if signing_in.may(Act.READ) else "hidden",
    )
    st.html(_PARTS / "style.css")
    warming.warm(
        on_hand.open_newest
    )  # does nothing where the server has begun; other hosts of this script have no lifespan
    links.take_in(page.url_path)
    with st.sidebar:
        links.choose_language()
        signing_in.draw()
    if not signing_in.may(Act.READ):
        language.tell_browser()
        signing_in.door()
        return
    asked = links.address().get("release") if links.opened() else None
    if not frame.has_release(asked[-1] if asked else None):
        language.tell_browser()
        return
    with failing.told("frame"):
        collecting.take_in()
        filters.draw()
        frame.release_note()
        collecting.keep()  # before the page: its buttons work from the moment that they are seen
        with failing.told():
            page.run()
        links.write_out()


if __name__ == "__main__":
    _draw()
else:
    starting.begin()
    if wrong := signing_in.wrong():
        starting.end_for(wrong)
    # Else Streamlit takes the folder pages/ for its older page list until st.navigation was called once, and tells
    # the first visitor after a start who comes by a link that the page does not exist.
    PagesManager.uses_pages_directory = False
    interface = Interface(admitted, base_path(), inline_scripts.every())
    app = st.App(
        __file__,
        lifespan=_alive,
        routes=[*change_routes(base_path()), *interface.routes(), plotly_program.route(base_path())],
        middleware=[
            *interface.middleware(),
            Middleware(Door),
            Middleware(first_view.FirstView),
            Middleware(Compressed),
        ],
    )

"""Changes that the reader asks for: begun where the role allows it, watched while a process of its own makes them."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from access.roles import Act, Role
from analysis.changing.orders import HowFar, Order, Orders, State
from analysis.changing.starting import BusyError, orders_of, start, why_not
from analysis.changing.steps import STEPS
from analysis.settings import Settings
from pages.parts import links, signing_in, text
from pages.parts.language import number, told, tr

_EVERY = 1.0  # seconds between two looks
_PROBLEM = "order_problem"


def begin(act: Act, order: str, *, files: Mapping[str, bytes] | None = None, **what: object) -> None:
    """Ask for a change in the reader's name, if their role allows ``act`` at this moment; for callbacks.

    order: what ``Order.act`` says. The page's parameter "order" then names it; ``say_problem`` says what went wrong.
    """
    person = signing_in.reader_allowed(act)
    if person is None:
        return
    settings = Settings.from_environment()
    wanted = Order(order, person.who, person.role.word, **what)  # type: ignore[arg-type]
    orders = orders_of(settings)
    if (stop := why_not(settings)) is not None:
        st.session_state[_PROBLEM] = stop
        return
    try:
        order_id = orders.make(wanted, files)
        start(orders, order_id)
    except (BusyError, OSError) as error:
        st.session_state[_PROBLEM] = error
        return
    links.put(order=order_id)


def begin_again(act: Act, order_id: str, order: str) -> None:
    """Ask for something else with the files of an order that is over; for callbacks."""
    person = signing_in.reader_allowed(act)
    orders = _orders()
    if person is None or _own(orders, order_id) is None or not orders.how_far(order_id).is_over:
        return
    try:
        orders.put(order_id, Order(order, person.who, person.role.word))
        start(orders, order_id)
    except (BusyError, OSError) as error:
        st.session_state[_PROBLEM] = error


def say_problem() -> None:
    """Say what stood in the way of the last change that was asked for."""
    problem = st.session_state.pop(_PROBLEM, None)
    if problem is not None:
        words = told(problem) if isinstance(problem, str | BusyError) else tr("The server could not begin with it.")
        st.error(words, icon=":material/error:")


def can_change() -> bool:
    """True where this server can change the archive; else it is said why not, and what to do instead."""
    why = why_not(Settings.from_environment())
    if why is not None:
        st.info(told(why), title=tr("Nothing can be changed from here"), icon=":material/lock:")
    return why is None


def asked_for() -> tuple[str, Order] | None:
    """The order that the address names, where it is the reader's own or they are an admin; None where there is none."""
    order_id = links.get("order")
    if order_id is None:
        return None
    order = _own(_orders(), order_id)
    if order is None:
        links.put(order=None)
        links.lost([tr("this change is not known, or is somebody else's")])
        return None
    return order_id, order


def watch(order_id: str, act: Act) -> HowFar | None:
    """How an order ended; None while it goes on, and then how far it is stands on the page, looked up every second."""
    orders = _orders()
    how_far = orders.how_far(order_id)
    if how_far.is_over:
        return how_far

    @st.fragment(run_every=_EVERY)
    def look() -> None:
        signing_in.allow(act)
        now = orders.how_far(order_id)
        if now.is_over:
            st.rerun()
        _draw(now)

    look()
    return None


def failed(how_far: HowFar) -> bool:
    """True where an order came to nothing, which is said with what to do."""
    if how_far.state is State.DONE:
        return False
    if how_far.state is State.STOPPED:
        st.error(
            tr("The work was broken off, perhaps for want of memory. The last release stands as it was; try again."),
            title=tr("Nothing was changed"),
            icon=":material/error:",
        )
    else:
        st.error(text.markdown(how_far.problem), title=tr("Nothing was changed"), icon=":material/error:")
    return True


def _draw(now: HowFar) -> None:
    step = told(STEPS.get(now.step, now.step))
    if now.total:
        words = tr("{step}: {done} of {total}", step=step, done=number(now.done), total=number(now.total))
        st.progress(min(now.done / now.total, 1.0), words)
    else:
        st.progress(0.0, tr("{step} …", step=step))


def _orders() -> Orders:
    return orders_of(Settings.from_environment())


def _own(orders: Orders, order_id: str) -> Order | None:
    person = signing_in.reader()
    try:
        order = orders.order(order_id)
    except (KeyError, OSError, ValueError, TypeError):
        return None
    return order if order.who == person.who or person.role is Role.ADMIN else None

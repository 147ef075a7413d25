"""Who sends a request: the cookie of the pages' sign-in, or a bearer token. The same rules as on the pages."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from streamlit.auth_util import get_origin_from_redirect_uri
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

# Streamlit's own reading of its cookie, so that pages and routes can never disagree about who somebody is.
from streamlit.web.server.starlette.starlette_websocket import (
    _get_signed_cookie_with_chunks,
    _parse_decoded_user_cookie,
)

from access import desk, refusals
from access.guarding import from_our_pages
from access.people import NOBODY, Claims, Person
from access.roles import Act

_log = logging.getLogger(__name__)


class Refused(Exception):  # noqa: N818  # what happened, not what went wrong
    """A request that the rules do not allow: 401 for whoever has not said who they are, else 403."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


async def person_asking(request: Request) -> Person:
    """Who sends this request; a bearer token goes before a cookie, and one that does not hold makes nobody."""
    token = bearer_of(request.headers)
    if token is not None:
        return await run_in_threadpool(desk.person_with, token)
    return desk.person(claims_in(request.cookies))


async def allow(request: Request, act: Act) -> Person:
    """The person who asks, where the rules let them do this. Raises Refused, and logs it.

    Whatever changes something in the name of a cookie must come from our own pages.
    """
    person = await person_asking(request)
    if act is not Act.READ and not desk.rules().sign_in:
        raise Refused(403, "Nobody signs in here, so nothing is changed from here: use the command line.")
    if not desk.may(person, act):
        refusals.note_refused(person, act, "route")
        if not person.signed_in:
            raise Refused(401, f"Sign in first: this takes the role “{act.takes.word}”.")
        raise Refused(403, f"This takes the role “{act.takes.word}”, and you have “{person.role.word}”.")
    if request.method not in ("GET", "HEAD") and bearer_of(request.headers) is None:
        if not from_our_pages(dict(request.headers), own_origin()):
            refusals.note_refused(person, act, "route from another site")
            raise Refused(403, "A change that a cookie vouches for must come from this dashboard's own pages.")
    return person


def bearer_of(headers: Mapping[str, str]) -> str | None:
    """The bearer token that a request brings; None where it brings none."""
    scheme, _, token = (headers.get("authorization") or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def claims_in(cookies: Mapping[str, str]) -> Claims:
    """The claims in the cookie of a sign-in; none where there is no cookie, or none that this server signed."""
    origin = own_origin()
    if not origin or USER_COOKIE_NAME not in cookies:
        return {}
    try:
        signed = _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
        found: dict[str, Any] = _parse_decoded_user_cookie(signed, origin) if signed else {}
    except Exception:  # whatever a stranger puts into a cookie
        _log.info("A sign-in's cookie could not be read", exc_info=True)
        return {}
    return found if found.get("is_logged_in") is True else {}


def cookies_of(header: str) -> dict[str, str]:
    """The cookies of a request's Cookie header."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def own_origin() -> str:
    """Where browsers reach the dashboard, as the sign-in's settings say; "" where there is no sign-in."""
    try:
        return get_origin_from_redirect_uri() or ""
    except Exception:  # no secrets, or none that make sense: nobody is signed in
        return ""


__all__ = [
    "NOBODY",
    "Person",
    "Refused",
    "allow",
    "bearer_of",
    "claims_in",
    "cookies_of",
    "own_origin",
    "person_asking",
]

"""Signing in and out, who the reader is, and what pages do for whoever may not."""

from __future__ import annotations

import streamlit as st
from streamlit.auth_util import get_secrets_auth_section

from access import desk, refusals, setup
from access.people import NOBODY, Person
from access.roles import Act, Role
from analysis.settings import Settings
from pages.parts import text
from pages.parts.language import mark, tr

_ROLES = {
    Role.NOBODY: mark("no role"),
    Role.READER: mark("reader"),
    Role.EDITOR: mark("editor"),
    Role.ADMIN: mark("admin"),
}
_SHARED = {"redirect_uri", "cookie_secret", "expose_tokens"}  # of [auth], beside the providers


def reader() -> Person:
    """Who this session's reader is at this moment; looked up anew each time, since a role can be lost."""
    claims = st.user.to_dict()
    return desk.person(claims) if claims.get("is_logged_in") is True else NOBODY


def may(act: Act) -> bool:
    """True when this session's reader may do this at this moment."""
    return desk.may(reader(), act)


def reader_allowed(act: Act) -> Person | None:
    """The reader, where they may do this at this moment; else None, and the log has it. For callbacks."""
    person = reader()
    if desk.may(person, act):
        return person
    refusals.note_refused(person, act, "page")
    return None


def check_reading() -> None:
    """End the page, or the part of it that is drawn anew, where its reader may not read any more."""
    if desk.rules().closed:
        allow(Act.READ)


def allow(act: Act) -> Person:
    """The reader, where they may do this; else the page ends with what it takes. To be asked as the act is done."""
    person = reader()
    if not desk.may(person, act):
        refuse(act)
        st.stop()
    return person


def wrong() -> list[str]:
    """All that is to put right, where signing in is set up so that it cannot work safely."""
    return setup.problems(Settings.from_environment().roles, get_secrets_auth_section().to_dict())


def offered() -> bool:
    """True where visitors can sign in."""
    return desk.rules().sign_in and bool(get_secrets_auth_section())


def draw() -> None:
    """Draw who is signed in, with a way out, or the way in; nothing where there is no signing in."""
    if not offered():
        return
    person = reader()
    if not person.signed_in:
        _ways_in("sidebar")
        return
    role = tr("{name} · {role}", name=text.markdown(person.name), role=tr(_ROLES[person.role]))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(role, width="stretch")
        st.button(tr("Sign out"), icon=":material/logout:", type="tertiary", key="sign_out", on_click=_sign_out)


def refuse(act: Act) -> None:
    """Say which role it takes and which the reader has, with a way in for whoever has not signed in."""
    person = reader()
    needed = tr(_ROLES[act.takes])
    if person.signed_in:
        st.warning(
            tr(
                "This takes the role “{needed}”. You are signed in as {name}, with the role “{role}”. "
                "Ask whoever looks after this archive.",
                needed=needed,
                name=text.markdown(person.email or person.name or person.subject),
                role=tr(_ROLES[person.role]),
            ),
            title=tr("Your role does not allow this"),
            icon=":material/lock:",
        )
        return
    st.info(
        tr("This takes the role “{needed}”.", needed=needed),
        title=tr("Sign in to go on"),
        icon=":material/lock:",
    )
    if offered():
        _ways_in("page")


def door() -> None:
    """What strangers see of an archive that is not public."""
    st.title(tr("On Record"), anchor=False)
    st.caption(tr("What was said about China–Russia relations: who said it, when, and where it is printed."))
    refuse(Act.READ)


def _ways_in(where: str) -> None:
    for provider, label in _providers():
        words = tr("Sign in with {provider}", provider=text.markdown(label)) if label else tr("Sign in")
        st.button(
            words,
            icon=":material/login:",
            type="primary" if where == "page" else "secondary",
            key=f"sign_in_{where}_{provider or ''}",
            on_click=st.login,
            args=(provider,),
        )


def _providers() -> list[tuple[str | None, str]]:
    """The providers of ``[auth]``: each by its name there and how buttons call it; the unnamed one has neither."""
    section = get_secrets_auth_section().to_dict()
    named: list[tuple[str | None, str]] = [
        (name, name.replace("-", " ").capitalize())
        for name, given in section.items()
        if isinstance(given, dict) and "client_id" in given and name not in _SHARED
    ]
    return ([(None, "")] if "client_id" in section else []) + named


def _sign_out() -> None:
    person = reader()
    if person.sign_in is not None:
        desk.sign_ins().end(person.sign_in)
    st.logout()

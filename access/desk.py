"""The desk that pages and routes turn to: who somebody is at this moment, and what they may do."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from access.people import NOBODY, Claims, Person, allowed, person_of
from access.roles import Act
from access.rules import Bearer, Rules, rules_now
from access.sign_ins import SignIns
from analysis.settings import Settings

if TYPE_CHECKING:
    from access.bearer import Tokens


def rules() -> Rules:
    """The rules as they are now."""
    return rules_now(Settings.from_environment().roles)


def person(claims: Claims) -> Person:
    """Whose claims these are, by the rules as they are now; nobody where there are none."""
    return person_of(claims, rules(), time.time(), sign_ins().has_ended) if claims else NOBODY


def may(person: Person, act: Act) -> bool:
    """True when the rules as they are now let this person do this."""
    return allowed(person, act, rules())


def sign_ins() -> SignIns:
    """The sign-ins that were ended."""
    return _sign_ins(Settings.from_environment().work_folder / "signed-out")


def person_with(token: str) -> Person:
    """Who brings this bearer token; nobody where it does not hold or none is taken. May wait for the provider."""
    taken = rules().bearer
    claims = _tokens(taken).claims(token) if taken else None
    return person(claims) if claims else NOBODY


@cache
def _sign_ins(folder: Path) -> SignIns:
    return SignIns(folder)


@cache
def _tokens(bearer: Bearer) -> Tokens:
    from access.bearer import Tokens  # most servers take none, and need not load what reads them

    return Tokens(bearer)

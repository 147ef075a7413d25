"""From what a provider says of somebody to a person with a role."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from access.roles import Act, Role
from access.rules import Rules, normal

Claims = Mapping[str, object]
_AHEAD = 300  # seconds that a provider's clock may be ahead of ours
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever asks for something."""

    role: Role = Role.NOBODY
    name: str = ""  # as the provider gives it; whatever a stranger chose: escape it
    email: str | None = None  # verified; None where the provider vouches for none
    subject: str = ""  # the provider's identifier
    sign_in: str | None = None  # tells this sign-in from others; None: not signed in

    @property
    def signed_in(self) -> bool:
        """True for whoever signed in, with or without a role."""
        return self.sign_in is not None

    @property
    def who(self) -> str:
        """How the log names them."""
        return self.email or self.subject or "nobody"


NOBODY = Person()


def person_of(claims: Claims, rules: Rules, now: float, ended: Callable[[str], bool] = lambda _: False) -> Person:
    """Who a signed-in visitor is, and their role.

    claims: of a token whose signature, issuer, audience and nonce were checked; none for a stranger. now: seconds since
    1970. ended: whether a sign-in was ended by signing out. A sign-in older than ``rules.hours`` counts no more.
    Only an address that the provider calls verified counts.
    """
    issued = claims.get("iat")
    if not rules.sign_in or not isinstance(claims.get("sub"), str) or isinstance(issued, bool):
        return NOBODY
    if not isinstance(issued, int | float) or not now - rules.hours * 3600 < issued <= now + _AHEAD:
        return NOBODY
    sign_in = sign_in_of(claims)
    if ended(sign_in):
        return NOBODY
    email = _verified_address(claims)
    held = {email, "@" + email.rpartition("@")[2]} if email else set()
    held |= {value for value in _values(claims, rules.claim) if "@" not in value}
    role = max((role for role, members in rules.members.items() if members & held), default=Role.NOBODY)
    name = next((str(claims[key]) for key in ("name", "preferred_username") if claims.get(key)), email or "")
    return Person(role, name[:_LONGEST_NAME], email, str(claims["sub"]), sign_in)


def sign_in_of(claims: Claims) -> str:
    """What tells one sign-in from another of the same person: a hash, so that it can be written down."""
    parts = [str(claims.get(name, "")) for name in ("iss", "sub", "iat", "nonce", "jti")]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def allowed(person: Person, act: Act, rules: Rules) -> bool:
    """True when the rules let this person do this."""
    return person.role >= act.takes or (act is Act.READ and rules.public)


def _verified_address(claims: Claims) -> str | None:
    address = claims.get("email")
    verified = claims.get("email_verified")
    if not (verified is True or verified == "true") or not isinstance(address, str):
        return None
    name, at, domain = address.strip().rpartition("@")
    return normal(address) if name and at and domain and "@" not in name else None


def _values(claims: Claims, claim: str) -> Iterable[str]:
    """What a sign-in has in the claim: one word, or several; found by the whole name, or by its dots."""
    found: object = claims.get(claim)
    if found is None:
        found = claims
        for part in claim.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return [found.strip()]
    return [each.strip() for each in found if isinstance(each, str)] if isinstance(found, list | tuple) else []

"""Who speaks, alone or together, as identifiers, names and sides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from analysis.entities.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Member:
    """One speaker."""

    entity_id: str | None  # None: named in the document, but not well enough to be one person everywhere
    name: str
    side: str | None


@dataclass(frozen=True, slots=True)
class Who:
    """One speaker, several at once, or nobody who can be named."""

    members: tuple[Member, ...] = ()
    confidence: float = 0.5  # probability in [0, 1] that these are the speakers
    role_text: str | None = None
    unnamed_side: str | None = None  # the side of a speaker who cannot be named: "Chinese officials"

    @property
    def is_named(self) -> bool:
        """True when every speaker has an identifier."""
        return bool(self.members) and all(member.entity_id for member in self.members)

    @property
    def speaker_id(self) -> str | None:
        """One identifier, or a group's in alphabetical order joined by "+"."""
        return "+".join(sorted(member.entity_id or "" for member in self.members)) if self.is_named else None

    @property
    def name(self) -> str | None:
        """The canonical name; a group's names stand in the order of their identifiers."""
        ordered = sorted(self.members, key=lambda member: (member.entity_id or "", member.name))
        return " and ".join(member.name for member in ordered) or None

    @property
    def side(self) -> str | None:
        """The side, or the sides in alphabetical order joined by "+"; None when any member's is not known."""
        if not self.members:
            return self.unnamed_side
        sides = {member.side for member in self.members}
        return None if None in sides else "+".join(sorted(side for side in sides if side))

    def with_role(self, role_text: str | None) -> Who:
        """The same speakers with the office as printed."""
        return replace(self, role_text=role_text)


def known(entity_id: str, gazetteer: Gazetteer) -> Member:
    """The gazetteer's entity as a speaker: a name that stands for another when it speaks becomes that other."""
    entity = gazetteer.entities[gazetteer.speaks_as(entity_id)]
    return Member(entity.entity_id, entity.name, entity.side)


def together(parts: Iterable[Who], confidence: float | None = None) -> Who | None:
    """All of ``parts`` as one group; None when one of them cannot be named."""
    parts = list(parts)
    if not parts or not all(part.is_named for part in parts):
        return None
    members = tuple({member.entity_id: member for part in parts for member in part.members}.values())
    roles = list(dict.fromkeys(part.role_text for part in parts if part.role_text))
    return Who(
        members,
        min(part.confidence for part in parts) if confidence is None else confidence,
        "; ".join(roles) or None,
    )

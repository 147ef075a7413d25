"""Roles, and the acts that each allows. A higher role may do all that a lower one may."""

from __future__ import annotations

from enum import Enum, IntEnum


class Role(IntEnum):
    """What somebody is to this archive, lowest first."""

    NOBODY = 0  # not signed in, or signed in without a role
    READER = 1
    EDITOR = 2
    ADMIN = 3

    @property
    def word(self) -> str:
        """The role as the rules' file and messages write it."""
        return self.name.lower()


class Act(Enum):
    """Whatever the rules decide about; the value is the role that it takes."""

    READ = ("read", Role.READER)  # open to everybody where the rules say ``public``
    ADD = ("add", Role.EDITOR)  # look through files, and publish a release that holds them too
    REMOVE = ("remove", Role.ADMIN)  # publish a release without some documents
    REPUBLISH = ("republish", Role.ADMIN)  # make an older release the newest
    CLEAN = ("clean", Role.ADMIN)  # remove old releases and files that none needs

    @property
    def word(self) -> str:
        """The act as logs write it."""
        return self.value[0]

    @property
    def takes(self) -> Role:
        """The lowest role that may do it."""
        return self.value[1]

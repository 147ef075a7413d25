"""Refusing, and logging it."""

from __future__ import annotations

import logging

from access.people import Person
from access.roles import Act
from analysis.changing.log_lines import LOG, line

_log = logging.getLogger(LOG)


def note_refused(person: Person, act: Act, where: str) -> None:
    """Log that somebody was refused. where: "page", "route" or "upload"."""
    _log.warning("refused %s", line(person.who, person.role.word, act.word, where=where))

"""The log's line for each change, and for each that was refused: who, what, which release. Never a token or a text."""

from __future__ import annotations

import json
import logging

from access.people import Person
from access.roles import Act

_log = logging.getLogger("on_record.changes")


def line(person_who: str, role: str, act: str, /, **details: object) -> str:
    """One line of JSON, whatever strangers put into names."""
    said = {"who": person_who, "role": role, "act": act, **details}
    return json.dumps({name: value for name, value in said.items() if value is not None}, ensure_ascii=True)


def note(who: str, role: str, act: str, /, **details: object) -> None:
    """Log a change that was asked for or came about."""
    _log.info("change %s", line(who, role, act, **details))


def note_refused(person: Person, act: Act, where: str) -> None:
    """Log that somebody was refused. where: "page", "route" or "upload"."""
    _log.warning("refused %s", line(person.who, person.role.word, act.word, where=where))

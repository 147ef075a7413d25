"""What a server writes to standard error: lines to read or JSON, without what visitors asked for or where they are.

An exception's message can repeat a visitor's words, so only those of this program's own errors are written. The setting
``log_queries`` lifts this for a server whose readers know of it.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import TypeAlias

from analysis.archive.errors import ArchiveError
from analysis.configuring.laying import SettingsError
from analysis.models import EncoderError

Raised: TypeAlias = "tuple[type[BaseException], BaseException, TracebackType | None]"

QUERIES = logging.getLogger("analysis.asked")  # what visitors ask, where that is to be logged
_log = logging.getLogger(__name__)
_OURS = (ArchiveError, EncoderError, SettingsError, MemoryError)  # their messages are written here, about this machine
_QUERY_STRING = re.compile(r"\?[^\s\"']*")
_ADDRESS = re.compile(
    r"\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?|\[[0-9a-fA-F]*:[0-9a-fA-F:]*\](?::\d+)?|\b(?:[0-9a-fA-F]{0,4}:){3,}[\w:]*"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SERVERS = ("uvicorn", "websockets")  # their lines name addresses and paths
_WITHHELD = "(message withheld; the setting log_queries shows it)"


def begin(*, as_json: bool, queries: bool) -> None:
    """Let everything that logs in this process write so. May be called again: what logs since then is taken in too."""
    formatter = _Json(queries) if as_json else _Lines(queries)

    class Told(logging.getLoggerClass()):  # type: ignore[misc]
        """A logger whose handlers write so, whoever makes them."""

        def addHandler(self, hdlr: logging.Handler) -> None:  # noqa: N802
            if isinstance(hdlr, logging.StreamHandler):
                hdlr.setFormatter(formatter)
            super().addHandler(hdlr)

    logging.setLoggerClass(Told)
    if not logging.root.handlers:
        logging.root.addHandler(logging.StreamHandler())
    for logger in (logging.root, *logging.root.manager.loggerDict.values()):
        for handler in getattr(logger, "handlers", ()):
            if isinstance(handler, logging.StreamHandler):
                handler.setFormatter(formatter)
    for name in ("analysis", "pages", "routes", "access", "door"):
        logging.getLogger(name).setLevel(logging.INFO)
    QUERIES.setLevel(logging.INFO if queries else logging.CRITICAL)
    logging.captureWarnings(as_json)
    sys.excepthook = _uncaught
    threading.excepthook = lambda given: _uncaught(
        given.exc_type, given.exc_value or given.exc_type(), given.exc_traceback
    )


def asked(what: str, words: str, **also: object) -> None:
    """Log what a visitor asked for; nothing unless the setting ``log_queries`` is on."""
    if QUERIES.isEnabledFor(logging.INFO):
        QUERIES.info("%s", what, extra={"more": {"query": words, **also}})


def unanswered() -> None:
    """Log that what a visitor asked for could not be answered, with the error that is being handled."""
    _log.exception("what a visitor asked for could not be answered")


class _Told(logging.Formatter):
    def __init__(self, queries: bool) -> None:
        super().__init__()
        self._queries = queries

    def message(self, record: logging.LogRecord) -> str:
        """The record's message; a server's without addresses and what stands behind a question mark."""
        words = record.getMessage()
        if self._queries or not record.name.startswith(_SERVERS):
            return words
        return _ADDRESS.sub("-", _QUERY_STRING.sub("", words))

    def error(self, raised: Raised) -> dict[str, object]:
        """An exception's name, its message where that may be written, and the places it came through."""
        kind, value, trace = raised
        told = str(value) if self._queries or isinstance(value, _OURS) else _system(value) or _WITHHELD
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        return {"type": kind.__name__, "message": told, "where": places}


class _Lines(_Told):
    def format(self, record: logging.LogRecord) -> str:
        words = _contained(self.message(record))
        lines = [f"{_time(record)} {record.levelname.lower()} {record.name}: {words}"]
        lines[0] += "".join(f" {name}={value!r}" for name, value in getattr(record, "more", {}).items())
        if record.exc_info and record.exc_info[0]:
            told = self.error(record.exc_info)
            lines += [f"    {place}" for place in told["where"]]  # type: ignore[attr-defined]
            lines.append(f"  {told['type']}: {_contained(str(told['message']))}")
        return "\n".join(lines)


class _Json(_Told):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self.message(record),
            "process": record.process,
        }
        line |= getattr(record, "more", {})
        if record.exc_info and record.exc_info[0]:
            line["error"] = self.error(record.exc_info)
        return json.dumps(line, ensure_ascii=True, default=str)


def _contained(words: str) -> str:
    """``words`` for a log of lines: what a stranger got into them steers no terminal and begins no line of its own."""
    return _CONTROL.sub("\ufffd", words).replace("\n", "\n    ")


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _system(error: BaseException) -> str | None:
    """What the operating system says, without the file's name: a visitor's words can be in that."""
    return error.strerror if isinstance(error, OSError) else None


def _uncaught(kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, (KeyboardInterrupt, SystemExit)):
        return
    logging.getLogger("analysis").critical("Nobody caught this", exc_info=(kind, value, trace))

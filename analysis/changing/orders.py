"""Orders: what is asked for and how far it is, as files that every server of the archive can read."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

try:
    import fcntl
except ImportError:  # Windows: a process that died is not noticed
    fcntl = None  # type: ignore[assignment]

_ID = re.compile(r"[0-9a-f]{32}")
_ORDER, _HOW_FAR, _ALIVE, FILES = "order.json", "how_far.json", "alive", "files"
_ENDS_WITHIN = 5.0  # seconds
_KEPT_FOR = 7 * 24 * 3600  # seconds that a finished order can be looked at


class State(StrEnum):
    """How far an order is."""

    WAITING = "waiting"  # for another to be done
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # ``problem`` says why
    STOPPED = "stopped"  # its process ended without a word: killed, or out of memory


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody asks for."""

    act: str  # look, add, remove, republish or clean
    who: str  # as the log names them
    role: str
    documents: tuple[str, ...] = ()  # identifiers, to remove
    release: int | None = None  # to publish again
    keep: int | None = None  # releases that stay


@dataclass(frozen=True, slots=True)
class HowFar:
    """How far an order is, and what came of it."""

    state: State = State.WAITING
    step: str = ""
    done: int = 0
    total: int | None = None  # None: not known
    problem: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """True when nothing more will come of it."""
        return self.state not in (State.WAITING, State.RUNNING)


class Orders:
    """The orders below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "orders"

    def make(self, order: Order, files: Mapping[str, bytes] | None = None) -> str:
        """The identifier of a new order with its files, which nobody works on yet. Raises OSError."""
        self._forget_old()
        order_id = secrets.token_hex(16)
        place = self._folder / order_id
        (place / FILES).mkdir(parents=True, mode=0o700)
        for name, content in (files or {}).items():
            (place / FILES / name).write_bytes(content)
        self.put(order_id, order)
        return order_id

    def put(self, order_id: str, order: Order) -> None:
        """Ask for ``order`` with the files that are there. Raises OSError."""
        _write(self.place(order_id) / _HOW_FAR, asdict(HowFar()))
        _write(self.place(order_id) / _ORDER, asdict(order))

    def place(self, order_id: str) -> Path:
        """An order's folder. Raises KeyError for what can be no order's identifier."""
        if not _ID.fullmatch(order_id):
            raise KeyError(order_id)
        return self._folder / order_id

    def order(self, order_id: str) -> Order:
        """What was asked. Raises KeyError where there is no such order."""
        read = _read(self.place(order_id) / _ORDER)
        if read is None:
            raise KeyError(order_id)
        return Order(**{**read, "documents": tuple(read["documents"])})

    def how_far(self, order_id: str) -> HowFar:
        """How far it is. Raises KeyError where there is no such order."""
        read = _read(self.place(order_id) / _HOW_FAR)
        if read is None:
            raise KeyError(order_id)
        found = HowFar(**{**read, "state": State(read["state"])})
        if found.is_over or self._is_worked_on(order_id):
            return found
        again = _read(self.place(order_id) / _HOW_FAR) or read  # it may have ended between the two looks
        last = HowFar(**{**again, "state": State(again["state"])})
        return last if last.is_over else replace(last, state=State.STOPPED)

    def note(self, order_id: str, how_far: HowFar) -> None:
        """Write down how far it is."""
        _write(self.place(order_id) / _HOW_FAR, asdict(how_far))

    def unfinished(self) -> list[str]:
        """The orders that somebody works on or that wait."""
        found = [path.name for path in self._folder.iterdir()] if self._folder.is_dir() else []
        return [each for each in found if _ID.fullmatch(each) and self._goes_on(each)]

    def take_up(self, order_id: str) -> int:
        """A handle that shows, as long as any process holds it open, that the order is worked on.

        Waits a moment for a process that is done with it to end. Raises OSError while another works on it.
        """
        handle = os.open(self.place(order_id) / _ALIVE, os.O_RDWR | os.O_CREAT, 0o600)
        until = time.monotonic() + _ENDS_WITHIN
        while fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() > until:
                    os.close(handle)
                    raise
                time.sleep(0.05)
        return handle

    @contextmanager
    def alone(self, waits: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Hold the turn to change the archive; calls ``waits`` and waits where somebody else has it."""
        handle = os.open(self._folder / ".turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if fcntl is not None:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    waits()
                    fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _goes_on(self, order_id: str) -> bool:
        try:
            return self._is_worked_on(order_id) and not self.how_far(order_id).is_over
        except KeyError:
            return False

    def _is_worked_on(self, order_id: str) -> bool:
        try:
            handle = os.open(self.place(order_id) / _ALIVE, os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            if fcntl is not None:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
        finally:
            os.close(handle)
        return False

    def _forget_old(self) -> None:
        if not self._folder.is_dir():
            return
        before = time.time() - _KEPT_FOR
        for path in self._folder.iterdir():
            with suppress(OSError):
                if _ID.fullmatch(path.name) and path.stat().st_mtime < before and not self._is_worked_on(path.name):
                    shutil.rmtree(path)


def _write(path: Path, content: Mapping[str, Any]) -> None:
    aside = path.with_suffix(f".{secrets.token_hex(4)}")
    aside.write_text(json.dumps(content), encoding="utf-8")
    aside.replace(path)


def _read(path: Path) -> dict[str, Any] | None:
    try:
        read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    return read

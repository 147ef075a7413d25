"""What a person sees of long work: bars on a terminal, plain lines in a log, nothing in a notebook or test."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

Advance = Callable[[int], None]  # called with how much is done in all

_SECONDS_BETWEEN_LINES = 30.0


class Progress:
    """Reports on the steps of long work to ``console``; to nobody when there is none."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console

    @contextmanager
    def step(self, title: str, total: int | None = None) -> Iterator[Advance]:
        """One step, from entering to leaving; call what it gives with the amount done. total None: not known."""
        if self._console is None:
            yield lambda done: None
        elif self._console.is_terminal:
            with self._bars(counted=total is not None) as bars:
                task = bars.add_task(title, total=total)
                yield lambda done: bars.update(task, completed=done)
        else:
            yield from self._lines(title, total)

    def _bars(self, counted: bool) -> Bars:
        """What a step looks like: with a bar where its end is known, else with what is done so far."""
        title = TextColumn("{task.description:<20}")
        how_far = (BarColumn(), MofNCompleteColumn()) if counted else (TextColumn("{task.completed:,.0f}"),)
        return Bars(SpinnerColumn(finished_text="·"), title, *how_far, TimeElapsedColumn(), console=self._console)

    def _lines(self, title: str, total: int | None) -> Iterator[Advance]:
        assert self._console is not None
        console = self._console
        console.print(title if total is None else f"{title}: {total:,}", highlight=False, markup=False)
        last = [time.monotonic()]

        def advance(done: int) -> None:
            if time.monotonic() - last[0] >= _SECONDS_BETWEEN_LINES:
                last[0] = time.monotonic()
                of = "" if total is None else f" of {total:,}"
                console.print(f"{title}: {done:,}{of}", highlight=False, markup=False)

        yield advance

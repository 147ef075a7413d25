"""One order, worked on: ``python -m analysis.changing.work FOLDER HANDLE``, which ``starting`` starts."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis import logs
from analysis.archive import ArchiveError, open_release
from analysis.changing.log_lines import LOG, line
from analysis.changing.orders import FILES, HowFar, Order, Orders, State
from analysis.changing.starting import uploads_of
from analysis.changing.steps import WAITING
from analysis.pipeline import BuildReport
from analysis.priority import give_way
from analysis.progress import Advance, Progress
from analysis.schema import Skipped
from analysis.settings import Settings

_log = logging.getLogger(LOG)
_SECONDS_BETWEEN_NOTES = 0.5
_LISTED = 500  # documents, and skipped inputs, that a result names
Result = dict[str, Any]


class _Noted(Progress):
    """Progress for whoever looks at the order."""

    def __init__(self, note: Callable[[HowFar], None]) -> None:
        super().__init__()
        self._note = note

    @contextmanager
    def step(self, title: str, total: int | None = None) -> Iterator[Advance]:
        """One step, written down at its start and now and then."""
        self._note(HowFar(State.RUNNING, title, 0, total))
        last = time.monotonic()

        def advance(done: int) -> None:
            nonlocal last
            if time.monotonic() - last >= _SECONDS_BETWEEN_NOTES:
                last = time.monotonic()
                self._note(HowFar(State.RUNNING, title, done, total))

        yield advance


def main(arguments: list[str]) -> int:
    """Work on the order in a folder; what comes of it is written there, and into the log."""
    place = Path(arguments[0])
    orders, order_id = Orders(place.parents[1]), place.name
    order, settings = orders.order(order_id), Settings.from_environment()
    give_way(settings.nice)
    try:
        if order.act == "look":
            result = _look(order, settings, place, _noting(orders, order_id))
        else:
            with orders.alone(lambda: orders.note(order_id, HowFar(State.WAITING, WAITING))):
                result = _ACTS[order.act](order, settings, place, _noting(orders, order_id))
    except (ArchiveError, OSError, ValueError) as error:
        return _fail(orders, order_id, order, str(error))
    except Exception as error:
        _log.exception("A change came to nothing")
        return _fail(
            orders, order_id, order, f"Something unforeseen happened ({type(error).__name__}); the log has it."
        )
    orders.note(order_id, HowFar(State.DONE, result=result))
    if order.act != "look":
        told = {name: result.get(name) for name in ("release", "added", "removed", "files")}
        _log.info("changed %s", _line(order, order_id, **told))
    return 0


def _noting(orders: Orders, order_id: str) -> Progress:
    return _Noted(lambda how_far: orders.note(order_id, how_far))


def _fail(orders: Orders, order_id: str, order: Order, problem: str) -> int:
    orders.note(order_id, HowFar(State.FAILED, problem=problem))
    _log.warning("not changed %s", _line(order, order_id, problem=problem))
    return 1


def _line(order: Order, order_id: str, **details: object) -> str:
    return line(order.who, order.role, order.act, order=order_id[:8], **details)


def _look(_: Order, settings: Settings, place: Path, progress: Progress) -> Result:
    """What the files hold, and what of it the newest release does not."""
    from analysis.adding import new_and_gone
    from analysis.pipeline import read

    documents, skipped = read(_files(place), settings, progress)
    with progress.step("Comparing"):
        new, gone = new_and_gone(open_release(settings.archive), documents)
    are_new = {one.document_id for one in new}
    listed = [
        {
            "source": one.source,
            "title": one.title,
            "publisher": one.publisher,
            "published_on": one.published_on.isoformat() if one.published_on else None,
            "characters": len(one.text),
            "is_new": one.document_id in are_new,
        }
        for one in documents[:_LISTED]
    ]
    counts = {"documents": len(documents), "new": len(new), "replaced": len(gone)}
    return {**counts, "listed": listed, "skipped": _skipped(skipped)}


def _add(_: Order, settings: Settings, place: Path, progress: Progress) -> Result:
    """The files' documents added; the files are kept, so that a build from sources can have them too."""
    from analysis.adding import add

    files = _files(place)
    report = add(files, settings, progress=progress)
    if report.release is not None and report.changed:
        kept = uploads_of(settings) / place.name
        kept.parent.mkdir(exist_ok=True)
        (place / FILES).rename(kept)
    return {**_reported(report), "added": [path.name for path in files]}


def _remove(order: Order, settings: Settings, _: Path, progress: Progress) -> Result:
    from analysis.removing import remove

    return {**_reported(remove(order.documents, settings, progress=progress)), "removed": list(order.documents)}


def _republish(order: Order, settings: Settings, _: Path, progress: Progress) -> Result:
    from analysis.archive.republishing import republish

    with progress.step("Publishing"):
        return {"release": republish(settings.archive, order.release or 0), "changed": True, "of": order.release}


def _clean(order: Order, settings: Settings, _: Path, progress: Progress) -> Result:
    from analysis.archive.retention import clean

    with progress.step("Removing"):
        cleaned = clean(settings.archive, keep=order.keep)
    return {"removed": [str(each) for each in cleaned.releases], "files": cleaned.files, "size": cleaned.size}


_ACTS: Mapping[str, Callable[[Order, Settings, Path, Progress], Result]] = {
    "add": _add,
    "remove": _remove,
    "republish": _republish,
    "clean": _clean,
}


def _files(place: Path) -> list[Path]:
    return sorted((place / FILES).iterdir())


def _reported(report: BuildReport) -> Result:
    return {
        "release": report.release,
        "changed": report.changed,
        "counts": dict(report.counts),
        "quotes": sum(report.quotes_by_kind.values()),
        "statements": sum(report.statements_by_basis.values()),
        "skipped": _skipped(report.skipped),
    }


def _skipped(skipped: list[Skipped] | tuple[Skipped, ...]) -> list[dict[str, str]]:
    return [{"source": one.source, "reason": one.reason, "detail": one.detail} for one in skipped[:_LISTED]]


if __name__ == "__main__":
    told = Settings.from_environment()
    logs.begin(as_json=told.logs == "json", queries=told.log_queries)
    sys.exit(main(sys.argv[1:]))

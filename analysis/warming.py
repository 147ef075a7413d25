"""The newest release and then its encoder, loaded beside the pages and never in their way."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.archive import Release
    from analysis.embedding import Encoder

_log = logging.getLogger(__name__)
_lock = threading.Lock()
_state: dict[str, object] = {}


def warm(first: Callable[[], Release | None]) -> None:
    """Start loading in a thread of its own, unless that has been done: ``first``, then the encoder. Returns at once.

    first: opens the newest release and lays out what every page needs; None while there is none, and then the next
    call tries again.
    """
    with _lock:
        if "thread" in _state:
            return
        thread = threading.Thread(target=_load, args=(first,), name="encoder", daemon=True)
        _state["thread"] = thread
    thread.start()


def encoder() -> Encoder | None:
    """The encoder once it is ready; None while it loads, or when it cannot be loaded (``problem`` says why)."""
    return _state.get("encoder")  # type: ignore[return-value]


def problem() -> str | None:
    """Why there will be no encoder; None while there may be one."""
    why = _state.get("problem")
    return str(why) if why else None


def _load(first: Callable[[], Release | None]) -> None:
    try:
        release = first()
    except Exception:  # the first page says it to its reader
        if "failed" not in _state:
            _log.exception("The newest release could not be opened before it was asked for")
        _state["failed"] = True
        release = None
    if release is None:
        _state.pop("thread", None)  # whoever comes next tries again
        return
    try:
        from analysis.query_encoder import query_encoder

        loaded = query_encoder(release)
        if loaded is not None:
            loaded.encode(["no limits"])  # the first sentence pays for what is set up lazily
        _state["encoder"] = loaded
    except Exception as error:  # whatever it is, words search must go on
        _log.exception("The encoder could not be loaded; search goes by words alone")
        _state["problem"] = f"{type(error).__name__}: {error}"

"""What a server does first: its settings, its log, and what it finds wrong, said there."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Sequence
from typing import NoReturn

from analysis import logs
from analysis.archive_place import Bucket
from analysis.configuring.checks import troubles
from analysis.configuring.laying import SettingsError
from analysis.settings import Settings

_log = logging.getLogger(__name__)


def begin() -> None:
    """Set up the log and tell what is wrong with the settings; end the process where it could not serve.

    May be called again, when more has been imported that logs.
    """
    try:
        settings = Settings.from_environment()
    except SettingsError as error:
        end_for(error.problems)
    logs.begin(as_json=settings.logs == "json", queries=settings.log_queries)


def end_for(problems: Sequence[str]) -> NoReturn:
    """End the process, with a line for each problem."""
    for problem in problems:
        print(problem, file=sys.stderr)
    sys.exit(2)


def check() -> None:
    """Write what the machine lacks of what the settings name; a bucket is asked while the server starts."""
    settings = Settings.from_environment()
    if isinstance(settings.archive, Bucket):
        threading.Thread(target=_tell, args=(settings,), daemon=True).start()
    else:
        _tell(settings)


def _tell(settings: Settings) -> None:
    for trouble in troubles(settings):
        _log.log(logging.ERROR if trouble.stops else logging.WARNING, "%s", trouble.words)

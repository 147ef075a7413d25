"""What was said before and after an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

WINDOWS = (7, 14, 30, 90, 365)  # days that can be looked at on each side


@dataclass(frozen=True, slots=True)
class Around:
    """Dated statements around an event, as places in the release's table, each part oldest first.

    Where it lasts several days, what is said in them is neither before nor after.
    """

    before: np.ndarray
    during: np.ndarray
    after: np.ndarray
    first: date  # of the days looked at
    last: date
    is_cut: bool  # the archive ends before the last day


def around(
    days: np.ndarray, keep: np.ndarray, event: tuple[date, date | None], window: int, archive_ends: date | None
) -> Around:
    """The statements up to ``window`` days before and after an event, its first and last day.

    days: (n,) datetime64[D], NaT where not known. keep: (n,) bool, the statements that count. One day's keep the
    table's order.
    """
    begins, ends = event[0], event[1] or event[0]
    first, last = begins - timedelta(days=window), ends + timedelta(days=window)
    rows = np.flatnonzero(keep & (days >= np.datetime64(first)) & (days <= np.datetime64(last)))
    rows = rows[np.argsort(days[rows], kind="stable")]
    said_on = days[rows]
    is_before, is_after = said_on < np.datetime64(begins), said_on > np.datetime64(ends)
    is_cut = archive_ends is not None and archive_ends < last
    return Around(rows[is_before], rows[~is_before & ~is_after], rows[is_after], first, last, is_cut)

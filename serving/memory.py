"""Memory that was needed for a while goes back to the machine.

glibc gives threads up to eight heaps a processor, and what was freed inside one stays with the process: readers who
have left would go on taking theirs. ``benchmarks/load.py --forget`` tells what is left of them.
"""

from __future__ import annotations

import asyncio
import ctypes

_M_ARENA_MAX = -8  # of glibc's mallopt
_HEAPS = 2
EVERY = 30.0  # seconds


def share_heaps() -> None:
    """Let all threads take memory from two heaps; nothing where the C library is another than glibc."""
    if glibc := _glibc():
        glibc.mallopt(_M_ARENA_MAX, _HEAPS)


def give_back() -> None:
    """Give back what is free inside the heaps; nothing where the C library is another than glibc."""
    if glibc := _glibc():
        glibc.malloc_trim(0)


async def keep_small(every: float = EVERY) -> None:
    """Give back, every so many seconds, until cancelled."""
    while True:
        await asyncio.sleep(every)
        await asyncio.to_thread(give_back)


def _glibc() -> ctypes.CDLL | None:
    try:
        library = ctypes.CDLL(None)
    except (OSError, TypeError):
        return None
    return library if hasattr(library, "mallopt") and hasattr(library, "malloc_trim") else None

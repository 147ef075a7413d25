"""How often one address may ask: a bucket of tokens each, in memory, refilled as time passes."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

_MOST = 20_000  # addresses remembered; those that asked longest ago are forgotten, and start anew


class Rates:
    """Buckets that hold ``a_minute`` tokens and are refilled within a minute; 0: nobody is limited."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._size, self._clock = float(a_minute), clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens, and when they were counted
        self._lock = threading.Lock()

    def wait(self, address: str | None, cost: int = 1) -> float:
        """Seconds until ``address`` may ask for what costs so many tokens; 0: now, and they are taken."""
        if not self._size:
            return 0.0
        key, price = network(address), min(float(cost), self._size)
        with self._lock:
            now = self._clock()
            tokens, at = self._buckets.pop(key, (self._size, now))
            tokens = min(self._size, tokens + (now - at) * self._size / 60)
            lacking = price - tokens
            self._buckets[key] = (tokens if lacking > 0 else tokens - price), now
            while len(self._buckets) > _MOST:
                self._buckets.popitem(last=False)
        return max(0.0, lacking * 60 / self._size)


def network(address: str | None) -> str:
    """Whose bucket an address takes from: its own, and of IPv6 its /64, of which a household has all addresses."""
    try:
        found = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)

"""Which names a server answers to, where its public address is set: no page elsewhere can come by a name of its own.

A page whose name is made to lead here (DNS rebinding) counts for its browser as ours, and could read an archive that
only an institute's own network reaches.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from analysis.settings import Settings
from door.signed_in import own_origin

_ASKED_BY_MACHINES = ("/health", "/health/ready", "/_stcore/health")  # probes come by an address


def is_ours(host: str, path: str) -> bool:
    """True for the public name, the sign-in's and this machine's own; for every one where no address is set."""
    site = Settings.from_environment().site
    if site == "as-asked" or path in _ASKED_BY_MACHINES:
        return True
    name = _name(f"//{host}")
    return name is not None and (_is_this_machine(name) or name in (_name(site), _name(own_origin())))


def _name(address: str) -> str | None:
    try:
        found = urlsplit(address).hostname
    except ValueError:
        return None
    return found.rstrip(".") if found else None


def _is_this_machine(name: str) -> bool:
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False

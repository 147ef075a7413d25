"""Which addresses from strangers' documents may become links."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_NEVER_IN_ONE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff<>\"\\^`{|}]")


def web_address(value: object) -> str | None:
    """``value`` when it is an http or https address with a host; None for anything else, such as ``javascript:``."""
    address = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None


def written_out(address: str) -> str:
    """``address`` with the characters percent-encoded that no address has and that would end a field or a link."""
    return _NEVER_IN_ONE.sub(_encoded, address)


def _encoded(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))

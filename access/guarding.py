"""Whether a request to change something was made on our own pages, and not by somebody else's in a visitor's name."""

from __future__ import annotations

from collections.abc import Mapping


def from_our_pages(headers: Mapping[str, str], origin: str) -> bool:
    """True for a request that a browser vouches to come from ``origin``; False where nothing vouches for it.

    headers: with names in lower case. Needed wherever a cookie says who asks: it comes along whoever made the request.
    """
    site, given = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    if given is not None and given != origin:
        return False
    return site is not None or given is not None

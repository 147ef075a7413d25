"""What is wrong with how signing in is set up, told at the start rather than to the first who tries."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from access.rules import Rules, read_rules

_LEAST_SECRET = 32  # characters of cookie_secret: whoever guesses it is whoever they like
_LOCAL = {"localhost", "127.0.0.1", "::1"}


def problems(roles: Path | None, auth: Mapping[str, object]) -> list[str]:
    """Each thing to put right before the dashboard can be served, with what to do; none without a rules' file.

    auth: the ``[auth]`` section of Streamlit's secrets.
    """
    if roles is None:
        return []
    try:
        rules = read_rules(roles)
    except (ValueError, OSError) as error:
        found = [f"ON_RECORD_ROLES: {error}"]
    else:
        found = list(_problems(rules, roles, auth))
    return [f"Signing in is not set up: {problem}" for problem in found]


def _problems(rules: Rules, roles: Path, auth: Mapping[str, object]) -> Iterator[str]:
    if not auth:
        yield f"{roles} says who may do what, but Streamlit's secrets have no [auth] section to sign in by"
        return
    if importlib.util.find_spec("authlib") is None:
        yield "signing in needs the package Authlib: pip install -r requirements.txt"
    back = urlsplit(str(auth.get("redirect_uri", "")))
    if not back.path.endswith("/oauth2callback"):
        yield "[auth] redirect_uri must be the dashboard's public address with /oauth2callback at its end"
    elif back.scheme != "https" and back.hostname not in _LOCAL:
        yield f"[auth] redirect_uri {back.geturl()} is not https: cookies and codes would travel in the open"
    if len(str(auth.get("cookie_secret", ""))) < _LEAST_SECRET:
        yield f"[auth] cookie_secret needs {_LEAST_SECRET} random characters or more: openssl rand -hex 32"
    providers = [auth] if "client_id" in auth else []
    providers += [given for given in auth.values() if isinstance(given, Mapping) and "client_id" in given]
    if not providers:
        yield "[auth] names no provider: give client_id, client_secret and server_metadata_url"
    for provider in providers:
        address = urlsplit(str(provider.get("server_metadata_url", "")))
        if address.scheme != "https" and address.hostname not in _LOCAL:
            yield "[auth] server_metadata_url must be an https address"
        if rules.bearer is not None and provider["client_id"] == rules.bearer.audience:
            yield f"{roles}: the audience of [bearer] is the sign-in's own client_id; give routes a name of their own"

"""Tokens that programs bring: signed by the provider, made out to this archive, and neither too old nor too early."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from access.people import Claims
from access.rules import Bearer

_log = logging.getLogger(__name__)
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]  # no secrets
_LEEWAY = 60  # seconds between two clocks
_KEYS_FOR = 600.0  # seconds that fetched keys serve
_NOT_AGAIN_FOR = 30.0  # seconds between two fetches, whatever strangers send
_LONGEST = 8192  # characters
_PATIENCE = 5.0  # seconds for the provider


class Tokens:
    """What the tokens of one issuer say. Keys are fetched where first needed, and again when they are old."""

    def __init__(self, bearer: Bearer, clock: Callable[[], float] = time.time) -> None:
        self._bearer = bearer
        self._clock = clock
        self._keys: KeySet | None = None
        self._asked_at = float("-inf")
        self._lock = threading.Lock()

    def claims(self, token: str) -> Claims | None:
        """The claims of a token that holds; None for any other. May wait for the provider, so not for an event loop."""
        if len(token) > _LONGEST:
            return None
        try:
            try:
                found = self._decoded(token, self._keys_at_hand(renew=False))
            except InvalidKeyIdError:  # the provider has a new key
                found = self._decoded(token, self._keys_at_hand(renew=True))
        except (JoseError, ValueError, KeyError, TypeError) as error:
            _log.info("A bearer token was refused: %s", type(error).__name__)  # never the token, nor what it says
            return None
        except (httpx.HTTPError, OSError) as error:
            _log.warning("The keys of %s cannot be fetched: %s", self._bearer.issuer, error)
            return None
        return found

    def _decoded(self, token: str, keys: KeySet) -> Claims:
        decoded = jwt.decode(token, keys, algorithms=_ALGORITHMS)
        registry = jwt.JWTClaimsRegistry(
            now=int(self._clock()),
            leeway=_LEEWAY,
            iss={"essential": True, "value": self._bearer.issuer},
            aud={"essential": True, "value": self._bearer.audience},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
        )
        registry.validate(decoded.claims)
        return dict(decoded.claims)

    def _keys_at_hand(self, *, renew: bool) -> KeySet:
        with self._lock:
            age = self._clock() - self._asked_at
            if self._keys is None or age > _KEYS_FOR or (renew and age > _NOT_AGAIN_FOR):
                if self._keys is None and age < _NOT_AGAIN_FOR:
                    raise OSError("the last try failed a moment ago")
                self._asked_at = self._clock()
                self._keys = self._fetched()
            return self._keys

    def _fetched(self) -> KeySet:
        issuer = self._bearer.issuer
        with httpx.Client(timeout=_PATIENCE, follow_redirects=False) as client:
            metadata = _json(client, issuer.rstrip("/") + "/.well-known/openid-configuration")
            if metadata.get("issuer") != issuer:
                raise ValueError(f"{issuer} calls itself {metadata.get('issuer')}")
            address = str(metadata["jwks_uri"])
            if issuer.startswith("https://") and not address.startswith("https://"):
                raise ValueError("keys that do not come by https")
            return KeySet.import_key_set(_json(client, address))  # type: ignore[arg-type]


def _json(client: httpx.Client, address: str) -> dict[str, Any]:
    answer = client.get(address)
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise ValueError(f"{address} holds no record")
    return found

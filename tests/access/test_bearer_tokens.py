"""A program's token is held against the provider's keys, its issuer, its audience and the clock."""

from __future__ import annotations

import base64
import hmac
import json
import time

import pytest
from joserfc.jwk import RSAKey

from access.bearer import Tokens
from access.rules import Bearer

API = "on-record-api"


@pytest.fixture
def tokens(provider):
    return Tokens(Bearer(provider.issuer, API))


def test_a_token_made_out_to_this_archive_says_who_brings_it(provider, tokens):
    assert tokens.claims(provider.token("edda", aud=API))["email"] == "edda@institute.example"
    assert tokens.claims(provider.token("edda", aud=["another", API]))["sub"] == "id-of-edda"


@pytest.mark.parametrize(
    "claims",
    [
        {},  # made out to the dashboard's sign-in
        {"aud": "another"},
        {"aud": API, "iss": "https://evil.example"},
        {"aud": API, "exp": 1},
        {"aud": API, "exp": None},
        {"aud": API, "nbf": 4_000_000_000},
        {"aud": API, "iat": None},
        {"aud": API, "sub": None},
        {"aud": API, "iss": None},
        {"aud": None},
    ],
)
def test_any_other_is_refused(provider, tokens, claims):
    assert tokens.claims(provider.token("edda", **claims)) is None


def test_tokens_that_the_provider_did_not_sign_are_refused(provider, tokens):
    good = provider.token("adam", aud=API)
    provider.faults = {"other key"}
    assert tokens.claims(provider.token("adam", aud=API)) is None
    provider.faults = {"unsigned"}
    assert tokens.claims(provider.token("adam", aud=API)) is None
    head, body, _ = good.split(".")
    assert tokens.claims(f"{head}.{body}.") is None
    head = _encoded(json.dumps({"alg": "HS256", "kid": "first"}).encode())  # the public key taken for a secret
    public = provider.key.as_pem(private=False)
    signature = hmac.digest(public, f"{head}.{body}".encode(), "sha256")
    assert tokens.claims(f"{head}.{body}.{_encoded(signature)}") is None


def _encoded(given):
    return base64.urlsafe_b64encode(given).decode().rstrip("=")


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é.é.é", "." * 9000, "e30.e30.e30"])
def test_what_is_no_token_is_refused(tokens, token):
    assert tokens.claims(token) is None


def test_a_new_key_of_the_provider_is_fetched_once_it_is_used(provider):
    clock = [time.time()]
    tokens = Tokens(Bearer(provider.issuer, API), clock=lambda: clock[0])
    assert tokens.claims(provider.token("edda", aud=API))
    provider.key = RSAKey.generate_key(2048, {"kid": "second", "use": "sig"})
    assert tokens.claims(provider.token("edda", aud=API)) is None  # not at every stranger's asking
    clock[0] += 31
    assert tokens.claims(provider.token("edda", aud=API))


def test_a_provider_that_is_away_lets_nobody_in_and_is_not_asked_at_each_try(provider, caplog):
    tokens = Tokens(Bearer("http://127.0.0.1:9", API))
    assert tokens.claims(provider.token("edda", aud=API)) is None
    assert tokens.claims(provider.token("edda", aud=API)) is None
    assert "cannot be fetched" in caplog.text


def test_the_log_never_holds_a_token(provider, tokens, caplog):
    caplog.set_level("INFO")
    token = provider.token("edda", aud="another")
    assert tokens.claims(token) is None
    assert "refused" in caplog.text
    assert not any(part in caplog.text for part in token.split("."))

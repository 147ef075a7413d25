"""A small OpenID provider on loopback: discovery, authorization code with PKCE, RS256 tokens, keys, signing out.

It checks what a provider has to check, and does wrong what a test asks it to do wrong.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "on-record", "provider-and-client-know-this"

PEOPLE: dict[str, dict[str, Any]] = {
    "rita": {"name": "Rita Reader", "email": "rita@institute.example", "email_verified": True},
    "edda": {"name": "Edda Editor", "email": "edda@institute.example", "email_verified": True},
    "adam": {"name": "Adam Admin", "email": "Adam@Institute.example", "email_verified": True},
    "gina": {"name": "Gina of a group", "email": "gina@elsewhere.example", "groups": ["archive-editors"]},
    "nemo": {"name": "Nemo", "email": "nemo@elsewhere.example", "email_verified": True},
    "mara": {"name": "<b>Mara</b> **bold**", "email": "adam@institute.example", "email_verified": False},
}


@dataclass
class Provider:
    """The provider's state, for tests to look at and to turn wrong."""

    port: int
    redirects: set[str] = field(default_factory=set)  # registered addresses
    faults: set[str] = field(default_factory=set)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=lambda: {who: dict(of) for who, of in PEOPLE.items()})
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first", "use": "sig"}))
    stranger: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first", "use": "sig"}))
    asked: list[dict[str, str]] = field(default_factory=list)  # of the authorization endpoint
    ended: list[dict[str, str]] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def token(self, who: str, **claims: Any) -> str:
        """A signed token about somebody; ``claims`` are laid over what is usual, None takes one away."""
        now = int(time.time())
        usual = {"iss": self.issuer, "sub": f"id-of-{who}", "aud": CLIENT, "iat": now, "exp": now + 300}
        said = {name: value for name, value in {**usual, **self.people[who], **claims}.items() if value is not None}
        key = self.stranger if "other key" in self.faults else self.key
        if "unsigned" in self.faults:
            return f"{_encoded(_json({'alg': 'none'}))}.{_encoded(_json(said))}."
        return jwt.encode({"alg": "RS256", "kid": key.kid}, said, key)

    async def discovery(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "end_session_endpoint": f"{self.issuer}/end",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def keys(self, _: Request) -> Response:
        return JSONResponse(KeySet([self.key]).as_dict(private=False))

    async def authorize(self, request: Request) -> Response:
        """Ask who signs in; a link each, as a provider's page of accounts has them."""
        asked = dict(request.query_params)
        self.asked.append(asked)
        if asked.get("client_id") != CLIENT or asked.get("redirect_uri") not in self.redirects:
            return PlainTextResponse("unknown client or address", 400)
        sound = asked.get("response_type") == "code" and "openid" in asked.get("scope", "").split()
        guarded = asked.get("code_challenge_method") == "S256" and asked.get("code_challenge")
        if not (sound and guarded and asked.get("state") and asked.get("nonce")):
            return PlainTextResponse("state, nonce and S256 are needed", 400)
        links = []
        for who in self.people:
            code = secrets.token_urlsafe()
            self.codes[code] = {**asked, "who": who}
            state = "somebody-else-s" if "other state" in self.faults else asked["state"]
            back = html.escape(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': state})}")
            links.append(f'<li><a href="{back}">{who}</a></li>')
        return HTMLResponse(f"<h1>Who are you?</h1><ul>{''.join(links)}</ul>")

    async def exchange(self, request: Request) -> Response:
        """A code into tokens: once, for the client that it was given to, with the verifier of its challenge."""
        form = await request.form()
        if not _is_client(request, form):
            return JSONResponse({"error": "invalid_client"}, 401)
        asked = self.codes.pop(str(form.get("code")), None)
        verifier = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
        if (
            asked is None
            or form.get("grant_type") != "authorization_code"
            or form.get("redirect_uri") != asked["redirect_uri"]
            or _encoded(verifier) != asked["code_challenge"]
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        claims: dict[str, Any] = {"nonce": asked["nonce"]}
        past = int(time.time()) - 7200
        claims |= {"nonce": "another"} if "other nonce" in self.faults else {}
        claims |= {"aud": "another-client"} if "other audience" in self.faults else {}
        claims |= {"iss": "https://evil.example"} if "other issuer" in self.faults else {}
        claims |= {"iat": past, "exp": past + 300} if "expired" in self.faults else {}
        answer = {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "expires_in": 300}
        if "no id token" not in self.faults:
            answer["id_token"] = self.token(asked["who"], **claims)
        return JSONResponse(answer)

    async def end(self, request: Request) -> Response:
        self.ended.append(dict(request.query_params))
        back = request.query_params.get("post_logout_redirect_uri", "")
        return RedirectResponse(back, 302) if back in self.redirects else PlainTextResponse("signed out")

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.discovery),
                Route("/keys", self.keys),
                Route("/authorize", self.authorize),
                Route("/token", self.exchange, methods=["POST"]),
                Route("/end", self.end),
            ]
        )


@contextmanager
def provider_running() -> Iterator[Provider]:
    """A provider that answers on a free port of this machine."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    provider = Provider(listening.getsockname()[1])
    server = uvicorn.Server(uvicorn.Config(provider.app(), log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.02)
        yield provider
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()


def _is_client(request: Request, form: Any) -> bool:
    given = request.headers.get("authorization", "")
    if given.startswith("Basic "):
        return base64.b64decode(given[6:]).decode() == f"{CLIENT}:{SECRET}"
    return (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)


def _encoded(given: bytes) -> str:
    return base64.urlsafe_b64encode(given).decode().rstrip("=")


def _json(said: dict[str, Any]) -> bytes:
    return json.dumps(said).encode()

"""A dashboard where people sign in, and what tests do on it in a browser."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from joserfc import jwt
from joserfc.jwk import OctKey
from oidc_provider import CLIENT, SECRET, Provider, provider_running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_PATIENCE = 120_000  # milliseconds; the first page of a server pays for its imports
COOKIE, COOKIE_SECRET = "_streamlit_user", "a-secret-of-tests-with-more-than-32-characters"
_ROLES = """
public = {public}
readers = ["rita@institute.example"]
editors = ["edda@institute.example", "archive-editors"]
admins = ["adam@institute.example"]
"""


@dataclass(frozen=True)
class Site:
    """A dashboard where people sign in, its provider, and the file that says who may do what."""

    address: str
    provider: Provider
    roles: Path
    log: Path
    work: Path

    def rule(self, public: str = "true", **changed: str) -> None:
        """Write the roles as they are at first, each of ``changed`` in another's place."""
        written = _ROLES.format(public=public)
        for name, other in changed.items():
            written = written.replace(f"{name}@institute.example", other)
        self.roles.write_text(written)


@contextmanager
def site_running(served, archive: Path, folder: Path, encoder: str | None = None, **environment: str) -> Iterator[Site]:
    """A dashboard on ``archive`` with a provider of its own. served: starts a server, from the browser tests."""
    roles, secrets = folder / "roles.toml", folder / "secrets.toml"
    roles.write_text(_ROLES.format(public="true"))
    with provider_running() as provider:
        secrets.write_text(
            f'[auth]\nredirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"\ncookie_secret = "{COOKIE_SECRET}"\n'
            f'client_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
            f'server_metadata_url = "{provider.issuer}/.well-known/openid-configuration"\n'
        )
        options = ["--secrets.files", str(secrets)]
        work = {"ON_RECORD_ROLES": str(roles), "ON_RECORD_WORK": str(folder / "work")}
        with served(archive, folder, encoder, options, **work, **environment) as address:
            provider.redirects.add(f"{address}/oauth2callback")
            yield Site(address, provider, roles, folder / "server.txt", folder / "work")


@contextmanager
def browser_of(chromium: Browser) -> Iterator[Page]:
    """A page in a profile of its own."""
    context = chromium.new_context(viewport={"width": 1400, "height": 900}, locale="en-GB")
    context.set_default_timeout(_PATIENCE)
    yield context.new_page()
    context.close()


def go_to_provider(page: Page) -> None:
    page.get_by_role("button", name="Sign in", exact=True).first.click()
    page.get_by_role("heading", name="Who are you?").wait_for()


def sign_in(page: Page, site: Site, who: str, path: str = "") -> None:
    """Open a page as a stranger, sign in, and be back."""
    page.goto(f"{site.address}/{path}")
    go_to_provider(page)
    page.get_by_role("link", name=who).click()
    page.get_by_role("button", name="Sign out").wait_for()


def cookies(context: BrowserContext) -> dict[str, dict]:
    return {cookie["name"]: cookie for cookie in context.cookies()}


def is_stranger(page: Page) -> bool:
    page.get_by_role("button", name="Sign in", exact=True).first.wait_for()
    return page.get_by_role("button", name="Sign out").count() == 0


def provider_token() -> str:
    """What Streamlit puts into the address of a sign-in."""
    key = OctKey.import_key(COOKIE_SECRET)
    return jwt.encode({"alg": "HS256"}, {"provider": "default", "exp": int(time.time()) + 60}, key)

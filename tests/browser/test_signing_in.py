"""Signing in by a real provider, in a real browser: who may do what, and what nobody may."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from conftest import served
from itsdangerous import URLSafeTimedSerializer
from oidc_provider import CLIENT
from signed_site import (
    COOKIE,
    Site,
    browser_of,
    cookies,
    go_to_provider,
    is_stranger,
    provider_token,
    sign_in,
    site_running,
)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def running(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site_running(served, archive, tmp_path_factory.mktemp("signing")) as site:
        yield site


@pytest.fixture
def site(running: Site) -> Iterator[Site]:
    """The dashboard as it was set up, whatever the test before changed."""
    running.provider.faults = set()
    running.rule()
    yield running
    running.rule()


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("rita", "Rita Reader · reader"),
        ("edda", "Edda Editor · editor"),
        ("adam", "Adam Admin · admin"),
        ("gina", "Gina of a group · editor"),
        ("nemo", "Nemo · no role"),
        ("mara", "<b>Mara</b> **bold** · no role"),  # the admin's address, but nobody vouches that it is hers
    ],
)
def test_everybody_gets_the_role_that_the_file_gives_them(site, chromium, who, shown):
    with browser_of(chromium) as page:
        sign_in(page, site, who)
        page.get_by_text(shown, exact=True).wait_for()
        assert page.get_by_role("button", name="Sign out").count() == 1


def test_whoever_signs_in_comes_back_to_the_page_they_left(site, chromium):
    with browser_of(chromium) as page:
        sign_in(page, site, "rita", "timeline?side=CN")
        assert re.search(r"/timeline\?.*side=CN", page.url)
        assert page.get_by_role("heading", name="Timeline").count() == 1


def test_two_browsers_at_once_see_their_own_names_only(site, chromium):
    with browser_of(chromium) as one, browser_of(chromium) as other, browser_of(chromium) as stranger:
        sign_in(one, site, "rita")
        sign_in(other, site, "adam")
        stranger.goto(site.address)
        for page, own, foreign in ((one, "Rita Reader", "Adam Admin"), (other, "Adam Admin", "Rita Reader")):
            page.get_by_role("link", name="Search").click()
            page.get_by_role("heading", name="Search").wait_for()
            page.reload()
            page.get_by_text(own).wait_for()
            assert foreign not in page.content()
        assert is_stranger(stranger)
        assert not {"Rita Reader", "Adam Admin"} & set(re.findall(r"Rita Reader|Adam Admin", stranger.content()))


def test_signing_out_ends_the_sign_in_in_other_tabs_and_for_a_copied_cookie(site, chromium):
    with browser_of(chromium) as page:
        sign_in(page, site, "edda")
        copied = page.context.cookies()
        other_tab = page.context.new_page()
        other_tab.goto(site.address)
        other_tab.get_by_text("Edda Editor").wait_for()
        page.get_by_role("button", name="Sign out").click()
        assert is_stranger(page)
        assert COOKIE not in cookies(page.context)
        assert site.provider.ended[-1]["client_id"] == CLIENT
        other_tab.get_by_role("link", name="Search").click()
        assert is_stranger(other_tab)
        page.context.add_cookies(copied)
        page.goto(site.address)
        assert is_stranger(page)


@pytest.mark.parametrize(
    "fault",
    ["other nonce", "other state", "other audience", "other issuer", "expired", "other key", "unsigned", "no id token"],
)
def test_an_answer_of_the_provider_that_does_not_hold_signs_nobody_in(site, chromium, fault):
    with browser_of(chromium) as page:
        page.goto(site.address)
        site.provider.faults = {fault}
        go_to_provider(page)
        page.get_by_role("link", name="adam").click()
        page.wait_for_url(re.compile(re.escape(site.address)))
        assert is_stranger(page)
        assert COOKIE not in cookies(page.context)


def test_the_provider_is_asked_with_a_state_a_nonce_and_a_challenge_that_are_new_each_time(site, chromium):
    with browser_of(chromium) as page:
        for _ in range(2):
            page.goto(site.address)
            go_to_provider(page)
    first, second = site.provider.asked[-2:]
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 20
        assert first[name] != second[name]
    assert first["code_challenge_method"] == "S256"


def test_an_answer_that_another_browser_asked_for_signs_nobody_in(site, chromium):
    with browser_of(chromium) as attacker, browser_of(chromium) as victim:
        attacker.goto(site.address)
        go_to_provider(attacker)
        answer = attacker.get_by_role("link", name="adam").get_attribute("href")
        victim.goto(answer)
        assert is_stranger(victim)


def test_signing_in_changes_the_cookie_and_the_one_before_is_worthless(site, chromium):
    with browser_of(chromium) as page:
        sign_in(page, site, "adam")
        first = cookies(page.context)
        page.context.clear_cookies(name="_streamlit_session")
        # another sign-in of the same browser, while it is signed in
        page.goto(f"{site.address}/auth/login?provider={provider_token()}")
        page.get_by_role("link", name="rita").click()
        page.get_by_text("Rita Reader").wait_for()
        assert cookies(page.context)[COOKIE]["value"] != first[COOKIE]["value"]
        page.context.clear_cookies()
        page.context.add_cookies(list(first.values()))
        page.goto(site.address)
        assert is_stranger(page)


def test_a_cookie_that_this_server_did_not_sign_signs_nobody_in(site, chromium):
    said = json.dumps(
        {"is_logged_in": True, "origin": site.address, "sub": "1", "email": "adam@institute.example",
         "email_verified": True, "iat": 4_000_000_000}
    )  # fmt: skip
    forged = URLSafeTimedSerializer("another-secret", salt=COOKIE).dumps(said)
    with browser_of(chromium) as page:
        page.context.add_cookies([{"name": COOKIE, "value": forged, "url": site.address}])
        page.goto(site.address)
        assert is_stranger(page)


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(site, chromium):
    with browser_of(chromium) as page:
        sign_in(page, site, "rita")
        found = cookies(page.context)
        assert found[COOKIE]["httpOnly"]
        assert {found[name]["sameSite"] for name in (COOKIE, "_streamlit_user_tokens")} == {"Lax"}
        assert COOKIE not in page.evaluate("document.cookie")


def test_another_site_can_sign_nobody_out(site, chromium):
    with browser_of(chromium) as page:
        sign_in(page, site, "rita")
        page.route("https://evil.example/", lambda route: route.fulfill(
            content_type="text/html", body=f'<a href="{site.address}/auth/logout">win</a>'
        ))  # fmt: skip
        page.goto("https://evil.example/")
        page.get_by_role("link", name="win").click()
        page.get_by_text("Rita Reader").wait_for()
        assert {COOKIE} <= cookies(page.context).keys()
        page.get_by_role("button", name="Sign out").wait_for()
        page.reload()
        page.get_by_text("Rita Reader").wait_for()
        assert page.get_by_role("button", name="Sign in", exact=True).count() == 0


def test_whoever_loses_the_role_loses_it_at_the_next_act(site, chromium):
    with browser_of(chromium) as page:
        sign_in(page, site, "edda")
        page.get_by_text("Edda Editor · editor").wait_for()
        site.rule(edda="somebody-else@institute.example")
        page.get_by_role("link", name="Search").click()
        page.get_by_text("Edda Editor · no role").wait_for()
        assert page.get_by_role("link", name="Add documents").count() == 0


def test_an_archive_that_is_not_public_shows_strangers_nothing(site, chromium):
    site.rule(public="false")
    with browser_of(chromium) as page:
        page.goto(f"{site.address}/timeline?side=CN")
        page.get_by_text("This takes the role “reader”.").wait_for()
        assert page.locator(".or-card").count() == 0
        assert page.get_by_role("link", name="Search").count() == 0
        go_to_provider(page)
        page.get_by_role("link", name="nemo").click()
        page.get_by_text("Your role does not allow this").wait_for()
        page.get_by_role("button", name="Sign out").click()
        assert is_stranger(page)
        sign_in(page, site, "rita", "timeline?side=CN")
        page.get_by_role("heading", name="Timeline").wait_for()
        assert "side=CN" in page.url


def test_a_reader_who_is_taken_out_sees_no_more_of_it_though_the_page_is_open(site, chromium):
    site.rule(public="false")
    with browser_of(chromium) as page:
        sign_in(page, site, "rita", "search?q=gas")
        page.locator(".or-card").first.wait_for()
        site.rule(public="false", rita="somebody-else@institute.example")
        page.get_by_role("link", name="Speakers").click()
        page.get_by_text("Your role does not allow this").wait_for()
        assert page.locator(".or-card").count() == 0


def test_strangers_and_readers_upload_nothing_past_the_pages(site, chromium):
    refused = httpx.put(f"{site.address}/_stcore/upload_file/any/any", files={"file": ("a.txt", b"x")})
    assert (refused.status_code, refused.text) == (403, "Only editors may upload files.")
    assert "refused" in site.log.read_text()

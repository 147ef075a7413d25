"""Links and buttons within our own markup work without loading the page anew, and the first page stands at once."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1300, "height": 900}, locale="en-GB", bypass_csp=True)
    yield context.new_page()
    context.close()


def stands(page, title):
    page.get_by_role("heading", name=title, level=1).first.wait_for(timeout=60_000)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=60_000)
    page.wait_for_function("'onRecordListens' in document.documentElement.dataset", timeout=60_000)


def test_a_link_in_a_card_opens_its_page_in_the_same_session_and_back_leads_back(page, address):
    page.goto(f"{address}/timeline")
    stands(page, "Timeline")
    page.evaluate("window.stillHere = true")
    page.locator("button[data-collect]").first.click()
    page.get_by_role("button", name="In the dossier").first.wait_for()
    page.get_by_role("link", name="Open", exact=True).first.click()
    page.get_by_role("heading", level=1).filter(has_not_text="Timeline").wait_for()
    assert "/statement?" in page.url
    assert page.evaluate("window.stillHere"), "the page was loaded anew"
    page.get_by_role("link", name="Dossier (1)").wait_for()
    page.go_back()
    stands(page, "Timeline")
    assert page.evaluate("window.stillHere")


def test_a_keyboard_s_reader_stays_at_the_dossier_s_button(page, address):
    page.goto(f"{address}/timeline")
    stands(page, "Timeline")
    button = page.get_by_role("button", name="Add to dossier").first
    statement = button.get_attribute("data-collect")
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="In the dossier").first.wait_for()
    page.wait_for_function("document.activeElement.dataset.collect !== undefined")
    assert page.evaluate("document.activeElement.dataset.collect") == statement
    page.keyboard.press("Enter")
    page.get_by_role("button", name="In the dossier").first.wait_for(state="detached")


def test_the_first_page_stands_before_any_program_has_run_and_gives_way_to_the_real_one(chromium, page, address):
    plain = chromium.new_context(java_script_enabled=False, locale="en-GB")
    still = plain.new_page()
    for _ in range(60):
        still.goto(address)
        if still.locator("#first-view").count():
            break
        still.wait_for_timeout(1000)
    assert still.get_by_role("heading", level=1).inner_text() == "On Record"
    told = still.locator("#first-view main").inner_text()
    plain.close()
    page.goto(address)
    stands(page, "On Record")
    page.locator("#first-view").wait_for(state="detached")
    lines = [words for line in told.splitlines() if len(words := " ".join(line.split())) > 30]
    assert lines
    # what was shown ahead is what the page says, once its last words stand
    page.wait_for_function(
        """(lines) => {
          const shown = document.querySelector('[data-testid=stMain]').innerText.split(/\\s+/).join(' ');
          return lines.every((line) => shown.includes(line));
        }""",
        arg=lines,
    )

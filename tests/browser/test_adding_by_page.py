"""Documents added, taken out and taken back on the pages; and how these are refused, by address, websocket and act."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, served
from signed_site import Site, browser_of, sign_in, site_running
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.sync.client import connect

from analysis.archive import check, open_release, releases

pytestmark = pytest.mark.browser

HELD = """BEIJING, March 7, 2023 (Wire) -- “China and Russia will keep trading as they see fit,” Foreign Minister \
Qin Gang said.
"""
NEW = """MOSCOW, March 9, 2023 (Gazette) -- “The port will be dredged,” Russian Foreign Minister Sergey Lavrov told \
reporters on March 9.
"""
MODELS = {"ON_RECORD_ENCODER": "small", "ON_RECORD_PARSER": "en_core_web_sm"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one document, built as users build it."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "held.txt").write_text(HELD, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "analysis",
        "build",
        str(folder / "held.txt"),
        "--archive",
        str(folder / "archive"),
    ]
    subprocess.run(command, cwd=ROOT, env=os.environ | MODELS, check=True, capture_output=True, timeout=300)
    return folder / "archive"


@pytest.fixture(scope="module")
def running(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    parser = MODELS["ON_RECORD_PARSER"]
    with site_running(served, built, tmp_path_factory.mktemp("site"), "small", ON_RECORD_PARSER=parser) as site:
        yield site


@pytest.fixture
def site(running: Site) -> Iterator[Site]:
    running.rule()
    yield running
    running.rule()


def orders(site: Site) -> list[Path]:
    return sorted(site.work.glob("orders/*/order.json"))


def choose(page, *files: tuple[str, str]) -> None:
    page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in files]
    )
    page.get_by_text(files[-1][0]).first.wait_for()


def test_an_editor_sees_what_files_hold_adds_them_and_an_admin_takes_them_back(site, built, chromium):
    with browser_of(chromium) as page:
        sign_in(page, site, "edda", "add")
        choose(page, ("new.txt", NEW), ("held.txt", HELD), ("broken.jsonl", "{not json\n"))
        page.get_by_role("button", name="Look through them").click()
        page.get_by_text("1 document is new.").wait_for()
        assert page.get_by_role("cell", name="is held already").count() == 1
        page.get_by_text("broken.jsonl line 1").wait_for()
        assert len(releases(built)) == 1
        page.get_by_role("button", name="Add 1 document").click()
        page.get_by_text("Release 2 is published").wait_for(timeout=240_000)
        page.get_by_role("button", name="Show it").click()
        page.get_by_text("Release 2, built").wait_for()
        assert page.get_by_role("link", name="Manage").count() == 0
    assert check(built) == []
    assert "The port will be dredged" in " ".join(open_release(built, 2).statements["text"])
    line = next(each for each in site.log.read_text().splitlines() if "changed {" in each)
    said = json.loads(line[line.index("{") :])
    assert (said["who"], said["act"], said["release"]) == ("edda@institute.example", "add", 2)

    every = open_release(built).columns("documents", ["document_id", "source"]).to_pylist()
    added = next(row["document_id"] for row in every if row["source"] == "new.txt")
    with browser_of(chromium) as page:
        sign_in(page, site, "adam", f"document?document={added}")
        page.get_by_role("link", name="Remove from the archive").click()
        page.get_by_role("button", name="Remove the document").click()
        page.get_by_text("Release 3 is published without the document.").wait_for(timeout=240_000)
        page.get_by_role("button", name="Good").click()
        page.get_by_role("button", name="Publish it as the newest").click()  # release 2, the last before
        page.get_by_text("Release 4 holds what release 2 held.").wait_for()
        page.get_by_role("button", name="Good").click()
        page.get_by_role("spinbutton", name="Releases to keep").fill("1")
        page.get_by_role("spinbutton", name="Releases to keep").press("Enter")
        page.get_by_text("Links to removed releases").click()
        page.get_by_role("button", name="Remove the older ones").click()
        page.get_by_text("3 releases were removed").wait_for()
    assert [one.number for one in releases(built)] == [4]
    assert check(built) == []


@pytest.mark.parametrize(("who", "path"), [("rita", "add"), ("rita", "manage"), ("nemo", "add"), ("edda", "manage")])
def test_whoever_has_not_the_role_is_refused_by_address_and_finds_no_entry(site, chromium, who, path):
    with browser_of(chromium) as page:
        sign_in(page, site, who, path)
        page.get_by_text("Your role does not allow this").wait_for()
        assert page.locator("input[type=file]").count() == 0
        entry = {"add": "Add documents", "manage": "Manage"}[path]
        assert page.get_by_test_id("stSidebarNav").get_by_role("link", name=entry).count() == 0


def test_a_stranger_who_opens_the_page_is_asked_to_sign_in_and_led_back(site, chromium):
    with browser_of(chromium) as page:
        page.goto(f"{site.address}/add")
        page.get_by_text("This takes the role “editor”.").wait_for()
        assert page.locator("input[type=file]").count() == 0
        sign_in(page, site, "edda", "add")
        page.locator("input[type=file]").wait_for(state="attached")


def test_an_editor_who_loses_the_role_cannot_do_what_the_open_page_still_shows(site, chromium):
    before = orders(site)
    with browser_of(chromium) as page:
        sign_in(page, site, "edda", "add")
        choose(page, ("new.txt", NEW))
        site.rule(edda="somebody-else@institute.example")
        page.get_by_role("button", name="Look through them").click()
        page.get_by_text("Your role does not allow this").wait_for()
    assert orders(site) == before
    assert '"act": "add", "where": "page"' in site.log.read_text()


def test_somebody_else_s_order_cannot_be_looked_at(site, chromium):
    with browser_of(chromium) as page:
        sign_in(page, site, "edda", "add")
        choose(page, ("secret.txt", NEW))
        page.get_by_role("button", name="Look through them").click()
        page.get_by_role("button", name="Choose other files").wait_for()
        page.wait_for_url("**/add?order=*")
        order = page.url.split("order=")[1].split("&")[0]
    with browser_of(chromium) as page:
        sign_in(page, site, "gina", f"add?order={order}")
        page.get_by_text("this change is not known, or is somebody else's").wait_for()
        assert "Gazette" not in page.content()


@pytest.mark.parametrize("page", ["add", "manage"])
def test_a_websocket_without_the_role_gets_neither_the_page_nor_what_it_does(site, page):
    before, published = orders(site), site.log.read_text().count("changed {")
    message = BackMsg()
    message.rerun_script.page_script_hash = calc_hash(page)
    for key in ("go_back", "clean", "remove_document", "add_them"):  # as if their buttons had been pressed
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.trigger_value = f"$$ID-{'0' * 32}-{key}", True
    shown = answers(site, message)
    assert "Sign in to go on" in shown
    assert "Look through them" not in shown
    assert "Publish it as the newest" not in shown
    assert orders(site) == before
    assert site.log.read_text().count("changed {") == published


def answers(site: Site, message: BackMsg) -> str:
    """What a server sends a client of our own, without a cookie, until its script has ended."""
    shown = []
    with connect(f"{site.address.replace('http', 'ws')}/_stcore/stream", subprotocols=["streamlit"]) as socket:
        socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(socket.recv(timeout=60))
            shown.append(str(answer))
            if answer.WhichOneof("type") == "script_finished":
                break
    return "\n".join(shown).encode("latin-1", "replace").decode("unicode_escape", "replace")

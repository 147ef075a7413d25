"""How fast the dashboard is to use: a real browser on a real server, and what the server spends on each change.

    python benchmarks/made_archive.py --statements 100000 --archive made-100k
    python benchmarks/dashboard_speed.py made-100k [--rounds 12] [--parts first,timeline]

The first page can be read when its heading, its figures and the first statement stand; then its chart; and it answers
when Streamlit's own page has taken the place of what the server sends ahead, and the script has ended. Cold: since the
server was started. Warm: since the address was asked for, in a new browser profile and in one that has been here.
A change: a speaker is chosen in the filter panel (one not chosen before, so nothing of it is cached) or taken away
again; the clock runs in the browser from the key press until the new page stands and the script has ended. Processor
time is that of the server's process in between. Needs Debian's chromium and requirements-dev.txt.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.archive import open_release
from analysis.queries.tallies import tally

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

ROOT = Path(__file__).resolve().parent.parent
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync")  # fmt: skip
_TICK = os.sysconf("SC_CLK_TCK")
_WINDOW: dict[str, Any] = {"viewport": {"width": 1400, "height": 900}, "locale": "en-GB", "bypass_csp": True}
_SEEN = """() => {
  const seen = (what) => [...document.querySelectorAll(what)].some((each) => each.checkVisibility() && each.innerText);
  return (%s) && performance.timeOrigin + performance.now();
}"""
_FIRST = {  # of the first page
    "readable": _SEEN % "seen('h1') && seen('.or-figures') && seen('.or-card')",
    "with its chart": _SEEN % "seen('.or-years')",
    "answering": _SEEN
    % (
        "!document.querySelector('#first-view')"
        " && seen('[data-testid=stApp][data-test-script-state=notRunning] .or-gaps')"
    ),
}
_PAGES = ("overview", "timeline", "search", "speakers", "entities", "compare", "document", "about")
_CHIPS = "(document.querySelector('.st-key-chips') || {textContent: ''}).textContent"
_CHARTS = "[...document.querySelectorAll('.or-plot')].map((each) => each.getAttribute('aria-label')).join()"
_STANDS = f"""([chips, charts]) => {{
  const app = document.querySelector('[data-testid=stApp]');
  if (app.getAttribute('data-test-script-state') !== 'notRunning') return false;
  const drawn = {_CHARTS};
  return {_CHIPS} !== chips && (drawn !== charts || !drawn) && performance.now();
}}"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--rounds", type=int, default=12, help="speakers chosen and taken away again on each page")
    parser.add_argument("--parts", default=",".join(("first", *_PAGES)), help="what to measure: first, and pages")
    parser.add_argument("--encoder", default="small", help="one that does not exist gives the figures without any")
    parser.add_argument("--address", help="of a server that runs already; measures changes only, without its time")
    arguments = parser.parse_args()
    parts = arguments.parts.split(",")
    release = open_release(arguments.archive)
    statements = release.statements
    most = tally(statements, "speaker_members", np.arange(len(statements)))
    names = dict(zip(release.entities["entity_id"], release.entities["name"], strict=True))
    speakers = [str(names.get(key, key)) for key, _ in most[: arguments.rounds]]
    print(f"{arguments.archive}: {len(statements):,} statements, {len(most):,} speakers")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        if arguments.address:
            browser = launched(playwright)
            for name in parts:
                measure_page(browser, arguments.address, None, name, speakers)
            return
        if "first" in parts:
            cold(playwright, arguments.archive, arguments.encoder)
        with served(arguments.archive, arguments.encoder) as (address, pid):
            settled(address)
            if "first" in parts:
                warm(playwright, address)
            browser = launched(playwright)
            for name in parts:
                if name != "first":
                    measure_page(browser, address, pid, name, speakers)
            browser.close()
    print(f"load {os.getloadavg()[0]:.1f}")


def settled(address: str) -> None:
    """Wait until the server has drawn its first page ahead and loaded the encoder."""
    for _ in range(240):
        with urllib.request.urlopen(address, timeout=30) as page:
            if b'id="first-view"' in page.read():
                break
        time.sleep(0.25)
    time.sleep(8)


@contextmanager
def served(archive: Path, encoder: str) -> Iterator[tuple[str, int]]:
    """A server on ``archive``, started as users start it: its address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = os.environ | {"ON_RECORD_ARCHIVE": str(archive.resolve()), "ON_RECORD_ENCODER": encoder}
    process = subprocess.Popen(
        [*command, "--server.address", "127.0.0.1"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(1200):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
                break
            except OSError:
                time.sleep(0.05)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def first_page(context: BrowserContext, address: str) -> dict[str, float]:
    """When the first page can be read, has its chart and answers, in seconds since the epoch; closes the context."""
    page = context.new_page()
    page.goto(address, wait_until="commit")
    found = {name: float(page.wait_for_function(when, timeout=180_000).json_value()) for name, when in _FIRST.items()}
    found["asked"] = float(page.evaluate("performance.timeOrigin"))
    context.close()
    return {name: at / 1000 for name, at in found.items()}


def cold(playwright: Playwright, archive: Path, encoder: str) -> None:
    """Print what the first visitor after a start waits for; a new server each time."""
    seen: dict[str, list[float]] = {"listening": [], **{name: [] for name in _FIRST}}
    for start in range(4):
        browser = launched(playwright)
        started = time.time()
        with served(archive, encoder) as (address, _):
            listening = time.time() - started
            found = first_page(browser.new_context(**_WINDOW), address)
            settled(address)  # what it drew ahead is kept for the next start
        browser.close()
        times = {"listening": listening, **{name: found[name] - started for name in _FIRST}}
        if start == 0:
            print("cold, the first start:", ", ".join(f"{name} {at:.1f} s" for name, at in times.items()), flush=True)
            continue
        for name, at in times.items():
            seen[name].append(at)
    print(f"cold, since the server was started, n = 3: {told(seen)}", flush=True)


def warm(playwright: Playwright, address: str) -> None:
    """Print what a visitor with a new browser profile waits for, and one whose browser has been here."""
    new: dict[str, list[float]] = {name: [] for name in _FIRST}
    browser = launched(playwright)
    for _ in range(8):
        found = first_page(browser.new_context(**_WINDOW), address)
        for name in _FIRST:
            new[name].append(found[name] - found["asked"])
    browser.close()
    print(f"warm, a new profile, n = 8: {told(new)}", flush=True)
    again: dict[str, list[float]] = {name: [] for name in _FIRST}
    with TemporaryDirectory() as profile:
        for visit in range(10):
            context = playwright.chromium.launch_persistent_context(
                profile, executable_path=chromium(), args=list(_FLAGS), **_WINDOW
            )
            found = first_page(context, address)
            for name in _FIRST if visit > 1 else ():  # the first two fill the browser's caches
                again[name].append(found[name] - found["asked"])
    print(f"warm, a browser that has been here, n = 8: {told(again)}", flush=True)


def told(seen: Mapping[str, Sequence[float]]) -> str:
    """ "listening median 2.1 s, p95 2.2 s; ..."."""
    return "; ".join(f"{name} {spread(values, 's', 2)}" for name, values in seen.items())


def launched(playwright: Playwright) -> Browser:
    """A browser whose caches are empty."""
    return playwright.chromium.launch(executable_path=chromium(), args=list(_FLAGS))


def chromium() -> str | None:
    """Where Debian's Chromium is."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def measure_page(browser: Browser, address: str, pid: int | None, name: str, speakers: Sequence[str]) -> None:
    """Print what changes of the filters take on one page."""
    context = browser.new_context(**_WINDOW)
    page = context.new_page()
    path = "" if name == "overview" else name
    page.goto(f"{address}/{path}" + ("?q=energy" if name == "search" else ""))
    page.locator("h1").first.wait_for(timeout=120_000)
    page.wait_for_timeout(3000)
    seen: dict[str, list[float]] = {"new": [], "back": []}
    spent: dict[str, list[float]] = {"new": [], "back": []}
    for speaker in speakers:
        for kind in seen:
            before = processor_time(pid)
            waited = choose(page, speaker) if kind == "new" else take_away(page)
            page.wait_for_timeout(150)  # what is drawn after the script has ended counts too
            seen[kind].append(waited)
            spent[kind].append((processor_time(pid) - before) * 1000)
    waits, costs = seen["new"] + seen["back"], spent["new"] + spent["back"]
    print(
        f"{name}: a change is seen after {spread(waits, 'ms')}, chosen anew {spread(seen['new'], 'ms')}; "
        f"processor time of the server {spread(costs, 'ms')}, chosen anew {spread(spent['new'], 'ms')}; "
        f"n = {len(waits)}",
        flush=True,
    )
    context.close()


def choose(page: Page, speaker: str) -> float:
    """Choose a speaker in the panel; milliseconds until the page stands."""
    box = page.get_by_role("combobox", name="Speaker").first
    box.click()
    box.fill(speaker)
    page.get_by_role("option", name=re.compile(re.escape(speaker))).first.wait_for()
    return timed(page, lambda: page.keyboard.press("Enter"))


def take_away(page: Page) -> float:
    """Take the chip away again; milliseconds until the page stands."""
    page.keyboard.press("Escape")
    chip = page.locator(".st-key-chips button").first
    return timed(page, chip.click)


def timed(page: Page, act: object) -> float:
    """Milliseconds from ``act`` until the chips and the charts have changed and the script has ended."""
    before = page.evaluate(f"[{_CHIPS}, {_CHARTS}]")
    page.evaluate(
        "window.began = 0; for (const what of ['keydown', 'pointerdown'])"
        " window.addEventListener(what, () => { window.began ||= performance.now() }, {capture: true, once: true})"
    )
    act()  # type: ignore[operator]
    ended = page.wait_for_function(_STANDS, arg=before, timeout=60_000, polling=10).json_value()
    return float(ended) - float(page.evaluate("window.began"))


def processor_time(pid: int | None) -> float:
    """Seconds of processor time that a process has used; none where it is not known."""
    if pid is None:
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def spread(values: Sequence[float], unit: str, decimals: int = 0) -> str:
    """ "median 210 ms, p95 340 ms"."""
    middle, high = (float(np.quantile(values, share)) for share in (0.5, 0.95))
    return f"median {middle:.{decimals}f} {unit}, p95 {high:.{decimals}f} {unit}"


if __name__ == "__main__":
    main()

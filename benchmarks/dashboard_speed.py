"""How fast the dashboard is to use: a real browser on a real server, and what the server spends on each change.

    python benchmarks/made_archive.py --statements 100000 --archive made-100k
    python benchmarks/dashboard_speed.py made-100k [--rounds 12] [--pages overview,timeline]

Cold: from starting the server to the first page's heading and chart. Warm: the same in a new browser profile.
A change: a speaker is chosen in the filter panel (one not chosen before, so nothing of it is cached) or taken away
again; the clock runs in the browser from the key press until the new page stands and the script has ended. Processor
time is that of the server's process in between. Needs Debian's chromium and requirements-dev.txt.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.archive import open_release
from analysis.queries.tallies import tally

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync")  # fmt: skip
_TICK = os.sysconf("SC_CLK_TCK")
_PAGES = ("overview", "timeline", "search", "speakers", "entities", "compare", "document", "about")
_STANDS = """([before]) => {
  const chips = document.querySelector('.st-key-chips');
  const app = document.querySelector('[data-testid=stApp]');
  const now = chips ? chips.innerText : '';
  return now !== before && app.getAttribute('data-test-script-state') === 'notRunning' && performance.now();
}"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--rounds", type=int, default=12, help="speakers chosen and taken away again on each page")
    parser.add_argument("--pages", default=",".join(_PAGES))
    parser.add_argument("--encoder", default="small")
    arguments = parser.parse_args()
    release = open_release(arguments.archive)
    statements = release.statements
    most = tally(statements, "speaker_members", np.arange(len(statements)))
    names = dict(zip(release.entities["entity_id"], release.entities["name"], strict=True))
    speakers = [str(names.get(key, key)) for key, _ in most[: arguments.rounds]]
    print(f"{arguments.archive}: {len(statements):,} statements, {len(most):,} speakers")
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        started = time.perf_counter()
        with served(arguments.archive, arguments.encoder) as (address, pid):
            listening = time.perf_counter() - started
            first_page(browser, address)
            print(f"cold: first page after {time.perf_counter() - started:.1f} s (listening after {listening:.1f} s)")
            warm = [first_page(browser, address) for _ in range(8)]
            print(f"warm: first page after {spread(warm, 's', 2)}, n = {len(warm)}")
            for name in arguments.pages.split(","):
                measure_page(browser, address, pid, name, speakers)
        browser.close()


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


def first_page(browser: Browser, address: str) -> float:
    """Seconds from asking for the first page in a new profile until its heading and its chart are seen."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="en-GB")
    page = context.new_page()
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator("h1").first.wait_for(timeout=120_000)
    page.locator(".js-plotly-plot .plot-container").first.wait_for(timeout=120_000)
    spent = time.perf_counter() - started
    context.close()
    return spent


def measure_page(browser: Browser, address: str, pid: int, name: str, speakers: Sequence[str]) -> None:
    """Print what changes of the filters take on one page."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="en-GB")
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
    page.get_by_role("option").first.wait_for()
    return timed(page, lambda: page.keyboard.press("Enter"))


def take_away(page: Page) -> float:
    """Take the chip away again; milliseconds until the page stands."""
    page.keyboard.press("Escape")
    chip = page.locator(".st-key-chips button").first
    return timed(page, chip.click)


def timed(page: Page, act: object) -> float:
    """Milliseconds from ``act`` until the chips have changed and the script has ended."""
    before = page.evaluate("(document.querySelector('.st-key-chips') || {innerText: ''}).innerText")
    page.evaluate(
        "window.began = 0; for (const what of ['keydown', 'pointerdown'])"
        " window.addEventListener(what, () => { window.began ||= performance.now() }, {capture: true, once: true})"
    )
    act()  # type: ignore[operator]
    ended = page.wait_for_function(_STANDS, arg=[before], timeout=60_000, polling=10).json_value()
    return float(ended) - float(page.evaluate("window.began"))


def processor_time(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def spread(values: Sequence[float], unit: str, decimals: int = 0) -> str:
    """ "median 210 ms, p95 340 ms"."""
    middle, high = (float(np.quantile(values, share)) for share in (0.5, 0.95))
    return f"median {middle:.{decimals}f} {unit}, p95 {high:.{decimals}f} {unit}"


if __name__ == "__main__":
    main()

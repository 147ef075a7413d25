"""Renew the pictures of README.md and docs/tasks.md from a running dashboard that shows the shipped corpus.

    .venv/bin/python docs/images/take.py http://localhost:8501 [NAME …]

Each is 1400 pixels wide, in the light theme. Names such as tasks/3 take only these.
"""

from __future__ import annotations

import io
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

_FOLDER = Path(__file__).parent
_COLOURS, _WIDTH = 128, 1400
_DAYS = "side=CN&side=RU&from=2022-02-17&to=2022-03-03"
_NO_LIMITS = "st-9213592cf1c5"


@dataclass(frozen=True)
class Picture:
    """What is shown: an address, what is clicked there, what is scrolled to, and how high the window is."""

    address: str
    click: str = ""
    scroll: str = ""
    high: int = 1000


PICTURES = {
    "overview": Picture(""),
    "timeline": Picture(f"timeline?statement={_NO_LIMITS}"),
    "search": Picture("search?q=not+aimed+at+any+third+country", high=1100),
    "speakers": Picture("speakers?profile=wang-yi", high=1100),
    "statement": Picture(f"statement?statement={_NO_LIMITS}"),
    "document": Picture("document?document=d-2b8431a2a748&quote=q-62f89a715f40"),
    "tasks/1": Picture(f"timeline?{_DAYS}"),
    "tasks/2": Picture("search?q=peace+talks+mediation+speaker%3A%22Wang+Yi%22&sort=newest"),
    "tasks/3": Picture("search?q=we+are+not+allies", high=1100),
    "tasks/4": Picture("search?q=%22no+limits%22", click="By whom, and the chart", high=1100),
    "tasks/5": Picture(f"statement?statement={_NO_LIMITS}"),
    "tasks/6": Picture(
        "speakers?profile=chinese-foreign-ministry&from=2024-05-01&to=2024-05-31", scroll="Who spoke for it"
    ),
    "tasks/7": Picture(
        "speakers?profile=wang-yi&event=2022-02-24-russias-full-scale-invasion-ukraine-begins",
        scroll="Before and after an event",
    ),
    "tasks/8": Picture(f"timeline?{_DAYS}", click="Link to this view", high=700),
    "tasks/9": Picture("search?q=speaker%3APutin+on%3A2018", click="Download", high=1100),
    "tasks/10": Picture("?", scroll="What these counts leave out"),
}


def take(page: Page, address: str, picture: Picture) -> bytes:
    """What the window shows once all is drawn, as a PNG of few colours."""
    page.set_viewport_size({"width": _WIDTH, "height": picture.high})
    page.goto(f"{address}/{picture.address}")
    page.locator("h1").first.wait_for()
    page.wait_for_url("**release=**")
    page.wait_for_timeout(1500)
    main = page.get_by_test_id("stMain")
    if picture.click:
        main.get_by_text(picture.click).first.click()
        page.mouse.move(_WIDTH - 10, picture.high - 10)  # else a tooltip stands over the page
    _settle(page)
    if picture.scroll:
        main.get_by_text(picture.scroll, exact=True).first.evaluate("node => node.scrollIntoView({block: 'start'})")
        page.wait_for_timeout(1000)
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(_COLOURS)
    image.save(kept := io.BytesIO(), "PNG", optimize=True)
    return kept.getvalue()


def _settle(page: Page) -> None:
    """Wait until nothing is loading."""
    page.wait_for_function(
        "() => !document.querySelector('[data-testid=stSkeleton], [data-testid=stSpinner], [data-stale=true]')"
    )
    page.wait_for_timeout(2500)  # charts have settled


def main(address: str, names: list[str]) -> None:
    """Take the pictures called ``names``, or all."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context = browser.new_context(color_scheme="light")
        context.set_default_timeout(60_000)
        page = context.new_page()
        for name in names or PICTURES:
            file = _FOLDER / f"{name}.png"
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(found := take(page, address, PICTURES[name]))
            print(f"{name}: {len(found) / 1000:.0f} kB")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2:])

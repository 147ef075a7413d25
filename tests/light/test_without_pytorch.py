"""An archive is built with PyTorch and served without: what the dashboard and ``search`` import is no part of it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.adding import add
from analysis.archive import check, releases
from analysis.archive.encoders import carries
from analysis.pipeline import build
from analysis.settings import Settings

ROOT = Path(__file__).resolve().parent.parent.parent
HEAVY = ("torch", "transformers", "sentence_transformers", "spacy", "thinc", "onnx", "sklearn", "scipy")
BRIEF = """---
title: A visit to Moscow
date: 2024-05-16
---

“The friendship between the two states has no limits,” Xi Jinping said in Moscow on May 16, 2024.

“Russia will go on delivering natural gas through the pipeline for decades,” Vladimir Putin told reporters.
"""
REFUSING = f"""
import sys
class Refusing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {HEAVY!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Refusing())
"""
PAGES = """
import json, time
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
import app
from analysis import warming
from analysis.queries import on_hand
from pages.parts import places
warming.warm(on_hand.open_newest)
for _ in range(600):
    if warming.encoder() or warming.problem():
        break
    time.sleep(0.1)
assert warming.problem() is None, warming.problem()
found = {}
for path, place in places.PLACES.items():
    app = AppTest.from_file("app.py", default_timeout=60)
    app.query_params["q"] = "fuel exports"
    app._page_hash = calc_hash(path) if path else ""
    app.run()
    assert not app.exception, [each.message for each in app.exception]
    found[path] = " ".join(each.proto.body for each in app.get("html"))
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A brief of two statements, built with "small"."""
    folder = tmp_path_factory.mktemp("light")
    (folder / "sources").mkdir()
    (folder / "sources" / "brief.md").write_text(BRIEF, encoding="utf-8")
    report = build([folder / "sources"], replace(Settings(), archive=folder / "archive", encoder="small"))
    assert report.note is None
    return folder / "archive"


def served(archive: Path, code: str) -> str:
    """What ``code`` prints in a process that has none of the heavy packages."""
    done = subprocess.run(
        [sys.executable, "-c", REFUSING + code],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "HOME": str(archive.parent), "ON_RECORD_ARCHIVE": str(archive)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_a_build_lets_its_release_carry_the_encoder_and_the_next_keep_it(archive: Path) -> None:
    (first,) = releases(archive)
    place = carries(first)
    assert place is not None
    assert (archive / place / "model.onnx").is_file()
    assert check(archive) == []
    later = archive.parent / "later"
    later.mkdir()
    (later / "note.md").write_text(BRIEF.replace("Moscow", "Beijing").replace("decades", "years"), encoding="utf-8")
    assert add([later], replace(Settings(), archive=archive, encoder="small")).release == 2
    assert carries(releases(archive)[1]) == place
    assert check(archive) == []


def test_the_command_searches_by_meaning_without_pytorch(archive: Path) -> None:
    code = (
        "from analysis.cli import main; sys.exit(main(['search', 'fuel exports', '--format', 'jsonl', '--limit', '1']))"
    )
    hit = json.loads(served(archive, code))
    assert "natural gas" in hit["text"]
    assert hit["why"] == "meaning"


def test_every_page_is_drawn_and_search_goes_by_meaning_without_pytorch(archive: Path) -> None:
    pages = json.loads(served(archive, PAGES).splitlines()[-1])
    assert len(pages) > 8
    assert "natural gas" in pages["search"]

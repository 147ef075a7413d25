"""No package is pinned at a version that the list of known advisories names.

``advisories.csv`` is a list of our own, for machines from which no advisory service can be reached. It holds what was
known well when it was written and is relevant to what is pinned; ``docs/security.md`` says what it does not cover, and
how pip-audit is run where there is a net.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

FILES = (
    *("requirements.txt", "requirements-serve.txt", "requirements-serve.lock", "requirements-dev.txt"),
    *("requirements-cluster.txt", "constraints.txt", "benchmarks/requirements-peers.txt"),
)
_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==([0-9][\w.!+]*)", re.MULTILINE)


def pins(words: str) -> set[tuple[str, Version]]:
    """Every package that a requirements file pins, with its version."""
    return {(canonicalize_name(name), Version(version)) for name, version in _PIN.findall(words)}


def advisories() -> list[dict[str, str]]:
    with (Path(__file__).parent / "advisories.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def named(pinned: set[tuple[str, Version]]) -> list[str]:
    """What of these is named by an advisory."""
    return [
        f"{name} {version}: {each['advisory']}, {each['what']}"
        for each in advisories()
        for name, version in sorted(pinned)
        if name == each["package"] and version in SpecifierSet(each["affected"], prereleases=True)
    ]


@pytest.mark.parametrize("file", FILES)
def test_nothing_is_pinned_that_an_advisory_names(root, file):
    found = pins((root / file).read_text(encoding="utf-8"))
    assert found
    assert named(found) == []


def test_every_file_that_pins_packages_is_looked_at(root):
    there = {path.relative_to(root).as_posix() for path in root.glob("**/requirements*.*") if ".venv" not in path.parts}
    assert there <= set(FILES)


def test_an_old_version_would_be_found():
    assert named(pins("Jinja2==3.1.5\nh11==0.14.0\nStarlette==0.49.0\nnumpy==2.4.6")) == [
        "h11 0.14.0: CVE-2025-43859, line ends of chunks read laxly: requests smuggled past a proxy",
        "jinja2 3.1.5: CVE-2025-27516, a way out of the sandbox by attr",
        "starlette 0.49.0: CVE-2025-62727, a Range header takes quadratic time",
        "starlette 0.49.0: CVE-2026-48710, a Host header decides about the path that checks see",
    ]


def test_the_list_is_in_order_and_about_what_is_pinned(root):
    rows = advisories()
    pinned = {name for file in FILES for name, _ in pins((root / file).read_text(encoding="utf-8"))}
    assert {each["package"] for each in rows} <= pinned
    assert [each["package"] for each in rows] == sorted(each["package"] for each in rows)
    for each in rows:
        assert re.fullmatch(r"(?:CVE-\d{4}-\d{4,6}|GHSA(?:-\w{4}){3})", each["advisory"])
        assert "<" in each["affected"], "a version that mends it"
        assert each["what"]

"""Promises about the container: what is in it, as whom it runs, and that it serves from a tree it cannot write to.

The steps of the Dockerfile are followed in an empty folder. With ON_RECORD_TEST_CONTAINER=1 its packages are installed
from their hashes too, some minutes and 700 MB; otherwise those of the tests stand in for them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from following import Stage, follow, stages
from visiting import ROOT, free_port, serving, session

WHOLE = bool(os.environ.get("ON_RECORD_TEST_CONTAINER"))
_IMPORTED = """
import ast, importlib.metadata, json, pathlib, sys
sys.path.insert(0, "")
import app
here, packages, found = pathlib.Path.cwd(), importlib.metadata.packages_distributions(), {}
for module in [each for each in sys.modules.values() if getattr(each, "__file__", None)]:
    path = pathlib.Path(module.__file__)
    if here in path.parents and ".venv" not in path.parts and path.suffix == ".py":
        for node in ast.parse(path.read_text()).body:  # what stands at the top: the rest is imported when it is needed
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            found |= {name: packages[name] for name in (each.split(".")[0] for each in names) if name in packages}
print(json.dumps(found))
"""
_STRANGER = 10001 if os.geteuid() == 0 else os.geteuid()


@dataclass
class Followed:
    """What following the Dockerfile made."""

    tree: Path
    last: Stage
    of_the_base: list[str]
    python: str  # what the container's user can run


@pytest.fixture(scope="module")
def image() -> Iterator[Followed]:
    """The container's tree."""
    tree = Path(tempfile.mkdtemp(prefix="on-record-image-"))  # pytest's own folders are closed to other users
    tree.chmod(0o755)
    try:
        _, packages, last = stages(ROOT / "Dockerfile")
        python = _python()
        left_out = () if WHOLE else ("python -m venv", "python -m pip", "find /venv", "python -m compileall")
        if not WHOLE:
            (tree / "venv").mkdir()
        follow(packages, ROOT, tree, python=python, pip=sys.executable, left_out=left_out)
        shutil.rmtree(tree / "build")
        of_the_base = [step for kind, step in last.steps if kind == "RUN"]
        yield Followed(tree, last, of_the_base, str(tree / "venv/bin/python") if WHOLE else python)
    finally:
        shutil.rmtree(tree)


@pytest.fixture(scope="module")
def readable(made: Path) -> Iterator[Path]:
    """An archive that everybody may read and nobody write."""
    folder = Path(tempfile.mkdtemp(prefix="on-record-archive-"))
    try:
        shutil.copytree(made, folder / "archive")
        subprocess.run(["chmod", "-R", "a=rX", str(folder)], check=True)
        yield folder / "archive"
    finally:
        subprocess.run(["chmod", "-R", "u+w", str(folder)], check=True)
        shutil.rmtree(folder)


def _python() -> str:
    """A Python of this version that the container's user may run; the tests' own may stand in somebody's home."""
    version = f"python3.{sys.version_info.minor}"
    for candidate in (sys.executable, shutil.which(version), f"/usr/bin/{version}"):
        if candidate and _may_run(candidate):
            return candidate
    pytest.skip(f"no {version} here that another user may run")


def _may_run(python: str) -> bool:
    try:
        return subprocess.run([python, "-c", "pass"], **_as_stranger()).returncode == 0  # type: ignore[call-overload]
    except OSError:
        return False


def _as_stranger() -> dict[str, object]:
    if os.geteuid() != 0:
        return {}
    return {"user": _STRANGER, "group": _STRANGER, "extra_groups": []}


def test_it_serves_as_a_stranger_from_a_tree_it_cannot_write_to(
    image: Followed, readable: Path, tmp_path: Path
) -> None:
    port = free_port()
    environment = image.last.environment() | {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8"}
    if not WHOLE:
        environment["PYTHONPATH"] = sysconfig.get_path("purelib")
    settings = {"ARCHIVE": str(readable), "ENCODER": "small", "ADDRESS": "127.0.0.1", "PORT": str(port)}
    command = [image.python, *image.last.command()[1:]]
    before = _states(image.tree / "app")
    options = {"cwd": image.tree / "app", "env": environment, "port": port, **_as_stranger()}
    with serving(tmp_path, settings, command, **options) as server:  # type: ignore[arg-type]
        assert Path(f"/proc/{server.process.pid}").stat().st_uid == _STRANGER
        with session(server.address) as open_page:
            drawn = {page: open_page(page, "q=gas") for page in ("", "search", "timeline", "about")}
        assert server.status("/api/search?q=gas") == 200
        said = server.said()
    assert not any(page.failed for page in drawn.values()), said
    assert "flow for decades" in drawn["search"].words
    written = [line for line in said.splitlines() if line.strip() and not line.startswith("  ")]
    assert [line for line in written if not line.startswith("{")] == [], "JSON, but for the address when it starts"
    assert _states(image.tree / "app") == before, "nothing was written beside the program"


def test_it_holds_the_program_and_nothing_that_builds_or_tests(image: Followed) -> None:
    assert {path.name for path in image.tree.iterdir()} == {"app", "venv"}
    inside = {path.name for path in (image.tree / "app").rglob("*")}
    assert {"app.py", "analysis", "pages", "locale", "config.toml", "sides.csv"} <= inside
    assert not inside & {".git", ".venv", "conftest.py", "benchmarks", "briefs", "secrets.toml", "requirements-dev.txt"}
    tools = {path.name for path in image.tree.glob("venv/bin/*")} | {
        path.name for path in image.tree.glob("venv/lib/*/site-packages/*")
    }
    assert not tools & {"pip", "pip3", "setuptools", "wheel", "gcc", "cc", "make", "torch", "spacy", "pytest"}
    assert not list(image.tree.glob("venv/lib/**/tests"))
    for path in (image.tree / "app").rglob("*"):
        assert "docs" not in path.relative_to(image.tree).parts
        assert not path.name.startswith("test_")
        assert not path.stat().st_mode & 0o022, f"{path} may be written by others"


def test_every_package_of_the_program_is_copied() -> None:
    ours = {path.parent.name for path in ROOT.glob("*/*.py")} - {"benchmarks", "tests"} | {"pages"}
    _, packages, _ = stages(ROOT / "Dockerfile")
    copied = {word for kind, rest in packages.steps if kind == "COPY" for word in rest.split()[:-1]}
    assert ours <= copied, "name them in Dockerfile and .dockerignore"


def test_the_program_takes_less_than_ten_megabytes(image: Followed) -> None:
    size = sum(path.stat().st_size for path in (image.tree / "app").rglob("*") if path.suffix != ".pyc")
    assert size < 10_000_000


@pytest.mark.skipif(not WHOLE, reason="ON_RECORD_TEST_CONTAINER=1 installs the packages too")
def test_the_packages_are_those_of_the_lock_and_no_more(image: Followed) -> None:
    printed = subprocess.run(
        [image.python, "-c", "from importlib.metadata import distributions as d; print(*(x.name for x in d()))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert {_same(name) for name in printed.stdout.split()} == set(_locked())
    size = sum(path.stat().st_size for path in image.tree.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"{size / 1e6:,.0f} MB in {image.tree}")
    assert size < 1_000_000_000


def test_every_package_is_pinned_with_hashes_at_the_version_that_was_tested() -> None:
    constraints = dict(re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / "constraints.txt").read_text(), re.MULTILINE))
    tested = {_same(name): version for name, version in constraints.items()}
    locked = _locked()
    assert locked
    for name, (version, hashes) in locked.items():
        assert hashes, name
        assert tested.get(name, version) == version, f"{name}: run make serve-lock"
    wanted = (ROOT / "requirements-serve.txt").read_text()
    for name in re.findall(r"^([A-Za-z][\w.-]*)", wanted, re.MULTILINE):
        assert _same(name) in locked, f"{name}: run make serve-lock"
    assert not {"torch", "spacy", "sentence-transformers", "pip", "setuptools", "pytest"} & set(locked)


def test_what_the_server_imports_when_it_starts_is_in_the_lock() -> None:
    told = subprocess.run([sys.executable, "-c", _IMPORTED], cwd=ROOT, capture_output=True, text=True, check=True)
    locked = set(_locked())
    for module, names in sorted(json.loads(told.stdout.splitlines()[-1]).items()):
        assert {_same(name) for name in names} & locked, f"{module}: name it in requirements-serve.txt"


def test_it_runs_as_nobody_in_particular_is_watched_and_can_be_read_only() -> None:
    _, _, last = stages(ROOT / "Dockerfile")
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", last.says["USER"][-1])
    assert "/health" in last.says["HEALTHCHECK"][-1]
    assert last.environment()["HOME"] == "/tmp"
    assert last.environment()["ON_RECORD_LOGS"] == "json"
    base = " ".join(step for kind, step in last.steps if kind == "RUN")
    for gone in ("site-packages", "ensurepip", "/usr/local/bin/pip*", "chmod a-s"):
        assert gone in base
    assert any(line.startswith("org.opencontainers.image.title") for line in last.says["LABEL"])


def test_a_base_without_a_digest_is_refused_in_words() -> None:
    text = (ROOT / "Dockerfile").read_text()
    assert set(re.findall(r"^FROM (\S+)", text, re.MULTILINE)) == {"${PYTHON}@${DIGEST}"}
    for given in ("", "DIGEST=latest", "DIGEST=sha256:12"):
        done = subprocess.run(["make", "image", *given.split()], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode != 0
        assert "docs/hosting.md" in done.stderr


def _locked() -> dict[str, tuple[str, int]]:
    """Package → its version and how many hashes it has."""
    lock = (ROOT / "requirements-serve.lock").read_text()
    found = re.findall(
        r"^([\w.-]+)==(\S+?)(?: \\)?\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)*)", lock, re.MULTILINE
    )
    return {_same(name): (version, hashes.count("--hash")) for name, version, hashes in found}


def _same(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _states(folder: Path) -> dict[str, tuple[int, float]]:
    return {str(path): (path.stat().st_size, path.stat().st_mtime) for path in folder.rglob("*") if path.is_file()}

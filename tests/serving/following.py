"""Following a Dockerfile's steps in a folder, for machines without a container engine.

The base image is the machine's own Python. Steps about the base image's files are read, not run.
"""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

_OURS = re.compile(r"(?<![\w/.])(/(?:venv|app|build|archive)\b)")  # the folders that the steps make


@dataclass
class Stage:
    """One stage: its steps, and what it says about the running container."""

    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)  # COPY and RUN, in order
    says: dict[str, list[str]] = field(default_factory=dict)  # every other instruction

    def environment(self) -> dict[str, str]:
        """What ENV sets."""
        words = shlex.split(" ".join(self.says.get("ENV", [])))
        return dict(word.split("=", 1) for word in words)

    def command(self) -> list[str]:
        """The container's command."""
        command: list[str] = json.loads(self.says["ENTRYPOINT"][-1])
        return command


def stages(dockerfile: Path) -> list[Stage]:
    """The stages of a Dockerfile, in order."""
    text = re.sub(r"^\s*#.*\n", "", dockerfile.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found: list[Stage] = [Stage("")]
    for line in re.sub(r"\\\n", " ", text).splitlines():
        if not line.strip():
            continue
        instruction, rest = line.strip().split(None, 1)
        if instruction == "FROM":
            name = re.search(r"\bAS (\w+)$", rest)
            found.append(Stage(name.group(1) if name else "last"))
        elif instruction in ("COPY", "RUN"):
            found[-1].steps.append((instruction, rest))
        else:
            found[-1].says.setdefault(instruction, []).append(rest)
    return found


def follow(
    stage: Stage, context: Path, tree: Path, *, python: str, pip: str = "python", left_out: Sequence[str] = ()
) -> list[str]:
    """Do a stage's steps with ``tree`` for its root; the RUN steps that were about the base image, which were not done.

    context: what is copied from. python: what "python" is. pip: a Python that has pip. left_out: beginnings of RUN
    steps not to do.
    """
    of_the_base = []
    for instruction, rest in stage.steps:
        if instruction == "COPY":
            *sources, target = shlex.split(rest)
            for source in sources:
                _copy(context, source, tree / target.lstrip("/"), into=target.endswith("/"))
        elif "/usr" in rest:
            of_the_base.append(rest)
        elif not any(rest.startswith(start) for start in left_out):
            _run(rest, tree, pip if rest.startswith("python -m pip") else python)
    return of_the_base


def _copy(context: Path, source: str, target: Path, *, into: bool) -> None:
    ignored = _ignored(context)
    if ignored(source):
        raise AssertionError(f"COPY {source}: .dockerignore keeps it from the builder")
    where = context / source
    if where.is_dir():
        gone = shutil.ignore_patterns("__pycache__", "*.pyc", ".mypy_cache")
        shutil.copytree(where, target, dirs_exist_ok=True, ignore=gone)
    else:
        target = target / where.name if into else target
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(where, target)


def _ignored(context: Path):
    lines = (context / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line.strip() for line in lines if line.strip() and not line.startswith("#")]

    def ignored(path: str) -> bool:
        out = False
        for rule in rules:
            pattern = rule.removeprefix("!").removeprefix("**/")
            if any(fnmatch.fnmatch(part, pattern) for part in _beginnings(path)):
                out = not rule.startswith("!")
        return out

    return ignored


def _beginnings(path: str) -> list[str]:
    parts = path.strip("/").split("/")
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]


def _run(step: str, tree: Path, python: str) -> None:
    mapped = _OURS.sub(lambda found: str(tree) + found.group(1), step)
    mapped = re.sub(r"^python\b", shlex.quote(python), mapped)
    done = subprocess.run(["sh", "-ec", mapped], capture_output=True, text=True, cwd=tree, env=dict(os.environ))
    assert done.returncode == 0, f"{step}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"

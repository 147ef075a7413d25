"""``serve``: the dashboard, once its settings have been looked at."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from analysis.commands import Commands, add_archive, positive
from analysis.configuring.laying import variable
from analysis.settings import ROOT, Settings, given
from analysis.terminal import say


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "serve",
        help="open the dashboard",
        description="Check the settings, then serve the dashboard until it is stopped. Exit code 1 when the machine "
        "lacks what the settings name, 2 when a value cannot be used; docs/hosting.md is about serving others.",
    )
    add_archive(parser)
    parser.add_argument("--port", type=positive, help="(default: ON_RECORD_PORT, else 8501)")
    parser.add_argument(
        "--address", help="where to listen (default: ON_RECORD_ADDRESS, else 127.0.0.1: this machine only)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Check, then become the server: its process number is this one's, so that whoever started it can stop it."""
    from dataclasses import replace

    from analysis.configuring.checks import troubles

    chosen = {name: value for name in ("archive", "port", "address") if (value := getattr(arguments, name)) is not None}
    settings = replace(settings, **chosen)
    stopping = [trouble for trouble in troubles(settings) if trouble.stops]  # the server writes the others into its log
    for trouble in stopping:
        say(trouble.words)
    if stopping:
        return 1
    os.environ.update(_environment(settings, chosen))
    os.chdir(ROOT)  # Streamlit looks for .streamlit/ here
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, "-m", *command(settings)])


def command(settings: Settings) -> list[str]:
    """The server's module and its arguments."""
    where = [f"--server.port={settings.port}", f"--server.address={settings.address}"]
    return ["streamlit", "run", str(ROOT / "app.py"), *where]


def _environment(settings: Settings, chosen: dict[str, object]) -> dict[str, str]:
    """What was chosen on the command line, for the server; paths given from here must hold from its folder too."""
    passed = {variable(name): str(value) for name, value in chosen.items()}
    for name, origin in given().origins.items():
        if origin.startswith("ON_RECORD_") and isinstance(path := getattr(settings, name), Path):
            passed[variable(name)] = str(path.absolute())
    archive = settings.archive.absolute() if isinstance(settings.archive, Path) else settings.archive
    return passed | ({variable("archive"): str(archive)} if "archive" in chosen else {})

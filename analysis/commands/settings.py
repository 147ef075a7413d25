"""``settings``: what holds, where each value came from, and whether the machine has what they name."""

from __future__ import annotations

import argparse
import json
from dataclasses import fields

from analysis.commands import Commands
from analysis.configuring.values import is_secret
from analysis.settings import Settings, given
from analysis.terminal import out, plain


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "settings",
        help="print the settings and check them",
        description="Print every setting, as the settings' file would hold it, and where its value came from: a "
        "variable, the file or the default. Then look whether the machine has what they name. Exit code 1 when a "
        "server could not start, 2 when a value cannot be used.",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print one line a setting, as the file would hold it, then what is wrong."""
    from analysis.configuring.checks import troubles

    origins, console = given().origins, out()
    for field in fields(settings):
        line = _written(field.name, getattr(settings, field.name), is_secret(field))
        console.print(plain(f"{line} # {origins.get(field.name, 'default')}"), soft_wrap=True)
    found = troubles(settings)
    for trouble in found:
        console.print(plain(f"{'✗' if trouble.stops else '·'} {trouble.words}"))
    if not found:
        console.print(plain("All that they name is there."))
    return int(any(trouble.stops for trouble in found))


def _written(name: str, value: object, secret: bool) -> str:
    """The setting as the file would hold it; a comment where there is nothing to hold, or nothing to show."""
    if value is None:
        return f"# {name} is not set"
    if secret:
        return f"# {name} is {'set' if value else 'empty'}, and secret"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        value = json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False, default=str)
    return f"{name} = {value}"

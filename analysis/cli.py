"""``python -m analysis``: build an archive, look into it, and verify it.

Exit codes: 0 success, 1 nothing usable, 2 wrong use, 130 stopped with Ctrl-C. Results go to standard output,
progress and trouble to standard error.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from analysis.commands import (
    add,
    build,
    check,
    clean,
    evaluate,
    export,
    extract,
    importing,
    releases,
    remove,
    republish,
    search,
    serve,
    settings,
)
from analysis.configuring.laying import SettingsError
from analysis.priority import give_way
from analysis.settings import Settings
from analysis.terminal import say

_COMMANDS = (
    build,
    add,
    remove,
    importing,
    extract,
    search,
    serve,
    export,
    check,
    releases,
    republish,
    clean,
    evaluate,
    settings,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. argv: without the program's name; None: the process's own."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = _run(argv)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, `head` for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        building = list(sys.argv[1:] if argv is None else argv)[:1] in (["build"], ["add"], ["remove"], ["import"])
        say("Stopped. The last release stands; the next run takes up the work." if building else "Stopped.")
        return 130
    return code


def make_parser() -> argparse.ArgumentParser:
    """The parser of every command with its help."""
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="On Record: who said what about China–Russia relations, when, and where it is printed.",
        epilog="Exit codes: 0 success, 1 nothing usable, 2 wrong use. Settings come from ON_RECORD_* variables "
        "and on-record.toml: docs/settings.md.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add(commands)
    return parser


def _run(argv: Sequence[str] | None) -> int:
    parser = make_parser()
    try:
        arguments = parser.parse_args(argv)
    except SystemExit as stop:  # argparse has said what is wrong, or printed the help
        return int(stop.code or 0)
    from analysis.archive import ArchiveError
    from analysis.embedding import EncoderError

    try:
        asked = Settings.from_environment()
        if argv is None and getattr(arguments, "gives_way", False):  # a caller of main keeps its own priority
            give_way(asked.nice)
        code: int = arguments.run(arguments, asked)
    except BrokenPipeError:
        raise
    except (ArchiveError, EncoderError, OSError) as error:
        say(f"{error}")
        return 1
    except SettingsError as error:
        for problem in error.problems:
            say(problem)
        return 2
    except ValueError as error:
        say(f"{error}")
        return 2
    return code

"""Writing for people and pipes: results to standard output, everything else to standard error.

Texts, titles and names come from strangers' documents: nothing in them may move the cursor, colour the screen,
turn the reading direction or be taken for markup.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.text import Text

from analysis.schema import Skipped

_WIDTH_OF_A_PIPE = 140
_SHOWN = 10  # of what was skipped; the rest is counted
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
# Control characters, direction marks and overrides, lone surrogates, line and paragraph separators.
_UNPRINTABLE = "\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
_NOT_SHOWN = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f{_UNPRINTABLE}]")
_NOT_IN_JSON = re.compile(rf"[{_UNPRINTABLE}]")


def out() -> Console:
    """Standard output, for results."""
    return _console(sys.stdout.isatty(), stderr=False)


def err() -> Console:
    """Standard error, for progress, summaries of trouble and errors."""
    return _console(sys.stderr.isatty(), stderr=True)


def say(words: str) -> None:
    """One line for the person at the terminal, on standard error."""
    err().print(plain(words))


def plain(words: str) -> Text:
    """``words`` on one line, without anything that a terminal or rich would act on."""
    shown = _NOT_SHOWN.sub("", _ESCAPES.sub("", words))
    return Text(" ".join(shown.split()))


def json_line(values: Mapping[str, object]) -> str:
    """``values`` as one line of JSON in readable Unicode; what a terminal would act on is escaped."""
    written = json.dumps(values, ensure_ascii=False, default=str)
    return _NOT_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def list_skipped(console: Console, skipped: Iterable[Skipped]) -> None:
    """What could not be used and why, then what was used only in part: the first ten of each, and how many more."""
    from analysis.reading import is_note

    every = list(skipped)
    for title, some in (
        ("left out", [each for each in every if not is_note(each)]),
        ("read, but for a part", [each for each in every if is_note(each)]),
    ):
        if some:
            console.print(plain(f"{len(some):,} {title}:"))
        for each in some[:_SHOWN]:
            console.print(Text("· ").append_text(plain(each.detail)))
        if len(some) > _SHOWN:
            console.print(plain(f"… and {len(some) - _SHOWN:,} more"))


def _console(is_terminal: bool, stderr: bool) -> Console:
    width = None if is_terminal else _WIDTH_OF_A_PIPE
    return Console(stderr=stderr, width=width, highlight=False, markup=False, emoji=False, soft_wrap=not is_terminal)

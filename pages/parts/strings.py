"""The catalogue of what readers see, gathered from the program: ``make strings`` renews ``locale/``.

``locale/on_record.pot`` holds every string; each language's ``on_record.po`` keeps its translations and is given the
new ones to fill in. The files say where a string stands, but neither its line nor the time: what did not change
stays as it is, and files in conflict are merged by renewing them.
"""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from analysis.settings import ROOT
from pages.parts.language import FOLDER, LANGUAGES

TEMPLATE = FOLDER / "on_record.pot"
TRANSLATED = [code for code in LANGUAGES if code != "en"]
_CALLS = {"tr": 1, "mark": 1, "message": 1, "trn": 2, "count_message": 2}  # how many of the arguments are strings
_PROGRAM = ("app.py", "pages/**/*.py", "analysis/**/*.py")
_NAMES = (
    ("data/gazetteer/sides.csv", "name"),
    ("data/events.csv", "kind"),
    ("data/events.csv", "title"),
    ("data/formulas.csv", "name"),
)  # columns whose words readers see
_HEADER = """\
# What readers of On Record see. `make strings` renews this file; words in braces are put in by the program.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"""


def file_of(code: str) -> Path:
    """Where the translations into a language stand."""
    return FOLDER / code / "LC_MESSAGES/on_record.po"


def extracted() -> Catalog:
    """Every string of the program and of the data's named columns, with the files that it stands in."""
    found = Catalog()
    for file in sorted(file for pattern in _PROGRAM for file in ROOT.glob(pattern)):
        where = file.relative_to(ROOT).as_posix()
        for words in _strings(file.read_text(encoding="utf-8")):
            found.add(words, locations=[(where, 0)])
    for where, column in _NAMES:
        with (ROOT / where).open(encoding="utf-8-sig", newline="") as rows:
            for words in sorted({row[column].strip() for row in csv.DictReader(rows)} - {""}):
                found.add(words, locations=[(where, 0)])
    return found


def _strings(source: str) -> Iterator[str | tuple[str, str]]:
    """The strings of a module's calls, in its order; a pair for one and many.

    Read from the syntax tree: Babel's own reader sees no call within an f-string under Python 3.11.
    """
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        given = [arg.value for arg in call.args[: _CALLS.get(name, 0)] if isinstance(arg, ast.Constant)]
        words = [each for each in given if isinstance(each, str) and each]
        if words and len(words) == _CALLS[name]:
            yield words[0] if len(words) == 1 else (words[0], words[1])


def read(code: str) -> Catalog:
    """The translations into a language as its file holds them; none where there is no file."""
    file = file_of(code)
    if not file.is_file():
        return Catalog(locale=code)
    with file.open("rb") as lines:
        return read_po(lines, locale=code)


def written(catalog: Catalog, code: str | None = None) -> str:
    """The words of a catalogue's file, in a language or as the template for all."""
    lines = BytesIO()
    write_po(lines, catalog, width=110, omit_header=True, sort_output=True, ignore_obsolete=True, include_lineno=False)
    language = f'"Language: {code}\\n"\n"Plural-Forms: {catalog.plural_forms}\\n"\n' if code else ""
    return f"{_HEADER}{language}\n{lines.getvalue().decode()}".rstrip("\n") + "\n"


def renewed(code: str, found: Catalog) -> Catalog:
    """The translations into a language for the strings of ``found``; those that are gone are dropped."""
    catalog = read(code)
    catalog.update(found, no_fuzzy_matching=True)
    return catalog


def renew() -> None:
    """Write the template and every language's file anew, and say how much of each is translated."""
    found = extracted()
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_text(written(found), encoding="utf-8")
    for code in TRANSLATED:
        catalog = renewed(code, found)
        file_of(code).parent.mkdir(parents=True, exist_ok=True)
        file_of(code).write_text(written(catalog, code), encoding="utf-8")
        done = sum(bool(each.string) and all(each.string or ()) for each in catalog if each.id)
        print(f"{file_of(code).relative_to(ROOT)}: {done} of {len(found)} strings translated")


if __name__ == "__main__":
    renew()

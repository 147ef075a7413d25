"""Every word that a reader sees is in the catalogue, and what is translated fits the place where it is put."""

from __future__ import annotations

import ast
import re
from string import Formatter

import pytest

from pages.parts import strings
from pages.parts.language import LANGUAGES

_FOUND = strings.extracted()
_MARKERS = {"tr", "trn", "mark", "message", "count_message"}
_NOT_SEEN = {"key", "textposition", "url_path"}  # keyword arguments whose words no reader sees
_CODE = re.compile(r":material/\w+:|&\w+;|`[^`]*`|(?<![<>])<[^<>]*>?|[^<>]*>")
_COMMAND = re.compile(r"`[^`]*`")
_PROSE = re.compile(r"[A-Za-z’]+,? [A-Za-z’]+|^\s*[A-Z][a-z]+|^\s+[a-z]{2,}\s*$")
_ALLOWED = {
    "On Record",  # the product's name, as the browser's title
    "English",  # languages are named in themselves
    "Alt+Up",  # keys
    "Alt+Down",
    # queries to start from, in the language of the statements
    "not aimed at any third country",
    "“no limits”",
    "peace talks over Ukraine -gas",
    "alliance speaker:Lavrov after:2022",
    "we are not allies",
    "mediation over Ukraine",
    "Taiwan",
    "“third party”",
    "-alliance   -“no limits”   -side:CN",
    "gas OR oil   side:CN OR kind:direct",
    "speaker:Lavrov   speaker:“Wang Yi”",
    # commands, headers, styles and keys
    "python -m analysis build",
    "Mobi",
    "User-Agent",
    "Accept-Language",
    "or-q or-asked",
    "Kept",
    "lane names",
    # for the log
    "no limits",
    "The encoder could not be loaded; search goes by words alone",
    "The newest release could not be opened before it was asked for",
}


def _put_in(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def _forms(words) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


@pytest.mark.parametrize("code", [None, *strings.TRANSLATED])
def test_the_catalogue_holds_exactly_the_strings_of_the_program(code):
    file = strings.file_of(code) if code else strings.TEMPLATE
    wanted = strings.written(strings.renewed(code, _FOUND) if code else _FOUND, code)
    assert file.read_text(encoding="utf-8") == wanted, "run: make strings"


def test_there_is_a_file_for_every_language_but_english():
    assert {file.parts[-3] for file in strings.TEMPLATE.parent.glob("*/LC_MESSAGES/*.po")} == set(LANGUAGES) - {"en"}


@pytest.mark.parametrize("code", strings.TRANSLATED)
def test_a_translation_puts_in_what_the_english_does(code):
    for each in strings.read(code):
        allowed = [_put_in(words) for words in _forms(each.id)]  # of a plural, the singular may do without the number
        for words in filter(None, _forms(each.string or "") if each.id else []):
            assert _put_in(words) in allowed, words
            assert set(_COMMAND.findall(words)) == set(_COMMAND.findall(_forms(each.id)[0])), words


@pytest.mark.parametrize("code", strings.TRANSLATED)
def test_no_translation_is_marked_as_uncertain_which_would_leave_it_unused(code):
    assert [each.id for each in strings.read(code) if each.id and each.fuzzy] == []


@pytest.mark.parametrize("code", strings.TRANSLATED)
def test_a_plural_is_translated_in_all_its_forms_or_not_at_all(code):
    catalog = strings.read(code)
    for each in catalog:
        if each.pluralizable and any(each.string):
            assert len(each.string) == catalog.num_plurals
            assert all(each.string), each.id


def _bare(file) -> list[str]:
    """The strings of a file that look like words for a reader and do not come through the catalogue."""
    found: list[str] = []

    def look(node: ast.AST) -> None:
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in _MARKERS:
                for keyword in node.keywords:
                    look(keyword.value)
                return
        if isinstance(node, ast.keyword) and node.arg in _NOT_SEEN:
            return
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return  # a docstring
        words, parts = "", list(ast.iter_child_nodes(node))
        if isinstance(node, ast.JoinedStr):  # markup may begin before a value and end after it
            words = "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
            parts = [part for part in node.values if not isinstance(part, ast.Constant)]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = node.value
        if words not in _ALLOWED and _PROSE.search(_CODE.sub(" ", words)):
            found.append(f"line {node.lineno}: {words}")
        for child in parts:
            look(child)

    look(ast.parse(file.read_text(encoding="utf-8")))
    return found


def test_no_page_has_words_that_cannot_be_translated(root):
    files = [root / "app.py", *sorted((root / "pages").rglob("*.py"))]
    files.remove(root / "pages/parts/strings.py")  # speaks to translators
    bare = {file.relative_to(root).as_posix(): words for file in files if (words := _bare(file))}
    assert bare == {}, "say them with tr, trn, mark or message"

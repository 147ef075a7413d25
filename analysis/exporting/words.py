"""Strangers' words made fit for the formats that take them: on one line, encodable, and nothing but words."""

from __future__ import annotations

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_STARTS = frozenset("=+-@＝＋－＠")  # what a spreadsheet takes for the beginning of a formula; also in full width
_UNSEEN = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp", "Cs"))  # what importers drop or skip before they look


def one_line(value: object) -> str:
    """A value on one line, without what would end a field or a record; empty where it is missing."""
    return " ".join(_CONTROL.sub(" ", value).split()) if isinstance(value, str) else ""


def encodable(value: str) -> str:
    """``value`` with lone surrogates, which UTF-8 does not have, as question marks."""
    return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")


def xml_text(value: str) -> str:
    """``value`` without the characters that no XML document may hold."""
    return _NOT_IN_XML.sub("", value)


def harmless(value: str) -> str:
    """``value`` for a cell of a spreadsheet: an apostrophe goes before what could be taken for a formula.

    That is a cell which begins with a tab or a carriage return, or whose first visible character is = + - or @.
    """
    if not value:
        return value
    first = value[0]
    if first.isalnum():
        return value
    if first not in "\t\r":
        seen = next((letter for letter in value if unicodedata.category(letter) not in _UNSEEN), "")
        if seen not in _STARTS:
            return value
    return f"'{value}"

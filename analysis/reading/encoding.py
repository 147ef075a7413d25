"""Bytes of a text file → its text, or why they are none."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

_MARKED = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
    b"BZh",
)
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\r\x0b\x0c\x1b\x08\x00")
_LOOKED_AT = 65_536  # bytes; enough to tell text from data and one encoding from another


def decode(content: bytes) -> tuple[str | None, str | None]:
    """(text, guess): the decoded ``content`` without its byte order mark; (None, None) when it is no text.

    guess: the encoding's name where it is neither UTF-8 nor marked, else None. Latin-1 is the last resort: it reads
    any bytes, so wrong letters are possible and the caller says so.
    """
    for mark, name in _MARKED:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(name), None
            except UnicodeDecodeError:
                return content[len(mark) :].decode(name, "replace"), name
    if is_binary(content[:_LOOKED_AT]):
        return None, None
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    best = from_bytes(content[:_LOOKED_AT]).best()
    guess = best.encoding if best else "latin-1"
    if guess == "utf_8":  # the sample's end cut a character, or few bytes are damaged
        return content.decode("utf-8", "replace"), "utf-8 with damaged bytes"
    try:
        return content.decode(guess), guess
    except (UnicodeDecodeError, LookupError):
        return content.decode("latin-1"), "latin-1"


def is_binary(head: bytes) -> bool:
    """True when the first bytes are those of no text: a known file format, zero bytes, many control characters."""
    if head.startswith(_MAGIC) or b"\x00" in head:
        return True
    return len(head) - len(head.translate(None, _CONTROL)) > len(head) / 20

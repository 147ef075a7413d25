"""One document from its text and what is known beside it: metadata, boilerplate, identifier, hash."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence

from analysis.reading.boilerplate import find_boilerplate
from analysis.reading.fields import Fields
from analysis.reading.lines import lines_of
from analysis.reading.metadata import find_metadata
from analysis.schema import Citation, Document, Span, identifier

_SURROGATES = re.compile("[\ud800-\udfff]")
_SCRIPTS = (
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("en", re.compile(r"[A-Za-z]")),
)


def assemble(
    text: str,
    *,
    source: str,
    doc_id: str,
    name: str,
    fields: Fields,
    headings: Sequence[Span] = (),
    citations: tuple[Citation, ...] = (),
) -> Document:
    """The document of ``text``.

    name: what identifies it beside its text when it has no address: a file's name, a row's doc_id.
    Fields that were given win over what the text says; a lone surrogate, which no file can hold, becomes U+FFFD.
    The identifier rests on address or name and the text, so that better metadata later leaves links standing.
    """
    text = clean(text)
    lines = lines_of(text)
    standing = find_metadata(text, lines, fields.title)
    published_on = fields.published_on or standing.published_on
    title, publisher = fields.title or standing.title, fields.publisher or standing.publisher
    lang = fields.lang or guess_language(text)
    known = [text, title, publisher, fields.url, fields.author, str(published_on), lang, fields.licence]
    known.extend(f"{one.at} {one.publisher} {one.title} {one.url} {one.published_on}" for one in citations)
    known.extend(value for value in (fields.speaker, fields.speaker_post, fields.speaker_side) if value)
    return Document(
        document_id=identifier("d", fields.url or name, text),
        doc_id=clean(doc_id),
        source=source,
        url=fields.url,
        title=title,
        publisher=publisher,
        author=fields.author,
        published_on=published_on,
        published_on_text=None if fields.published_on else standing.published_on_text,
        lang=lang,
        licence=fields.licence,
        text=text,
        content_hash=hashlib.sha256(json.dumps(known).encode()).hexdigest(),
        boilerplate=find_boilerplate(lines, [*standing.furniture, *headings]),
        citations=citations,
        speaker=fields.speaker,
        speaker_post=fields.speaker_post,
        speaker_side=fields.speaker_side,
    )


def clean(words: str) -> str:
    """``words`` with lone surrogates replaced, so that they can be written and parsed; offsets stay."""
    return _SURROGATES.sub("\ufffd", words)


def guess_language(text: str) -> str:
    """The language that the letters suggest, from the first 20,000: zh, uk, ru, en; "und" where there are none."""
    sample = text[:20_000]
    counts = {lang: len(letters.findall(sample)) for lang, letters in _SCRIPTS}
    counts["zh"] *= 3  # a Chinese sign carries about as much as three letters
    if counts["ru"] > counts["en"] and counts["ru"] > counts["zh"]:
        return "uk" if counts["uk"] * 50 > counts["ru"] else "ru"
    best = max(("zh", "en"), key=lambda lang: counts[lang])
    return best if counts[best] else "und"

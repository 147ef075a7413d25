"""Checks the shipped briefs: every quoted fragment is cited, and stands word for word where its citation says.

A brief is a Markdown file ``YYYY-MM-DD-slug.md`` with ``title``, ``date``, ``publisher``, ``licence`` and ``sources``
in its front matter; ``data/MANIFEST.md`` describes the form. Each problem is a line that names the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import frontmatter
import yaml  # type: ignore[import-untyped]

SHORTEST, LONGEST = 80, 250  # words of prose
LONGEST_FRAGMENT = 15  # words quoted at a stretch

_QUOTED = re.compile(r"“([^“”]*)”")
_MARK = re.compile(r"\[\^([^\]]*)\]")
_MARKS = re.compile(r"(?:\[\^[^\]]*\])+")
_SENTENCE_ENDS = re.compile(r"[.!?](?=\s+[^\sa-z])")
_SAYING = "said|added|replied|argued|noted|wrote|declared|remarked|observed|recalled"
_TITLES = (
    r"(?:[A-Z][\w’-]*|(?:vice|prime|deputy|former|foreign|defence|the) ?\w*|president|minister|secretary|of|state)"
)
_CAPITALISED = re.compile(r"\b[^\W\d_]\w+\b")


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words inside quotation marks, the prose they stand in, and the sources that the next marks name."""

    text: str
    before: str  # the brief's prose up to the marks, without earlier marks
    sentence: str  # the sentence up to the marks, its quoted words blanked
    sources: tuple[str, ...]  # empty: no mark follows before the sentence ends


def check_briefs(folder: Path, statements: Path | None = None) -> list[str]:
    """What is wrong with the briefs in ``folder``, sorted by file; an empty list means nothing is.

    statements: the table of verified quotations (JSONL with ``text``, ``speaker`` and ``url``). With it, every
    fragment must stand letter for letter in a row of the cited page whose speaker the brief names before the mark.
    """
    table = _Table.read(statements) if statements else None
    files = sorted(folder.glob("*.md"))
    if not files:
        return [f"{folder.name}: no brief found; expected files named YYYY-MM-DD-slug.md"]
    return [f"{file.name}: {problem}" for file in files for problem in _check_file(file, table)]


@dataclass(frozen=True, slots=True)
class _Table:
    """The verified quotations: rows by their page's address, and each speaker's surname."""

    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    surnames: Mapping[str, str]

    @classmethod
    def read(cls, statements: Path) -> _Table:
        rows: dict[str, list[Mapping[str, Any]]] = {}
        surnames: dict[str, str] = {}
        with statements.open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                rows.setdefault(row["url"], []).append(row)
                words = row["speaker"].split()
                if not row["speaker"].endswith((")", "Ministry")):  # joint statements and ministries are no persons
                    surnames[row["speaker"]] = words[0] if row["side"] == "CN" else words[-1]
        return cls(rows, surnames)


def _check_file(file: Path, table: _Table | None) -> Iterator[str]:
    try:
        post = frontmatter.loads(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, ValueError) as error:  # YAML refuses a day that no calendar has with ValueError
        yield f"front matter cannot be read: {error}"
        return
    yield from _check_front_matter(file, post.metadata)
    sources = {str(source.get("id")): source for source in _sources(post.metadata)}
    yield from _check_sources(post.metadata, post.content)
    yield from _check_prose(post.content)
    for fragment in fragments(post.content):
        if not fragment.sources:
            yield f"no footnote mark follows “{fragment.text}” in its sentence"
        elif table is not None:
            cited = [sources[name].get("url", "") for name in fragment.sources if name in sources]
            yield from _check_fragment(fragment, [row for url in cited for row in table.rows.get(url, ())], table)
    if table is not None:
        yield from _check_pages(_sources(post.metadata), table)


def _sources(metadata: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = metadata.get("sources")
    return [source for source in listed if isinstance(source, dict)] if isinstance(listed, list) else []


def _check_front_matter(file: Path, metadata: Mapping[str, Any]) -> Iterator[str]:
    for field in ("title", "date", "publisher", "licence", "sources"):
        if not metadata.get(field):
            yield f"front matter has no {field}"
    day = metadata.get("date")
    if not _is_day(day):
        yield f"date {day!r} is not a day; write YYYY-MM-DD"
    elif not re.fullmatch(rf"{day}-[a-z0-9]+(-[a-z0-9]+)*", file.stem):
        yield f"file name does not begin with its date {day} followed by a slug"


def _is_day(value: object) -> bool:
    return type(value) is date  # YAML makes a real calendar day a date, a timestamp a datetime, anything else text


def _check_sources(metadata: Mapping[str, Any], prose: str) -> Iterator[str]:
    sources = _sources(metadata)
    named = [str(source.get("id")) for source in sources]
    if named != [str(number) for number in range(1, len(named) + 1)]:
        yield f"sources are numbered {', '.join(named)}; number them 1, 2, 3 and so on"
    for source in sources:
        name = source.get("id")
        for field in ("publisher", "title", "url"):
            if not isinstance(source.get(field), str) or not source[field].strip():
                yield f"source {name} has no {field}"
        address = urlsplit(str(source.get("url", "")))
        if address.scheme not in ("http", "https") or not address.netloc:
            yield f"source {name} has the address {source.get('url')!r}; give one with http or https"
        if "published_on" in source and not _is_day(source["published_on"]):
            yield f"source {name} has published_on {source['published_on']!r}; write YYYY-MM-DD or leave it out"
    marked = _MARK.findall(prose)
    yield from (f"mark [^{name}] has no source" for name in dict.fromkeys(marked) if name not in named)
    yield from (f"source {name} is not used" for name in named if name not in marked)


def _check_prose(prose: str) -> Iterator[str]:
    words = len(_MARK.sub("", prose).split())
    if not SHORTEST <= words <= LONGEST:
        yield f"{words} words; a brief has {SHORTEST} to {LONGEST}"
    for paragraph in prose.split("\n\n"):
        if paragraph.count("“") != paragraph.count("”") or '"' in paragraph:
            yield f"quotation marks do not pair in {paragraph[:40]!r}; use “ and ”"
    for quoted in _QUOTED.findall(prose):
        if len(quoted.split()) > LONGEST_FRAGMENT:
            yield f"{len(quoted.split())} words are quoted at a stretch in “{quoted}”; at most {LONGEST_FRAGMENT}"


def fragments(prose: str) -> Iterator[Fragment]:
    """Every stretch of ``prose`` inside curly double quotation marks, in order."""
    read = ""
    for paragraph in prose.split("\n\n"):
        for found in _QUOTED.finditer(paragraph):
            marks = _MARKS.search(paragraph, found.end())
            end = marks.start() if marks else found.end()
            ahead = _QUOTED.sub(_blank, paragraph[found.start() : end])
            cited = marks is not None and not _SENTENCE_ENDS.search(ahead)
            before = _MARKS.sub("", paragraph[:end])
            blanked = _QUOTED.sub(_blank, before)
            start = max((full_stop.end() for full_stop in _SENTENCE_ENDS.finditer(blanked)), default=0)
            names = tuple(_MARK.findall(marks[0])) if marks and cited else ()
            yield Fragment(found[1], read + before, blanked[start:].strip(), names)
        read += _MARKS.sub("", paragraph) + "\n\n"


def _blank(quoted: re.Match[str]) -> str:
    """As many characters: the opening mark stays, and a full stop that closes the quotation."""
    return "“" + "x" * (len(quoted[0]) - 2) + (quoted[0][-2] if quoted[0][-2] in ".!?" else "x")


def _check_fragment(fragment: Fragment, rows: Sequence[Mapping[str, Any]], table: _Table) -> Iterator[str]:
    holding = {row["speaker"] for row in rows if _stands_in(fragment.text, row["text"])}
    if not holding:
        yield f"“{fragment.text}” does not stand in a row of the pages it cites"
        return
    if not any(_named(speaker, fragment.before) for speaker in holding):
        yield f"“{fragment.text}” was said by {' or '.join(sorted(holding))}, not named up to the mark"
    theirs = {table.surnames[speaker] for speaker in holding if speaker in table.surnames}
    for other in sorted(set(table.surnames.values()) - theirs):
        if _says(other, fragment.sentence):
            yield f"“{fragment.text}” is given to {other}; it was said by {' or '.join(sorted(holding))}"


def _stands_in(fragment: str, text: str) -> bool:
    """True where ``text`` has ``fragment`` letter for letter, not cut inside a word."""
    for found in re.finditer(re.escape(fragment), text):
        around = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        if not (around[0].isalnum() and fragment[:1].isalnum()) and not (
            around[1].isalnum() and fragment[-1:].isalnum()
        ):
            return True
    return False


def _named(speaker: str, prose: str) -> bool:
    """True where ``prose`` has one of the words of the speaker's name, or an institution's."""
    if speaker.startswith("Joint statement"):
        return ("China" in prose and "Russia" in prose) or "joint statement" in prose
    return any(re.search(rf"\b{re.escape(word)}\b", prose) for word in _CAPITALISED.findall(speaker))


def _says(surname: str, sentence: str) -> bool:
    """True where the sentence makes ``surname`` the subject of a verb of saying that stands beside it."""
    name = re.escape(surname)
    return bool(
        re.search(
            rf"\b{name}(?:,[^,]*,)? (?:(?!not\b)\w+ly )?(?:{_SAYING}|told|asked|answered|warned|stressed)\b", sentence
        )
        or re.search(rf"\b(?:{_SAYING}) (?:{_TITLES} )*{name}\b", sentence)
    )


def _check_pages(sources: Sequence[Mapping[str, Any]], table: _Table) -> Iterator[str]:
    for source in sources:
        known = table.rows.get(str(source.get("url")), ())
        if not known:
            yield f"source {source.get('id')} is no page of the table: {source.get('url')}"
            continue
        for field, theirs in (("publisher", "publisher"), ("title", "source_title")):
            if source.get(field) not in {row[theirs] for row in known}:
                yield f"source {source.get('id')} has a {field} that the table does not give: {source.get(field)}"
        days = {str(row["published_on"]) for row in known}
        if str(source.get("published_on")) not in days:
            yield f"source {source.get('id')} has published_on {source.get('published_on')}, the table {sorted(days)}"

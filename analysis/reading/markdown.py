"""Markdown files with YAML front matter: the prose is the text, the front matter the metadata."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import frontmatter
import yaml  # type: ignore[import-untyped]

from analysis.reading.assemble import assemble
from analysis.reading.citations import read_sources_field, take_definitions, take_marks
from analysis.reading.fields import read_fields
from analysis.reading.notes import empty, shown
from analysis.reading.plain_text import read_text
from analysis.reading.prose import to_prose
from analysis.schema import Document, Skipped

_LONGEST_FRONT_MATTER = 100_000  # characters: YAML is read slowly, and no metadata is this long


def read_markdown(path: Path, source: str, longest: int) -> Iterator[Document | Skipped]:
    """The document of one Markdown file, then notes on it."""
    content, notes = read_text(path, source, longest)
    if content is None:
        yield from notes
        return
    try:
        given, body = split_front_matter(content.replace("\r\n", "\n"))
    except ValueError as error:
        yield Skipped(source, "broken", f"{source}: {error}. Mend the lines between the two --- and try again.")
        return
    fields, wrong = read_fields(given, source)
    sources, wrong_sources = read_sources_field(given.get("sources"), source)
    body, defined = take_definitions(body)
    prose, headings = to_prose(body)
    text, headings, citations, wrong_marks = take_marks(prose, headings, {**defined, **sources}, source)
    if not text.strip():
        yield empty(source)
        return
    if fields.title is None and headings:
        first = headings[0]
        fields, _ = read_fields({**given, "title": text[first.start : first.end]}, source)
    yield assemble(
        text,
        source=source,
        doc_id=path.stem,
        name=path.name,
        fields=fields,
        headings=headings,
        citations=citations,
    )
    yield from (*notes, *wrong, *wrong_sources, *wrong_marks)


def split_front_matter(content: str) -> tuple[Mapping[str, object], str]:
    """The front matter's fields and the body after it; no fields where there is none.

    Values are strings, lists and mappings only: nothing in the file can make an object or a date that is not real.
    Raises ValueError, in words for the user, when it is no YAML mapping.
    """
    handler = frontmatter.YAMLHandler()
    if not handler.detect(content):
        return {}, content
    try:
        front, body = handler.split(content)
    except ValueError as error:
        raise ValueError("its front matter has no closing ---") from error
    if len(front) > _LONGEST_FRONT_MATTER:
        raise ValueError(f"its front matter has {len(front):,} characters, more than {_LONGEST_FRONT_MATTER:,}")
    try:
        given = yaml.load(front, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" at line {where.line + 1}" if where else ""
        problem = shown(getattr(error, "problem", None) or type(error).__name__)
        raise ValueError(f"its front matter cannot be read{line}: {problem}") from error
    if given is None or given == "":
        return {}, body
    if not isinstance(given, Mapping):
        raise ValueError("its front matter is no list of “name: value” lines")
    return {str(name): value for name, value in given.items()}, body

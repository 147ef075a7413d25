"""The records of every table and their Arrow schemas, in one place.

Offsets are Unicode code points into ``documents.text``, end exclusive. Dates are calendar days.
``None`` means unknown, never a guess. Identifiers are stable: the same document, span and words
give the same identifier in every release.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pyarrow as pa


class Kind(StrEnum):
    """How a document prints what was said."""

    DIRECT = "direct"  # inside quotation marks, or a transcript's turn
    MIXED = "mixed"  # a reported clause with quoted fragments
    INDIRECT = "indirect"  # a reported clause without marks


class Basis(StrEnum):
    """What a day rests on, best evidence first."""

    STATED = "stated"  # the text gives the date
    RESOLVED = "resolved"  # worked out: "on Tuesday", "a day after"
    DATELINE = "dateline"  # "BEIJING, March 21 (Xinhua) --"
    PUBLISHED = "published"  # the publication date, for want of better evidence
    UNKNOWN = "unknown"


class EntityKind(StrEnum):
    """What an entity is."""

    PERSON = "person"
    STATE = "state"  # a country speaking as one: "China", "Moscow"
    ORGANISATION = "organisation"  # ministries, councils, companies, alliances
    MEDIA = "media"  # newspapers, agencies, broadcasters
    PLACE = "place"
    EVENT = "event"
    TREATY = "treaty"
    GROUP = "group"  # several speakers at once: "Wang and Patrushev"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's text: code points, end exclusive."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}:{self.end} does not run forward from 0")

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one character."""
        return max(self.start, other.start) < min(self.end, other.end)


@dataclass(frozen=True, slots=True)
class Citation:
    """The page where a quotation is printed, as a footnote mark in a brief names it."""

    at: int  # offset in the text at which the mark stood; the mark itself is not in the text
    publisher: str | None
    title: str | None
    url: str | None
    published_on: date | None


@dataclass(frozen=True, slots=True)
class Document:
    """One text with its metadata.

    ``text`` is what every offset refers to: a text file's is stored as it stands; Markdown's and
    JSONL's is the body, without markup and footnote marks.
    """

    document_id: str
    doc_id: str  # the source's own name for it: a file's stem, a JSONL row's doc_id
    source: str  # where it was read from, relative to what the user named
    url: str | None
    title: str | None
    publisher: str | None
    author: str | None
    published_on: date | None
    published_on_text: str | None  # the words in the text that give the date; None: given as a field, or unknown
    lang: str
    licence: str | None
    text: str
    content_hash: str  # sha256 of the text and the metadata, hex
    boilerplate: tuple[Span, ...] = ()  # lines that are not the article's own: no quote is taken from them
    citations: tuple[Citation, ...] = ()
    questions: tuple[Span, ...] = ()  # what a transcript's speakers are asked, a paragraph each: no statements
    speaker: str | None = None  # who speaks throughout, as the source names them; not stored: quotes carry it
    speaker_post: str | None = None  # their office, as the source gives it
    speaker_side: str | None = None  # the side they speak for


@dataclass(frozen=True, slots=True)
class Quote:
    """One contiguous span of one document, given to a speaker.

    The same words in two outlets are two quotes that share a ``statement_id``.
    """

    quote_id: str
    document_id: str
    start: int
    end: int
    text: str
    kind: Kind
    speaker_id: str | None  # None: nobody could be named; a group's is its members' ids joined by "+"
    speaker_name: str | None  # canonical: "Wang Yi", "China", "Wang Yi and Nikolai Patrushev"
    speaker_text: str | None  # as printed beside the words: "Wang", "he", "the Chinese diplomat"
    speaker_start: int | None
    speaker_end: int | None
    role_text: str | None  # the office as the document prints it: "China’s top diplomat"
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    via: str | None  # who relayed it: "Bloomberg", "a Chinese foreign ministry statement"
    said_on: date | None
    said_on_basis: Basis
    said_on_text: str | None  # the words the day was worked out from: "on Monday evening"
    side: str | None  # CN, RU, US, EU, NATO, other country codes, expert, media; a group's joined by "+"
    confidence: float  # probability in [0, 1] that span and speaker are right
    citation: Citation | None = None  # None: this document is itself the page where the words are printed
    statement_id: str | None = None

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.text):
            raise ValueError(f"quote {self.quote_id}: span {self.start}:{self.end} does not fit its text")
        if (self.said_on is None) != (self.said_on_basis is Basis.UNKNOWN):
            raise ValueError(f"quote {self.quote_id}: day {self.said_on} with basis {self.said_on_basis}")

    @property
    def speaker_members(self) -> tuple[str, ...]:
        """Identifiers of everyone who speaks: one, or a group's members."""
        return tuple(self.speaker_id.split("+")) if self.speaker_id else ()

    @property
    def sides(self) -> tuple[str, ...]:
        """Every side that speaks: one, or a group's."""
        return tuple(self.side.split("+")) if self.side else ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One utterance: one speaker, one occasion. Several quotes, in several documents, can print it."""

    statement_id: str
    text: str  # the fullest print's words
    kind: Kind
    speaker_id: str | None
    speaker_name: str | None
    speaker_members: tuple[str, ...]
    side: str | None
    sides: tuple[str, ...]
    office: str | None  # held that day by the gazetteer, else as the document prints it
    via: str | None
    said_on: date | None
    said_on_basis: Basis
    said_on_text: str | None
    confidence: float
    prints: int
    publishers: tuple[str, ...]
    first_published_on: date | None
    formulas: tuple[str, ...]
    quote_id: str  # the print whose words ``text`` is
    document_id: str  # that print's document
    source_publisher: str | None  # the page where it is printed: the quote's citation, else its document
    source_title: str | None
    source_url: str | None
    entities: tuple[str, ...] = ()  # ids of whom and what its prints' words name, sorted


@dataclass(frozen=True, slots=True)
class Office:
    """A post and the days it was held; ``None`` where the day is not known, or the post is still held."""

    title: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, institution, state, place, event or treaty."""

    entity_id: str
    name: str
    kind: EntityKind
    side: str | None
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    wikidata: str | None = None
    in_gazetteer: bool = True  # False: met in a document, not vouched for


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a document that names an entity; ``entity_id`` is None where spaCy found a name nobody knows."""

    document_id: str
    entity_id: str | None
    label: str  # spaCy's label, or the entity's kind
    start: int
    end: int
    text: str
    quote_id: str | None = None  # the quote it stands in


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was given but could not be used, and why, in words a user can act on."""

    source: str
    reason: str  # one word: "empty", "binary", "too long", "broken", "missing"
    detail: str


def identifier(prefix: str, *parts: object) -> str:
    """``prefix`` and 12 hex digits of the SHA-256 of ``parts``: stable across runs and machines."""
    joined = "\x1f".join(str(part) for part in parts)
    return f"{prefix}-{hashlib.sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def _fields(pairs: Iterable[tuple[str, pa.DataType]]) -> pa.Schema:
    return pa.schema([pa.field(name, kind) for name, kind in pairs])


_SPANS = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))
_CITATION = pa.struct(
    [
        ("at", pa.int32()),
        ("publisher", pa.string()),
        ("title", pa.string()),
        ("url", pa.string()),
        ("published_on", pa.date32()),
    ]
)
_OFFICES = pa.list_(pa.struct([("title", pa.string()), ("since", pa.date32()), ("until", pa.date32())]))
_STRINGS = pa.list_(pa.string())

DOCUMENTS = _fields(
    [
        ("document_id", pa.string()),
        ("doc_id", pa.string()),
        ("source", pa.string()),
        ("url", pa.string()),
        ("title", pa.string()),
        ("publisher", pa.string()),
        ("author", pa.string()),
        ("published_on", pa.date32()),
        ("published_on_text", pa.string()),
        ("lang", pa.string()),
        ("licence", pa.string()),
        ("text", pa.large_string()),
        ("content_hash", pa.string()),
        ("boilerplate", _SPANS),
        ("questions", _SPANS),
        ("citations", pa.list_(_CITATION)),
    ]
)


def quotes_schema(dimensions: int) -> pa.Schema:
    """The quotes table for an encoder with ``dimensions``-dimensional vectors."""
    return _fields(
        [
            ("quote_id", pa.string()),
            ("document_id", pa.string()),
            ("start", pa.int32()),
            ("end", pa.int32()),
            ("text", pa.string()),
            ("kind", pa.string()),
            ("speaker_id", pa.string()),
            ("speaker_name", pa.string()),
            ("speaker_text", pa.string()),
            ("speaker_start", pa.int32()),
            ("speaker_end", pa.int32()),
            ("role_text", pa.string()),
            ("cue", pa.string()),
            ("cue_start", pa.int32()),
            ("cue_end", pa.int32()),
            ("via", pa.string()),
            ("said_on", pa.date32()),
            ("said_on_basis", pa.string()),
            ("said_on_text", pa.string()),
            ("side", pa.string()),
            ("confidence", pa.float32()),
            ("citation", _CITATION),
            ("statement_id", pa.string()),
            ("embedding", pa.list_(pa.float32(), dimensions)),
        ]
    )


def statements_schema(dimensions: int) -> pa.Schema:
    """The statements table for an encoder with ``dimensions``-dimensional vectors."""
    return _fields(
        [
            ("statement_id", pa.string()),
            ("text", pa.string()),
            ("kind", pa.string()),
            ("speaker_id", pa.string()),
            ("speaker_name", pa.string()),
            ("speaker_members", _STRINGS),
            ("side", pa.string()),
            ("sides", _STRINGS),
            ("office", pa.string()),
            ("via", pa.string()),
            ("said_on", pa.date32()),
            ("said_on_basis", pa.string()),
            ("said_on_text", pa.string()),
            ("confidence", pa.float32()),
            ("prints", pa.int32()),
            ("publishers", _STRINGS),
            ("first_published_on", pa.date32()),
            ("formulas", _STRINGS),
            ("quote_id", pa.string()),
            ("document_id", pa.string()),
            ("source_publisher", pa.string()),
            ("source_title", pa.string()),
            ("source_url", pa.string()),
            ("entities", _STRINGS),
            ("embedding", pa.list_(pa.float32(), dimensions)),
        ]
    )


ENTITIES = _fields(
    [
        ("entity_id", pa.string()),
        ("name", pa.string()),
        ("kind", pa.string()),
        ("side", pa.string()),
        ("aliases", _STRINGS),
        ("offices", _OFFICES),
        ("wikidata", pa.string()),
        ("in_gazetteer", pa.bool_()),
    ]
)

MENTIONS = _fields(
    [
        ("document_id", pa.string()),
        ("quote_id", pa.string()),
        ("entity_id", pa.string()),
        ("label", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("text", pa.string()),
    ]
)

SKIPPED = _fields([("source", pa.string()), ("reason", pa.string()), ("detail", pa.string())])

# What people set right: laid over what the pipeline finds, so that a rebuild never loses one. ``field`` of the row
# ``target_id`` in ``target_table`` is ``value`` instead of ``found``; both as JSON, null for unknown.
CORRECTIONS = _fields(
    [
        ("correction_id", pa.string()),
        ("target_table", pa.string()),
        ("target_id", pa.string()),
        ("field", pa.string()),
        ("found", pa.string()),
        ("value", pa.string()),
        ("reason", pa.string()),
        ("author", pa.string()),
        ("made_at", pa.timestamp("s", tz="UTC")),
    ]
)

"""Adding documents to the last release: what is new or changed is read and grouped, the rest is not touched.

New quotes are compared with the statements they could be prints of, those of their speaker around their day; what
an archive holds already keeps its identifiers. The new release shares its tables' files with the one before.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.archive import ArchiveError, Manifest, Release, open_release
from analysis.archive.encoders import carries
from analysis.archive.manifest import ManifestStore, read_manifest
from analysis.archive.publishing import Change, Origin, SupersededError, prepare, publish_changes
from analysis.archive.rows import EMBEDDING, table_schemas, to_record, to_rows, vectors_of
from analysis.archive.storage import storage
from analysis.archive.store import is_one_of, read_table
from analysis.archive_place import Place
from analysis.could_match import statements_that_could_match
from analysis.importing.quoting import is_row
from analysis.pipeline import BuildReport, Gathered, build, characters, export, extract_all, read
from analysis.progress import Progress
from analysis.schema import Document, Entity, EntityKind, Quote, Skipped, Statement
from analysis.settings import Settings
from analysis.workers import choose

if TYPE_CHECKING:
    from analysis.embedding import Encoder
    from analysis.entities.gazetteer import Gazetteer

_TRIES = 5  # of publishing where others publish meanwhile
_LISTED = 500  # identifiers in one condition
_NOBODY = Entity("", "", EntityKind.PERSON, None)  # stands for an entity that the release lists


def add(
    sources: Sequence[str | Path], settings: Settings, *, progress: Progress | None = None, workers: int | None = None
) -> BuildReport:
    """Publish the last release of ``settings.archive`` with what ``sources`` hold that is new or changed.

    A document is changed when another text stands at its address, or in its file. Where all is held already, nothing
    is published. An archive without a release is built. Raises what ``build`` raises, and ArchiveError when the last
    release was built with another encoder.
    """
    if not ManifestStore(settings.archive).numbers():
        return build(sources, settings, progress=progress, workers=workers)
    progress = progress or Progress()
    return lay_over(Gathered(*read(sources, settings, progress)), settings, progress, workers)


def lay_over(
    gathered: Gathered,
    settings: Settings,
    progress: Progress,
    workers: int | None = None,
    without: Sequence[str] = (),
) -> BuildReport:
    """``add`` for documents that were read already, into an archive that has a release.

    without: identifiers of documents to take out.
    """
    started = time.perf_counter()
    extracted: Gathered | None = None
    for _ in range(_TRIES):
        release = open_release(settings.archive)
        new, gone = new_and_gone(release, gathered.documents)
        gone = sorted({*gone, *without})
        if not new and not gone:
            usable = bool(gathered.documents)
            skipped = tuple(gathered.skipped)
            number = release.number if usable else None
            seconds = time.perf_counter() - started
            return BuildReport(number, not usable, release.manifest.counts, seconds, skipped)
        prepare(settings.archive)
        if extracted is None or extracted.documents != new:
            extracted, tools = _extracted(new, gathered, settings, progress, workers)
        changes, addition = _changes(release, extracted, gone, tools, settings.archive, progress)
        try:
            carried = None if carries(release.manifest) else export(tools.encoder, progress)[0]
            with progress.step("Publishing"):
                origin = _origin(release.manifest, new, without)
                number = publish_changes(settings.archive, release.manifest, changes, origin, carried)
        except SupersededError:
            continue
        counts = read_manifest(ManifestStore(settings.archive), number).counts
        return _report(number, counts, addition, gathered.skipped, time.perf_counter() - started)
    raise ArchiveError(f"Others published to {settings.archive} {_TRIES} times meanwhile; try again later.")


@dataclass(frozen=True, slots=True)
class _Tools:
    gazetteer: Gazetteer
    formulas: Any
    encoder: Encoder | None


@dataclass(frozen=True, slots=True)
class _Addition:
    """What came of the new documents."""

    quotes: list[Quote]  # new ones, with the statements they belong to
    statements: list[Statement]  # new ones and those that gained or lost a print


def new_and_gone(release: Release, documents: Sequence[Document]) -> tuple[list[Document], list[str]]:
    """The documents that the release does not hold as they are, and the identifiers of those they replace."""
    held = read_table(release.table("documents"), ["document_id", "content_hash", "url", "source", "doc_id"])
    rows = held.to_pylist()
    hashes = {row["document_id"]: row["content_hash"] for row in rows}
    distinct = list({document.document_id: document for document in documents}.values())
    new = [one for one in distinct if hashes.get(one.document_id) != one.content_hash]
    staying = {one.document_id for one in distinct} - {one.document_id for one in new}
    at_place: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        if is_row(row["document_id"]):
            continue
        at_place.setdefault(_place(row["url"], row["source"], row["doc_id"]), []).append(row["document_id"])
    asked = Counter(_place(one.url, one.source, one.doc_id) for one in distinct)
    gone = {one.document_id for one in new if one.document_id in hashes}
    for one in new:
        if is_row(one.document_id):
            continue
        place = _place(one.url, one.source, one.doc_id)
        there = at_place.get(place, [])
        if len(there) == 1 and asked[place] == 1 and there[0] not in staying:
            gone.add(there[0])
    return new, sorted(gone)


def _place(url: str | None, source: str, doc_id: str) -> tuple[str, ...]:
    """Where a document is found: another text there is the document changed."""
    return ("url", url) if url else (source, doc_id)


def _extracted(
    documents: list[Document], read: Gathered, settings: Settings, progress: Progress, workers: int | None
) -> tuple[Gathered, _Tools]:
    from analysis.embedding import load_encoder
    from analysis.entities.gazetteer import Gazetteer
    from analysis.formulas import Formulas
    from analysis.parsing import load_parser

    manifest = open_release(settings.archive).manifest
    with progress.step("Loading the models"):
        encoder = load_encoder(settings.encoder) if manifest.dimensions else None
        if encoder is not None and encoder.fingerprint != manifest.weights:
            raise ArchiveError(
                f"Release {manifest.number} was built with the encoder “{manifest.encoder}” ({manifest.weights}), here "
                f"is “{settings.encoder}” ({encoder.fingerprint}). Set ON_RECORD_ENCODER to the former, or build again."
            )
        if documents:
            load_parser(settings.parser)  # what is wrong with it is better known before the work
        gazetteer = Gazetteer.load(settings.data / "gazetteer")
        formulas = Formulas.load(settings.data / "formulas.csv")
    gathered = Gathered(list(documents), read.skipped, rows=read.rows)
    if documents:
        with choose(None, workers, characters(documents)) as several:
            extract_all(gathered, gazetteer, settings, progress, several)
    return gathered, _Tools(gazetteer, formulas, encoder)


def _changes(
    release: Release, new: Gathered, gone: Sequence[str], tools: _Tools, archive: Place, progress: Progress
) -> tuple[dict[str, Change], _Addition]:
    """How the tables of the next release differ, and what came of the new documents."""
    from analysis.embedding import VectorCache, embed
    from analysis.entities.met import entities_met
    from analysis.entities.named import name_entities
    from analysis.grouping import aligner_for, group
    from analysis.views import statement_vectors

    cache, encoder = VectorCache(storage(archive).local / "vectors"), tools.encoder
    with progress.step("Grouping", len(new.quotes)):
        lost = _rows(release, "quotes", "document_id", gone)
        could = statements_that_could_match(release, new.quotes, new.documents)
        own = {quote.statement_id for quote in new.quotes if quote.statement_id}  # imported rows keep theirs
        touched = sorted(could | own | set(lost.column("statement_id").to_pylist()))
        held = _rows(release, "quotes", "statement_id", touched)
        held = held.filter(pc.invert(pc.is_in(held.column("document_id"), value_set=pa.array(gone, pa.string()))))
        quotes = [*(to_record(Quote, row) for row in held.drop_columns(_embedding(held)).to_pylist()), *new.quotes]
        texts = _rows(release, "documents", "document_id", sorted({quote.document_id for quote in quotes}))
        documents = {row["document_id"]: to_record(Document, row) for row in texts.to_pylist()}
        documents |= {document.document_id: document for document in new.documents}
        vectors: np.ndarray | None = None
        new_vectors: np.ndarray | None = None
        if encoder is not None:
            new_vectors = embed([quote.text for quote in new.quotes], encoder, cache)
            vectors = np.concatenate([vectors_of(held), new_vectors]) if len(held) else new_vectors
        name, aligner = (encoder.name, aligner_for(encoder, cache)) if encoder else ("none", None)
        grouped, statements = group(quotes, documents, vectors, tools.gazetteer, name, aligner)
        added = grouped[len(held) :]
        changed = {quote.statement_id for quote in added} | set(lost.column("statement_id").to_pylist())
        statements = [one for one in tools.formulas.mark(statements, grouped) if one.statement_id in changed]
        named = _rows(release, "mentions", "quote_id", held.column("quote_id").to_pylist()).to_pylist()
        statements = name_entities(
            statements,
            grouped,
            [
                *((row["quote_id"], row["entity_id"]) for row in named),
                *((one.quote_id, one.entity_id) for one in new.mentions),
            ],
        )
        in_context = statement_vectors(statements, encoder, cache) if encoder is not None else None
    schemas = table_schemas(release.manifest.dimensions)
    known = {row.as_py() for row in read_table(release.table("entities"), ["entity_id"]).column("entity_id")}
    entities = {each: entity for each, entity in tools.gazetteer.entities.items() if each not in known}
    met = entities_met(added, new.mentions, dict.fromkeys(known, _NOBODY) | entities)
    skipped = new.skipped
    records: dict[str, tuple[str, pa.Table, Sequence[Any], np.ndarray | None]] = {
        "documents": ("document_id", _rows(release, "documents", "document_id", gone), new.documents, None),
        "quotes": ("quote_id", lost, added, new_vectors),
        "statements": (
            "statement_id", _rows(release, "statements", "statement_id", sorted(filter(None, changed))),
            statements, in_context,
        ),
        "mentions": ("document_id", _rows(release, "mentions", "document_id", gone), new.mentions, None),
        "entities": ("entity_id", _rows(release, "entities", "entity_id", ()), [*entities.values(), *met], None),
        "skipped": ("source", _rows(release, "skipped", "source", [one.source for one in skipped]), skipped, None),
    }  # fmt: skip
    changes = {
        name: Change(column, without, to_rows(rows, schemas[name], vectors))
        for name, (column, without, rows, vectors) in records.items()
    }
    return changes, _Addition(added, statements)


def _rows(release: Release, table: str, column: str, values: Iterable[str]) -> pa.Table:
    """The whole rows of a table with any of ``values`` in ``column``."""
    wanted = sorted(set(values))
    opened, columns = release.table(table), list(table_schemas(release.manifest.dimensions)[table].names)
    parts = [
        read_table(opened, columns, is_one_of(column, wanted[start : start + _LISTED]))
        for start in range(0, max(len(wanted), 1), _LISTED)
    ]
    return pa.concat_tables(parts)


def _embedding(rows: pa.Table) -> list[str]:
    return [EMBEDDING] if EMBEDDING in rows.column_names else []


def _origin(base: Manifest, new: Sequence[Document], without: Sequence[str]) -> Origin:
    parts = [base.inputs, "added", *sorted(one.content_hash for one in new)]
    added = "\x1f".join([*parts, "removed", *sorted(without)] if without else parts)
    inputs = hashlib.sha256(added.encode()).hexdigest()
    return Origin(inputs, base.gazetteer, base.parser, base.encoder, base.weights, base.dimensions)


def _report(
    number: int, counts: dict[str, int], addition: _Addition, skipped: Sequence[Skipped], seconds: float
) -> BuildReport:
    named = {one.speaker_id or one.speaker_name for one in addition.statements} - {None}
    return BuildReport(
        release=number,
        changed=True,
        counts=counts,
        seconds=seconds,
        skipped=tuple(skipped),
        quotes_by_kind=Counter(str(quote.kind) for quote in addition.quotes),
        statements_by_basis=Counter(str(statement.said_on_basis) for statement in addition.statements),
        speakers=len(named),
        unnamed=sum(statement.speaker_name is None for statement in addition.statements),
    )

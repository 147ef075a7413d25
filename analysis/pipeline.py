"""From sources to a published release: read, parse, extract, group, embed, publish."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from analysis.archive import ArchiveError, Manifest, Tables, publish
from analysis.archive.files import TABLES
from analysis.archive.manifest import ManifestStore, read_manifest
from analysis.archive.publishing import prepare
from analysis.archive.storage import storage
from analysis.archive_place import Place
from analysis.fingerprint import fingerprint
from analysis.progress import Progress
from analysis.schema import Document, Mention, Quote, Skipped, Statement
from analysis.settings import Settings
from analysis.shared_vectors import shared_vectors
from analysis.vector_cache import VectorCache
from analysis.workers import Workers, choose
from analysis.workers.documents import Done, Tools, chunks

# spaCy, torch and LanceDB are imported where they are first needed: finding that nothing changed needs none of them.
if TYPE_CHECKING:
    from analysis.embedding import Encoder
    from analysis.entities.gazetteer import Gazetteer
    from analysis.formulas import Formulas
    from analysis.importing.rows import Row


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    release: int | None  # None: nothing given could be used, so nothing was published
    changed: bool  # False: the inputs are those of the last release, which stands
    counts: Mapping[str, int]  # rows of each table
    seconds: float
    skipped: tuple[Skipped, ...] = ()
    quotes_by_kind: Mapping[str, int] = field(default_factory=dict)
    statements_by_basis: Mapping[str, int] = field(default_factory=dict)
    speakers: int = 0  # different ones who are named
    unnamed: int = 0  # statements of nobody who could be named
    note: str | None = None  # what the user should know about the release


@dataclass(slots=True)
class Gathered:
    """What the sources gave so far."""

    documents: list[Document]
    skipped: list[Skipped]
    quotes: list[Quote] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    rows: Mapping[str, Row] = field(default_factory=dict)  # of the documents that are rows of an imported table


def build(
    sources: Sequence[str | Path],
    settings: Settings,
    *,
    progress: Progress | None = None,
    workers: int | None = None,
    ray: str | None = None,
) -> BuildReport:
    """Publish what ``sources`` hold as a new release of ``settings.archive``, unless nothing changed since the last.

    What was imported into the archive stays in it.
    A document that cannot be read or processed is recorded as skipped and the rest goes on. workers: processes
    that extract; None: as many as are worth it. ray: the address of a Ray cluster that extracts and encodes instead.
    Raises ArchiveError when the archive cannot be written, OSError when the parser, the gazetteer, the formulas or the
    cluster are not there, ValueError, naming file and line, for a row of the tables among these that is none.
    """
    started = time.perf_counter()
    progress = progress or Progress()
    found = fingerprint(sources, settings)
    standing = _standing(settings.archive, found.inputs)
    if standing:
        return BuildReport(standing.number, False, standing.counts, time.perf_counter() - started)
    gathered = Gathered(*read(sources, settings, progress))
    if gathered.documents or not sources:
        _add_imported(gathered, settings)
    if not gathered.documents:
        return BuildReport(None, True, {}, time.perf_counter() - started, tuple(gathered.skipped))
    prepare(settings.archive)  # a folder that cannot be written is better known before the long work

    from analysis.entities.gazetteer import Gazetteer
    from analysis.formulas import Formulas
    from analysis.parsing import load_parser

    with progress.step("Loading the parser"):
        parser = load_parser(settings.parser)
        gazetteer = Gazetteer.load(settings.data / "gazetteer")
        formulas = Formulas.load(settings.data / "formulas.csv")
    with choose(ray, workers, characters(gathered.documents)) as several:
        extract_all(gathered, gazetteer, settings, progress, several)
        if not gathered.documents:
            return BuildReport(None, True, {}, time.perf_counter() - started, tuple(gathered.skipped))
        encoder, note = _encoder(settings.encoder, progress)
        spread = several.encoder(encoder) if encoder else None
        tables = _tables(gathered, gazetteer, formulas, spread, settings.archive, progress)
        carried, why_not = export(encoder, progress)
    with progress.step("Publishing"):
        number = publish(
            settings.archive,
            tables,
            inputs=found.inputs if encoder else f"{found.inputs}, but without an encoder",
            gazetteer=found.gazetteer,
            parser=f"{settings.parser} {parser.meta.get('version', '')}".strip(),
            encoder=encoder.name if encoder else None,
            weights=encoder.fingerprint if encoder else None,
            carried=carried,
        )
    return _report(number, tables, time.perf_counter() - started, note or why_not)


def read(sources: Sequence[str | Path], settings: Settings, progress: Progress) -> tuple[list[Document], list[Skipped]]:
    """The documents that ``sources`` hold, and what could not be used or only in part."""
    from analysis.reading import read_sources

    documents: list[Document] = []
    skipped: list[Skipped] = []
    with progress.step("Reading") as advance:
        for item in read_sources(sources, longest_document=settings.longest_document):
            if isinstance(item, Skipped):
                skipped.append(item)
            else:
                documents.append(item)
                advance(len(documents))
    return documents, skipped


def _add_imported(gathered: Gathered, settings: Settings) -> None:
    """Add the rows that were imported into the archive."""
    from analysis.importing.kept import kept_rows
    from analysis.importing.quoting import document_of

    rows = list(kept_rows(settings.archive, settings.longest_document).values())
    documents = [document_of(row) for row in rows]
    gathered.documents += documents
    gathered.rows = {document.document_id: row for document, row in zip(documents, rows, strict=True)}


def _standing(archive: Place, inputs: str) -> Manifest | None:
    """The last release, when it was made from the same inputs and its tables' files are there."""
    store = ManifestStore(archive)
    try:
        numbers = store.numbers()
        manifest = read_manifest(store, numbers[-1]) if numbers else None
    except ArchiveError:  # damaged, or of another schema: the next release will be whole
        return None
    if manifest is None or manifest.inputs != inputs:
        return None
    return manifest if manifest.files.keys() <= storage(archive).names(TABLES).keys() else None


def extract_all(
    gathered: Gathered, gazetteer: Gazetteer, settings: Settings, progress: Progress, workers: Workers
) -> None:
    """Add every document's quotes and mentions; move the documents that fail to ``skipped``."""
    work = chunks([(each, gathered.rows.get(each.document_id)) for each in gathered.documents])
    tools = Tools(settings.parser, gazetteer, settings.least_confidence)
    found: list[Done] = [[] for _ in work]
    with progress.step("Extracting", len(gathered.documents)) as advance:
        done = 0
        for at, of_chunk in workers.extract(work, tools):
            found[at] = of_chunk
            done += len(of_chunk)
            advance(done)
    gathered.documents = []
    for one in (one for of_chunk in found for one in of_chunk):
        if isinstance(one, Skipped):
            gathered.skipped.append(one)
        else:
            gathered.documents.append(one.document)
            gathered.quotes += one.quotes
            gathered.mentions += one.mentions


def characters(documents: Sequence[Document]) -> int:
    """How long the texts are together."""
    return sum(len(each.text) for each in documents)


def _encoder(name: str, progress: Progress) -> tuple[Encoder | None, str | None]:
    """The encoder; or None, and what to do about it, when it cannot be used: words can be searched all the same."""
    from analysis.embedding import EncoderError, load_encoder

    with progress.step("Loading the encoder"):
        try:
            return load_encoder(name), None
        except EncoderError as error:
            return None, f"Built without search by meaning: {error}"


def export(encoder: Encoder | None, progress: Progress) -> tuple[Path | None, str | None]:
    """The folder of the exported encoder, which a release is to carry; or why there is none, where one was expected."""
    if encoder is None:
        return None, None
    from analysis.encoder_export import exported
    from analysis.models import EncoderError

    with progress.step("Exporting the encoder"):
        try:
            return exported(encoder), None
        except (EncoderError, OSError) as error:
            return None, f"Serving this release by meaning needs sentence-transformers: {error}"


def _tables(
    gathered: Gathered,
    gazetteer: Gazetteer,
    formulas: Formulas,
    encoder: Encoder | None,
    archive: Place,
    progress: Progress,
) -> Tables:
    kept = shared_vectors(archive, encoder.fingerprint) if encoder else nullcontext(None)
    with kept as cache:
        return _with_vectors(gathered, gazetteer, formulas, encoder, cache, progress)


def _with_vectors(
    gathered: Gathered,
    gazetteer: Gazetteer,
    formulas: Formulas,
    encoder: Encoder | None,
    cache: VectorCache | None,
    progress: Progress,
) -> Tables:
    from analysis.embedding import embed
    from analysis.entities.met import entities_met
    from analysis.entities.named import name_entities
    from analysis.grouping import aligner_for, group
    from analysis.views import statement_vectors

    quote_vectors: np.ndarray | None = None
    if encoder is not None:
        texts = [quote.text for quote in gathered.quotes]
        with progress.step("Encoding", len(set(texts))) as advance:
            quote_vectors = embed(texts, encoder, cache, lambda done, _: advance(done))
    with progress.step("Grouping", len(gathered.quotes)):
        by_id = {document.document_id: document for document in gathered.documents}
        name, aligner = (encoder.name, aligner_for(encoder, cache)) if encoder else ("none", None)
        quotes, statements = group(gathered.quotes, by_id, quote_vectors, gazetteer, name, aligner)
        statements = formulas.mark(statements, quotes)
        statements = name_entities(statements, quotes, ((each.quote_id, each.entity_id) for each in gathered.mentions))
    in_context: np.ndarray | None = None
    if encoder is not None:
        with progress.step("Encoding statements", len(statements)) as advance:
            in_context = statement_vectors(
                statements, encoder, cache, lambda done, texts: advance(len(statements) * done // texts)
            )
    known = gazetteer.entities
    return Tables(
        documents=gathered.documents,
        quotes=quotes,
        statements=statements,
        entities=[*(known[each] for each in sorted(known)), *entities_met(quotes, gathered.mentions, known)],
        mentions=gathered.mentions,
        skipped=gathered.skipped,
        quote_vectors=quote_vectors,
        statement_vectors=in_context,
    )


def _report(number: int, tables: Tables, seconds: float, note: str | None) -> BuildReport:
    return BuildReport(
        release=number,
        changed=True,
        counts={
            "documents": len(tables.documents),
            "quotes": len(tables.quotes),
            "statements": len(tables.statements),
            "entities": len(tables.entities),
            "mentions": len(tables.mentions),
            "skipped": len(tables.skipped),
        },
        seconds=seconds,
        skipped=tuple(tables.skipped),
        quotes_by_kind=Counter(str(quote.kind) for quote in tables.quotes),
        statements_by_basis=Counter(str(statement.said_on_basis) for statement in tables.statements),
        speakers=len(_speakers(tables.statements)),
        unnamed=sum(statement.speaker_name is None for statement in tables.statements),
        note=note,
    )


def _speakers(statements: Sequence[Statement]) -> set[str]:
    """Everyone who is named: by identifier, else by the name alone."""
    known = {member for statement in statements for member in statement.speaker_members}
    return known | {each.speaker_name for each in statements if each.speaker_name and not each.speaker_id}

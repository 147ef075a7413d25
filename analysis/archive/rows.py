"""Records to Arrow rows and back, and the digest that says whether rows are still what was published."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.schema import (
    CORRECTIONS,
    DOCUMENTS,
    ENTITIES,
    MENTIONS,
    SKIPPED,
    Basis,
    Citation,
    Document,
    Entity,
    EntityKind,
    Kind,
    Mention,
    Office,
    Quote,
    Skipped,
    Span,
    Statement,
    quotes_schema,
    statements_schema,
)

Record = TypeVar("Record")

EMBEDDING = "embedding"
_MODULUS = 1 << 256
_NESTED = {"boilerplate": Span, "questions": Span, "citations": Citation, "citation": Citation, "offices": Office}
_LISTS = {"boilerplate", "questions", "citations", "offices"}  # null where an older release has no such column
_SOMETIMES_UNKNOWN = {"speaker_start", "speaker_end", "cue_start", "cue_end"}  # other numbers never are


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything one release holds.

    quote_vectors, statement_vectors: (n, d) float32, a unit row for each quote and statement in their order;
    both None when there is no encoder. Raises ValueError when rows and vectors don't match.
    """

    documents: Sequence[Document]
    quotes: Sequence[Quote]
    statements: Sequence[Statement]
    entities: Sequence[Entity]
    mentions: Sequence[Mention] = ()
    skipped: Sequence[Skipped] = ()
    quote_vectors: np.ndarray | None = None
    statement_vectors: np.ndarray | None = None

    def __post_init__(self) -> None:
        if (self.quote_vectors is None) != (self.statement_vectors is None):
            raise ValueError("give vectors for quotes and statements, or for neither")
        for records, vectors in ((self.quotes, self.quote_vectors), (self.statements, self.statement_vectors)):
            if vectors is not None and vectors.shape != (len(records), self.dimensions):
                raise ValueError(f"{len(records)} records have vectors of shape {vectors.shape}")

    @property
    def dimensions(self) -> int:
        """Length of one vector; 0 without an encoder."""
        return 0 if self.statement_vectors is None else int(self.statement_vectors.shape[1])

    def to_arrow(self) -> dict[str, pa.Table]:
        """One Arrow table a table of the archive, by name."""
        schemas = table_schemas(self.dimensions)
        vectors = {"quotes": self.quote_vectors, "statements": self.statement_vectors}
        records: dict[str, Sequence[Any]] = {name: getattr(self, name, ()) for name in schemas}
        return {name: to_rows(records[name], schema, vectors.get(name)) for name, schema in schemas.items()}


def table_schemas(dimensions: int) -> dict[str, pa.Schema]:
    """The Arrow schema of every table, for vectors of ``dimensions``; 0 leaves the embeddings out."""
    quotes, statements = quotes_schema(dimensions or 1), statements_schema(dimensions or 1)
    if not dimensions:
        quotes = quotes.remove(quotes.get_field_index(EMBEDDING))
        statements = statements.remove(statements.get_field_index(EMBEDDING))
    return {
        "documents": DOCUMENTS,
        "quotes": quotes,
        "statements": statements,
        "entities": ENTITIES,
        "mentions": MENTIONS,
        "corrections": CORRECTIONS,
        "skipped": SKIPPED,
    }


def statement_columns(dimensions: int) -> list[str]:
    """The columns of the statements table in their order."""
    return list(table_schemas(dimensions)["statements"].names)


def to_rows(records: Sequence[Any], schema: pa.Schema, vectors: np.ndarray | None = None) -> pa.Table:
    """``records`` as rows of ``schema``, in their order, with ``vectors`` as their embeddings."""
    columns: list[pa.Array] = []
    for field in schema:
        if field.name == EMBEDDING:
            assert vectors is not None, "a schema with embeddings needs vectors"
            flat = pa.array(np.ascontiguousarray(vectors, dtype=np.float32).reshape(-1))
            columns.append(pa.FixedSizeListArray.from_arrays(flat, field.type.list_size))
        else:
            values = [getattr(record, field.name) for record in records]
            nested = pa.types.is_nested(field.type)
            columns.append(pa.array([_plain(value) for value in values] if nested else values, type=field.type))
    return pa.Table.from_arrays(columns, schema=schema)


def to_record(kind: type[Record], row: Mapping[str, Any]) -> Record:
    """The record of dataclass ``kind`` that ``row``, one of ``Table.to_pylist()``, was made from."""
    values = {name: _restored(name, value) for name, value in row.items() if name != EMBEDDING}
    if "kind" in values:
        values["kind"] = (EntityKind if kind is Entity else Kind)(row["kind"])
    if "said_on_basis" in values:
        values["said_on_basis"] = Basis(row["said_on_basis"])
    return kind(**values)


def to_frame(rows: pa.Table) -> pd.DataFrame:
    """``rows`` for people and pages.

    Days are datetime64, lists are tuples, nested values are the schema's records, unknown values are None
    (NaT for days), so that ``if row.office`` means what it says.
    """
    return pd.DataFrame({name: _series(name, rows.column(name)) for name in rows.column_names})


def digest(rows: pa.Table) -> str:
    """A hash of the rows' contents, whatever their order: see :class:`Digest`."""
    return Digest.of(rows).hexdigest()


class Digest:
    """The sum of rows' SHA-256 modulo 2^256, and how many they are.

    A sum, so that rows added or removed later need no reading of the others. About 40,000 rows/s.
    """

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    @classmethod
    def of(cls, rows: pa.Table) -> Digest:
        """The digest of these rows."""
        digest = cls()
        for batch in rows.to_batches(max_chunksize=10_000):
            digest.add(batch)
        return digest

    def add(self, batch: pa.RecordBatch) -> None:
        """Take in more rows."""
        self.rows += len(batch)
        vectors = None
        if EMBEDDING in batch.schema.names:
            column = batch.column(batch.schema.get_field_index(EMBEDDING))
            vectors = column.flatten().to_numpy(zero_copy_only=False).reshape(len(batch), -1)
            batch = batch.drop_columns([EMBEDDING])
        for at, row in enumerate(batch.to_pylist()):
            hashed = hashlib.sha256(json.dumps(row, sort_keys=True, default=str).encode())
            if vectors is not None:
                hashed.update(vectors[at].tobytes())
            self._sum += int.from_bytes(hashed.digest())

    def reading(self, rows: pa.Table | pa.RecordBatchReader) -> pa.RecordBatchReader:
        """The same rows, taken in as they are read."""
        given = rows.to_batches(max_chunksize=10_000) if isinstance(rows, pa.Table) else rows

        def batches() -> Iterator[pa.RecordBatch]:
            for batch in given:
                self.add(batch)
                yield batch

        return pa.RecordBatchReader.from_batches(rows.schema, batches())

    def hexdigest(self) -> str:
        """The sum in hex."""
        return f"{self._sum % _MODULUS:064x}"

    def after(self, before: str, without: Digest) -> str:
        """The digest, in hex, of a table that had the digest ``before``, lost some rows and gained these."""
        return f"{(int(before, 16) + self._sum - without._sum) % _MODULUS:064x}"


def vectors_of(rows: pa.Table) -> np.ndarray:
    """The (n, d) float32 embeddings of ``rows``."""
    column = rows.column(EMBEDDING).combine_chunks()
    flat: np.ndarray = column.flatten().to_numpy(zero_copy_only=False)
    return flat.reshape(len(rows), -1)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return [_plain(each) for each in value] if isinstance(value, tuple | list) else value


def _restored(name: str, value: object) -> object:
    kind = _NESTED.get(name)
    if value is None and name in _LISTS:
        return ()
    if isinstance(value, list):
        return tuple(kind(**each) if kind else each for each in value)
    return kind(**value) if kind and isinstance(value, dict) else value


def _series(name: str, column: pa.ChunkedArray) -> pd.Series[Any]:
    kind = column.type
    if pa.types.is_date(kind):
        return pd.Series(column.cast(pa.timestamp("us")).to_numpy())
    if pa.types.is_nested(kind):
        return pd.Series([_restored(name, value) for value in column.to_pylist()], dtype=object)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or name in _SOMETIMES_UNKNOWN:
        return pd.Series(column.to_pylist(), dtype=object)
    return pd.Series(column.to_pandas())

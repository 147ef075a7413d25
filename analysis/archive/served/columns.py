"""A statements table column by column: numbers for what few values fill, mapped texts for the rest.

Of a million statements the numbers take some 100 MB and the texts no memory until one is looked at.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.archive.served.arrays import let_go, load, save

CODED = (
    "kind",
    "speaker_id",
    "speaker_name",
    "side",
    "office",
    "via",
    "said_on_basis",
    "said_on_text",
    "source_publisher",
    "source_title",
    "source_url",
    "speaker_members",
    "sides",
    "publishers",
    "formulas",
    "entities",
)
TEXTS = ("statement_id", "quote_id", "document_id", "text")  # never null
NUMBERS = {"prints": np.int32, "confidence": np.float32}
DAYS = ("said_on", "first_published_on")
_UNKNOWN = np.iinfo(np.int32).min  # a day that is not known


class Columns:
    """The columns of n statements. Arrays may be mapped files: never change one."""

    def __init__(
        self,
        codes: dict[str, np.ndarray],
        values: dict[str, list[Any]],
        numbers: dict[str, np.ndarray],
        texts: pa.RecordBatch,
        mapped: mmap.mmap | None = None,
    ) -> None:
        self.codes = codes  # (n,) int32 by name of a coded column: places in ``values``
        self.values = values  # each coded column's different values: strings or None, or tuples of strings
        self._numbers = numbers  # (n,) by name; days as int32 since 1970
        self._texts = texts
        self._mapped = mapped  # what ``texts`` lies in

    def __len__(self) -> int:
        return len(self._texts)

    def days(self, name: str) -> np.ndarray:
        """A column of days: (n,) datetime64[D], NaT where it is not known."""
        days = self._numbers[name].astype(np.int64)
        days[self._numbers[name] == _UNKNOWN] = np.iinfo(np.int64).min
        return days.view("datetime64[D]")

    def frame(self, order: Sequence[str]) -> pd.DataFrame:
        """The statements as pages and queries use them; equal values are one object, texts stay mapped."""
        made: dict[str, pd.Series[Any]] = {}
        for name in order:
            if name in self.codes:
                values = np.empty(len(self.values[name]), dtype=object)
                values[:] = self.values[name]
                made[name] = pd.Series(values[self.codes[name]], dtype=object)
                let_go(self.codes[name])
            elif name in DAYS:
                made[name] = pd.Series(self.days(name).astype("datetime64[us]"))
            elif name in NUMBERS:
                made[name] = pd.Series(self._numbers[name])
            else:
                mapped = pd.array(self._texts.column(name), dtype=pd.StringDtype("pyarrow", na_value=np.nan))
                made[name] = pd.Series(mapped)
        return pd.DataFrame(made, copy=False)

    def let_go(self) -> None:
        """Give back the memory of texts that were looked at.

        Linux maps sixteen pages around each that is touched, so a thousand hits make most of the file resident.
        """
        let_go(self._mapped)

    def texts(self, name: str) -> pa.Array:
        """One of the columns in ``TEXTS``, mapped."""
        return self._texts.column(name)

    def save(self, folder: Path) -> None:
        """Write everything into ``folder``."""
        for name, codes in self.codes.items():
            save(folder, f"code_{name}", codes)
        for name, numbers in self._numbers.items():
            save(folder, f"number_{name}", numbers)
        (folder / "values.json").write_text(json.dumps(self.values), encoding="utf-8")
        with pa.OSFile(str(folder / "texts.arrow"), "wb") as file, pa.ipc.new_file(file, self._texts.schema) as writer:
            writer.write_batch(self._texts)


def open_columns(folder: Path) -> Columns:
    """The columns saved in ``folder``, mapped. Raises OSError where they are not."""
    values = json.loads((folder / "values.json").read_text(encoding="utf-8"))
    restored = {
        name: [tuple(value) if isinstance(value, list) else value for value in column]
        for name, column in values.items()
    }
    with (folder / "texts.arrow").open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    texts = pa.ipc.open_file(pa.py_buffer(mapped)).get_batch(0)
    numbers = {name: load(folder, f"number_{name}") for name in (*NUMBERS, *DAYS)}
    return Columns({name: load(folder, f"code_{name}") for name in CODED}, restored, numbers, texts, mapped)


def make_columns(
    batches: Iterable[pa.RecordBatch], before: Columns | None = None, keep: np.ndarray | None = None
) -> Columns:
    """The columns of ``batches``' statements, after those of ``before`` that ``keep``, (n,) bool, says to keep."""
    values: dict[str, list[Any]] = {name: list(before.values[name]) if before else [] for name in CODED}
    known = {name: {value: at for at, value in enumerate(column)} for name, column in values.items()}
    codes: dict[str, list[np.ndarray]] = {name: [] for name in CODED}
    numbers: dict[str, list[np.ndarray]] = {name: [] for name in (*NUMBERS, *DAYS)}
    texts: list[pa.RecordBatch] = []
    if before is not None:
        stays = np.ones(len(before), dtype=bool) if keep is None else keep
        for name in CODED:
            codes[name].append(before.codes[name][stays])
        for name in numbers:
            numbers[name].append(before._numbers[name][stays])
        texts.append(before._texts.filter(pa.array(stays)))
    for batch in batches:
        for name in CODED:
            codes[name].append(_coded(batch.column(name), known[name], values[name]))
        for name, kind in NUMBERS.items():
            numbers[name].append(batch.column(name).to_numpy(zero_copy_only=False).astype(kind))
        for name in DAYS:
            numbers[name].append(
                batch.column(name).cast(pa.int32()).fill_null(int(_UNKNOWN)).to_numpy(zero_copy_only=False)
            )
        texts.append(
            pa.RecordBatch.from_arrays([batch.column(name).cast(pa.large_string()) for name in TEXTS], names=TEXTS)
        )
    whole = pa.Table.from_batches(texts, pa.schema([(name, pa.large_string()) for name in TEXTS])).combine_chunks()
    batch = whole.to_batches()[0] if len(whole) else pa.RecordBatch.from_pylist([], schema=whole.schema)
    empty = [np.zeros(0, dtype=np.int32)]
    return Columns(
        {name: np.concatenate(each or empty).astype(np.int32, copy=False) for name, each in codes.items()},
        values,
        {name: np.concatenate(each or empty) for name, each in numbers.items()},
        batch,
    )


def _coded(column: pa.Array, known: dict[Any, int], values: list[Any]) -> np.ndarray:
    """The column's values by number; values met for the first time get the next."""
    listed = pa.types.is_list(column.type)
    if not listed:
        encoded = column.dictionary_encode(null_encoding="encode")
        met = [_number(value, known, values) for value in encoded.dictionary.to_pylist()]
        places: np.ndarray = np.array(met, dtype=np.int32)[encoded.indices.to_numpy(zero_copy_only=False)]
        return places
    return np.array([_number(tuple(value or ()), known, values) for value in column.to_pylist()], dtype=np.int32)


def _number(value: Any, known: dict[Any, int], values: list[Any]) -> int:  # noqa: ANN401  # a string, None or a tuple
    at = known.get(value)
    if at is None:
        at = known[value] = len(values)
        values.append(value)
    return at

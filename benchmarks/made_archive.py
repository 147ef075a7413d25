"""Make an archive of any size whose statements look like real ones, and publish it as a release.

    python benchmarks/made_archive.py --statements 100000 --archive /somewhere/made-100k

Some thousand sentences, put together from parts written here, are encoded for real. Every statement then takes one
of them, words around it, and a vector near its: mixed with another of the same subject and with noise. Subjects have
their time, their speakers and their formulas, so that filters go together with meaning as they do in a real archive.
Speakers and publishers follow Zipf's law; days run from 2001 to 2026. The same size and seed give the same rows.
Rows are written in pieces; a million take 8 GB of disk (6.4 GB were resident at the most, mapped files among them).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.archive.publishing import Origin, publish_rows
from analysis.archive.rows import table_schemas
from analysis.embedding import VectorCache, embed, load_encoder

DIMENSIONS = 256  # at most: longer vectors are cut to their first principal components
_PIECE = 20_000  # statements made at once
_DAYS = (date(2026, 6, 30) - date(2001, 1, 1)).days
_SUBJECTS: dict[str, tuple[str, ...]] = {
    "gas": ("the gas pipeline", "deliveries of natural gas", "the price of gas", "the eastern gas route"),
    "oil": ("crude oil shipments", "the oil terminal", "refineries in the east", "long-term oil contracts"),
    "arms": ("strategic arms", "missile defence", "the arms treaty", "medium-range missiles"),
    "drills": ("joint naval exercises", "the joint air patrol", "military drills", "training of officers"),
    "ukraine": ("the Ukraine crisis", "a ceasefire in Ukraine", "peace talks on Ukraine", "arms for Ukraine"),
    "sanctions": ("unilateral sanctions", "export controls", "secondary sanctions", "frozen assets"),
    "currency": ("trade in national currencies", "settlements in yuan", "payment systems", "the role of the dollar"),
    "trade": ("bilateral trade", "farm products", "the trade balance", "market access"),
    "taiwan": ("the Taiwan question", "one-China principle", "the Taiwan Strait", "separatist forces"),
    "korea": ("the Korean Peninsula", "talks with Pyongyang", "denuclearisation", "tests of missiles in Korea"),
    "arctic": ("the Northern Sea Route", "Arctic shipping", "icebreakers", "Arctic research"),
    "space": ("the lunar station", "satellite navigation", "launches of spacecraft", "space debris"),
    "asia": ("the Central Asian states", "the Shanghai organisation", "security in Central Asia", "border markets"),
    "un": ("reform of the United Nations", "the Security Council", "the right of veto", "multilateral institutions"),
    "culture": ("student exchanges", "the year of culture", "language teaching", "tourism across the border"),
    "border": ("the border bridge", "the border treaty", "customs posts", "railway crossings"),
    "technology": ("semiconductors", "artificial intelligence", "telecommunications networks", "joint laboratories"),
    "nuclear": ("nuclear power stations", "uranium supply", "non-proliferation", "the nuclear plant"),
}
_CLAIMS = (
    "{} will be discussed when the two presidents meet",
    "cooperation on {} has reached an unprecedented level",
    "nobody should politicise {}",
    "both sides attach great importance to {}",
    "we are ready to sign an agreement on {} this year",
    "progress on {} remains slower than we had hoped",
    "{} must not be directed against a third country",
    "our positions on {} are close or identical",
    "{} cannot be solved by pressure and threats",
    "experts of both countries are working on {} day and night",
    "the West has misread what we do about {}",
    "{} will benefit the peoples of both countries",
    "there is no alternative to dialogue on {}",
    "we have proposed a road map for {}",
    "any attempt to interfere in {} will meet a firm answer",
    "{} is an internal matter and stays one",
    "investment in {} has doubled within three years",
    "the working group on {} will report in the autumn",
    "we reject accusations over {} as groundless",
    "{} shows how mature our relations have become",
    "without trust there can be no talk of {}",
    "concerns about {} are legitimate and should be heard",
    "the delay over {} has technical reasons only",
    "a common approach to {} is taking shape",
    "we follow {} closely and with concern",
    "{} has nothing to do with the present conflict",
    "those who speak of dependence in {} are mistaken",
    "the ministers agreed to keep {} out of the headlines",
)
_OPENINGS = (
    "", "", "", "As I told my colleague, ", "Let me be clear: ", "In these circumstances ", "On the whole, ",
    "For many years now ", "At the summit we agreed that ", "I would stress that ", "It is obvious that ",
)  # fmt: skip
_ENDINGS = (
    "", "", "", ", whatever others may say", ", and this will not change", " in the coming months",
    ", as our leaders have decided", " despite the difficult world situation", ", provided that both sides want it",
    " for the benefit of the whole region", ", step by step and without haste", ", and the figures bear this out",
)  # fmt: skip
_FORMULAS = {"ukraine": "no-limits", "drills": "not-targeting-third", "trade": "win-win", "un": "multipolar-world"}
_SIDES = ("CN", "RU", "CN", "RU", "CN", "RU", "US", "EU", "UA", "NATO", "IN", "JP", "expert", "media")
_PUBLISHERS = tuple(f"{name} {kind}" for name, kind in product(
    ("Northern", "Harbour", "Morning", "Capital", "Eastern", "River", "Evening", "Continental"),
    ("Wire", "Daily", "Post", "Herald", "Review", "Broadcasting")))  # fmt: skip
_PLACES: tuple[tuple[str, ...], ...] = ((), (), ("russia",), ("china",), ("china", "russia"), ("united-states",))
_SYLLABLES = "an bo chen da el fo gor han iv jun kov li mar nov ol pet qi rus sen tan ul vas wei xu yar zhou".split()


@dataclass(frozen=True, slots=True)
class World:
    """What all statements are drawn from."""

    sentences: list[str]
    subject_of: np.ndarray  # (sentences,) place in the subjects
    vectors: np.ndarray  # (sentences, d) float32 unit rows
    speakers: list[tuple[str, str, str]]  # id, name, side
    origin: Origin


def make_world(encoder_name: str, cache: Path, seed: int) -> World:
    """The sentences with their vectors, and who may say them."""
    sentences, subjects = [], []
    for place, (_, things) in enumerate(_SUBJECTS.items()):
        for claim, thing, place_said in product(_CLAIMS, things, ("", " in Moscow", " in Beijing")):
            sentences.append(claim.format(thing) + place_said)
            subjects.append(place)
    encoder = load_encoder(encoder_name)
    vectors = embed(sentences, encoder, VectorCache(cache))
    cut = vectors.shape[1] > DIMENSIONS
    if cut:
        _, _, axes = np.linalg.svd(vectors[:: max(1, len(vectors) // 4000)], full_matrices=False)
        vectors = vectors @ axes[:DIMENSIONS].T
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    chance = np.random.default_rng(seed)
    speakers = []
    for number in range(3_000):
        first, second = ("".join(chance.choice(_SYLLABLES, 2)).capitalize() for _ in range(2))
        speakers.append((f"made-speaker-{number:04d}", f"{first} {second}", str(chance.choice(_SIDES))))
    fingerprint = f"made-{DIMENSIONS}-{encoder.fingerprint}" if cut else encoder.fingerprint
    origin = Origin(f"made {seed}", "made", "made", encoder.name, fingerprint, vectors.shape[1])
    return World(sentences, np.array(subjects), vectors.astype(np.float32), speakers, origin)


def make(archive: Path, statements: int, world: World, seed: int = 1) -> int:
    """Publish ``statements`` made statements as a new release of ``archive``; its number."""
    schemas = table_schemas(world.origin.dimensions)
    archive.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=archive) as folder:
        files = {name: Path(folder) / f"{name}.arrow" for name in schemas}
        writers = {name: pa.ipc.new_stream(str(files[name]), schema) for name, schema in schemas.items()}
        for start in range(0, statements, _PIECE):
            for name, columns in piece(world, start, min(_PIECE, statements - start), seed).items():
                writers[name].write_batch(_batch(columns, schemas[name]))
        writers["entities"].write_batch(_batch(_entities(world), schemas["entities"]))
        for writer in writers.values():
            writer.close()
        rows = {name: pa.ipc.open_stream(pa.memory_map(str(file))) for name, file in files.items()}
        return publish_rows(archive, rows, world.origin)


def piece(world: World, start: int, count: int, seed: int) -> dict[str, dict[str, Any]]:
    """The rows of statements ``start`` to ``start + count``: table → column → values."""
    chance = np.random.default_rng([seed, start])
    subjects = len(_SUBJECTS)
    subject = (chance.zipf(1.3, count) - 1) % subjects
    per_subject = len(world.sentences) // subjects
    sentence = subject * per_subject + (chance.zipf(1.2, count) - 1) % per_subject
    beside = subject * per_subject + chance.integers(per_subject, size=count)
    noise = chance.standard_normal((count, world.vectors.shape[1])).astype(np.float32)
    noise *= 0.45 / np.sqrt(world.vectors.shape[1])
    vectors = world.vectors[sentence] + np.float32(0.3) * world.vectors[beside] + noise
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    rank = (chance.zipf(1.15, count) - 1) % 600
    speaker = np.where(chance.random(count) < 0.7, (rank * subjects + subject) % 3_000, rank % 3_000)
    hump = (subject * 541) % _DAYS
    days = np.where(chance.random(count) < 0.7, chance.normal(hump, 500, count), chance.random(count) * _DAYS)
    days = (np.abs(days).astype(int) % _DAYS) + date(2001, 1, 1).toordinal()
    undated = chance.random(count) < 0.03
    publisher = (chance.zipf(1.4, count) - 1) % len(_PUBLISHERS)
    kinds = chance.choice(["direct", "indirect", "mixed"], count, p=[0.4, 0.45, 0.15])
    with_formula = chance.random(count) < 0.4
    openings, endings = chance.integers(len(_OPENINGS), size=count), chance.integers(len(_ENDINGS), size=count)
    figures = chance.integers(2, 90_000, size=count)
    names = list(_SUBJECTS)
    made: list[dict[str, Any]] = []
    for at in range(count):
        said = world.sentences[sentence[at]]
        text = _OPENINGS[openings[at]] + said + _ENDINGS[endings[at]]
        if figures[at] % 3 == 0:
            text += f", with {figures[at]:,} cases counted so far"
        formula = _FORMULAS.get(names[subject[at]]) if with_formula[at] else None
        if formula:
            text += f"; ours is a partnership of {formula.replace('-', ' ')}"
        day = None if undated[at] else date.fromordinal(int(days[at]))
        made.append({
            "number": start + at, "text": text[0].upper() + text[1:] + ".", "day": day, "kind": str(kinds[at]),
            "formulas": [formula] if formula else [], "speaker": world.speakers[speaker[at]],
            "entities": [f"made-subject-{names[subject[at]]}", *_PLACES[figures[at] % len(_PLACES)]],
            "publisher": _PUBLISHERS[publisher[at]], "printed": date.fromordinal(int(days[at])),
        })  # fmt: skip
    return _tables(made, vectors)


def _tables(made: list[dict[str, Any]], vectors: np.ndarray) -> dict[str, dict[str, Any]]:
    """Documents of about five statements each, with the quotes at their offsets."""
    documents: dict[str, list[Any]] = {}
    quotes: dict[str, list[Any]] = {}
    statements: dict[str, list[Any]] = {}
    mentions: dict[str, list[Any]] = {}
    for first in range(0, len(made), 5):
        group = made[first : first + 5]
        document_id, text = _id("d", group[0]["number"]), ""
        printed, publisher = group[0]["printed"], group[0]["publisher"]
        title = f"{group[0]['speaker'][1]} and others on {printed:%d %B %Y}"
        for one in group:
            speaker_id, name, side = one["speaker"]
            quote_id, statement_id = _id("q", one["number"]), _id("st", one["number"])
            start = len(text) + 1
            end = start + len(one["text"])
            text += f"“{one['text']}” {name} said.\n\n"
            basis = "unknown" if one["day"] is None else "stated"
            shared = {
                "text": one["text"], "kind": one["kind"], "speaker_id": speaker_id, "speaker_name": name, "side": side,
                "via": None, "said_on": one["day"], "said_on_basis": basis, "said_on_text": None, "confidence": 0.8,
                "quote_id": quote_id, "statement_id": statement_id, "document_id": document_id,
            }  # fmt: skip
            _add(quotes, shared | {
                "start": start, "end": end, "speaker_text": name, "speaker_start": end + 2,
                "speaker_end": end + 2 + len(name), "role_text": None, "cue": "said", "cue_start": end + 3 + len(name),
                "cue_end": end + 7 + len(name), "citation": None,
            })  # fmt: skip
            _add(statements, shared | {
                "speaker_members": [speaker_id], "sides": [side], "office": f"Spokesman for {side}", "prints": 1,
                "publishers": [publisher], "first_published_on": printed, "formulas": one["formulas"],
                "entities": one["entities"],
                "source_publisher": publisher, "source_title": title,
                "source_url": f"https://example.org/{document_id}",
            })  # fmt: skip
        speaker_id, name, _ = group[0]["speaker"]
        at = quotes["speaker_start"][-len(group)]
        _add(mentions, {"document_id": document_id, "quote_id": None, "entity_id": speaker_id, "label": "person",
                        "start": at, "end": at + len(name), "text": name})  # fmt: skip
        _add(documents, {
            "document_id": document_id, "doc_id": document_id, "source": f"made/{document_id}.txt",
            "url": f"https://example.org/{document_id}", "title": title, "publisher": publisher, "author": None,
            "published_on": printed, "published_on_text": None, "lang": "en", "licence": "CC0", "text": text,
            "content_hash": document_id, "boilerplate": [], "questions": [], "citations": [],
        })  # fmt: skip
    return {
        "documents": documents,
        "quotes": quotes | {"embedding": vectors},
        "statements": statements | {"embedding": vectors},
        "mentions": mentions,
    }


def _entities(world: World) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {}
    for speaker_id, name, side in world.speakers:
        _add(columns, {"entity_id": speaker_id, "name": name, "kind": "person", "side": side, "aliases": [],
                       "offices": [], "wikidata": None, "in_gazetteer": False})  # fmt: skip
    named = [(f"made-subject-{subject}", subject.capitalize(), "organisation") for subject in _SUBJECTS]
    named += [("russia", "Russia", "state"), ("china", "China", "state"), ("united-states", "United States", "state")]
    for entity_id, name, kind in named:
        _add(columns, {"entity_id": entity_id, "name": name, "kind": kind, "side": None, "aliases": [],
                       "offices": [], "wikidata": None, "in_gazetteer": False})  # fmt: skip
    return columns


def _add(columns: dict[str, list[Any]], row: dict[str, Any]) -> None:
    for name, value in row.items():
        columns.setdefault(name, []).append(value)


def _id(prefix: str, number: int) -> str:
    return f"{prefix}-{(number * 2654435761 + 97) % (1 << 48):012x}"  # odd factor: different numbers, different ids


def _batch(columns: dict[str, Any], schema: pa.Schema) -> pa.RecordBatch:
    arrays = []
    for field in schema:
        values = columns[field.name] if field.name in columns else [None] * len(next(iter(columns.values())))
        if isinstance(values, np.ndarray):
            flat = pa.array(np.ascontiguousarray(values, dtype=np.float32).reshape(-1))
            arrays.append(pa.FixedSizeListArray.from_arrays(flat, field.type.list_size))
        else:
            arrays.append(pa.array(values, type=field.type))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def queries(world: World, count: int, seed: int = 5) -> Iterator[tuple[str, np.ndarray]]:
    """Questions with their vectors: sentences of a statement's subject in a vector of their own."""
    chance = np.random.default_rng(seed)
    for _ in range(count):
        first, second = chance.integers(len(world.sentences), size=2)
        size = world.vectors.shape[1]
        noise = chance.standard_normal(size) * 0.5 / np.sqrt(size)
        vector = world.vectors[first] + np.float32(0.4) * world.vectors[second] + noise
        yield world.sentences[first], (vector / np.linalg.norm(vector)).astype(np.float32)


def main() -> None:
    """Make one archive and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--encoder", default="small")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    started = time.perf_counter()
    world = make_world(arguments.encoder, arguments.archive.parent / "made-vectors", arguments.seed)
    encoded = time.perf_counter()
    number = make(arguments.archive, arguments.statements, world, arguments.seed)
    print(
        f"release {number}: {arguments.statements:,} statements, {len(world.sentences):,} sentences encoded in "
        f"{encoded - started:.0f} s, made and published in {time.perf_counter() - encoded:.0f} s"
    )


if __name__ == "__main__":
    main()

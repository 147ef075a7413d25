"""Make an archive of any size whose statements look like real ones, and publish it as a release.

    python benchmarks/made_archive.py --statements 100000 --archive /somewhere/made-100k [--dimensions 384]

Some thousand sentences, put together from parts written here, are encoded for real. Every statement then takes one
of them, words around it, and a vector near its: mixed with another of the same subject and with noise. Subjects have
their time, their speakers and their formulas, so that filters go together with meaning as they do in a real archive.
The gazetteer's people speak most, in the years of their offices; people who are made up follow. Speakers and publishers
follow Zipf's law; days run from 2001 to 2026. A document holds what was said within some days; one statement in twelve
is printed in two to four of them, not everywhere in full; some are undated, said by two, by nobody known, or unsure.
The same size and seed give the same rows. Vectors longer than 256 are cut, unless --dimensions leaves them whole: then
the dashboard can ask by meaning too. Rows are written in pieces; a million take some 8 GB of disk.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.archive.publishing import publish_rows
from analysis.archive.rows import table_schemas
from analysis.archive_place import Place
from benchmarks.made_world import DAYS, DIMENSIONS, FIRST, SUBJECTS, World, make_world

_PIECE = 20_000  # statements made at once
_A_DOCUMENT = 5  # statements first printed in it
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
_PUBLISHERS = tuple(f"{name} {kind}" for name, kind in product(
    ("Northern", "Harbour", "Morning", "Capital", "Eastern", "River", "Evening", "Continental"),
    ("Wire", "Daily", "Post", "Herald", "Review", "Broadcasting")))  # fmt: skip
_PLACES: tuple[tuple[str, ...], ...] = ((), (), ("russia",), ("china",), ("china", "russia"), ("united-states",))
_SHARED = ("kind", "speaker_id", "speaker_name", "side", "via", "said_on", "said_on_basis", "said_on_text",
           "confidence", "statement_id")  # fmt: skip
_OWN = ("said", "number", "day", "subject", "short", "printed_by")  # of what is made, that no table has
_BASES = ("stated", "resolved", "dateline", "published")
_SURE = (0.85, 0.7, 0.65, 0.4)  # confidence


def make(archive: Place, statements: int, world: World, seed: int = 1) -> int:
    """Publish ``statements`` made statements as a new release of ``archive``; its number."""
    schemas = table_schemas(world.origin.dimensions)
    beside = None
    if isinstance(archive, Path):
        archive.mkdir(parents=True, exist_ok=True)
        beside = archive
    with tempfile.TemporaryDirectory(dir=beside) as folder:
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
    subjects = len(SUBJECTS)
    subject = (chance.zipf(1.3, count) - 1) % subjects
    per_subject = len(world.sentences) // subjects
    sentence = subject * per_subject + (chance.zipf(1.2, count) - 1) % per_subject
    beside = subject * per_subject + chance.integers(per_subject, size=count)
    noise = chance.standard_normal((count, world.vectors.shape[1])).astype(np.float32)
    noise *= 0.45 / np.sqrt(world.vectors.shape[1])
    vectors = world.vectors[sentence] + np.float32(0.3) * world.vectors[beside] + noise
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    rank = (chance.zipf(1.15, count) - 1) % 600
    known = len(world.speakers)
    speaker = np.where(chance.random(count) < 0.7, (rank * subjects + subject) % known, rank % known)
    made = [
        {"said": world.sentences[sentence[at]], "number": start + at, "day": day, "subject": int(subject[at]), **who}
        for at, (day, who) in enumerate(_who_and_when(world, subject, speaker, chance))
    ]
    _words(made, chance)
    order = sorted(range(count), key=lambda at: (made[at]["day"], at))  # what a document holds was said within days
    return _tables([made[at] for at in order], vectors[order], chance)


def _who_and_when(
    world: World, subject: np.ndarray, speaker: np.ndarray, chance: np.random.Generator
) -> Iterator[tuple[date, dict[str, Any]]]:
    """Who says each statement, alone, with another or unnamed, and on which day: one of their years in office."""
    count = len(subject)
    hump = (subject * 541) % DAYS
    days = np.abs(np.where(chance.random(count) < 0.7, chance.normal(hump, 500, count), chance.random(count) * DAYS))
    days = days.astype(int) % DAYS
    sort = chance.random(count)
    for at, place in enumerate(speaker.tolist()):
        entity_id, name, side = world.speakers[place]
        first, length = world.terms.get(entity_id, (0, DAYS))
        day = FIRST + timedelta(days=int(first + (days[at] - first) % length))
        office = world.gazetteer.office(entity_id, day) if world.gazetteer else None
        alone = {"speaker_id": entity_id, "speaker_name": name, "side": side, "office": office, "via": None,
                 "speaker_members": [entity_id], "sides": [side]}  # fmt: skip
        if entity_id.startswith("made-"):
            alone["office"] = f"Spokesman for {side}"
        if sort[at] < 0.015:
            alone |= {"speaker_id": None, "speaker_name": None, "side": None, "office": None, "speaker_members": [],
                      "sides": []}  # fmt: skip
        elif sort[at] < 0.025 and world.gazetteer:
            alone |= {"speaker_id": "china+russia", "speaker_name": "China and Russia", "side": "CN+RU", "office": None,
                      "speaker_members": ["china", "russia"], "sides": ["CN", "RU"]}  # fmt: skip
        elif sort[at] < 0.04:
            alone["via"] = "state television"
        yield day, alone


def _words(made: list[dict[str, Any]], chance: np.random.Generator) -> None:
    """Give each statement its words, its kind, and what its day and its speaker rest on."""
    count = len(made)
    names = list(SUBJECTS)
    undated = chance.random(count) < 0.03
    kinds = chance.choice(["direct", "indirect", "mixed"], count, p=[0.4, 0.45, 0.15])
    bases = chance.choice(_BASES, count, p=[0.6, 0.2, 0.1, 0.1])
    sure = chance.choice(_SURE, count, p=[0.55, 0.2, 0.15, 0.1])
    with_formula = chance.random(count) < 0.4
    openings, endings = chance.integers(len(_OPENINGS), size=count), chance.integers(len(_ENDINGS), size=count)
    figures = chance.integers(2, 90_000, size=count)
    for at, one in enumerate(made):
        subject = names[one["subject"]]
        text, ending = _OPENINGS[openings[at]] + one["said"], _ENDINGS[endings[at]]
        if figures[at] % 3 == 0:
            ending += f", with {figures[at]:,} cases counted so far"
        formula = _FORMULAS.get(subject) if with_formula[at] else None
        if formula:
            text += f"; ours is a partnership of {formula.replace('-', ' ')}"
        one |= {
            "text": text[0].upper() + text[1:] + ending + ".", "short": text[0].upper() + text[1:] + ".",
            "said_on": None if undated[at] else one["day"], "said_on_basis": "unknown" if undated[at] else bases[at],
            "said_on_text": f"on {one['day']:%A}" if bases[at] == "resolved" and not undated[at] else None,
            "kind": str(kinds[at]), "confidence": float(sure[at]), "formulas": [formula] if formula else [],
            "entities": [f"made-subject-{subject}", *_PLACES[figures[at] % len(_PLACES)]],
        }  # fmt: skip


def _tables(made: list[dict[str, Any]], vectors: np.ndarray, chance: np.random.Generator) -> dict[str, dict[str, Any]]:
    """Documents with the quotes at their offsets. made: ordered by day; vectors: theirs."""
    groups = -(-len(made) // _A_DOCUMENT)
    publisher = (chance.zipf(1.4, groups) - 1) % len(_PUBLISHERS)
    later = np.where(chance.random(len(made)) < 1 / 12, chance.integers(1, 4, size=len(made)), 0)
    printed_in: list[list[int]] = [[] for _ in range(groups)]
    for at, reprints in enumerate(later.tolist()):
        for group in dict.fromkeys(min(at // _A_DOCUMENT + 3 * step, groups - 1) for step in range(reprints + 1)):
            printed_in[group].append(at)
    documents: dict[str, list[Any]] = {}
    quotes: dict[str, list[Any]] = {}
    mentions: dict[str, list[Any]] = {}
    rows: list[int] = []
    for group, places in enumerate(printed_in):
        _document(documents, quotes, mentions, [(made[at], at // _A_DOCUMENT == group) for at in places],
                  _PUBLISHERS[publisher[group]])  # fmt: skip
        rows += places
    statements: dict[str, list[Any]] = {}
    for one in made:
        _add(statements, {name: value for name, value in one.items() if name not in _OWN} | {
            "prints": len(one["printed_by"]), "publishers": sorted(set(one["printed_by"])),
        })  # fmt: skip
    return {
        "documents": documents,
        "quotes": quotes | {"embedding": vectors[rows]},
        "statements": statements | {"embedding": vectors},
        "mentions": mentions,
    }


def _document(
    documents: dict[str, list[Any]],
    quotes: dict[str, list[Any]],
    mentions: dict[str, list[Any]],
    held: list[tuple[dict[str, Any], bool]],
    publisher: str,
) -> None:
    """Add one document. held: what it prints, and whether it is the first to; the others lose their endings."""
    own = next(one for one, is_first in held if is_first)
    document_id, text = _id("d", own["number"]), ""
    printed = max(one["day"] for one, _ in held) + timedelta(days=1)
    lead = own["speaker_name"] or "A diplomat"
    title, url = f"{lead} and others on {printed:%d %B %Y}", f"https://example.org/{document_id}"
    for one, is_first in held:
        name = one["speaker_name"] or "A diplomat"
        said = one["text"] if is_first else one["short"]
        quote_id = _id("q", one["number"]) + ("" if is_first else f"-{len(one['printed_by'])}")
        start = len(text) + 1
        end = start + len(said)
        text += f"“{said}” {name} said.\n\n"
        one.setdefault("printed_by", []).append(publisher)
        if is_first:
            one |= {
                "statement_id": _id("st", one["number"]), "quote_id": quote_id, "document_id": document_id,
                "first_published_on": printed, "source_publisher": publisher, "source_title": title, "source_url": url,
            }  # fmt: skip
        shared = {name: one[name] for name in _SHARED}
        _add(quotes, shared | {
            "text": said, "quote_id": quote_id, "document_id": document_id, "start": start, "end": end,
            "speaker_text": name, "speaker_start": end + 2, "speaker_end": end + 2 + len(name), "role_text": None,
            "cue": "said", "cue_start": end + 3 + len(name), "cue_end": end + 7 + len(name), "citation": None,
        })  # fmt: skip
        if one["speaker_id"]:
            _add(mentions, {"document_id": document_id, "quote_id": None, "entity_id": one["speaker_members"][0],
                            "label": "person", "start": end + 2, "end": end + 2 + len(name), "text": name})  # fmt: skip
    _add(documents, {
        "document_id": document_id, "doc_id": document_id, "source": f"made/{document_id}.txt", "url": url,
        "title": title, "publisher": publisher, "author": None, "published_on": printed, "published_on_text": None,
        "lang": "en", "licence": "CC0", "text": text, "content_hash": document_id, "boilerplate": [], "questions": [],
        "citations": [],
    })  # fmt: skip


def _entities(world: World) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {}
    known = world.gazetteer.entities if world.gazetteer else {}
    for entity in known.values():
        offices = [{"title": held.title, "since": held.since, "until": held.until} for held in entity.offices]
        _add(columns, {"entity_id": entity.entity_id, "name": entity.name, "kind": entity.kind.value,
                       "side": entity.side, "aliases": list(entity.aliases), "offices": offices, "wikidata": None,
                       "in_gazetteer": True})  # fmt: skip
    named = [(speaker_id, name, "person", side) for speaker_id, name, side in world.speakers]
    named += [(f"made-subject-{subject}", subject.capitalize(), "organisation", "") for subject in SUBJECTS]
    named += [(place, place.replace("-", " ").title(), "state", "") for place in ("russia", "china", "united-states")]
    for entity_id, name, kind, side in named:
        if entity_id not in known:
            _add(columns, {"entity_id": entity_id, "name": name, "kind": kind, "side": side or None, "aliases": [],
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
    parser.add_argument(
        "--dimensions", type=int, default=DIMENSIONS, help="of a vector at most; 384 keeps the small encoder's whole"
    )
    arguments = parser.parse_args()
    started = time.perf_counter()
    world = make_world(
        arguments.encoder, arguments.archive.parent / "made-vectors", arguments.seed, arguments.dimensions
    )
    encoded = time.perf_counter()
    number = make(arguments.archive, arguments.statements, world, arguments.seed)
    print(
        f"release {number}: {arguments.statements:,} statements, {len(world.sentences):,} sentences encoded in "
        f"{encoded - started:.0f} s, made and published in {time.perf_counter() - encoded:.0f} s"
    )


if __name__ == "__main__":
    main()

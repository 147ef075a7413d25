"""How well prints are grouped: precision and recall over labelled pairs, and the time a large corpus takes.

    python benchmarks/grouping_quality.py [--table TABLE] [--encoder base] [--size 20000]

Sets of pairs, each labelled by hand as one utterance or two. In sample: `utterance_pairs.jsonl`, by which the first
rules were chosen; `fresh_utterance_pairs.jsonl`; and `table_pairs.csv`, rows of the shared table by their ids (hard
ones: one speaker within three days on another page, or one wording on different days), where it is there.
`blind_utterance_pairs.jsonl` was written by somebody who had not read the rules: they were then mended on its odd
numbers, while the errors of its even ones were not read.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.embedding import Encoder, embed, load_encoder
from analysis.grouping import group
from analysis.schema import Basis, Citation, Kind, Quote, identifier

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "tests" / "data"
TABLE = ROOT.parent / "shared" / "statements" / "statements.jsonl"
UNREAD = "blind, unread half"
Pair = Mapping[str, Any]


class NoOffices:
    """A gazetteer that knows no office."""

    def office(self, entity_id: str, on: date | None) -> str | None:
        """None."""
        return None


def quote(name: str, text: str, speaker: str, day: str | None, basis: str) -> Quote:
    """One print on a page of its own, published the day it was said."""
    said_on = date.fromisoformat(day) if day else None
    return Quote(
        quote_id=identifier("q", name, text),
        document_id=identifier("d", name),
        start=0,
        end=len(text),
        text=text,
        kind=Kind.DIRECT,
        speaker_id=speaker,
        speaker_name=speaker,
        speaker_text=None,
        speaker_start=None,
        speaker_end=None,
        role_text=None,
        cue=None,
        cue_start=None,
        cue_end=None,
        via=None,
        said_on=said_on,
        said_on_basis=Basis(basis),
        said_on_text=None,
        side=None,
        confidence=1.0,
        citation=Citation(0, name, None, f"https://example.org/{name}", said_on),
    )


def prints_of(pair: Pair) -> list[Quote]:
    """Both prints of ``pair``."""
    return [
        quote(
            pair.get(f"{side}_page", f"{pair['pair']}{side}"),
            pair[side],
            *(pair[f"{side}_{key}"] for key in ("speaker", "day", "basis")),
        )
        for side in ("a", "b")
    ]


def may_be_one(pair: Pair) -> bool:
    """Whether ``pair`` is dated, of one speaker, of different pages and of days that agree: whether words decide."""
    if not (pair["a_day"] and pair["b_day"]) or pair.get("a_page", "a") == pair.get("b_page", "b"):
        return False
    words = "the same words on both of the pages"
    alike = [replace(one, text=words, end=len(words)) for one in prints_of(pair)]
    grouped, _ = group(alike, {}, None, NoOffices())
    return grouped[0].statement_id == grouped[1].statement_id


def same_statement(pair: Pair, encoder: Encoder | None) -> bool:
    """Whether grouping gives both prints of ``pair`` one statement."""
    prints = prints_of(pair)
    vectors = embed([one.text for one in prints], encoder) if encoder else None
    grouped, _ = group(prints, {}, vectors, NoOffices(), encoder.name if encoder else "none")
    return grouped[0].statement_id == grouped[1].statement_id


def seconds_for(size: int) -> float:
    """Seconds that grouping ``size`` made-up quotes of 200 speakers over 20 years takes, without embeddings."""
    chance = random.Random(7)
    vocabulary = [f"word{number}" for number in range(3000)]
    weights = [1 / (rank + 5) for rank in range(len(vocabulary))]
    quotes = []
    for number in range(size):
        text = " ".join(chance.choices(vocabulary, weights, k=chance.randint(5, 40)))
        speaker = f"speaker-{int(200 * chance.random() ** 3)}"
        day = date(2005, 1, 1) + timedelta(days=chance.randrange(7300))
        basis = chance.choice(["stated", "stated", "dateline", "published", "unknown"])
        quotes.append(quote(str(number), text, speaker, None if basis == "unknown" else day.isoformat(), basis))
    start = time.perf_counter()
    group(quotes, {}, None, NoOffices())
    return time.perf_counter() - start


def written_pairs(name: str) -> list[Pair]:
    """The pairs of a file of our own."""
    return [json.loads(line) for line in (LABELS / name).read_text(encoding="utf-8").splitlines()]


def table_pairs(table: Path) -> list[Pair]:
    """The labelled pairs of the table's rows, in the shape of our own."""
    with table.open(encoding="utf-8") as lines:
        rows = {row["id"]: row for row in map(json.loads, lines)}
    pairs: list[Pair] = []
    with (LABELS / "table_pairs.csv").open(encoding="utf-8") as labels:
        for number, label in enumerate(csv.DictReader(labels)):
            pair: dict[str, Any] = {"pair": f"t{number}", "same": label["same"] == "yes"}
            for side, row in (("a", rows[label["first"]]), ("b", rows[label["second"]])):
                basis = "unknown" if row["said_on"] is None else "stated"
                pair |= {side: row["text"], f"{side}_speaker": row["speaker"], f"{side}_page": row["url"]}
                pair |= {f"{side}_day": row["said_on"], f"{side}_basis": basis}
            pairs.append(pair | {"note": f"{label['first']} {label['second']}"})
    return pairs


def labelled(table: Path = TABLE) -> dict[str, list[Pair]]:
    """Every set of pairs by its name; the table's where it is there."""
    blind = written_pairs("blind_utterance_pairs.jsonl")
    sets = {
        f"in sample: {name}": written_pairs(f"{name}.jsonl") for name in ("utterance_pairs", "fresh_utterance_pairs")
    }
    if table.is_file():
        sets["in sample: table_pairs"] = table_pairs(table)
    sets["blind, mended half"] = [pair for pair in blind if pair["pair"] % 2]
    sets[UNREAD] = [pair for pair in blind if pair["pair"] % 2 == 0]
    return sets


def report(name: str, pairs: Sequence[Pair], found: Sequence[bool], *, listed: bool = False) -> None:
    """Print precision and recall over ``pairs``."""
    right = sum(one and pair["same"] for one, pair in zip(found, pairs, strict=True))
    wanted = sum(pair["same"] for pair in pairs)
    precision, recall = right / max(sum(found), 1), right / max(wanted, 1)
    print(f"{name:32} n = {len(pairs):3}, {wanted:3} of one utterance", end="  ")
    print(f"precision {precision:.3f} ({right} of {sum(found)})  recall {recall:.3f} ({right} of {wanted})")
    for one, pair in zip(found, pairs, strict=True):
        if listed and one != pair["same"]:
            print(f"    {'joined' if one else 'apart'}: {pair['note']}")


def main() -> int:
    """Print the figures with their sample sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--table", type=Path, default=TABLE, help="the shared table of statements")
    parser.add_argument("--encoder", default="base", help="“none” groups by words alone")
    parser.add_argument("--size", type=int, default=20_000)
    arguments = parser.parse_args()
    sets = labelled(arguments.table)
    encoder = None if arguments.encoder == "none" else load_encoder(arguments.encoder)
    found = {name: [same_statement(pair, encoder) for pair in pairs] for name, pairs in sets.items()}
    print(f"encoder {arguments.encoder}")
    for name, pairs in sets.items():
        report(name, pairs, found[name], listed=name != UNREAD)
    report("all", list(chain(*sets.values())), list(chain(*found.values())))
    for size in (arguments.size // 4, arguments.size):
        print(f"{size} made-up quotes: {seconds_for(size):.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

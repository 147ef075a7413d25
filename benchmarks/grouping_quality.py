"""How well prints are grouped: precision and recall over labelled pairs, and the time a large corpus takes.

    python benchmarks/grouping_quality.py [tests/data/utterance_pairs.jsonl] [--encoder small] [--size 20000]

Each row holds two prints with speaker, day and basis, and whether they are of one utterance.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.embedding import Encoder, embed, load_encoder
from analysis.grouping import group
from analysis.schema import Basis, Citation, Kind, Quote, identifier

PAIRS = Path(__file__).resolve().parent.parent / "tests" / "data" / "utterance_pairs.jsonl"


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


def same_statement(pair: Mapping[str, Any], encoder: Encoder | None) -> bool:
    """Whether grouping gives both prints of ``pair`` one statement."""
    prints = [
        quote(f"{pair['pair']}{side}", pair[side], *(pair[f"{side}_{key}"] for key in ("speaker", "day", "basis")))
        for side in ("a", "b")
    ]
    vectors = embed([one.text for one in prints], encoder) if encoder else None
    grouped, _ = group(prints, {}, vectors, NoOffices())
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


def main() -> int:
    """Print the figures with their sample sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, nargs="?", default=PAIRS)
    parser.add_argument("--encoder", default="small", help="“none” groups by words alone")
    parser.add_argument("--size", type=int, default=20_000)
    arguments = parser.parse_args()
    pairs = [json.loads(line) for line in arguments.pairs.read_text(encoding="utf-8").splitlines()]
    encoder = None if arguments.encoder == "none" else load_encoder(arguments.encoder)
    found = [same_statement(pair, encoder) for pair in pairs]
    right = sum(one and pair["same"] for one, pair in zip(found, pairs, strict=True))
    wanted = sum(pair["same"] for pair in pairs)
    print(f"labelled pairs: n = {len(pairs)}, {wanted} of one utterance, encoder {arguments.encoder}")
    print(f"  precision {right / max(sum(found), 1):.3f} ({right} of {sum(found)})")
    print(f"  recall    {right / wanted:.3f} ({right} of {wanted})")
    for one, pair in zip(found, pairs, strict=True):
        if one != pair["same"]:
            print(f"  {'joined' if one else 'apart'}: {pair['note']}")
    for size in (arguments.size // 4, arguments.size):
        print(f"{size} made-up quotes: {seconds_for(size):.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

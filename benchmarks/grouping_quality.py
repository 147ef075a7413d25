"""How well prints are grouped: precision and recall over labelled prints, and the time a large corpus takes.

    python benchmarks/grouping_quality.py [--table TABLE] [--encoder base] [--size 5000]

``benchmarks/labelled_prints.py`` says where the labels come from. Pairs are grouped two by two; an occasion, and the
rows of the shared table, all at once, as a build does. Figures are of pairs, with 95 % intervals (Wilson).
What is encoded is kept in the user's cache: the first run takes a minute or two more.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain, combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.embedding import Encoder, VectorCache, embed, load_encoder
from analysis.grouping import aligner_for, group
from analysis.grouping.scales import SCALES
from analysis.schema import Quote
from benchmarks.labelled_prints import (
    TABLE,
    TABLE_PAIRS,
    UNREAD,
    NoOffices,
    Pair,
    Printed,
    labelled,
    occasion_pairs,
    occasions,
    prints_of,
    quote,
    table_labels,
    table_rows,
)

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "on-record" / "benchmarks"
Judged = list[tuple[bool, bool, str]]  # of a pair: whether it is of one utterance, whether it was joined, and its note


class Grouping:
    """Grouping with an encoder, each text of which is encoded once and kept."""

    def __init__(self, encoder: Encoder | None, *, aligned: bool) -> None:
        self._encoder = encoder
        self._cache = VectorCache(CACHE)
        self._aligner = aligner_for(encoder, self._cache) if aligned else None

    def warm(self, pairs: Sequence[Pair], prints: Sequence[Quote]) -> None:
        """Encode all that is to be grouped, in one go."""
        if self._encoder is None:
            return
        texts = sorted({pair[side] for pair in pairs for side in "ab"} | {one.text for one in prints})
        of = dict(zip(texts, embed(texts, self._encoder, self._cache), strict=True))
        if self._aligner is not None and self._encoder.name in SCALES:
            least = SCALES[self._encoder.name].aligned_near
            self._aligner.signs(
                [(pair["a"], pair["b"]) for pair in pairs if float(of[pair["a"]] @ of[pair["b"]]) >= least]
            )

    def statements(self, prints: Sequence[Quote]) -> list[str | None]:
        """The statement of each print."""
        vectors = embed([one.text for one in prints], self._encoder, self._cache) if self._encoder else None
        name = self._encoder.name if self._encoder else "none"
        grouped, _ = group(prints, {}, vectors, NoOffices(), name, self._aligner)
        return [one.statement_id for one in grouped]

    def pairs(self, pairs: Sequence[Pair]) -> Judged:
        """Each pair grouped by itself."""
        found = [self.statements(prints_of(pair)) for pair in pairs]
        return [(pair["same"], one == other, pair["note"]) for pair, (one, other) in zip(pairs, found, strict=True)]

    def occasions(self, sets: Sequence[Sequence[Printed]]) -> Judged:
        """All pairs of each occasion's prints, grouped at once."""
        judged: Judged = []
        for prints in sets:
            found = self.statements(
                [quote(one["outlet"], one["text"], one["speaker"], one["day"], one["basis"]) for one in prints]
            )
            for (first, one), (second, other) in combinations(zip(prints, found, strict=True), 2):
                note = f"{first['text']} | {second['text']}"
                judged.append((first["utterance"] == second["utterance"], one == other, note))
        return judged

    def table(self, rows: dict[str, Quote]) -> Judged:
        """The labelled pairs of the table's rows, all of which are grouped at once."""
        of = dict(zip(rows, self.statements(list(rows.values())), strict=True))
        return [(same, of[first] == of[second], f"{first} {second}") for first, second, same in table_labels()]


def wilson(right: int, of: int) -> str:
    """A share with its 95 % interval, after Wilson (1927)."""
    if not of:
        return "none"
    z, share = 1.96, right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * (share * (1 - share) / of + z * z / (4 * of * of)) ** 0.5 / (1 + z * z / of)
    return f"{share:.3f} ({right} of {of}, {middle - half:.2f} to {middle + half:.2f})"


def report(name: str, judged: Judged, *, listed: bool = False) -> None:
    """Print precision and recall over what was judged."""
    right = sum(same and joined for same, joined, _ in judged)
    wanted = sum(same for same, *_ in judged)
    found = sum(joined for _, joined, _ in judged)
    print(f"{name:36} n = {len(judged):4}, {wanted:3} of one utterance", end="  ")
    print(f"precision {wilson(right, found)}  recall {wilson(right, wanted)}", flush=True)
    for same, joined, note in judged:
        if listed and same != joined:
            print(f"    {'joined' if joined else 'apart'}: {note}")


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


def judge(grouping: Grouping, table: Path, *, listed: bool) -> None:
    """Print the figures of every set of labels."""
    sets = labelled(table)
    to_fit, kept = list(occasions(kept=False).values()), list(occasions(kept=True).values())
    rows = table_rows(table) if TABLE_PAIRS in sets else {}
    every = [*chain(*sets.values()), *chain(*map(occasion_pairs, [*to_fit, *kept]))]
    grouping.warm(every, list(rows.values()))
    found = {name: grouping.pairs(pairs) for name, pairs in sets.items()}
    for name, judged in found.items():
        report(name, judged, listed=listed and name != UNREAD)
    report("all of these pairs", list(chain(*found.values())))
    report("in sample: occasions", grouping.occasions(to_fit), listed=listed)
    held = grouping.occasions(kept)
    report("occasions kept back", held)
    report("unread: blind half and kept back", [*found[UNREAD], *held])
    if rows:
        report("table_pairs, the whole table at once", grouping.table(rows), listed=listed)


def main() -> int:
    """Print the figures with their sample sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--table", type=Path, default=TABLE, help="the shared table of statements")
    parser.add_argument("--encoder", default="base", help="“none” groups by words alone")
    parser.add_argument("--without-tokens", action="store_true", help="know translations by vectors alone")
    parser.add_argument("--errors", action="store_true", help="list what went wrong, but for the unread")
    parser.add_argument("--size", type=int, default=5_000)
    arguments = parser.parse_args()
    encoder = None if arguments.encoder == "none" else load_encoder(arguments.encoder)
    print(f"encoder {arguments.encoder}")
    judge(Grouping(encoder, aligned=not arguments.without_tokens), arguments.table, listed=arguments.errors)
    for size in (arguments.size // 4, arguments.size):
        print(f"{size} made-up quotes: {seconds_for(size):.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

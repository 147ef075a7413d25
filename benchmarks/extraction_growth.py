"""How extraction's time grows with odd texts: processor seconds at two lengths, and the power of the growth.

    python benchmarks/extraction_growth.py [--length 200000] [--parser en_core_web_md] [--only marks …]

Each text is made of one pattern, at a quarter of the length and at the length; parsing and all of extraction
(quotations, speakers, days, mentions) are timed apart. 1.0 is linear growth, 2.0 the square. Exit code 0; 1 where
something above one second grows faster than the power 1.35, or anything raises.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from math import log
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.entities.gazetteer import Gazetteer
from analysis.entities.mentions import find_mentions
from analysis.extraction import extract
from analysis.parsing import load_parser, parse
from analysis.reading.assemble import assemble
from analysis.reading.fields import Fields
from analysis.settings import Settings

STEEPEST = 1.35
TEXTS: dict[str, Callable[[int], str]] = {
    "opening marks": lambda n: "“" * n,
    "straight marks": lambda n: '"' * n,
    "mixed marks": lambda n: "“”„«»‘’\"'``''" * (n // 14),
    "marks and spaces": lambda n: "“ " * (n // 2),
    "marks around letters": lambda n: "“a” " * (n // 4),
    "nested marks": lambda n: "“‘a " * (n // 8) + "’” " * (n // 6),
    "a mark left open on every line": lambda n: "“We agree, he said\n" * (n // 19),
    "one letter": lambda n: "a" * n,
    "no space": lambda n: "Lindsaid“we”." * (n // 13),
    "line breaks": lambda n: "\n" * n,
    "short lines": lambda n: "a b\n" * (n // 4),
    "spaces": lambda n: " " * n,
    "right to left": lambda n: "\u202eקל “שלום” אמר\u202c " * (n // 18),
    "Chinese": lambda n: "王毅表示，“中俄关系很好”。" * (n // 15),
    "labels": lambda n: "Anna Lind: I agree.\n\n" * (n // 21),
    "labels of many": lambda n: "".join(f"Anna {_name(i)}: I agree with you.\n\n" for i in range(n // 33)),
    "labels alone": lambda n: "A B:\n" * (n // 5),
    "letters": lambda n: "The message reads:\n\n“We agree.\n\n" * (n // 34),
    "a list of names": lambda n: "Anna Lind, Karl Berg, " * (n // 22),
    "names of many": lambda n: "".join(f"Anna {_name(i)} spoke. " for i in range(n // 22)),
    "one long sentence": lambda n: "Li said that Wang told Berg that " * (n // 33),
    "one long quotation": lambda n: f"“{'on and on ' * (n // 10)},” Qin Gang told reporters in Beijing on March 7.",
    "verbs of saying": lambda n: "said " * (n // 5),
    "pronouns": lambda n: "He said that she agreed. " * (n // 25),
    "days": lambda n: "On Monday he said on Tuesday, March 3, 2020. " * (n // 45),
    "colons": lambda n: "Lind: " * (n // 6),
    "brackets": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "wrapped lines": lambda n: "we said that the harbour would be open\nand that " * (n // 49),
}


def _name(number: int) -> str:
    """A surname of its own for each number."""
    letters = ""
    for _ in range(5):
        number, rest = divmod(number, 21)
        letters += "bcdfghjklmnpqrstvwxyz"[rest] + "aeiou"[(rest + number) % 5]
    return letters.capitalize()


def main() -> int:
    """Print a line for each pattern."""
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("--length", type=int, default=200_000, help="characters")
    options.add_argument("--parser", default=Settings.from_environment().parser, help="spaCy pipeline")
    options.add_argument("--only", nargs="*", help="names of patterns")
    chosen = options.parse_args()
    torch.set_num_threads(1)
    nlp = load_parser(chosen.parser)
    gazetteer = Gazetteer.load(Path(__file__).resolve().parent.parent / "data" / "gazetteer")

    def seconds(text: str) -> tuple[float, float]:
        document = assemble(text, source="made", doc_id="made", name="made", fields=Fields())
        start = time.process_time()
        parsed = next(parse(nlp, [document.text]))
        between = time.process_time()
        extract(document, parsed, gazetteer)
        find_mentions(document, parsed, gazetteer)
        return between - start, time.process_time() - between

    failed = 0
    print(f"{'pattern':32s}{'parse':>9s}{'power':>7s}{'extract':>9s}{'power':>7s}   {chosen.length} characters")
    for name, make in TEXTS.items():
        if chosen.only and name not in chosen.only:
            continue
        short, long = seconds(make(chosen.length // 4)), seconds(make(chosen.length))
        powers = [log(max(b, 0.001) / max(a, 0.001)) / log(4) for a, b in zip(short, long, strict=True)]
        steep = any(power > STEEPEST and spent > 1 for power, spent in zip(powers, long, strict=True))
        failed += steep
        print(
            f"{name:32s}{long[0]:9.2f}{powers[0]:7.2f}{long[1]:9.2f}{powers[1]:7.2f}{'   too steep' if steep else ''}",
            flush=True,
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

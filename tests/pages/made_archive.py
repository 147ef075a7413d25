"""A small archive made by hand, for tests of the pages: every case that a page must cope with, and no model.

Vectors are one-hot by subject, so that "close in meaning" is decided here and not by an encoder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from analysis.archive import Tables, publish
from analysis.schema import (
    Basis,
    Citation,
    Document,
    Entity,
    EntityKind,
    Kind,
    Office,
    Quote,
    Skipped,
    Span,
    Statement,
)

SUBJECTS = ("gas", "friend", "talk")
HOSTILE = "<img src=x onerror=alert(1)> **bold** [a](javascript:alert(1)) $x$ :red[y]"

# statement_id, speaker_id, name, side, day, basis, its words, kind, text
SAID = (
    (
        "s-gas",
        "wang-yi",
        "Wang Yi",
        "CN",
        "2023-02-22",
        "resolved",
        "on Wednesday",
        "direct",
        "Gas will flow for decades",
    ),
    (
        "s-pipe",
        "sergey-lavrov",
        "Sergey Lavrov",
        "RU",
        "2023-03-09",
        "dateline",
        None,
        "indirect",
        "a new gas pipe is planned",
    ),
    (
        "s-friend",
        "wang-yi",
        "Wang Yi",
        "CN",
        "2022-03-07",
        "stated",
        "7 March",
        "direct",
        "Our friendship is rock solid",
    ),
    (
        "s-joint",
        "china+russia",
        "China and Russia",
        "CN+RU",
        "2022-02-04",
        "stated",
        None,
        "direct",
        "Our friendship has no limits",
    ),
    ("s-talk", "wang-yi", "Wang Yi", "CN", None, "unknown", None, "mixed", "talks must go on, “step by step”"),
    ("s-nobody", None, None, None, "2024-05-16", "published", None, "direct", "Nobody wants talks to fail"),
    ("s-hostile", "left-office", HOSTILE, "RU", "2021-01-01", "stated", None, "direct", f"Read this: {HOSTILE}"),
)
OFFICES: dict[str, str] = {}  # offices other than the one that Wang Yi has
NAMED = {"s-talk": ("nato", "ukraine"), "s-nobody": ("ukraine",), "s-hostile": ("left-office", "ukraine")}


class SubjectEncoder:
    """An encoder whose vectors say only which of ``SUBJECTS`` a text speaks of."""

    name = "subjects"
    fingerprint = "subjects-1"
    dimensions = 4

    def encode(self, texts: Sequence[str], progress: object = None) -> np.ndarray:
        """(n, 4) float32, unit rows."""
        rows = np.array([[float(subject in text.lower()) for subject in SUBJECTS] + [0.1] for text in texts])
        unit: np.ndarray = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return unit


def document(document_id: str, title: str, said: Sequence[tuple]) -> tuple[Document, list[Quote]]:
    """A document that prints ``said``, a boilerplate line at its end, a footnote after each quotation."""
    text, quotes, citations = "", [], []
    for statement_id, speaker, name, side, day, basis, words, kind, spoken in said:
        text += f"{name or 'Somebody'} said: “"
        start = len(text)
        text += f"{spoken}”"
        citation = Citation(len(text), "Example Agency", f"Report on {statement_id}", "https://example.org/a?b=1", None)
        citations.append(citation)
        end = start + len(spoken)
        text += " and went on.\n\n"
        quotes.append(
            Quote(
                f"q-{document_id}-{statement_id}", document_id, start, end, spoken, Kind(kind), speaker, name, name,
                None, None, None, "said", None, None, None,
                date.fromisoformat(day) if day else None, Basis(basis), words, side, 0.9, citation, statement_id,
            )
        )  # fmt: skip
    boilerplate = Span(len(text), len(text) + 9)
    text += "Subscribe"
    made = Document(
        document_id, document_id, f"{document_id}.md", "https://example.org/doc", title, "On Record", None,
        date(2024, 6, 1), None, "en", "CC BY 4.0", text, hashlib.sha256(text.encode()).hexdigest(), (boilerplate,),
        tuple(citations),
    )  # fmt: skip
    return made, quotes


def publish_made(folder: Path, *, more: int = 0, reprinted: str = SAID[0][-1]) -> int:
    """Publish the archive in ``folder``; ``more`` adds that many statements by Wang Yi, a day apart.

    reprinted: the words of the first statement as the second document prints them.
    """
    later = [
        (f"s-more-{at:04d}", "wang-yi", "Wang Yi", "CN", str(date.fromordinal(735_000 + at)), "stated", None, "direct",
         f"Statement number {at} on friendly ties")
        for at in range(more)
    ]  # fmt: skip
    first, first_quotes = document("d-brief", "A week of diplomacy", [*SAID, *later])
    second, second_quotes = document("d-reprint", HOSTILE, [(*SAID[0][:-1], reprinted)])
    quotes = [*first_quotes, *second_quotes]
    prints = {row[0]: [quote for quote in quotes if quote.statement_id == row[0]] for row in [*SAID, *later]}
    statements = [
        Statement(
            sid, spoken, Kind(kind), speaker, name, tuple(speaker.split("+")) if speaker else (), side,
            tuple(side.split("+")) if side else (),
            OFFICES.get(sid, "Foreign Minister" if speaker == "wang-yi" else None),
            "Xinhua" if sid == "s-pipe" else None, date.fromisoformat(day) if day else None, Basis(basis), words, 0.9,
            len(prints[sid]), ("On Record",) if sid != "s-pipe" else ("Example Agency",), date(2024, 6, 1),
            ("no-limits",) if "no limits" in spoken else (),
            prints[sid][0].quote_id, "d-brief", "Example Agency", f"Report on {sid}", "https://example.org/a?b=1",
            NAMED.get(sid, ()),
        )
        for sid, speaker, name, side, day, basis, words, kind, spoken in [*SAID, *later]
    ]  # fmt: skip
    entities = [
        Entity("wang-yi", "Wang Yi", EntityKind.PERSON, "CN", ("Foreign Minister Wang",),
               (Office("Foreign Minister of China", date(2013, 3, 16), date(2022, 12, 30)),)),
        Entity("sergey-lavrov", "Sergey Lavrov", EntityKind.PERSON, "RU"),
        Entity("china", "China", EntityKind.STATE, "CN"),
        Entity("russia", "Russia", EntityKind.STATE, "RU"),
        Entity("nato", "NATO", EntityKind.ORGANISATION, "NATO"),
        Entity("ukraine", "Ukraine", EntityKind.STATE, "UA"),
        Entity("foreign-ministry", "Foreign Ministry of China", EntityKind.ORGANISATION, "CN", ("外交部",)),
        Entity("left-office", HOSTILE, EntityKind.PERSON, "RU"),
    ]  # fmt: skip
    encoder = SubjectEncoder()
    tables = Tables(
        documents=[first, second],
        quotes=quotes,
        statements=statements,
        entities=entities,
        skipped=[Skipped("broken.txt", "binary", "It holds bytes that are no text.")],
        quote_vectors=encoder.encode([quote.text for quote in quotes]),
        statement_vectors=encoder.encode([statement.text for statement in statements]),
    )
    return publish(folder, tables, inputs="made", gazetteer="made", parser="none", encoder="subjects")

"""What strangers would write to do harm, and an archive made of it twice: as documents that the pipeline reads, and as
tables that hold it letter for letter in every column, as if reading had let all of it through.

Whatever runs sets ``window.hacked``; whatever is fetched comes from ``evil.example``, which exists nowhere.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from analysis.archive import Tables, open_release, publish
from analysis.importing.laying import import_table
from analysis.pipeline import build
from analysis.queries.link_parameters import OWN
from analysis.schema import Basis, Citation, Document, Entity, EntityKind, Kind, Office, Quote, Skipped, Statement
from analysis.settings import Settings

MEGABYTE = 1_000_000
LONGEST = 1_000  # characters of a name or title that reading lets through
SECRET = "the password of the institute is swordfish"  # lies beside the documents, not among them
WORDS = {
    "script": "<script>window.hacked=1</script><img src=x onerror=window.hacked=2>",
    "svg": '<svg onload=window.hacked=3><a xlink:href="javascript:window.hacked=3"><text y=9>x</text></a></svg>',
    "attribute": "\" onmouseover=window.hacked=4 autofocus onfocus=window.hacked=4 x='",
    "frame": "'><iframe srcdoc='<script>parent.hacked=5</script>'></iframe></style></textarea></title>",
    "markdown": "[click](javascript:window.hacked=6) ![i](https://evil.example/i.png) **bold** `code` <https://evil.example>",
    "link": "[sign in again](https://evil.example/login)",
    "backslash": r"\[click](javascript:window.hacked=6) \<img src=x onerror=window.hacked=2> \\**bold** \:red[x] \\",
    "address": "www.evil.example https://evil.example/x HTTP://evil.example mail@evil.example",
    "latex": r"$\href{javascript:window.hacked=7}{x}$ $$\includegraphics{https://evil.example/x}$$ \(x\)",
    "directives": ":red[red] :material/bolt: :streamlit: :blue-badge[badge] :rainbow[x] :skull:",
    "plotly": "<b>bold</b><a href='https://evil.example'>x</a><br>%{customdata} %{x}",
    "template": "{0} {asked} {name.__class__.__mro__} %s %(x)s ${7*7} {{7*7}}",
    "bidi": "invoice\u202egnp.exe\u2066x\u2069 zero\u200bwidth\u200d\ufeff \u2028line\u2029paragraph",
    "formula": '=HYPERLINK("https://evil.example","x")',
    "plus": "+1+1|' /C calc'!A0",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "tab": "\t=1+1",
    "control": "bell\x07 escape\x1b[31m delete\x7f next\x85 null\x00 end",
    "filter": "' OR 1=1 --",
    "climbing": "../../../../etc/passwd",
    "tex": r"\input{/etc/passwd}} , x = {\write18{id}} % & _ # ~",
    "fields": "x\r\nTY  - FAKE\r\nUR  - javascript:window.hacked=8\r\nER  - ",
}
ADDRESSES = (
    "javascript:window.hacked=10",
    "JaVaScRiPt:window.hacked=10",
    " javascript:window.hacked=10",
    "java\tscript:window.hacked=10",
    "data:text/html,<script>window.hacked=11</script>",
    "vbscript:window.hacked=12",
    "file:///etc/passwd",
    "//evil.example/x",
    "http://127.0.0.1:1/latest/meta-data",
    "https://evil.example/\"onclick='window.hacked=13'>x",
    "https://evil.example/\r\nSet-Cookie: x=1",
)
FILE_NAMES = (
    "<img src=x onerror=window.hacked=9>.txt",
    "quoted ' \" $(id) `id`.txt",
    "two\nlines.txt",
    "x..%2f..%2fetc%2fpasswd.txt",
    "-rf.txt",
    "=1+1.txt",
    "invoice\u202etxt.exe.txt",
    "[x](javascript:alert(1)) :red[y] $z$.md",
)


@dataclass(frozen=True)
class Archive:
    """Where it lies, and the numbers of its releases: as they are, read, and read with a table imported besides."""

    folder: Path
    raw: int
    read: int
    imported: int


_built: list[Archive] = []


def built(factory: pytest.TempPathFactory) -> Archive:
    """The archive, made once for all tests."""
    if not _built:
        folder, archive = factory.mktemp("documents"), factory.mktemp("hostile")
        raw = publish_as_they_are(archive)
        read_for_real(folder, archive)
        _built.append(Archive(archive, raw, raw + 1, raw + 2))
    return _built[0]


def article(words: str, day: int = 7) -> str:
    """A text that gives ``words`` to somebody whom the gazetteer knows."""
    return (
        f"BEIJING, March {day}, 2023 (Wire) -- “The two sides will trade as they see fit, {words} and go on,” "
        f"Chinese Foreign Minister Qin Gang told reporters in Beijing on March {day}.\n\n"
        f"“Nobody can stop it: {words},” Russian Foreign Minister Sergey Lavrov said.\n"
    )


def note(number: int) -> str:
    """A short text that gives somebody words which are nobody else's, for what matters around it."""
    return f"MOSCOW, March 9, 2023 (Wire) -- “Gas rose by {number} per cent,” Foreign Minister Sergey Lavrov said.\n"


def write_documents(folder: Path) -> Path:
    """The corpus as files; the folder to read. A file that must not be read lies beside it, and a link leads there."""
    (folder / "secret.txt").write_text(article(SECRET), encoding="utf-8")
    given = folder / "given"
    given.mkdir()
    (given / "linked.txt").symlink_to(folder / "secret.txt")
    (given / "linked-folder").symlink_to(folder)
    for at, name in enumerate(FILE_NAMES):
        (given / name).write_text(note(200 + at), encoding="utf-8")
    (Path(os.fsdecode(os.fsencode(given) + b"/bytes\xff\xfe.txt"))).write_text(article("in bytes"), encoding="utf-8")
    for number, (name, words) in enumerate(WORDS.items()):
        plain = words.replace("\x00", "\ufffd")
        (given / f"{name}.txt").write_text(article(plain), encoding="utf-8")
        fields = {"title": words, "publisher": words, "author": words, "url": words, "licence": words, "lang": words}
        sources = "".join(
            f"- {{id: {at}, publisher: {json.dumps(words)}, title: {json.dumps(words)}, url: {json.dumps(address)}}}\n"
            for at, address in enumerate(ADDRESSES, start=1)
        )
        front = "".join(f"{key}: {json.dumps(value)}\n" for key, value in fields.items())
        body = note(number).replace(",” Foreign", ",”[^1][^9] Foreign")
        (given / f"{name}.md").write_text(f"---\n{front}sources:\n{sources}---\n# {plain}\n\n{body}", encoding="utf-8")
    (given / "rows.jsonl").write_text("".join(_lines()), encoding="utf-8")
    _write_traps(given)
    return given


def _lines() -> Iterator[str]:
    for number, (name, words) in enumerate(WORDS.items(), start=100):
        for address in ADDRESSES if name == "script" else ADDRESSES[:1]:
            row = {"doc_id": words, "text": note(number), "title": words, "publisher": words, "url": address}
            yield json.dumps(row | {"author": [words, {}, 7], "lang": words, "licence": words, "date": words}) + "\n"
    yield json.dumps({"text": article("\ud800 lone \udfff"), "title": "\ud800", "doc_id": "\udfff"}) + "\n"
    long = "W" * MEGABYTE
    yield (
        json.dumps({"text": article("in short"), "title": long, "publisher": long, "author": long, "doc_id": long})
        + "\n"
    )
    yield '{"text": ' + "[" * 100_000 + "\n"
    yield '{"text": "x", "date": ' + "9" * 10_000 + "}\n"


def _write_traps(given: Path) -> None:
    """Files that take a reader's memory or time, or that are no text."""
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    (given / "bomb.md").write_text(
        f"---\n{bomb}title: *i\nsources: *i\n---\n{article('after the bomb')}", encoding="utf-8"
    )
    (given / "object.md").write_text(
        '---\ntitle: !!python/object/apply:os.system ["id"]\n---\nWords.\n', encoding="utf-8"
    )
    (given / "long-line.txt").write_text("W" * MEGABYTE + " " + article("after a long word"), encoding="utf-8")
    (given / "long-head.txt").write_text(
        f"one two three {'W' * MEGABYTE}\n\n{article('below a long head')}", encoding="utf-8"
    )
    (given / "long-quote.txt").write_text(article("on and on " * 500), encoding="utf-8")
    (given / "long-name.txt").write_text(f"“We trade,” {'Ivan ' * 4_000}Petrov told reporters.\n", encoding="utf-8")
    (given / "open-quotes.txt").write_text("“" * 20_000 + article("after open quotes"), encoding="utf-8")
    (given / "brackets.md").write_text("[" * 20_000 + "](" * 20_000 + article("after brackets"), encoding="utf-8")
    (given / "zeros.txt").write_bytes(b"\x00" * 1000)
    (given / "latin.txt").write_bytes(article("caf\xe9").encode("latin-1", "replace"))


def write_table(folder: Path) -> Path:
    """A table of quotations with the same in every column."""
    path = folder / "table.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(
            ["id", "text", "speaker", "role", "said_on", "context", "title", "publisher", "url", "licence", "lang"]
        )
        for at, (name, given) in enumerate(WORDS.items()):
            address, words = ADDRESSES[at % len(ADDRESSES)], given.replace("\x00", "")
            table.writerow(
                [
                    f"row-{name}",
                    f"{words} we say, {name}",
                    words,
                    words,
                    "2023-03-09",
                    *[words] * 3,
                    address,
                    words,
                    words,
                ]
            )
        long = "W" * MEGABYTE
        table.writerow(
            ["row-long", "We trade as we see fit", long, long, "2023-03-09", long, long, long, "", long, long]
        )
    return path


def read_for_real(folder: Path, archive: Path) -> None:
    """Read, extract, group and encode the corpus as users do, into the next releases of ``archive``."""
    settings = replace(Settings(), archive=archive, encoder="small", parser="en_core_web_sm", work=folder / "work")
    build([write_documents(folder)], settings, workers=1)
    import_table(write_table(folder), settings, workers=1)


def publish_as_they_are(archive: Path) -> int:
    """A release whose every column holds the words as they are, in one row one word as long as reading lets through."""
    # here, since it stands among the tests of the pages
    from made_archive import SubjectEncoder

    encoder = SubjectEncoder()
    rows = {**WORDS, "long": "W" * LONGEST}
    made = [_row(name, words, ADDRESSES[at % len(ADDRESSES)]) for at, (name, words) in enumerate(rows.items())]
    quotes = [quote for _, quote, _, _ in made]
    statements = [statement for _, _, statement, _ in made]
    tables = Tables(
        documents=[document for document, _, _, _ in made],
        quotes=quotes,
        statements=statements,
        entities=[entity for _, _, _, entity in made],
        skipped=[Skipped(words[:2000], "broken", words[:2000]) for words in WORDS.values()],
        quote_vectors=encoder.encode([quote.text for quote in quotes]),
        statement_vectors=encoder.encode([statement.text for statement in statements]),
    )
    return publish(archive, tables, inputs="made", gazetteer="made", parser="none", encoder="subjects")


def _row(name: str, words: str, address: str) -> tuple[Document, Quote, Statement, Entity]:
    """One document, its quotation, statement and speaker, all of them named and worded so."""
    own = words[:300] or name  # identifiers: no longer than those that addresses carry
    said = f"{words[:5000]} friend"
    text = f"He said: “{said}” and {words[:5000]}."
    citation = Citation(len(text), words, words, address, None)
    day = date(2023, 3, 7)
    document = Document(
        own, own, words, address, words, words, words, day, words, words, words, text, "0" * 64, citations=(citation,)
    )
    quote = Quote(
        own, own, 10, 10 + len(said), said, Kind.DIRECT, own, words, None, None, None, words, None, None, None, words,
        day, Basis.STATED, words, own[:40], 0.9, citation, own,
    )  # fmt: skip
    statement = Statement(
        own, said, Kind.DIRECT, own, words, (own,), own[:40], (own[:40],), words, words, day, Basis.STATED, words, 0.9,
        1, (words,), day, (own,), own, own, words, words, address, (own,),
    )  # fmt: skip
    office = Office(words, date(2013, 3, 16), None)
    return document, quote, statement, Entity(own, words, EntityKind.PERSON, own[:40], (words,), (office,), words)


def views(folder: Path, number: int) -> dict[str, list[dict]]:
    """By page, what to open it with: nothing, and something that the release has."""
    release = open_release(folder, number)
    row = release.statements.iloc[0]
    statement, document = str(row["statement_id"]), str(row["document_id"])
    speaker = next(each[0] for each in release.statements["speaker_members"] if len(each))
    entity = str(release.columns("entities", ["entity_id"])["entity_id"][0])
    several = [str(each) for each in release.statements["statement_id"][:12]]
    who = list(dict.fromkeys(each[0] for each in release.statements["speaker_members"] if len(each)))
    chosen: dict[str, list[dict]] = {
        "timeline": [{"statement": statement}, {"lanes": "speaker", "by": "month"}, {"lanes": "publisher"}],
        "search": [{"q": "friend", "q2": "trade"}, {"like": statement}],
        "speakers": [{"profile": speaker}],
        "entities": [{"profile": entity}, {"view": "network"}],
        "compare": [{"who": [f"speaker:{each}" for each in who[:3]], "q": "trade friend", "pairs": "all"}],
        "document": [{"document": document, "quote": str(row["quote_id"])}],
        "statement": [{"statement": each} for each in several[:4]],
        "dossier": [{"statement": several, "title": WORDS["markdown"]}],
    }
    return {page: [{}, *chosen.get(page, [])] for page in OWN}

"""Passages of six styles come out of the whole extraction with the day, and the basis, that their text supports.

``tests/data/dated_passages.jsonl`` holds one passage a line: the page's own day where one is known, the text, and for
words of each quotation the day (null: none that the text supports) and the basis (null: either that gives no day). A
``slip`` names what is known to go wrong before dating.
"""

from __future__ import annotations

import json
from datetime import date

import pytest

from analysis.entities.gazetteer import Gazetteer
from analysis.extraction import extract
from analysis.parsing import PARSERS, load_parser
from analysis.reading.assemble import assemble
from analysis.reading.fields import Fields
from analysis.schema import Basis, Quote
from analysis.settings import ROOT

PASSAGES = [json.loads(line) for line in (ROOT / "tests/data/dated_passages.jsonl").read_text("utf-8").splitlines()]


def quotes_by_words(passage: dict, parser: str, gazetteer: Gazetteer) -> list[tuple[dict, list[Quote]]]:
    published_on = date.fromisoformat(passage["published"]) if passage["published"] else None
    fields = Fields(title=passage["title"], published_on=published_on)
    document = assemble(passage["text"], source="p", doc_id="p", name="p", fields=fields)
    quotes = extract(document, load_parser(parser)(document.text), gazetteer)
    wanted = []
    for said in passage["said"]:
        at = document.text.index(said["words"])
        wanted.append((said, [one for one in quotes if one.start < at + len(said["words"]) and one.end > at]))
    return wanted


def is_right(said: dict, quote: Quote) -> bool:
    supported = None if quote.said_on_basis in (Basis.PUBLISHED, Basis.UNKNOWN) else quote.said_on
    day = date.fromisoformat(said["day"]) if said["day"] else None
    evidence = quote.said_on_text is not None or supported is None
    return supported == day and said["basis"] in (None, str(quote.said_on_basis)) and evidence


@pytest.mark.parametrize("parser", sorted(PARSERS))
@pytest.mark.parametrize("passage", PASSAGES, ids=[passage["name"] for passage in PASSAGES])
def test_a_passage_s_quotations_get_their_days_and_no_others(passage: dict, parser: str, gazetteer: Gazetteer):
    for said, quotes in quotes_by_words(passage, parser, gazetteer):
        for quote in quotes if "slip" not in said else ():
            assert is_right(said, quote), (said, quote.text, quote.said_on, quote.said_on_basis, quote.said_on_text)


def test_nearly_all_of_the_passages_quotations_are_found(gazetteer: Gazetteer):
    wanted = [one for passage in PASSAGES for one in quotes_by_words(passage, "en_core_web_md", gazetteer)]
    assert len(wanted) >= 210
    assert sum(bool(quotes) for _, quotes in wanted) >= 0.97 * len(wanted)

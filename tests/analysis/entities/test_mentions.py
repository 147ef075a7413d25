from __future__ import annotations

import itertools
from dataclasses import replace

from spacy.language import Language

from analysis.entities.gazetteer import Gazetteer
from analysis.entities.mentions import find_mentions
from analysis.schema import Document, Mention, Span

TEXT = (
    "Chinese Foreign Minister Wang Yi met Tomas Halvorsen, a Norwegian trade official, in Oslo on Monday. "
    "Wang praised the talks, Xinhua reported. Halvorsen thanked Beijing, and the Kremlin took note.\n"
    "Subscribe to Global Times for more"
)


def document(text: str = TEXT) -> Document:
    return Document("d-1", "d", "d.txt", None, None, None, None, None, None, "en", None, text, "0" * 64)


def linked(mentions: list[Mention]) -> dict[str, str | None]:
    return {mention.text: mention.entity_id for mention in mentions}


def test_names_link_to_entities_and_surnames_to_the_full_name(parser: Language, gazetteer: Gazetteer):
    found = linked(find_mentions(document(), parser(TEXT), gazetteer))
    assert found["Wang Yi"] == found["Wang"] == "wang-yi"
    assert found["Tomas Halvorsen"] == found["Halvorsen"] == "tomas-halvorsen"
    assert found["Xinhua"] == "xinhua"
    assert found["Beijing"] == "china"
    assert found["Kremlin"] == "kremlin"


def test_mentions_stand_in_the_text_in_order_without_overlap(parser: Language, gazetteer: Gazetteer):
    found = find_mentions(document(), parser(TEXT), gazetteer)
    assert all(TEXT[mention.start : mention.end] == mention.text for mention in found)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))


def test_boilerplate_mentions_nobody(parser: Language, gazetteer: Gazetteer):
    start = TEXT.index("Subscribe")
    page = replace(document(), boilerplate=(Span(start, len(TEXT)),))
    assert "Global Times" in linked(find_mentions(document(), parser(TEXT), gazetteer))
    assert "Global Times" not in linked(find_mentions(page, parser(TEXT), gazetteer))


def test_a_name_that_only_the_parser_knows_stays_unlinked(parser: Language, gazetteer: Gazetteer):
    text = "The delegation left Trondheim and flew to Beijing."
    found = linked(find_mentions(document(text), parser(text), gazetteer))
    assert found.get("Trondheim", None) is None
    assert found["Beijing"] == "china"


def test_an_empty_text_mentions_nobody(parser: Language, gazetteer: Gazetteer):
    assert find_mentions(document(""), parser(""), gazetteer) == []

"""What the text itself says about its title, publisher and day; what it does not say stays unknown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analysis.reading import read_sources
from analysis.reading.assemble import assemble
from analysis.reading.fields import Fields
from analysis.schema import Document

BODY = "The minister said on Tuesday that the partnership would outlast any storm.\n\nHis guest agreed with every word."


def document(text: str, title: str | None = None) -> Document:
    return assemble(text, source="t", doc_id="t", name="t", fields=Fields(title=title))


@pytest.mark.parametrize(
    ("head", "day", "words"),
    [
        (" date 2021-03-04 Moscow, Mar 4 (PTI) ", date(2021, 3, 4), "date 2021-03-04"),
        ("Ministers praise their partnership\n\n8:05 04.03.2021 •\n\n", date(2021, 3, 4), "8:05 04.03.2021"),
        (
            "Ministers praise their partnership\nPublished: 4 March 2021\n\n",
            date(2021, 3, 4),
            "Published: 4 March 2021",
        ),
        ("Ministers praise their partnership\nMarch 4, 2021\n\n", date(2021, 3, 4), "March 4, 2021"),
        ("Ministers praise their partnership\nBy Jane Roe, March 4, 2021\n\n", date(2021, 3, 4), "March 4, 2021"),
        ("Xinhua | 2021-03-04 18:22:03 | Editor: someone\n\n", date(2021, 3, 4), "2021-03-04"),
        ("Updated 5 March 2021\nPublished 4 March 2021\n\n", date(2021, 3, 4), "Published 4 March 2021"),
        ("BEIJING, March 4, 2021 (Xinhua) -- ", date(2021, 3, 4), "March 4, 2021"),
        ("2021年3月4日\n\n", date(2021, 3, 4), "2021年3月4日"),
        ("4 марта 2021, 10:15\n\n", date(2021, 3, 4), "4 марта 2021"),
        ("", None, None),
        ("MOSCOW, March 4. /TASS/. ", None, None),
        ("The treaty of 16 July 2001 was signed by both presidents in the Kremlin.\n\n", None, None),
        ("03/04/2021\n\n", None, None),
        ("2021-02-30\n\n", None, None),
    ],
)
def test_the_publication_day_is_read_where_the_page_prints_it(head, day, words):
    found = document(head + BODY)
    assert (found.published_on, found.published_on_text) == (day, words)


@pytest.mark.parametrize(
    ("head", "tail", "publisher"),
    [
        ("BEIJING, March 4 (Xinhua) -- ", "", "Xinhua"),
        ("MOSCOW, March 4. /TASS/. ", "", "TASS"),
        ("", "\n\nThis article appeared in the Harbour Gazette print edition as: Old friends", "Harbour Gazette"),
        ("", "\n\nOriginal Source: www.example.org", "example.org"),
        ("", "\n\nSource: Harbour Gazette", "Harbour Gazette"),
        ("", "\n\n© 2021 Harbour Gazette. All rights reserved.", "Harbour Gazette"),
        ("", " The rest is silence, writes Bloomberg.", None),
        ("", " He spoke to the Harbour Gazette.", None),
    ],
)
def test_the_publisher_is_read_where_the_page_names_it(head, tail, publisher):
    assert document(head + BODY + tail).publisher == publisher


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Ministers praise ‘rock solid’ partnership\n\n", "Ministers praise ‘rock solid’ partnership"),
        ("Minister: partnership will outlast storms\n\n", "Minister: partnership will outlast storms"),
        ("Advertisement\nShare\n\nCan the partnership last?\n\n", "Can the partnership last?"),
        ("Topic\n\nMinisters praise their partnership\n\n8:05 04.03.2021\n\n", "Ministers praise their partnership"),
        ("", None),
        ("The minister arrived. He was late.\n\n", None),
        ("Vladimir Putin: Good afternoon\n\nWang Yi: Thank you\n\nVladimir Putin: Please\n\n", None),
    ],
)
def test_the_title_is_a_headline_above_the_text(head, title):
    assert document(head + BODY).title == title


def test_a_given_title_is_no_quote_where_the_text_repeats_it():
    found = document("“We are friends”: a visit\n\n" + BODY, title="“We are friends”: a visit")
    assert [found.text[one.start : one.end] for one in found.boilerplate] == ["“We are friends”: a visit"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The minister said so.", "en"), ("Министр так сказал.", "ru"), ("Міністр так сказав її.", "uk"),
        ("部长这样说。", "zh"), ("12", "und"),
    ],
)  # fmt: skip
def test_the_language_is_told_by_the_letters(text, lang):
    assert document(text).lang == lang


SEEDS = [
    ("000_f60cedb4808c4a14", None, "PTI", date(2025, 2, 27), "date 2025-02-27"),
    ("001_227b2405f0c5c29e", "China calls Russia ties ‘Solid as Rock’", None, date(2023, 2, 23), "9:58 23.02.2023"),
    ("002_08baf35a85005fd2", "China-Russia ties won’t be broken,", "South China Morning Post", None, None),
    ("003_ad573051a1971b14", "China stresses its cooperation", None, None, None),
    ("004_a402a77e2a5dc7e2", None, "cnn.com", None, None),
]


@pytest.mark.shared
@pytest.mark.parametrize(("name", "title", "publisher", "day", "words"), SEEDS)
def test_the_five_articles_say_who_printed_them_and_when(shared: Path, name, title, publisher, day, words):
    path = shared / "seeds" / f"{name}.txt"
    (found,) = read_sources([path], longest_document=100_000)
    assert isinstance(found, Document)
    assert found.text.encode() == path.read_bytes()
    assert (found.publisher, found.published_on, found.published_on_text) == (publisher, day, words)
    assert found.title == title or (title and str(found.title).startswith(title))

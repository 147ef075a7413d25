"""Lines that pages put around articles give no quotes; what somebody said is never among them."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reading.assemble import assemble
from analysis.reading.fields import Fields
from analysis.reading.plain_text import read_plain_text
from analysis.schema import Document

PARAGRAPHS = [
    "The minister said on Tuesday that the partnership would outlast any storm.",
    "His guest agreed, and both praised the work of their ambassadors.",
    "“We shall meet again before the year is out,” the minister added.",
    "Trade between the two neighbours has doubled in ten years.",
]

PAGE_LINES = [
    "- Advertisement -", "ADVERTISEMENT", "Subscribe to our newsletter", "Read more in our Telegram channel",
    "Sign up here to get the best of our reporting delivered to your inbox.", "Follow us on Facebook", "Learn more",
    "Share this article", "Read also: Old friends meet by the river", "RELATED: What the treaty says",
    "Envoy sees no end to a season of summits", "Why the Northern Harbour Matters to Both Capitals",
    "Ministers walk through the garden on Tuesday. Photo: Reuters", "A ship in the harbour [Photo/Xinhua]",
    "FILE PHOTO: Two flags on a table", "Most read", "Click here for more stories", "3 min read",
    "Facebook | Twitter | Print",
    "This article was first published in the Harbour Gazette", "© 2021 Harbour Gazette. All rights reserved.",
    "(Reporting by A. Person; Editing by B. Person)", "Story continues below", "By Jane Roe and John Doe",
]  # fmt: skip

CONTENT_LINES = [
    "Vladimir Putin: Yes.", "Question: And the pipeline?", "Xi Jinping (retranslated): Thank you", "“We agree”",
    "• Trade will be settled in national currencies", "- a first point about energy", "2. Visas are to be simplified",
    "He said no.", "“No limits,” he said", "And then?", "China will, as before, follow its own way,",
]  # fmt: skip


def page(line: str) -> Document:
    text = "\n\n".join([*PARAGRAPHS[:2], line, *PARAGRAPHS[2:]])
    return assemble(text, source="t", doc_id="t", name="t", fields=Fields(title="A visit"))


def excluded(found: Document) -> list[str]:
    return [found.text[one.start : one.end] for one in found.boilerplate]


@pytest.mark.parametrize("line", PAGE_LINES)
def test_a_line_of_the_page_inside_an_article_is_set_aside(line):
    assert excluded(page(line)) == [line]


@pytest.mark.parametrize("line", CONTENT_LINES)
def test_a_line_of_the_article_is_kept(line):
    assert excluded(page(line)) == []


def test_what_trails_the_last_paragraph_is_set_aside():
    text = "\n\n".join([*PARAGRAPHS, "More stories\nEnvoy sees no end to summits\nHarbour to be widened"])
    found = assemble(text, source="t", doc_id="t", name="t", fields=Fields())
    assert excluded(found) == ["More stories", "Envoy sees no end to summits", "Harbour to be widened"]


MESSY = """Home > World > Asia

World

Old neighbours, new pipeline: what ministers agreed in Harbin

By Ana Example
Staff correspondent

Updated 11:02 AM EST, Wed March 5, 2025
Listen
4 min

Foreign ministers shake hands in Harbin on Tuesday. Kyodo News/Getty Images

HARBIN — The two foreign ministers agreed on Tuesday to revive a pipeline project, the Chinese side said.

“We will not be hurried,” the Russian minister told reporters after the talks.

RELATED ARTICLE
Ministers quarrel over the price of gas

Analysts were less sure. “The price is still the question,” said an economist at a Shanghai university.

Get our weekly briefing

Enter your email

By signing up you agree to our privacy policy.

The pipeline was first proposed in 2006.

What do you think? Let us know in the comments.

Editor's Picks
Five charts on the gas trade
"""


def test_a_page_full_of_furniture_leaves_its_article():
    found = assemble(MESSY, source="t", doc_id="t", name="t", fields=Fields())
    aside = set(excluded(found))
    kept = [line for line in MESSY.split("\n") if line and line not in aside]
    assert [line[:22] for line in kept] == [
        "HARBIN — The two forei", "“We will not be hurrie", "Analysts were less sur", "The pipeline was first",
    ]  # fmt: skip
    assert found.title == "Old neighbours, new pipeline: what ministers agreed in Harbin"
    assert str(found.published_on) == "2025-03-05"


def test_a_transcript_keeps_its_short_lines():
    turns = [
        "Vladimir Putin: Good afternoon",
        "Wang Yi: Thank you",
        "Applause",
        "Vladimir Putin: Please go on",
        "Read more",
    ]
    found = assemble("\n\n".join(turns), source="t", doc_id="t", name="t", fields=Fields(title="A meeting"))
    assert excluded(found) == ["Read more"]


def test_lines_broken_at_a_fixed_width_are_no_headlines():
    words = " ".join(PARAGRAPHS * 6).split()
    text = "\n".join(" ".join(words[place : place + 6]) for place in range(0, len(words), 6))
    assert excluded(assemble(text, source="t", doc_id="t", name="t", fields=Fields())) == []


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_text_is_stored_as_it_stands_and_its_page_lines_lie_inside_it(text):
    found = assemble(text, source="t", doc_id="t", name="t", fields=Fields())
    assert found.text == text
    assert all(0 <= one.start < one.end <= len(text) for one in found.boilerplate)
    assert found == assemble(text, source="t", doc_id="t", name="t", fields=Fields())


@pytest.mark.parametrize(
    "piece", ["Share | ", "\n", "A\n", "By A A ", "© ", "(Photo", "Read more:\n\n", "\u2028", "1.1.2022 ", "…"]
)
def test_long_odd_text_is_read_in_seconds(piece):
    text = (piece * 500_000)[:500_000]
    begun = time.perf_counter()
    found = assemble(text, source="t", doc_id="t", name="t", fields=Fields())
    assert time.perf_counter() - begun < 15
    assert found.text == text


SEED_LINES = {
    "001_227b2405f0c5c29e": ["China calls Russia ties ‘Solid as Rock’", "read more in our Telegram-channel"],
    "002_08baf35a85005fd2": [
        "Get more with myNEWS", "Learn more", "Russia admits to world’s third-worst coronavirus death toll",
        "Moscow expecting nothing good from ‘Russophobia’ US under Biden",
        "Why China-Russia relations are warming up in the Arctic",
    ],
    "003_ad573051a1971b14": ["- Advertisement -", "Subscribe to our newsletter"],
    "004_a402a77e2a5dc7e2": ["Original Source: www.cnn.com"],
}  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize("name", SEED_LINES)
def test_the_articles_page_lines_are_set_aside(shared: Path, name):
    (found,) = read_plain_text(shared / "seeds" / f"{name}.txt", name, 100_000)
    assert isinstance(found, Document)
    assert set(SEED_LINES[name]) <= set(excluded(found))


@pytest.mark.shared
def test_transcripts_lose_nothing(shared: Path):
    with (shared / "corpora" / "kremlin_transcripts.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    for row in random.Random(40).sample(rows, 40):
        found = assemble(row["text"], source="t", doc_id="t", name="t", fields=Fields(title=row["title"]))
        assert all(not any(letter.isalpha() for letter in line) for line in excluded(found)), row["doc_id"]


@pytest.mark.shared
def test_gold_quotes_outside_headlines_are_not_set_aside(shared: Path):
    with (shared / "evaluation" / "polnear_dev.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    lost = asked = 0
    for row in rows[:150]:
        found = assemble(row["text"], source="t", doc_id="t", name="t", fields=Fields())
        for quote in row["quotes"]:
            asked += 1
            lost += any(max(one.start, quote["start"]) < min(one.end, quote["end"]) for one in found.boilerplate)
    assert asked > 3000
    assert lost <= asked * 0.003

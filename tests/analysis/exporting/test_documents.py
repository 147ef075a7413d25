"""Promises about Word and Markdown: what strangers wrote is only words, and each quotation has its citation."""

from __future__ import annotations

import html
import re

import docx
import pytest
from hypothesis import given, settings
from made import HOSTILE, NOTES, TEXTS, everywhere, exported, packed, words
from markdown_it import MarkdownIt

from analysis.exporting.markdown import escaped, write_markdown
from analysis.exporting.word import write_word
from analysis.exporting.words import one_line, xml_text

TWO = (
    {"statement_id": "st-a"},
    {"statement_id": "st-b", "kind": "indirect", "text": "ties would last", "said_on": None, "source_url": "ftp://x"},
)


def render(markdown):
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)


def word(export):
    return docx.Document(packed(write_word, export))


def links(document):
    return [link.address for line in document.paragraphs for link in line.hyperlinks]


@given(TEXTS)
def test_markdown_shows_any_text_letter_for_letter(text):
    shown = one_line(text).encode("utf-8", "replace").decode()
    rendered = render(escaped(text)).strip()
    assert html.unescape(rendered.removeprefix("<p>").removesuffix("</p>")) == shown
    assert re.findall(r"<[^>]*>", rendered) == (["<p>", "</p>"] if shown else [])


@pytest.mark.parametrize(
    "text", ["# head", "1. one", "1) one", "- a", "+ a", "> a", "=====", "---", "    code", "| a | b |", HOSTILE]
)
def test_no_text_is_markup(text):
    assert html.unescape(render(escaped(text)).strip()) == f"<p>{' '.join(text.split())}</p>"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("www.example.org", r"www\.example.org"),
        ("https://example.org", r"https\://example.org"),
        ("me@example.org", r"me\@example.org"),
        (":red[x]", r"\:red\[x\]"),
        (":smile:", r"\:smile:"),
        ("$x$", r"\$x\$"),
        ("[^1]", r"\[\^1\]"),
    ],
)
def test_what_extensions_recognise_is_escaped(text, source):
    assert escaped(text) == source


def test_plain_words_stay_readable_in_the_source():
    plain = "“We are firm,” he said on 7 March 2023; trade rose by 26.3 per cent (to 190 billion)."
    assert escaped(plain) == plain


def test_markdown_has_each_statement_with_its_note_and_its_citation():
    export = exported(*TWO, further={"note": ["Compare 2022.\n\nAnd *this*.", None]}, title="Firm ties")
    written = words(write_markdown, export)
    rendered = render(written)
    assert written.startswith("# Firm ties\n")
    assert "<h2>1. Wang Yi, Foreign Minister of China, 7 March 2023</h2>" in rendered
    assert "<blockquote>\n<p>“Ties are firm”</p>\n</blockquote>\n<p>Compare 2022.</p>\n<p>And *this*.</p>" in rendered
    assert "<blockquote>\n<p>ties would last</p>\n</blockquote>\n<p>Reported, not verbatim" in rendered
    assert '<a href="https://example.org/a?b=1">' in rendered
    assert "ftp://" not in rendered
    assert "release 3, statement st-b" in rendered
    assert '<li>“A briefing”, Outlet <a href="https://example.org/a?b=1">' in rendered
    assert "<strong>Licences:</strong> CC-BY-4.0: 2" in rendered


def test_a_word_document_has_each_statement_with_its_note_and_its_citation():
    document = word(exported(*TWO, further={"note": ["Compare 2022.\nAnd this.", None]}, title="Firm ties"))
    lines = [(line.style.name, line.text) for line in document.paragraphs]
    assert lines[0] == ("Title", "Firm ties")
    assert lines[1] == ("Heading 2", "1. Wang Yi, Foreign Minister of China, 7 March 2023")
    assert lines[2] == ("Quote", "“Ties are firm”")
    assert lines[3:5] == [("Normal", "Compare 2022."), ("Normal", "And this.")]
    assert lines[5][1] == ("“A briefing”, Outlet. https://example.org/a?b=1. Via On Record, release 3, statement st-a.")
    assert ("Quote", "ties would last") in lines
    assert any(text.startswith("Reported, not verbatim throughout. ") for _, text in lines)
    assert ("List Bullet", "“A briefing”, Outlet https://example.org/a?b=1 (1)") in lines
    assert "Licences: CC-BY-4.0: 2" in [text for _, text in lines]
    assert set(links(document)) == {
        "https://example.org/a?b=1",
        "https://example.org/record/statement?statement=st-a&release=3",
        "https://example.org/record/statement?statement=st-b&release=3",
        NOTES.link,
    }


@settings(max_examples=25)
@given(TEXTS)
def test_a_word_document_opens_whatever_the_text(text):
    document = word(exported(everywhere(text), further={"note": [text]}, title=text))
    quotes = [line.text for line in document.paragraphs if line.style.name == "Quote"]
    assert quotes == [f"“{xml_text(one_line(text))}”"]
    assert all(address.startswith(("http://", "https://")) for address in links(document))


def test_a_hostile_text_makes_no_link_and_no_field():
    export = exported(everywhere(HOSTILE), title=HOSTILE)
    assert links(word(export)) == [export.notes.statement_link("st-0123456789ab"), NOTES.link]
    assert "<b>" not in render(words(write_markdown, export))
    assert "javascript:" not in str(re.findall(r'href="[^"]*"', render(words(write_markdown, export))))


def test_the_only_day_in_a_word_document_is_the_release_s():
    about = word(exported(title="T")).core_properties
    assert f"{about.created:%Y-%m-%d} {about.modified:%Y-%m-%d}" == "2026-11-26 2026-11-26"
    assert about.author == "On Record"

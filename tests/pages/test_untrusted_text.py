"""Strangers' words reach a page as words only."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.web_address import web_address
from pages.parts import palette, text


@given(st.text())
def test_our_html_never_holds_markup_of_theirs(words):
    shown = text.highlighted(words, ["a", "b"])
    assert re.sub(r"</?mark>", "", shown).count("<") == 0
    assert text.escape(words).count("<") == 0
    assert text.escape(words).count('"') == 0


@given(st.text())
def test_markdown_labels_take_every_sign_literally(words):
    escaped = text.markdown(words)
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`\[\]<>$:]", escaped)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//host/x", "https://", "http://[bad", "x", "", None]
)
def test_only_web_addresses_become_links(address):
    assert web_address(address) is None
    assert "<a" not in text.outside_link(address, "label")


def test_a_link_s_address_and_label_are_escaped():
    made = text.outside_link('https://example.org/?a="><script>', "<b>")
    assert "<script>" not in made
    assert "&lt;b&gt;" in made


def test_neighbouring_words_are_highlighted_as_one_and_parts_of_words_are_not():
    assert text.highlighted("No limits, no-limits, unlimited", ["no", "limits"]) == (
        "<mark>No limits, no-limits</mark>, unlimited"
    )
    assert text.highlighted("中俄关系 has no limits", ["limits"]) == "中俄关系 has no <mark>limits</mark>"


def test_words_are_cut_at_a_word():
    assert text.shortened("one two three", 9) == "one two…"
    assert text.shortened("one\n two", 20) == "one two"


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("side", ["CN", "RU", "CN+RU", "US", "EU", "NATO", "UA", "expert", "media", None])
@pytest.mark.parametrize("background", ["#fdfcfa", "#16191d"])
def test_every_side_s_colour_stands_out_on_both_themes(side, background):
    lighter, darker = sorted((_luminance(palette.colour(side)), _luminance(background)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 3.0

"""docs/search.md says what is true: every example is understood, every filter is there."""

from __future__ import annotations

import re

from analysis.queries.query_language import ALIASES, FIELDS, parse


def test_every_example_is_understood_and_every_filter_explained(root):
    written = (root / "docs/search.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in written.splitlines() if line.startswith("| `")]
    examples = [example for row in rows for example in re.findall(r"`([^`]+)`", row)]
    assert len(examples) > 20
    for example in examples:
        assert parse(example).hints == (), example
        assert parse(example).conditions, example
    named = set(re.findall(r"`-?(\w+):", written))
    assert named == {*FIELDS, *ALIASES}


def test_what_near_adds_is_what_the_page_says(root):
    written = (root / "docs/search.md").read_text(encoding="utf-8")
    assert FIELDS["near"] == "said within 7 days of a day, 15 of a month, 90 of a year"
    assert FIELDS["near"] in written

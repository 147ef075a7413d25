"""What an address can ask for is declared once, as docs/links.md tells it."""

from __future__ import annotations

import re

import pytest

from analysis.queries.link_parameters import OWN, SELECTION, SHARED, page_of, release_of, twin


@pytest.mark.parametrize("page", OWN)
def test_every_documented_word_of_a_parameter_is_one_of_its_options(root, page):
    written = (root / "docs/links.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:4]] for line in written.splitlines() if line.startswith("| `/")]
    told = {
        name.strip("`"): set(re.findall(r"`([\w-]+)`", words)) for path, name, words in rows if path == f"`/{page}`"
    }
    for each in OWN[page]:
        if each.options and (words := told[each.name] - {"speakers", "q"}):
            assert words <= set(each.options), each.name


def test_words_and_days_that_no_release_has_fit_nothing():
    by_name = {each.name: each for each in (*SELECTION, *SHARED)}
    assert by_name["kind"].fits("direct")
    assert not by_name["kind"].fits("shouted")
    assert by_name["from"].fits("2022-02-24")
    assert not by_name["from"].fits("24.2.2022")
    assert by_name["speaker"].fits("外交部")
    assert not by_name["speaker"].fits("x" * 301)


@pytest.mark.parametrize(
    ("page", "values", "wanted"),
    [
        ("", [("side", "CN"), ("release", "3")], "api/overview?side=CN&release=3"),
        ("speakers", [("profile", "wang-yi"), ("release", "3")], "api/speakers/wang-yi?release=3"),
        ("document", [("document", "a/../b?c"), ("release", "3")], "api/documents/a%2F..%2Fb%3Fc?release=3"),
        ("document", [("title", "peace"), ("release", "3")], "api/documents?title=peace&release=3"),
        ("about", [("release", "3")], "api/releases"),
        ("add", [("release", "3")], None),
    ],
)
def test_a_page_s_address_becomes_its_route_s(page, values, wanted):
    assert twin(page, values) == wanted


def test_pages_and_releases_are_read_alike_by_pages_and_routes():
    assert page_of(None, 4) == (1, None)
    assert page_of("4", 4) == (4, None)
    assert str(page_of("5", 4)[1]) == "page “5” is not between 1 and 4"
    assert page_of("１", 4)[0] == 1
    assert release_of("03", [1, 3]) == 3
    assert release_of("²", [1, 2]) is None
    assert release_of(None, [1]) is None

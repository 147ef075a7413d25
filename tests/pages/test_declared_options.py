"""A page offers the words that its address can carry, and no others."""

from __future__ import annotations

import pytest

from analysis.queries.link_parameters import OWN
from pages.parts import (
    asking,
    compare_asking,
    compare_parts,
    directory,
    document_shelf,
    entity_directory,
    hit_list,
    language,
    speaker_directory,
    timeline_choices,
)

OFFERED = {
    ("search", "mode"): asking._MODES,
    ("search", "sort"): hit_list._SORTS,
    ("timeline", "lanes"): timeline_choices._LANES,
    ("timeline", "by"): timeline_choices._UNITS,
    ("timeline", "counts"): timeline_choices._COUNTS,
    ("document", "sort"): document_shelf._ORDERS,
    ("compare", "reach"): compare_asking._REACHES,
    ("compare", "by"): compare_parts._UNITS,
    ("speakers", "of_kind"): [directory.ANY, *directory.KINDS],
    ("speakers", "sort"): speaker_directory._ORDERS,
    ("entities", "of_kind"): [directory.ANY, *directory.KINDS],
    ("entities", "sort"): entity_directory._ORDERS,
}


@pytest.mark.parametrize(("page", "name"), OFFERED)
def test_what_a_page_offers_is_what_is_declared(page, name):
    declared = next(each for each in OWN[page] if each.name == name)
    assert set(map(str, OFFERED[page, name])) == set(declared.options)


def test_languages_are_those_of_the_pages():
    from analysis.queries.link_parameters import LANGUAGES

    assert set(LANGUAGES) == set(language.LANGUAGES)

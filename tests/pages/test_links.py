"""Addresses are a public interface: documented, permanent, and read the way they are written."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from pages.parts import links, places


def test_the_documented_addresses_are_those_of_the_program(root):
    written = (root / "docs/links.md").read_text(encoding="utf-8")
    common, pages = written.split("## Pages")
    named = set(re.findall(r"`(\w+)`", " ".join(line.split("|")[1] for line in common.splitlines() if "|" in line)))
    assert named == set(links.SHARED)
    rows = [[cell.strip().strip("`") for cell in line.split("|")[1:3]] for line in pages.splitlines() if "| `/" in line]
    documented = {f"/{place.path}": {name for path, name in rows if path == f"/{place.path}" and name} for place in
                  places.PLACES.values()}  # fmt: skip
    assert {path for path, _ in rows} == set(documented)
    for place in places.PLACES.values():
        assert documented[f"/{place.path}"] == set(place.parameters)


def test_no_page_s_own_parameter_is_also_a_filter():
    for place in places.PLACES.values():
        assert not set(place.parameters) & set(links.SHARED)


def test_a_link_made_on_a_page_opens_the_same_page_again(open_page):
    asked = {"q": "gas & “oil”", "mode": "words", "side": "CN"}
    link = open_page("search", **asked).code[0].value
    there = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
    assert there == asked | {"release": "1"}
    again = open_page("search", **there)
    assert again.code[0].value == link


def test_the_address_to_copy_is_that_of_what_is_shown_now(open_page):
    app = open_page("timeline")
    app.segmented_control(key="by").set_value("month").run()
    assert app.query_params["by"] == "month"
    assert "by=month" in app.code[0].value


def test_defaults_are_left_out_of_the_address(open_page):
    app = open_page("timeline", by="auto", list="dated", page="1", events="on")
    assert set(app.query_params) == {"release"}


def test_a_link_without_a_release_gets_the_one_that_it_shows(open_page):
    assert open_page("about").query_params["release"] == "1"

"""Every page leads to its JSON, and the JSON back to the page."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from analysis.queries.link_parameters import twin
from analysis.settings import Settings
from pages.parts import places
from routes.assembling import Interface

OPENED = {
    "timeline": {"side": "CN", "by": "month"},
    "search": {"q": "gas & oil", "side": "CN"},
    "speakers": {"profile": "wang-yi"},
    "entities": {"sort": "name"},
    "compare": {"who": ["side:CN", "side:RU"], "q": "friend"},
    "document": {"document": "d-brief"},
    "statement": {"statement": "s-gas"},
    "dossier": {"statement": ["s-gas", "s-talk"]},
}


def _for_programs(app) -> list[str]:
    drawn = " ".join(str(each.value) for each in app.get("html"))
    told = re.findall(r"For programs: (.*?)</p>", drawn)
    return [html.unescape(each) for each in re.findall(r'href="([^"]+)"', told[0])]


@pytest.mark.parametrize("path", [path for path in places.PLACES if twin(path, [])])
def test_a_page_s_json_is_there_and_leads_back(open_page, path):
    app = open_page(path or "overview", **OPENED.get(path, {}))
    link = app.code[0].value
    there = urlsplit(_for_programs(app)[0])
    client = TestClient(Interface(settings=Settings(api_rate=0)).alone(), base_url="http://record.example")
    answer = client.get(f"{there.path}?{there.query}")
    assert answer.status_code == 200
    assert answer.json()["notes"] == []
    back, shown = urlsplit(answer.json()["html_url"]), urlsplit(link)
    assert (back.path, back.query) == (shown.path or "/", shown.query)


@pytest.mark.parametrize(("path", "asked"), [("timeline", {"side": "CN"}), ("search", {"q": "gas"})])
def test_what_is_new_in_a_list_can_be_followed(open_page, path, asked):
    feed = urlsplit(_for_programs(open_page(path, **asked))[1])
    client = TestClient(Interface(settings=Settings(api_rate=0)).alone(), base_url="http://record.example")
    assert client.get(f"{feed.path}?{feed.query}").status_code == 200
    assert "release" not in feed.query  # else nothing is ever new

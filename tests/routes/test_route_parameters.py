"""Parameters are those of the pages; what cannot be used is said, and never widens an answer unsaid."""

from __future__ import annotations

import pytest
from made_archive import publish_made

from analysis.queries.link_parameters import OWN, SHARED, twin
from routes.catalogue import CATALOGUE

PATHS = {"": "overview", "document": "documents", "about": "releases"}


@pytest.mark.parametrize("page", OWN)
def test_whatever_a_page_can_be_asked_for_its_route_can_be(page):
    if twin(page, []) in (None, "api/releases"):  # it changes something, or is of all releases
        return
    at = f"/api/{PATHS.get(page, page)}" if page != "statement" else "/api/statements/{id}"
    route = next(each for each in CATALOGUE if each.name == at)
    moved = {route.identifier} if route.identifier else set()
    drawn = {"quote"} if page == "document" else set()  # of one text
    assert {each.name for each in (*OWN[page], *SHARED)} - moved - drawn <= set(route.known)


@pytest.mark.parametrize(
    ("query", "parameter", "told"),
    [
        ("sidee=CN", "sidee", "is nothing that /api/statements can be asked for"),
        ("sort=best", "sort", "give one of newest, oldest"),
        ("from=yesterday", "from", "a day such as 2022-02-24"),
        ("kind=shouted", "kind", "give one of direct, mixed, indirect"),
        ("page=two", "page", "give a whole number"),
        ("per_page=201", "per_page", "at most 200 rows"),
        ("page=1&page=2", "page", "is given 2 times; give it once"),
        ("release=-1", "release", "give a whole number"),
    ],
)
def test_what_no_release_could_answer_is_refused_with_its_place_and_a_way_on(client, query, parameter, told):
    answer = client.get(f"/api/statements?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["parameter"]) == (400, parameter)
    assert told in problem["detail"]


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("speaker=left-long-ago", "speaker “left-long-ago” is not in this archive"),
        ("side=CN&side=XX", "side “XX” is not in this archive"),
        (
            "from=2024-01-01&to=2022-01-01",
            "the days run backwards, 1 January 2024 to 1 January 2022; they were swapped",
        ),
        ("from=2023-02-30", "from “2023-02-30” is no date; write it as 2022-02-24"),
    ],
)
def test_what_this_release_does_not_have_is_said_as_the_page_says_it(client, query, note):
    answer = client.get(f"/api/statements?{query}")
    assert answer.status_code == 200
    assert answer.json()["notes"] == [note]


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/api/statements/s-gone", "id"),
        ("/api/documents/..%2F..%2Fetc%2Fpasswd", "id"),
        ("/api/speakers/nobody", "id"),
        ("/api/speakers/no%0Abody", "id"),
        ("/api/entities/nothing", "id"),
        ("/api/statements?release=7", "release"),
        ("/api/statements?page=9", "page"),
        ("/api/statements?page=0", "page"),
    ],
)
def test_what_is_not_there_is_not_found(client, address, parameter):
    answer = client.get(address)
    assert (answer.status_code, answer.json()["parameter"]) == (404, parameter)


def test_pages_of_a_list_follow_one_another_within_a_release(serve, tmp_path):
    publish_made(tmp_path, more=20)
    client, seen = serve(tmp_path), []
    at = "/api/statements?per_page=10&side=CN"
    while at:
        answer = client.get(at).json()
        assert (answer["from"], answer["to"]) == (len(seen) + 1, len(seen) + len(answer["statements"]))
        seen += [each["statement_id"] for each in answer["statements"]]
        at = answer["next"]
        assert at is None or "release=1" in at
    assert len(seen) == len(set(seen)) == answer["total"] == 24


def test_the_page_that_shows_the_same_is_named(client):
    answer = client.get("/api/search?q=gas+%26+oil&side=CN&mode=words&per_page=3&lang=ru").json()
    assert answer["html_url"] == "http://record.example/search?q=gas+%26+oil&mode=words&side=CN&release=1&lang=ru"
    assert answer["url"] == "http://record.example/api/search?q=gas+%26+oil&mode=words&per_page=3&side=CN&release=1"


def test_a_pinned_release_stays_while_a_newer_one_is_served_without_a_restart(serve, tmp_path):
    from analysis.queries import on_hand

    publish_made(tmp_path)
    client = serve(tmp_path)
    assert client.get("/api/statements").json()["total"] == 7
    publish_made(tmp_path, more=3)
    on_hand.forget()  # three seconds have gone by
    newest, pinned = client.get("/api/statements").json(), client.get("/api/statements?release=1").json()
    assert (newest["release"]["number"], newest["total"]) == (2, 10)
    assert (pinned["release"]["number"], pinned["total"]) == (1, 7)


def test_without_the_encoder_words_alone_are_searched_and_nobody_keeps_the_answer(serve, monkeypatch):
    from analysis import warming

    client = serve()
    monkeypatch.setattr(warming, "_state", {"thread": None})
    answer = client.get("/api/search?q=gas&release=1")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["notes"] == ["the encoder is not ready, so only words were searched; ask again in a moment"]
    assert [each["why"] for each in answer.json()["hits"]] == ["words", "words"]

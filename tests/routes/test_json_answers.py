"""Every route answers what its page shows, from the same release and the same filters."""

from __future__ import annotations

import pytest

from routes.catalogue import CATALOGUE

ANSWERED = {  # a route: the things that it lists in the archive made by hand, by the key that names them
    "/api/statements?side=CN": ("statements", "statement_id", ["s-gas", "s-friend", "s-joint", "s-talk"]),
    "/api/statements?side=CN&sort=oldest": ("statements", "statement_id", ["s-joint", "s-friend", "s-gas", "s-talk"]),
    "/api/statements?list=undated": ("statements", "statement_id", ["s-talk"]),
    "/api/statements?from=2023-01-01&to=2023-12-31": ("statements", "statement_id", ["s-pipe", "s-gas"]),
    "/api/search?q=gas": ("hits", "statement_id", ["s-gas", "s-pipe"]),
    "/api/search?q=gas&mode=words&sort=oldest": ("hits", "statement_id", ["s-gas", "s-pipe"]),
    "/api/search?q=side:RU": ("hits", "statement_id", ["s-pipe", "s-joint", "s-hostile"]),
    "/api/search?like=s-friend": ("hits", "statement_id", ["s-joint"]),
    "/api/speakers?side=CN": ("speakers", "speaker_id", ["wang-yi", "china", "russia"]),
    "/api/speakers?name=lavrov": ("speakers", "speaker_id", ["sergey-lavrov"]),
    "/api/speakers/wang-yi": ("statements", "statement_id", ["s-gas", "s-friend", "s-talk"]),
    "/api/entities": ("entities", "entity_id", ["ukraine", "left-office", "nato"]),
    "/api/entities?name=外交部": ("entities", "entity_id", ["foreign-ministry"]),
    "/api/entities/ukraine": ("statements", "statement_id", ["s-nobody", "s-hostile", "s-talk"]),
    "/api/documents?sort=most": ("documents", "document_id", ["d-brief", "d-reprint"]),
    "/api/documents?title=week": ("documents", "document_id", ["d-brief"]),
    "/api/dossier?statement=s-talk&statement=s-gas": ("statements", "statement_id", ["s-talk", "s-gas"]),
    "/api/releases": ("releases", "number", [1]),
}


@pytest.mark.parametrize("address", ANSWERED)
def test_a_list_holds_what_the_page_lists(client, address):
    answer = client.get(address).json()
    name, key, wanted = ANSWERED[address]
    assert [row[key] for row in answer[name]] == wanted
    assert answer["total"] == len(wanted)
    assert answer["notes"] == []


def test_every_route_of_the_catalogue_is_tried_here():
    tried = {address.partition("?")[0] for address in ANSWERED}
    others = {"/api/overview", "/api/timeline", "/api/compare", "/export.csv", "/feed.atom"}
    listed = {each.name for each in CATALOGUE if "{id}" not in each.name}
    assert listed <= tried | others


def test_a_statement_comes_with_every_print_and_both_addresses(client):
    answer = client.get("/api/statements/s-gas").json()
    assert answer["statement"]["text"] == "Gas will flow for decades"
    assert answer["statement"]["said_on"] == "2023-02-22"
    assert [each["document_id"] for each in answer["prints"]] == ["d-brief", "d-reprint"]
    assert answer["html_url"] == "http://record.example/statement?statement=s-gas&release=1"
    assert answer["url"] == "http://record.example/api/statements/s-gas?release=1"


def test_a_document_s_quotes_stand_at_their_offsets(client):
    answer = client.get("/api/documents/d-brief").json()
    text = answer["document"]["text"]
    assert answer["quotes"]
    assert all(text[each["start"] : each["end"]] == each["text"] for each in answer["quotes"])
    assert answer["document"]["licence"] == "CC BY 4.0"


def test_the_overview_counts_what_the_counts_leave_out(client):
    answer = client.get("/api/overview").json()
    assert answer["release_holds"] == {"statements": 7, "documents": 2}
    assert (answer["kept"]["undated"], answer["kept"]["nameless"], answer["kept"]["indirect"]) == (1, 1, 1)
    assert answer["latest"][0]["statement_id"] == "s-nobody"


def test_the_timeline_counts_each_lane_and_period(client):
    answer = client.get("/api/timeline?by=year&side=CN").json()
    counts = {(each["lane"], each["period"]): each["count"] for each in answer["counts"]}
    assert counts == {("CN", "2022"): 1, ("CN", "2023"): 1, ("CN+RU", "2022"): 1}
    assert (answer["kept"], answer["dated"], answer["undated"]) == (4, 3, 1)
    bar = client.get("/api/timeline?by=year&bar=CN.2023").json()["bar"]
    assert [each["statement_id"] for each in bar["statements"]] == ["s-gas"]


def test_a_comparison_says_how_much_each_side_says(client):
    answer = client.get("/api/compare?who=side:CN&who=side:RU&q=friend").json()
    assert [(each["who"], each["on_question"], each["alone"]) for each in answer["groups"]] == [
        ("side:CN", 2, 1),
        ("side:RU", 1, 0),
    ]
    assert answer["joint"] == 1
    assert client.get("/api/compare?who=side:CN").json()["groups"] == []


def test_a_hit_says_why_it_was_found(client):
    first = client.get("/api/search?q=gas").json()["hits"][0]
    assert (first["why"], first["closeness"], first["matched"], first["rank"]) == ("both", "very close", ["Gas"], 1)


def test_a_profile_says_who_it_is_and_who_is_quoted_beside(client):
    answer = client.get("/api/speakers/wang-yi").json()
    assert answer["speaker"]["name"] == "Wang Yi"
    assert answer["figures"] == {
        "statements": 3,
        "undated": 1,
        "first": "2022-03-07",
        "last": "2023-02-22",
        "years": {"2022": 1, "2023": 1},
    }
    assert "sergey-lavrov" in [each["speaker_id"] for each in answer["quoted_with"]]


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/api/speakers?profile=wang-yi&side=CN", "/api/speakers/wang-yi?side=CN&release=1"),
        ("/api/entities?profile=nato", "/api/entities/nato?release=1"),
        ("/api/documents?document=d-brief&sort=title", "/api/documents/d-brief?sort=title&release=1"),
    ],
)
def test_a_page_s_address_of_one_thing_leads_to_its_own(client, address, leads_to):
    answer = client.get(address)
    assert (answer.status_code, answer.headers["location"]) == (307, f"http://record.example{leads_to}")
    assert client.get(answer.headers["location"]).status_code == 200


def test_a_side_that_was_never_met_is_said_and_left_out(client):
    answer = client.get("/api/speakers?of_side=XX").json()
    assert answer["total"] == 5
    assert answer["notes"] == ["of_side “XX” is not in this list"]


def test_hostile_words_are_nothing_but_words(client):
    row = client.get("/api/statements/s-hostile")
    assert row.headers["content-type"] == "application/json"
    assert row.headers["x-content-type-options"] == "nosniff"
    assert row.json()["statement"]["text"].startswith("Read this: <img src=x")

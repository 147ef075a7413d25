"""Entities are counted once a statement, pairs where one statement names both; a picture of them never moves."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.queries.co_mentions import Link, Mentioned
from analysis.queries.network_layout import Box, label_positions, layout

STATEMENTS = pd.DataFrame(
    {
        "entities": [
            ("china", "russia"),
            ("china", "russia", "nato"),
            ("nato",),
            (),
            None,
            ("china", "taiwan"),
            ("china", "russia"),
        ]
    }
)
EVERY = np.ones(len(STATEMENTS), dtype=bool)


def test_each_statement_counts_once_for_each_that_it_names():
    mentioned = Mentioned(STATEMENTS)
    assert mentioned.counts() == {"china": 4, "russia": 3, "nato": 2, "taiwan": 1}
    assert mentioned.naming("nato").tolist() == [False, True, True, False, False, False, False]
    assert not mentioned.naming("mars").any()


def test_pairs_are_those_that_one_statement_names():
    network = Mentioned(STATEMENTS).network(EVERY)
    assert network.counts == (("china", 4), ("russia", 3), ("nato", 2), ("taiwan", 1))
    assert network.links == (
        Link("china", "russia", 3),
        Link("china", "nato", 1),
        Link("china", "taiwan", 1),
        Link("nato", "russia", 1),
    )


def test_a_network_around_one_entity_holds_what_is_named_with_it():
    network = Mentioned(STATEMENTS).network(EVERY, around="taiwan")
    assert network.counts == (("china", 1), ("taiwan", 1))


def test_only_what_the_filters_keep_is_drawn_and_no_more_than_asked():
    keep = np.array([True, True, True, False, False, False, False])
    network = Mentioned(STATEMENTS).network(keep, most=2)
    assert [name for name, _ in network.counts] == ["china", "nato"]
    assert network.links == (Link("china", "nato", 1),)


def test_the_picture_is_the_same_every_time_and_within_its_frame():
    network = Mentioned(STATEMENTS).network(EVERY)
    places = layout(network)
    assert places == layout(network)
    assert all(0 <= value <= 1 for place in places.values() for value in place)
    near = np.hypot(*np.subtract(places["china"], places["russia"]))
    far = np.hypot(*np.subtract(places["taiwan"], places["nato"]))
    assert near < far, "what is often named together is drawn together"


def test_one_or_no_entity_has_a_place():
    mentioned = Mentioned(STATEMENTS)
    assert layout(mentioned.network(EVERY, most=1)) == {"china": (0.5, 0.5)}
    assert layout(mentioned.network(~EVERY)) == {}


def test_labels_cover_neither_marks_nor_each_other():
    points = [(0.5, 0.5), (0.52, 0.5), (0.5, 0.5), (0.01, 0.97)]
    positions = label_positions(points, [10, 10, 10, 10], ["China", "Russia", "NATO", "Taiwan"], 600, 400)
    assert positions[0] == "top center"
    assert positions[3] == "middle right", "the only side that stays within the picture"
    assert len({position for position in positions if position}) >= 2
    assert Box(0, 0, 10, 10).meets(Box(5, 5, 15, 15))
    assert not Box(0, 0, 10, 10).meets(Box(10, 0, 20, 10))

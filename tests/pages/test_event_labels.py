"""Labels of events on a timeline can always be read: none stands on another, nor on a line."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from analysis.queries.events import Event
from pages.parts.event_marks import labels_that_fit

REACH = (date(2001, 1, 1), date(2026, 12, 31))
TITLES = st.text("abcdef ", min_size=3, max_size=70).filter(str.strip)
EVENTS = st.lists(
    st.builds(
        lambda day, title, kind: Event(f"{day}{title}", day, None, title, kind, None, (), None, None, None),
        st.dates(*REACH),
        TITLES,
        st.sampled_from(["war", "summit", "treaty", "talks"]),
    ),
    max_size=25,
)


@given(EVENTS, st.sampled_from([250, 500, 800]))
def test_no_label_covers_another_or_a_line_that_leads_to_one(events, room):
    labels = labels_that_fit(events, REACH, room)
    for one, other in combinations(labels, 2):
        assert one.clears(other)
        if one.row == other.row:
            assert min(one.end, other.end) - max(one.start, other.start) <= 4
    for label in labels:
        assert label.start >= 0
        assert label.end <= room + 1e-9


def test_an_event_near_the_right_edge_is_labelled_at_its_left():
    late = Event("late", date(2026, 10, 1), None, "A treaty late in the data", "treaty", None, (), None, None, None)
    (label,) = labels_that_fit([late], REACH, 500)
    assert label.is_left
    assert label.end == label.line


def test_there_are_no_labels_where_there_is_no_room():
    event = Event("e", date(2014, 3, 16), None, "Referendum", "war", None, (), None, None, None)
    assert labels_that_fit([event], REACH, 0) == []

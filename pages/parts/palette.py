"""Sides' colours and shapes: told apart by colour-blind readers, at least 3:1 against both themes' backgrounds.

The colours are Okabe and Ito's (2008, "Color Universal Design"), darkened where they were too light for a white
page. No meaning hangs on colour alone: lanes and labels carry the side in words.
"""

from __future__ import annotations

_SIDES = {
    "CN+RU": "#b0487a",  # reddish purple: both together
    "CN": "#d55e00",  # vermilion
    "RU": "#1f7fbf",  # blue
    "US": "#00906a",  # bluish green
    "EU": "#3f97ab",  # teal
    "NATO": "#7a6fc2",  # violet
    "UA": "#a8820a",  # ochre
    "expert": "#6f8791",  # slate
    "media": "#8c7b6b",  # umber
}
_REST = "#7d7f85"
QUERIES = ("#1f7fbf", "#d55e00", "#00906a", "#b0487a")  # of queries side by side, in their order
PALE = 0.5  # opacity of a bar that the archive's end leaves unfinished


def colour(side: object) -> str:
    """A side's colour; grey for those without one of their own and for an unknown side."""
    return _SIDES.get(side, _REST) if isinstance(side, str) else _REST


def pale(side: object) -> str:
    """A side's colour for what is unfinished."""
    return paler(colour(side))


def paler(of: str) -> str:
    """The colour "#d55e00" as that of what is unfinished."""
    red, green, blue = (int(of[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{PALE})"


def shape(kind: object) -> str:
    """The mark of a kind of quotation: filled for verbatim words, open for reported ones."""
    return {"direct": "circle", "mixed": "diamond", "indirect": "circle-open"}.get(str(kind), "square-open")

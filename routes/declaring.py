"""What each route can be asked for, declared once: checking and the OpenAPI description both read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.queries.link_parameters import OWN, SHARED, Parameter

if TYPE_CHECKING:
    from starlette.responses import Response

    from routes.asking import Asked

Content = dict[str, Any]
MOST_PER_PAGE = 200


def per_page(usual: int) -> Parameter:
    """How many rows an answer holds; as many as the page shows where nothing is asked."""
    means = f"Rows of one answer, at most {MOST_PER_PAGE}."
    return Parameter("per_page", means, pattern=r"[1-9][0-9]{0,2}", default=str(usual))


@dataclass(frozen=True, slots=True)
class Declared:
    """One route. ``answer`` makes what it holds beside the envelope, or the whole response of another kind."""

    path: str
    summary: str
    answer: Callable[[Asked], Content | Response]
    page: str | None = None  # path of the page that shows the same
    identifier: str | None = None  # the page's parameter that stands in the path
    parameters: tuple[Parameter, ...] = ()
    usual: int = 0  # rows of one answer; 0: it has no pages
    media: str = "application/json"
    cost: int = 1  # tokens, see ``rates``
    by_meaning: bool = False  # whether the encoder has a part in it
    is_pinned: bool = True  # whether ``release`` can be asked for

    @property
    def name(self) -> str:
        """As figures and the description name it: "/api/statements/{id}"."""
        return self.path.replace(":anything", "")

    @property
    def known(self) -> Mapping[str, Parameter]:
        """Everything that it can be asked for, by name."""
        shared = SHARED if self.is_pinned else ()
        return {each.name: each for each in (*self.parameters, *shared)}


def own(page: str, *, without: tuple[str, ...] = (), usual: int = 0) -> tuple[Parameter, ...]:
    """What only a page can be asked for, for its route; with ``per_page`` where there is a list."""
    found = tuple(each for each in OWN[page] if each.name not in without)
    return (*found, per_page(usual)) if usual else found

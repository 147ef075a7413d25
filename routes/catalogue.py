"""Every route of the interface: where it is, what it can be asked for, and which page shows the same."""

from __future__ import annotations

from analysis.queries.link_parameters import FED, OWN, Parameter
from routes import comparing, directories, documents, exporting, feeding, searching, statements, timelines
from routes.declaring import Declared, own, per_page

_SEARCH = {each.name: each for each in OWN["search"]}
_LISTED = {each.name: each for each in OWN["timeline"]}
_STATEMENTS = (
    Parameter("sort", "The order of the list.", ("newest", "oldest"), default="newest"),
    _LISTED["list"],
    _LISTED["page"],
)
_FOUND = tuple(_SEARCH[name] for name in ("q", "mode", "sort", "like", "far"))


def _listed(parameters: tuple[Parameter, ...], usual: int) -> tuple[Parameter, ...]:
    return (*parameters, per_page(usual))


CATALOGUE = (
    Declared(
        "/api/overview", "What the filters keep, counted, and what the counts leave out", statements.overview, page=""
    ),
    Declared(
        "/api/statements",
        "The statements that the filters keep",
        statements.several,
        page="timeline",
        parameters=_listed(_STATEMENTS, 10),
        usual=10,
    ),
    Declared(
        "/api/statements/{id:anything}",
        "One statement with every print",
        statements.one,
        page="statement",
        identifier="statement",
    ),
    Declared(
        "/api/search",
        "What a question finds, by words and meaning",
        searching.search,
        page="search",
        parameters=own("search", usual=10),
        usual=10,
        by_meaning=True,
        cost=2,
    ),
    Declared(
        "/api/timeline",
        "Counts by lane and period, and events",
        timelines.timeline,
        page="timeline",
        parameters=own("timeline"),
    ),
    Declared(
        "/api/speakers",
        "Who speaks",
        directories.speakers,
        page="speakers",
        parameters=own("speakers", usual=50),
        usual=50,
    ),
    Declared(
        "/api/speakers/{id:anything}",
        "One speaker, or institution and those who speak for it",
        directories.speaker,
        page="speakers",
        identifier="profile",
        parameters=own("speakers", without=("profile",), usual=5),
        usual=5,
    ),
    Declared(
        "/api/entities",
        "Whom and what statements name",
        directories.entities,
        page="entities",
        parameters=own("entities", usual=50),
        usual=50,
    ),
    Declared(
        "/api/entities/{id:anything}",
        "One entity, and who names it",
        directories.entity,
        page="entities",
        identifier="profile",
        parameters=own("entities", without=("profile",), usual=5),
        usual=5,
    ),
    Declared(
        "/api/compare",
        "Two or three sides or speakers on one question",
        comparing.compare,
        page="compare",
        parameters=own("compare"),
        by_meaning=True,
        cost=5,
    ),
    Declared(
        "/api/documents",
        "The texts that statements were found in",
        documents.documents,
        page="document",
        parameters=own("document", without=("quote",), usual=25),
        usual=25,
    ),
    Declared(
        "/api/documents/{id:anything}",
        "One text with its quotations",
        documents.document,
        page="document",
        identifier="document",
        parameters=own("document", without=("document",)),
    ),
    Declared(
        "/api/dossier",
        "Statements that somebody collected, with their notes",
        statements.collected,
        page="dossier",
        parameters=own("dossier", usual=12),
        usual=12,
    ),
    Declared("/api/releases", "Every release that can be asked for", documents.releases, page="about", is_pinned=False),
    Declared(
        "/export.csv",
        "Statements as a table: what the filters keep, or what a question finds",
        exporting.export,
        parameters=_FOUND,
        media="text/csv",
        by_meaning=True,
        cost=10,
    ),
    Declared(
        "/feed.atom",
        "What is new in a selection or a search",
        feeding.feed,
        parameters=tuple(_SEARCH[name] for name in FED),
        media=feeding.MEDIA,
        by_meaning=True,
        cost=2,
    ),
)

"""Every page: where its file lies, its permanent address, and what only it can be asked for."""

from __future__ import annotations

from dataclasses import dataclass

from pages.parts.language import mark


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its file, its permanent address, and the parameters that only it knows."""

    file: str
    path: str
    title: str
    icon: str
    help: str
    parameters: tuple[str, ...] = ()
    in_menu: bool = True


PLACES = {
    place.path: place
    for place in (
        Place(
            "pages/views/overview.py",
            "",
            mark("Overview"),
            ":material/newspaper:",
            mark("What the archive holds, at a glance"),
        ),
        Place(
            "pages/views/timeline.py",
            "timeline",
            mark("Timeline"),
            ":material/timeline:",
            mark("Statements along time, in lanes, with events"),
            ("lanes", "by", "counts", "bar", "statement", "event", "events", "list", "page"),
        ),
        Place(
            "pages/views/search.py",
            "search",
            mark("Search"),
            ":material/search:",
            mark("Find statements by their words or by what they mean"),
            ("q", "q2", "q3", "q4", "mode", "sort", "count", "like", "far", "page"),
        ),
        Place(
            "pages/views/speakers.py",
            "speakers",
            mark("Speakers"),
            ":material/groups:",
            mark("Who speaks, in which office, how often and when"),
            ("profile", "name", "of_kind", "of_side", "sort", "as", "event", "days", "list", "page"),
        ),
        Place(
            "pages/views/entities.py",
            "entities",
            mark("Entities"),
            ":material/hub:",
            mark("Whom and what statements name, and what they name together"),
            ("profile", "name", "of_kind", "of_side", "sort", "view", "as", "page"),
        ),
        Place(
            "pages/views/compare.py",
            "compare",
            mark("Compare"),
            ":material/compare_arrows:",
            mark("Two or three sides or speakers on one question"),
            ("who", "q", "reach", "as", "by", "names", "pair", "pairs"),
        ),
        Place(
            "pages/views/document.py",
            "document",
            mark("Document"),
            ":material/description:",
            mark("A text with everything that is quoted in it"),
            ("document", "quote", "title", "sort", "page"),
        ),
        Place(
            "pages/views/statement.py",
            "statement",
            mark("Statement"),
            ":material/article:",
            mark("One statement: its words, what they rest on, and every place where it is printed"),
            ("statement",),
            in_menu=False,  # reached from a statement, never without one
        ),
        Place(
            "pages/views/dossier.py",
            "dossier",
            mark("Dossier"),
            ":material/bookmarks:",
            mark("Statements that you collect, with your notes, to take along"),
            ("statement", "title", "notes", "page"),
        ),
        Place(
            "pages/views/about.py",
            "about",
            mark("About"),
            ":material/info:",
            mark("How speakers and dates are found, sources, licences and limits"),
        ),
    )
}

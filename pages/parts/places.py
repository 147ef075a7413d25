"""Every page: where its file lies, its permanent address, and what only it can be asked for."""

from __future__ import annotations

from dataclasses import dataclass

from access.roles import Act
from analysis.queries import link_parameters
from pages.parts.language import mark


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its file and its permanent address."""

    file: str
    path: str
    title: str
    icon: str
    help: str
    in_menu: bool = True
    act: Act = Act.READ  # what it is for; where nobody signs in there are no other pages

    @property
    def parameters(self) -> tuple[str, ...]:
        """What only it can be asked for."""
        return link_parameters.named(self.path)


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
        ),
        Place(
            "pages/views/search.py",
            "search",
            mark("Search"),
            ":material/search:",
            mark("Find statements by their words or by what they mean"),
        ),
        Place(
            "pages/views/speakers.py",
            "speakers",
            mark("Speakers"),
            ":material/groups:",
            mark("Who speaks, in which office, how often and when"),
        ),
        Place(
            "pages/views/entities.py",
            "entities",
            mark("Entities"),
            ":material/hub:",
            mark("Whom and what statements name, and what they name together"),
        ),
        Place(
            "pages/views/compare.py",
            "compare",
            mark("Compare"),
            ":material/compare_arrows:",
            mark("Two or three sides or speakers on one question"),
        ),
        Place(
            "pages/views/document.py",
            "document",
            mark("Documents"),
            ":material/description:",
            mark("A text with everything that is quoted in it"),
        ),
        Place(
            "pages/views/statement.py",
            "statement",
            mark("Statement"),
            ":material/article:",
            mark("One statement: its words, what they rest on, and every place where it is printed"),
            in_menu=False,  # reached from a statement, never without one
        ),
        Place(
            "pages/views/dossier.py",
            "dossier",
            mark("Dossier"),
            ":material/bookmarks:",
            mark("Statements that you collect, with your notes, to take along"),
        ),
        Place(
            "pages/views/add.py",
            "add",
            mark("Add documents"),
            ":material/note_add:",
            mark("Texts from your machine into the archive"),
            act=Act.ADD,
        ),
        Place(
            "pages/views/manage.py",
            "manage",
            mark("Manage"),
            ":material/settings:",
            mark("Which release visitors see, and what is kept"),
            act=Act.REPUBLISH,
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

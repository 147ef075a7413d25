"""What goes with exported statements so that they can be traced and cited: query, release, link and licences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from analysis.exporting.words import one_line
from analysis.web_address import written_out

if TYPE_CHECKING:
    from analysis.archive import Release

RIGHTS = (
    "The words remain their speakers' and publishers': quote them with the source that stands beside them. "
    "The licence given is that of the document in which the archive found them."
)
_NOT_STATED = "not stated"


class Order(StrEnum):
    """In which order statements come."""

    TIME = "oldest first, undated ones last"
    LATEST = "newest first, undated ones last"
    RANK = "best first"
    GROUPS = "group by group"
    COLLECTED = "as collected"
    TEXT = "as in the text"
    ONE = "one statement"


@dataclass(frozen=True)
class Notes:
    """Where exported statements come from.

    Links are whole where ``site`` is known; else they begin at the dashboard's root, with a slash.
    """

    release: int
    built: str  # the release's day of publication, ISO
    every: int  # statements in the release, selected or not
    licences: Mapping[str, str | None] = field(repr=False, default_factory=dict)  # by document
    selection: Mapping[str, Sequence[str]] = field(default_factory=dict)  # the filters, as a link carries them
    query: str = ""  # what was searched for
    order: Order = Order.TIME
    view: str = ""  # path and parameters of the page that shows the same, without a slash at the start
    site: str = ""  # the dashboard's address: "https://example.org/record"

    @classmethod
    def of(cls, release: Release, **about: object) -> Notes:
        """Notes on statements of ``release``; the rest as the fields have it."""
        documents = release.documents
        licences = dict(zip(documents["document_id"], documents["licence"], strict=True))
        built = release.manifest.published_at[:10]
        return cls(release.number, built, len(release.statements), licences, **about)  # type: ignore[arg-type]

    @property
    def link(self) -> str:
        """The address of the page that shows the same statements."""
        return self._address(self.view or f"timeline?release={self.release}")

    def statement_link(self, statement_id: object) -> str:
        """The address of a statement's page in this release."""
        return f"{self._root}/statement?statement={quote_plus(str(statement_id))}&release={self.release}"

    def licence(self, document_id: object) -> str | None:
        """The licence of a document; None where it is not stated."""
        found = self.licences.get(str(document_id))
        return found if isinstance(found, str) and found else None

    @cached_property
    def selected(self) -> str:
        """What filters and search asked for on one line, by identifiers: ``side=CN; from=2022-02-24``."""
        asked = [("query", self.query)] if self.query else []
        asked += [(name, value) for name, values in self.selection.items() for value in values]
        return "; ".join(f"{name}={one_line(value)}" for name, value in asked)

    def licence_counts(self, documents: Iterable[object]) -> list[tuple[str, int]]:
        """How many of ``documents``, one for each statement, have which licence; most first."""
        counts = Counter(self.licence(document) or _NOT_STATED for document in documents)
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))

    def lines(self, documents: Sequence[object]) -> list[tuple[str, str]]:
        """Everything as names and values, for a sheet or a list. ``documents``: one for each exported statement."""
        counts = self.licence_counts(documents)
        return [
            ("Source", "On Record: what was said about China–Russia relations"),
            ("Release", f"{self.release}, built {self.built}; a release never changes"),
            ("Statements", f"{len(documents):,} of {self.every:,} in the release"),
            ("Selection", self.selected or "every statement, nothing filtered out"),
            ("Order", self.order),
            ("Link", self.link),
            ("Licences", "; ".join(f"{licence}: {count:,}" for licence, count in counts) or _NOT_STATED),
            ("Rights", RIGHTS),
        ]

    def head(self, documents: Sequence[object]) -> dict[str, object]:
        """The same for programs."""
        return {
            "source": "On Record",
            "release": self.release,
            "built": self.built,
            "statements": len(documents),
            "of": self.every,
            "query": self.query or None,
            "selection": {name: list(values) for name, values in self.selection.items()},
            "order": self.order,
            "link": self.link,
            "licences": dict(self.licence_counts(documents)),
            "rights": RIGHTS,
        }

    @cached_property
    def _root(self) -> str:
        return written_out(self.site.rstrip("/"))

    def _address(self, path: str) -> str:
        return f"{self._root}/{written_out(path)}"

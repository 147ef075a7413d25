"""A request read: its parameters checked, its release opened, its filters applied, and what could not be used."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import parse_qsl, quote

import numpy as np

from analysis import warming
from analysis.archive import ArchiveError
from analysis.embedding import Encoder
from analysis.exporting.notes import Notes
from analysis.queries import on_hand
from analysis.queries.link_parameters import LANG, Parameter, Values, given, named, page_of, pairs, release_of, written
from analysis.queries.opened import Opened
from analysis.queries.selection import ReadSelection, Selection, read_selection
from routes.declaring import MOST_PER_PAGE, Declared
from routes.problems import Problem

LONGEST_QUERY_STRING = 48_000  # bytes; a dossier's notes are the longest that a page makes
_MOST_FIELDS = 1_000


def read_values(declared: Declared, query: bytes) -> Values:
    """The values of a query string by name, each of which some release could give a meaning; empty ones left out.

    Raises Problem: 414 where it is too long, 400 for a name that the route does not know, a value that is none, or
    one value too many.
    """
    if len(query) > LONGEST_QUERY_STRING:
        raise Problem(414, f"The query string has {len(query):,} bytes; at most {LONGEST_QUERY_STRING:,} are read.")
    try:
        fields = parse_qsl(
            query.decode("latin-1"), keep_blank_values=True, errors="replace", max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise Problem(400, f"The query string has more than {_MOST_FIELDS:,} values.") from error
    found: Values = {}
    for name, value in fields:
        if name not in declared.known:
            raise Problem(400, _strange(name, declared), name[:100])
        if value:
            found.setdefault(name, []).append(value)
    for name, values in found.items():
        _check(declared.known[name], values)
    return found


def _strange(name: str, declared: Declared) -> str:
    there = ", ".join(declared.known) or "nothing"
    return f"“{name[:100]}” is nothing that {declared.name} can be asked for. It takes: {there}."


def _check(parameter: Parameter, values: Sequence[str]) -> None:
    name = parameter.name
    if len(values) > parameter.most:
        most = f"at most {parameter.most} times" if parameter.most > 1 else "once"
        raise Problem(400, f"“{name}” is given {len(values)} times; give it {most}.", name)
    for value in values:
        if not parameter.fits(value):
            raise Problem(400, f"“{name}” is “{value[:100]}”; give {parameter.wanted}.", name)


@dataclass(frozen=True)
class Asked:
    """What a route is asked for, of which release. Made for one request; ``notes`` gathers what could not be used."""

    declared: Declared
    values: Mapping[str, Sequence[str]]
    identifier: str | None  # of the path
    opened: Opened
    there: Sequence[int]  # every release that can be asked for
    site: str
    notes: list[str] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        """A parameter's value; None where it is not given."""
        return next(iter(self.values.get(name, ())), None)

    def get_all(self, name: str) -> list[str]:
        """Every value of a parameter."""
        return list(self.values.get(name, ()))

    def word(self, name: str, default: str) -> str:
        """A parameter's value, or what holds without it."""
        return self.get(name) or default

    @cached_property
    def is_pinned(self) -> bool:
        """True where the release is named: then the answer never changes."""
        return self.get("release") is not None

    @cached_property
    def _read(self) -> ReadSelection:
        found = read_selection(self.values, self.opened.known)
        self.notes.extend(map(str, found.lost))
        return found

    @property
    def selection(self) -> Selection:
        """What the filters ask for; what this release does not have is left out of it and said in ``notes``."""
        return self._read.selection

    @cached_property
    def keep(self) -> np.ndarray:
        """Which statements the filters keep: (n,) bool."""
        kept = self.opened.facet_table.keeping(self.selection)
        return np.ones(len(self.opened.places), dtype=bool) if kept is None else kept

    @cached_property
    def places(self) -> np.ndarray:
        """Places of the statements that the filters keep, ascending: (m,) intp."""
        return np.flatnonzero(self.keep)

    @cached_property
    def kept(self) -> np.ndarray | None:
        """The same for those who count all quicker: None where the filters keep every statement."""
        return None if self.selection.is_empty else self.places

    @cached_property
    def encoder(self) -> Encoder | None:
        """The encoder, where the release has vectors and it is ready."""
        return warming.encoder() if self.opened.release.manifest.dimensions else None

    @property
    def waits_for_meaning(self) -> bool:
        """True where the answer would be another once the encoder is ready."""
        return self.asks_meaning and bool(self.opened.release.manifest.dimensions) and self.encoder is None

    @property
    def asks_meaning(self) -> bool:
        """True where the encoder may have a part in the answer."""
        return self.declared.by_meaning and any(self.get(name) for name in ("q", "q2", "q3", "q4"))

    def exported(self, **about: object) -> Notes:
        """What goes with exported statements of this release."""
        return self.opened.notes(site=self.site, **about)

    def size(self) -> int:
        """Rows of one answer. Raises Problem where too many are asked."""
        asked = int(self.get("per_page") or self.declared.usual)
        if asked > MOST_PER_PAGE:
            raise Problem(400, f"“per_page” is {asked}; at most {MOST_PER_PAGE} rows come at a time.", "per_page")
        return asked

    def part(self, total: int) -> tuple[int, slice]:
        """Which page of a list of ``total`` is asked for, and its rows. Raises Problem where there is no such page."""
        size = self.size()
        number, why = page_of(self.get("page"), -(-total // size))
        if why is not None:
            raise Problem(404, f"{why[:1].upper()}{why[1:]}.", "page")
        return number, slice((number - 1) * size, number * size)

    def own(self) -> dict[str, Sequence[str]]:
        """The values that are not shared by every page, without those of this interface."""
        names = [each.name for each in self.declared.parameters]
        return {name: self.values[name] for name in names if name in self.values and name != "per_page"}

    def html_url(self) -> str | None:
        """The page that shows the same; None where none does."""
        page = self.declared.page
        if page is None:
            return None
        own = {name: value for name, value in self.own().items() if name in named(page)}
        if self.declared.identifier and self.identifier is not None:
            own = {self.declared.identifier: [self.identifier], **own}
        return self.address(page, own)

    def address(self, page: str, own: Mapping[str, str | int | Sequence[str] | None]) -> str:
        """The whole address of a page with ``own`` values, in this release with these filters."""
        lang = self.get(LANG.name)
        return f"{self.site}/{written(page, pairs(own, self.filters(), self.opened.release.number, lang))}"

    def filters(self) -> dict[str, list[str]]:
        """The filters that are applied, as addresses carry them."""
        return self.selection.to_parameters()

    def moved(self, kind: str, name: str) -> str:
        """The address of the one thing that a list's parameter ``name`` asks for, with the rest of what is asked."""
        own = {each: value for each, value in self.own().items() if each != name}
        values = pairs(own, self.filters(), self.opened.release.number)
        return f"{self.site}/{written(f'api/{kind}/{quote(self.get(name) or str(), safe=str())}', values)}"

    def itself(self, page: int | None = None) -> str:
        """The address of this answer, or of another page of it, in this release."""
        own: dict[str, str | int | Sequence[str] | None] = {**self.own()}
        if per_page := self.get("per_page"):
            own["per_page"] = per_page
        if page is not None:
            own["page"] = page if page > 1 else None
        path = self.declared.path.replace("{id:anything}", quote(self.identifier or "", safe="")).lstrip("/")
        if not self.declared.is_pinned:
            values = [(name, each) for name, value in own.items() for each in given(value)]
            return f"{self.site}/{written(path, values)}"
        return f"{self.site}/{written(path, pairs(own, self.filters(), self.opened.release.number))}"


def open_asked(values: Mapping[str, Sequence[str]]) -> tuple[Opened, list[int]]:
    """The release asked for, else the newest that can be read, and the numbers of all.

    Raises Problem: 404 where there is no such release, 503 where the archive cannot be read or is empty.
    """
    archive = on_hand.folder()
    asked = next(iter(values.get("release", ())), None)
    try:
        there = on_hand.numbers(archive)
        if not there:
            raise Problem(503, "There is no published release yet.", None, {"Retry-After": "60"})
        if asked is None and (newest := on_hand.newest()):
            return newest, there
        number = release_of(asked or "", there)
        if number is None:
            held = f"{there[0]} to {there[-1]}" if len(there) > 1 else str(there[0])
            told = f"There is no release {asked}; the archive holds {held}. Without “release” the newest answers."
            raise Problem(404, told, "release")
        return on_hand.opened(archive, number), there
    except ArchiveError as error:
        raise Problem(503, "The archive cannot be read at this moment.", None, {"Retry-After": "30"}) from error


_HOST = re.compile(r"[\w.-]{1,253}(?::\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::\d{1,5})?", re.ASCII)


def site_of(scheme: str, host: str, prefix: str, fixed: str) -> str:
    """The dashboard's own address, without a slash at its end. fixed: as the settings give it; "" for the request's.

    Raises Problem where the request names no host that can be one.
    """
    if fixed:
        return fixed.rstrip("/")
    if not _HOST.fullmatch(host):
        raise Problem(400, "The Host header is no host's name.", "Host")
    return f"{scheme}://{host}{prefix}"

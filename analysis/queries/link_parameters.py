"""What an address can ask for, declared once: the pages, the routes and the OpenAPI description all read it here.

Words and grammars that no release can change stand here; whether an identifier exists, only a release knows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from analysis.exporting.dossier import LONGEST_NOTES, MOST
from analysis.messages import Message, listed, message
from analysis.queries.codes import BANDS
from analysis.queries.selection import EXCLUDED, FACETS, PARAMETERS
from analysis.schema import Basis, EntityKind, Kind

Values = dict[str, list[str]]
Own = str | int | None | Sequence[str]  # a page's own parameter; several values stand beside each other

LANGUAGES = ("en", "zh", "ru")
LONGEST_QUERY = 500  # characters of a question
LONGEST_NAME = 200  # characters of part of a name or title
_LONGEST_ID = 300
_DAY = r"\d{4}-\d{2}-\d{2}"
_NUMBER = r"[0-9]{1,9}"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that an address can ask for."""

    name: str
    means: str
    options: tuple[str, ...] = ()  # its words; none: any text, or what ``pattern`` fits
    pattern: str | None = None  # a regular expression that fits the whole value
    most: int = 1  # values; more are too many
    longest: int = _LONGEST_ID  # characters of a value
    default: str = ""  # what holds without it, in words
    draws: bool = False  # only how a page looks; what is held is the same with and without it

    def fits(self, value: str) -> bool:
        """True when any release could give ``value`` a meaning."""
        if len(value) > self.longest or (self.options and value not in self.options):
            return False
        return self.pattern is None or re.fullmatch(self.pattern, value) is not None

    @property
    def wanted(self) -> str:
        """What a value has to be, in words."""
        if self.options:
            return f"one of {', '.join(self.options)}"
        shape = {_DAY: "a day such as 2022-02-24", _NUMBER: "a whole number"}.get(self.pattern or "")
        return shape or f"text of at most {self.longest:,} characters" + (f" like {self.pattern}" * bool(self.pattern))


_MANY = 500
_FACETS = {
    "speaker": "Said by them, alone or with others: an entity id, or unknown.",
    "side": "Said for that side, alone or with others: CN, RU, … or unknown.",
    "office": "The speaker held this office that day, as the statements table writes it, or unknown.",
    "kind": "How it is printed.",
    "publisher": "Printed by them, as the archive writes it, or unknown.",
    "entity": "Its words name them: an entity id.",
    "formula": "Uses one of these fixed wordings: a formula id.",
    "basis": "What its day rests on.",
    "confidence": "How sure its words and speaker are.",
}
_WORDS: dict[str, tuple[str, ...]] = {"kind": tuple(Kind), "basis": tuple(Basis), "confidence": BANDS[::-1]}

RELEASE = Parameter(
    "release", "The release that is shown: what is pinned never changes.", pattern=_NUMBER, default="the newest"
)
LANG = Parameter("lang", "The language of the pages.", options=LANGUAGES, draws=True, default="the browser's")
FROM = Parameter("from", "First day; undated statements are left out.", pattern=_DAY)
TO = Parameter("to", "Last day; undated statements are left out.", pattern=_DAY)
SELECTION = (
    *(Parameter(name, means, _WORDS.get(name, ()), most=_MANY) for name, means in _FACETS.items()),
    *(
        Parameter(EXCLUDED + name, f"Left out. {means}", _WORDS.get(name, ()), most=_MANY)
        for name, means in _FACETS.items()
    ),
    FROM,
    TO,
)
assert tuple(each.name for each in SELECTION) == PARAMETERS
SHARED = (*SELECTION, RELEASE, LANG)  # what every page can be asked for

_KINDS = (*map(str, EntityKind), "unknown")
_PAGE = Parameter("page", "Which page of the list.", pattern=_NUMBER, default="1")
_QUERY = "words, phrases and filters, as docs/search.md explains"


def _sort(*options: str, default: str) -> Parameter:
    return Parameter("sort", "The order of the list.", options, default=default)


_STATEMENT = Parameter("statement", "A statement id.")
_ORDER = Parameter("order", "A change that the reader asked for.", pattern=r"[0-9a-f]{32}", draws=True)
_PROFILE = Parameter("profile", "An entity id: whose profile is shown.", default="the directory")
_DIRECTORY = (
    Parameter("name", "Part of a name or alias, in any of its spellings.", longest=LONGEST_NAME),
    Parameter("of_kind", "What it is.", (*_KINDS, "any")),
    Parameter("of_side", "The side that it belongs to, or unknown.", longest=40),
)
OWN: Mapping[str, tuple[Parameter, ...]] = {  # by the path of a page: what only it can be asked for
    "": (),
    "timeline": (
        Parameter("lanes", "Who has a lane.", ("side", "speaker", "publisher"), default="side"),
        Parameter(
            "by",
            "How it is drawn.",
            ("auto", "statement", "day", "month", "quarter", "year"),
            default="as finely as can be read",
        ),
        Parameter("counts", "Bars count, or are shares of the same period's statements.", ("number", "share")),
        Parameter("bar", "The lane and period whose statements are listed: CN.2023, wang-yi.2023-Q1."),
        Parameter("statement", "The statement opened beside the chart."),
        Parameter("event", "The event opened beside the chart."),
        Parameter("events", "The kinds of events that are marked, or off.", most=60, default="all"),
        Parameter("list", "Which statements are listed.", ("dated", "undated"), default="dated"),
        _PAGE,
    ),
    "search": (
        Parameter("q", f"The question: {_QUERY}.", longest=LONGEST_QUERY),
        *(
            Parameter(name, f"A {nth} query beside q: {_QUERY}.", longest=LONGEST_QUERY)
            for name, nth in (("q2", "second"), ("q3", "third"), ("q4", "fourth"))
        ),
        Parameter(
            "mode",
            "By words and meaning, by meaning, or by words alone.",
            ("hybrid", "semantic", "words"),
            default="hybrid",
        ),
        _sort("relevance", "newest", "oldest", default="relevance, or newest first where filters alone are asked"),
        Parameter("count", "The chart of several queries counts statements.", ("number", "share"), draws=True),
        Parameter("like", "A statement id: statements close to it in meaning; q goes before it."),
        Parameter("far", "Those that come next too: only related, or with few of the words.", ("on",)),
        _PAGE,
    ),
    "speakers": (
        _PROFILE,
        *_DIRECTORY,
        _sort("statements", "name", "first", "last", default="statements"),
        Parameter("as", "The chart by year shows shares.", ("share", "count"), draws=True),
        Parameter("event", "The event before and after which statements are counted.", draws=True),
        Parameter("days", "Days on each side of the event.", ("7", "14", "30", "90", "365"), draws=True),
        Parameter("list", "An institution's own statements, or those made in its name.", ("own", "spoke")),
        _PAGE,
    ),
    "entities": (
        _PROFILE,
        *_DIRECTORY,
        _sort("naming", "name", "speaking", default="naming"),
        Parameter("view", "A list, or a picture of what is named together.", ("list", "network"), draws=True),
        Parameter("as", "The chart by year shows shares.", ("share", "count"), draws=True),
        _PAGE,
    ),
    "compare": (
        Parameter("who", "Two or three sides or speakers: side:CN, speaker:wang-yi.", most=10),
        Parameter("q", f"The question: {_QUERY}.", longest=LONGEST_QUERY, default="everything they said"),
        Parameter(
            "reach", "How much counts as on the question.", ("words", "narrow", "medium", "wide"), default="medium"
        ),
        Parameter("as", "The chart shows shares, or numbers.", ("share", "count"), draws=True),
        Parameter("by", "Periods of the counts.", ("auto", "month", "quarter", "year"), default="auto"),
        Parameter("names", "Words that are speakers' names are counted too.", ("on",)),
        Parameter("pair", "Whose nearest statements are shown, by place in who.", ("0-1", "0-2", "1-2")),
        Parameter("pairs", "Every pair is compared, however many there are.", ("all",)),
    ),
    "document": (
        Parameter("document", "A document id: the text shown.", default="the list"),
        Parameter("quote", "A quote id: the quotation highlighted.", draws=True),
        Parameter("title", "Words that must all stand in the title.", longest=LONGEST_NAME),
        _sort("newest", "oldest", "most", "title", default="newest"),
        _PAGE,
    ),
    "statement": (_STATEMENT,),
    "dossier": (
        Parameter("statement", "What is collected, in this order.", most=MOST),
        Parameter("title", "What the dossier is about.", longest=LONGEST_NAME),
        Parameter("notes", "The reader's notes: base64url of zlib of JSON.", longest=LONGEST_NOTES),
        _PAGE,
    ),
    "add": (_ORDER,),
    "manage": (_ORDER, Parameter("document", "A document id: what is asked to be taken out.", draws=True)),
    "about": (),
}


def named(page: str) -> tuple[str, ...]:
    """The names of what only the page at a path can be asked for."""
    return tuple(each.name for each in OWN[page])


def own_of(asked: Mapping[str, Sequence[str]], page: str) -> Values:
    """Of an address's values, those that only the page can be asked for."""
    return {name: list(asked[name]) for name in named(page) if name in asked}


def strange(asked: Iterable[str], page: str) -> list[Message]:
    """A clause for each name that the page cannot be asked for."""
    known = {*(each.name for each in SHARED), *named(page)}
    return [
        message("“{name}” is nothing that this page can be asked for", name=name) for name in sorted(set(asked) - known)
    ]


def one_of(name: str, asked: str | None, options: Collection[str]) -> tuple[str | None, Message | None]:
    """``asked`` where it is one of ``options``; else None, and a clause that says so."""
    if asked is None or asked in options:
        return asked, None
    there = listed(list(options))
    return None, message("{name} “{asked}” is none of {options}", name=name, asked=asked, options=there)


def page_of(asked: str | None, pages: int, last: str | None = None) -> tuple[int, Message | None]:
    """The page asked for, from 1 to ``pages``; else the first, and a clause that says so. last: ``pages`` in words."""
    wanted = asked or "1"
    number = int(wanted) if re.fullmatch(_NUMBER, wanted) else 0
    if 1 <= number <= max(pages, 1):
        return number, None
    return 1, message("page “{asked}” is not between 1 and {last}", asked=wanted, last=last or f"{max(pages, 1):,}")


def release_of(asked: str | None, there: Collection[int]) -> int | None:
    """The release asked for, where it is there."""
    wanted = int(asked) if asked is not None and re.fullmatch(_NUMBER, asked) else None
    return wanted if wanted in there else None


def given(value: Own) -> list[str]:
    """A parameter's values; none where it is not set."""
    each = [value] if value is None or isinstance(value, str | int) else value
    return [str(one) for one in each if one not in (None, "")]


def pairs(
    own: Mapping[str, Own], shared: Mapping[str, Sequence[str]], release: int, lang: str | None = None
) -> list[tuple[str, str]]:
    """Everything that an address carries, in a fixed order: a page's ``own`` values, filters, release, language."""
    found = [(name, each) for name, value in own.items() for each in given(value)]
    found += [(name, value) for name in PARAMETERS for value in shared.get(name, ())]
    found.append(("release", str(release)))
    return [*found, ("lang", lang)] if lang else found


FED = ("q", "mode")  # of the search page's parameters, those that a feed takes
_TWINS = {  # a page: the route that holds the same, and the parameter that moves into its path
    "": ("overview", None),
    "timeline": ("timeline", None),
    "search": ("search", None),
    "speakers": ("speakers", "profile"),
    "entities": ("entities", "profile"),
    "compare": ("compare", None),
    "document": ("documents", "document"),
    "statement": ("statements", "statement"),
    "dossier": ("dossier", None),
    "about": ("releases", None),
}


def twin(page: str, values: Iterable[tuple[str, str]]) -> str | None:
    """The address under the dashboard's own where a program finds what a page shows with these values.

    None for a page that changes something instead.
    """
    if page not in _TWINS:
        return None
    route, moved = _TWINS[page]
    left, path = list(values), f"api/{route}"
    if moved and (named_ := next((value for name, value in left if name == moved), None)):
        path += f"/{quote(named_, safe='')}"
        left = [pair for pair in left if pair[0] != moved]
    return written(path, left) if page != "about" else path


def written(path: str, values: Iterable[tuple[str, str]]) -> str:
    """A path with its parameters, without a slash at its start."""
    query = urlencode(list(values))
    return f"{path}?{query}" if query else path


assert set(_FACETS) == set(FACETS)

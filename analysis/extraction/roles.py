"""What a noun phrase says about a speaker: kind of post, side, number, and whether it points to one person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.entities.names import fold_word, words_of

# Each kind of post and the nouns that name it. A person's post fits a phrase when they share a kind.
_NOUNS = {
    "president": "president presidents",
    "leader": "leader leaders head-of-state heads-of-state ruler rulers",
    "premier": "premier premiers prime-minister prime-ministers pm head-of-government heads-of-government",
    "chancellor": "chancellor chancellors",
    "spokes": "spokesman spokesmen spokeswoman spokesperson spokespersons spokespeople press-secretary",
    "ambassador": "ambassador ambassadors envoy envoys consul consul-general permanent-representative",
    "foreign": "foreign-minister foreign-ministers top-diplomat top-diplomats foreign-secretary secretary-of-state",
    "defence": "defence-minister defense-minister defence-ministers defense-ministers defence-chief "
    "defense-chief defense-secretary defence-secretary secretary-of-defense",
    "minister": "minister ministers",
    "diplomat": "diplomat diplomats negotiator negotiators",
    "councillor": "councilor councillor state-councilor state-councillor",
    "secretary": "secretary secretary-general security-secretary general-secretary",
    "aide": "aide aides adviser advisor advisers advisors assistant",
    "official": "official officials bureaucrat",
    "military": "general admiral colonel commander commanders officer officers marshal chief-of-staff generals",
    "parliament": "lawmaker lawmakers senator senators congressman congresswoman representative representatives "
    "deputy mp mps legislator legislators parliamentarian",
    "chair": "chairman chairwoman chairperson chair speaker chairmen",
    "chief": "chief head boss ceo executive executives chief-executive director directors manager founder "
    "co-founder director-general governor mayor chiefs heads owner vice-president commissioner "
    "coordinator",
    "expert": "expert experts analyst analysts scholar scholars researcher researchers professor professors "
    "academic academics fellow fellows historian historians economist economists scientist scientists "
    "strategist strategists commentator commentators pundit pundits specialist specialists lecturer "
    "sinologist sinologists dean think-tank sociologist author authors",
    "media": "journalist journalists reporter reporters correspondent correspondents columnist editor "
    "editor-in-chief anchor host interviewer writer writers blogger",
    "politician": "politician politicians statesman candidate candidates nominee",
    "person": "man woman men women pair duo businessman businesswoman billionaire activist activists lawyer "
    "attorney judge justice pollster actor actress priest farmer student resident residents veteran king queen prince",
}
_KIND_OF = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()}
# A post of the first kind also answers to the others: "the diplomat" may be a spokesman.
_ALSO = {
    "president": ("leader", "politician", "official"),
    "premier": ("leader", "minister", "politician", "official"),
    "chancellor": ("leader", "politician", "official"),
    "spokes": ("diplomat", "official"),
    "ambassador": ("diplomat", "official"),
    "foreign": ("diplomat", "minister", "official", "politician"),
    "defence": ("minister", "official", "politician"),
    "minister": ("official", "politician"),
    "diplomat": ("official",),
    "councillor": ("official", "politician"),
    "secretary": ("official", "leader"),
    "aide": ("official",),
    "chair": ("official", "politician", "parliament"),
    "parliament": ("politician", "official"),
    "military": ("official",),
}
_SURNAMES_TOO = frozenset(
    {"king", "queen", "prince", "judge", "dean", "head", "justice", "farmer", "priest", "chair", "speaker"}
)
_COUNTERPARTS = frozenset({"counterpart", "counterparts", "colleague", "opposite", "opposite-number"})
_GUESTS = frozenset({"guest", "host", "visitor", "interlocutor"})  # whoever is met, whatever the post
_DOCUMENTS = frozenset(
    "statement statements readout read-out read communique release report article document declaration editorial "
    "commentary paper message letter text note transcript record briefing post tweet summary".split()
)
_STATES = frozenset(
    "side sides country countries nation nations state states power powers neighbour neighbours neighbor "
    "neighbors capital capitals government governments parties giants".split())  # fmt: skip
_BODIES = frozenset(
    "ministry embassy agency newspaper paper outlet daily broadcaster network company bloc alliance group "
    "commission council bank tank institute party parliament office department consulate administration "
    "organization organisation committee service duma army military mission government tabloid website "
    "channel magazine wire union firm giant center centre university academy".split()
)
_UNNAMED = frozenset(
    "observer observers source sources critic critics people others some many media press outlets reports "
    "experts analysts insiders supporters opponents witnesses locals".split()
)
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_POSSESSIVE = frozenset({"his", "her", "their", "its", "our", "my"})
_INDEFINITE = frozenset({"a", "an", "one", "another", "some", "several", "many", "other", "any", "most", "few", "no"})
_CUT = re.compile(
    r",|;|:|\(|\[|\s[–—-]\s|\n|\b(?:of|at|for|in|on|from|who|whom|with|to|whose|which|that|by|near|under|during|after"
    r"|before|about|as|familiar|speaking|told|including)\b",
    re.IGNORECASE,
)
_DEPUTY = re.compile(
    r"\b(?:deputy|vice|assistant|under)[\s-]+(?:prime minister|premier|foreign minister|minister|president|chairman"
    r"|secretary of state|secretary|director)\b",
    re.IGNORECASE,
)
_READ_OUT = re.compile(r"\bread out\b", re.IGNORECASE)
_JOINED = re.compile(
    r"\b(prime|foreign|defen[cs]e|top|press|chief|editor|director|secretary|general|head|heads|permanent|consul|vice|security"
    r"|think|co)[\s-]+(?:in[\s-]+|of[\s-]+)?"
    r"(ministers?|secretary|diplomats?|chiefs?|executive|staff|general|state|government|representative|president|defense|tank|founder)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """How a speaker is described where no name stands."""

    head: str  # folded head noun, compounds joined: "foreign-minister"
    kinds: frozenset[str]  # kinds of post it may mean; empty: no post
    sides: tuple[str, ...]  # sides that its adjectives and country names point to
    definite: bool  # "the", "his", "both": somebody the reader has met
    indefinite: bool  # "a", "some"; also "his", "their": whoever advises him is not named by it
    plural: bool
    count: int | None  # "two", "both": 2; "three": 3
    qualified: bool  # an adjective that is no country, so a selection: "Western countries", "SCO member states"

    @property
    def is_counterpart(self) -> bool:
        """True for "his Russian counterpart"."""
        return self.head in _COUNTERPARTS

    @property
    def is_guest(self) -> bool:
        """True for "his guest", "her host": the other one at a meeting."""
        return self.head in _GUESTS

    @property
    def is_document(self) -> bool:
        """True for "a statement", "the readout"."""
        return self.head in _DOCUMENTS

    @property
    def is_state(self) -> bool:
        """True for "both sides", "the two countries"."""
        return self.head in _STATES

    @property
    def is_body(self) -> bool:
        """True for "the ministry", "the newspaper"."""
        return self.head in _BODIES

    @property
    def is_unnamed(self) -> bool:
        """True for "observers", "sources"."""
        return self.head in _UNNAMED


def _folded(word: str) -> str:
    """A folded word that keeps the hyphens of a compound: "secretary-of-state"."""
    return "-".join(fold_word(part) for part in word.split("-"))


def _compounds(text: str) -> str:
    text = _READ_OUT.sub("readout", text)

    def joined(match: re.Match[str]) -> str:
        return re.sub(r"\s+", "-", match[0].strip())

    return _JOINED.sub(joined, text)


def core_of(text: str) -> str:
    """The part of a noun phrase before its first preposition, comma or relative clause, compounds joined by hyphens."""
    joined = _compounds(text.strip())
    protected = re.sub(r"-(of|in)-", r"-\1_", joined, flags=re.IGNORECASE)
    match = _CUT.search(protected, 1)
    return (protected[: match.start()] if match else protected).replace("_", "-").strip()


def head_of(core: str) -> str:
    """The folded last word of a noun phrase's core; compounds stay joined: "secretary-of-state"."""
    words = re.findall(r"[\w’'-]+", re.sub(r"[’']s?$", "", core.strip()))
    return _folded(words[-1].strip("-’'")) if words else ""


def kinds_of(title: str) -> frozenset[str]:
    """Every kind of post that a title names, with the wider kinds each answers to.

    Only what stands before "of" and "to" counts: an aide to the president is no president; nor is a deputy minister
    a minister, but an official.
    """
    found: set[str] = set()
    plain = _DEPUTY.sub(lambda match: "diplomat" if "foreign" in match[0].lower() else "official", title)
    for word in re.findall(r"[\w-]+", core_of(plain)):
        folded = _folded(word)
        parts = (folded,) if folded in _KIND_OF else folded.split("-")
        found.update(_KIND_OF[part] for part in parts if part in _KIND_OF)
    return with_wider(found)


def with_wider(kinds: Iterable[str]) -> frozenset[str]:
    """``kinds`` and what each also answers to."""
    kinds = set(kinds)
    return frozenset(kinds.union(*(_ALSO.get(kind, ()) for kind in kinds)))


def names_a_post(word: str) -> bool:
    """True when a word, folded or not, names a post or calling ("spokesman", "professor")."""
    return _folded(word) in _KIND_OF


def only_names_a_post(word: str) -> bool:
    """True for a post that is nobody's surname: "Charlie King" and "Howard Dean" are people."""
    folded = _folded(word)
    return folded in _KIND_OF and folded not in _SURNAMES_TOO


def sides_in(text: str, demonyms: Mapping[str, str]) -> tuple[str, ...]:
    """The sides that adjectives, countries and capitals in ``text`` point to, in order, each once."""
    found: dict[str, None] = {}
    words = words_of(text)
    at = 0
    while at < len(words):
        for length in (3, 2, 1):
            part = words[at : at + length]
            side = demonyms.get(" ".join(word.folded for word in part)) if len(part) == length else None
            initials = "".join(word.folded for word in part)
            if side is None and length in (2, 3) and all(len(word.text) == 1 for word in part):
                side = demonyms.get(initials)  # "U.S."
            if side and part[0].text[:1].isupper() and (part[0].text.isupper() or part[0].folded != "us"):
                found.setdefault(side)
                at += length - 1
                break
        at += 1
    return tuple(found)


_OF = re.compile(r"\s+of\s+([^,;:()]+)")
_PLAIN = (
    _DEFINITE
    | {"a", "an", "one"}
    | frozenset("two three four and s great major big large friendly neighbouring neighboring".split())
)
_COUNTS = {"both": 2, "two": 2, "pair": 2, "duo": 2, "three": 3, "four": 4}


def read_phrase(text: str, demonyms: Mapping[str, str]) -> Phrase:
    """What a noun phrase without a name says: "his Russian counterpart", "both leaders", "a Western diplomat"."""
    core = core_of(text)
    head = head_of(core)
    kind = _KIND_OF.get(head) or _KIND_OF.get(head.rsplit("-", 1)[-1])
    if kind is None and head in demonyms and head.endswith("an") and core.lower().startswith("the "):
        kind = "official"  # "the American": one of them, not a state
    before = [word.folded for word in words_of(core)]
    first = before[0] if before else ""
    count = next((_COUNTS[word] for word in before if word in _COUNTS), None)
    plural = count is not None or (head.endswith("s") and not head.endswith("ss")) or head in ("men", "women", "people")
    sides = sides_in(core, demonyms)
    owner = _OF.match(text[text.find(core) + len(core) :]) if kind and not sides and core in text else None
    if owner:  # "the President of Russia"
        sides = sides_in(owner[1], demonyms)[:1]
    return Phrase(
        head=head,
        kinds=frozenset({kind}) if kind else frozenset(),
        sides=sides,
        definite=first in _DEFINITE,
        indefinite=first in _INDEFINITE or first in _POSSESSIVE,
        plural=plural,
        count=count,
        qualified=any(word not in _PLAIN and word != head and word not in demonyms for word in before),
    )

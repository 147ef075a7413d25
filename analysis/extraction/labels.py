"""Speaker labels: what stands before a colon at a paragraph's start, and whether it says who speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.extraction.cues import OUTLET_NAMES
from analysis.extraction.roles import kinds_of, names_a_post
from analysis.schema import Span

_LABEL = re.compile(
    r"[ \t\u00a0\"“*_#>]*(?P<label>[^\W\d_][^:\n?!“”\"]{0,160}?)[*_]*\s?[:：][*_]*(?=\s|$)[ \t\u00a0*_]*"
)
_LETTERED = re.compile(
    r"[ \t\u00a0*_#>]*(?P<label>[QA])\s?\d{0,3}[*_]*(?:\s?[.)：:]|\s[—–-])[*_]*(?=\s|$)[ \t\u00a0*_]*"
)
_CAPITALISED = re.compile(r"[^\W\d_a-zа-яё][\w’'.-]*")
_NOTE = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])\s*")
_COURTESY = re.compile(r"\b(?:(?:mr|mrs|ms|miss|dr|prof|sir|madam)\b\.?\s+)+", re.IGNORECASE)
_DELEGATE = re.compile(r"(?:Mr|Mrs|Ms|Dr)\b\.?\s+[^\W\d_a-zа-яё][\w’'-]+\s+\(")  # "Mr. Lind (Norland)"
_PARTICLES = frozenset(
    {
        "al",
        "bin",
        "bint",
        "da",
        "de",
        "del",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "le",
        "van",
        "von",
        "y",
    }
)
_ROLE_WORDS = frozenset({"of", "the", "and", "for", "on", "in", "at", "to", "a", "with", "from"}) | _PARTICLES
_HEAD = 5000  # characters in which a transcript introduces who speaks
_ASKS = frozenset(
    """
    question questions q reporter reporters journalist journalists correspondent moderator host interviewer presenter
    anchor remark remarks comment voice audience student viewer listener
    follow-up followup
    """.split()
)
_ANSWERS = frozenset({"answer", "answers", "a", "reply", "response"})
_NOBODY = frozenset("speaker operator volunteer participant translator interpreter announcer narrator".split())
_MEDIA_PEOPLE = frozenset(
    "reporter journalist correspondent host presenter anchor anchorman interviewer moderator columnist editor".split()
)
_NO_SPEAKER = frozenset(
    """
    photo photos source sources image credit picture editor note notes update updates related tags video file
    copyright date place location contact tel email subject re ps nb caption topics keywords title summary
    background context abstract by from share warning example result conclusion read watch listen see also
    published updated posted author authors references footnotes participants agenda latest breaking exclusive
    opinion analysis live video stat more now firstly secondly thirdly finally lastly next
    another regarding concerning speaking answering following
    """.split()
)
_NO_NAME = frozenset(
    """
    we are is i you it how why what when who follow just has have had was were said says stated continued added
    tweeted wrote asked told reads according if but so because then there this these those here my our your his
    will would can could should must do does did not let be been being like want ask asks asking say
    writes tells repeat think know example question's
    """.split()
)
_ORDINALS = frozenset("first second third fourth fifth sixth last one two three".split())
_ADDRESSED = frozenset("excellencies excellency colleagues friends gentlemen comrades all everyone members sir".split())
_PLACES = frozenset(
    """
    region territory republic district oblast province county village city town area street world state states
    """.split()
)


@dataclass(frozen=True, slots=True)
class Label:
    """One label, as it stands at the start of a paragraph."""

    span: Span  # with the marks around it and the colon
    printed: Span  # its words alone
    name: Span | None  # the words that name the speaker; None for "Question:"
    asks: bool  # "Question:", "AFP:": whoever is labelled so puts questions
    answers: bool  # "Answer:", "A:": whoever is asked
    office: bool  # an office stands beside the name: somebody who takes part, no interviewer


def labels(text: str, lines: Sequence[Span]) -> dict[int, Label]:
    """The labels of a transcript by the number of the paragraph in ``lines`` that each opens, ascending."""
    found = {number: match for number in range(len(lines)) if (match := _match(text, lines, number)) is not None}
    lettered = {match["label"] for match in found.values() if match.re is _LETTERED}
    counts = Counter(_bare(match["label"]) for match in found.values())
    tails = {tail for words in counts if words for tail in (words, " ".join(words.split()[-2:]))}
    names = {words for words in counts if _is_name(words.split())}
    kept: dict[int, Label] = {}
    for number, match in found.items():
        bare = _bare(match["label"])
        if match.re is _LETTERED:
            if lettered == {"Q", "A"} or ":" in match.group():
                kept[number] = _read(text, match, bare, names)
        elif (_speaks(bare, counts, tails) or _DELEGATE.match(match["label"])) and _goes_with(
            text, match, bare, counts
        ):
            kept[number] = _read(text, match, bare, names)
    return kept


def _match(text: str, lines: Sequence[Span], number: int) -> re.Match[str] | None:
    """What may be a label at the paragraph's start, unless the paragraph only carries on a broken line."""
    line = lines[number]
    end = min(line.end, line.start + 200)
    found = _LABEL.match(text, line.start, end)
    letter = _LETTERED.match(text, line.start, end)
    if letter is not None and (found is None or ":" in letter.group() or not _is_name(_bare(found["label"]).split())):
        found = letter
    if found is None or not number:
        return found
    before = lines[number - 1]
    alone = text[before.end : line.start].count("\n") >= 2
    last = text[max(before.start, before.end - 20) : before.end].rstrip()[-1:]
    return found if alone or last in tuple('.!?:;…)]}”"»*>') else None


def _bare(label: str) -> str:
    """The label without notes in brackets: "Xi Jinping (retranslated)"."""
    return " ".join(_NOTE.sub(" ", label).strip(" *_\t\u00a0").split())


def _goes_with(text: str, match: re.Match[str], bare: str, counts: Counter[str]) -> bool:
    """False where a number or a quotation follows a label met once: a table's line, a message read out."""
    following = text[match.end() : match.end() + 1]
    if following.isdigit():
        line = text[match.end() : match.end() + 300].partition("\n")[0].rstrip()
        sentence = line.endswith((".", "?", "!", "…")) and len(line.split()) > 3
        return sentence or ((counts[bare] > 1 or len(bare.split()) > 2) and any(map(str.isalpha, line)))
    return not (following in ("“", '"', "«") and (len(bare.split()) == 1 or counts[bare] == 1))


def _speaks(bare: str, counts: Counter[str], tails: set[str]) -> bool:
    """True when the label reads as who speaks: a name, perhaps with an office, an outlet, or "Question"."""
    name, _, office = bare.partition(",")
    words = _COURTESY.sub("", name).split()
    if not words or len(words) > 22 or office.count(",") > 1 or len(office.split()) > 10:
        return False
    lowers = [word.lower().strip(".’'") for word in [*words, *office.split()]]
    if any(lower in _NO_NAME for lower in lowers) or _addresses(name, words):
        return False
    if _is_generic(words, office):
        return True
    post = len(words) > 2 and bool(kinds_of(name)) and _is_name(words[-2:])
    if (
        (lowers[0] in _NO_SPEAKER | _ORDINALS and not post)
        or lowers[len(words) - 1] in _NO_SPEAKER | _PLACES
        or lowers[-1] in _PLACES
    ):
        return False
    capital = [bool(_CAPITALISED.fullmatch(word)) for word in words]
    if not capital[-1]:
        return False
    if not all(ok or word.lower() in _ROLE_WORDS for ok, word in zip(capital, words, strict=True)):
        return post or (_is_name(words[-2:]) and " ".join(words[-2:]) in counts)
    if len(words) == 1:
        if office:
            return False
        courtesy = len(words) < len(name.split())
        known = words[0] in OUTLET_NAMES or (counts[bare] > 1 and (courtesy or not words[0].endswith("s")))
        return known or any(words[0] in tail.split() for tail in tails if tail != bare)
    return lowers[0] != "the" or counts[bare] > 1 or _is_outlet(bare)


def _addresses(bare: str, words: Sequence[str]) -> bool:
    """True for a salutation: "Mr President", "Dear colleagues"."""
    if words[-1].lower() in _ADDRESSED:
        return True
    return _COURTESY.search(bare) is not None and names_a_post(words[-1].lower())


def _is_generic(words: Sequence[str], office: str) -> bool:
    """True for a label without a name: "Question", "Question from Perm", "Answer", "Translator"."""
    first = words[0].lower().strip(".")
    people = _MEDIA_PEOPLE | _NOBODY
    if office or (first not in _ASKS | _ANSWERS | _NOBODY and words[-1].lower() not in people):
        return False
    if len(words) == 1 or (len(words) == 2 and words[1].rstrip(".").isdigit()):
        return first != "a" or words[0] == "A"
    if first in _ANSWERS:
        return False
    rest = words[1:]
    if first in _ASKS and rest[0].lower() in {"from", "by"}:
        return len(words) <= 8
    return len(words) <= 5 and (words[-1].lower() in people or (not _is_name(rest) and all(map(str.istitle, rest))))


def _is_name(words: Sequence[str]) -> bool:
    """True for two or three capitalised words none of which is a post."""
    plain = [word for word in words if word.lower() not in _PARTICLES]
    return 2 <= len(plain) <= 3 and all(
        _CAPITALISED.fullmatch(word) and not names_a_post(word.lower()) and word.lower() not in _ASKS for word in plain
    )


def _read(text: str, match: re.Match[str], bare: str, names: set[str]) -> Label:
    """The label as a record."""
    words = [word.lower().strip(".,") for word in bare.split()]
    first = words[0].rstrip("0123456789") if words else ""
    name = None if match.re is _LETTERED else _name(text, match, names)
    named = text[name.start : name.end] if name else ""
    answers = first in _ANSWERS and name is None
    unnamed = name is None and first not in _NOBODY and words[-1] not in _NOBODY
    asks = not answers and (unnamed or first in _ASKS or _is_outlet(bare.partition(",")[0]))
    beside = bare.replace(named, "", 1).strip() if named else ""
    office = bool(beside) and _COURTESY.fullmatch(beside + " ") is None and _MEDIA_PEOPLE.isdisjoint(words)
    printed = Span(match.start("label"), match.end("label"))
    return Label(Span(match.start(), match.end()), printed, name, asks, answers, office)


def _is_outlet(words: str) -> bool:
    """True for the name of a newspaper, an agency or a station: "China Daily", "CCTV", "AFP correspondent"."""
    parts = [word.strip("().,") for word in words.split()]
    if not parts:
        return False
    shouted = len(parts[0]) > 1 and parts[0].isupper() and parts[0] in OUTLET_NAMES
    return shouted or parts[-1] in OUTLET_NAMES or (parts[0] in OUTLET_NAMES and parts[-1].lower() in _ASKS)


def _name(text: str, match: re.Match[str], names: set[str]) -> Span | None:
    """The bare name in the label, past the office before it and what brackets and commas add."""
    label = _NOTE.sub(lambda note: " " * len(note.group()), match["label"]).rstrip(" *_")
    parts = list(re.finditer(r"[^,]+", label))
    last = parts[-1].group().split()
    behind = len(parts) > 1 and not _is_name(parts[0].group().split()) and len(last) > 2 and _is_name(last[-2:])
    part = parts[-1] if behind else parts[0]
    courtesy = _COURTESY.match(label, part.start())
    words = list(re.compile(r"\S+").finditer(label, courtesy.end() if courtesy else part.start(), part.end()))
    plain = [word.group() for word in words]
    if not words or _is_generic(plain, ""):
        return None
    take = _length(text, plain, names)
    start = match.start("label")
    return Span(start + words[-take].start(), start + words[-1].end())


def _length(text: str, words: Sequence[str], names: set[str]) -> int:
    """How many of the label's last words are the name."""
    for take in range(min(len(words), 5), 1, -1):
        if take < len(words) and " ".join(words[-take:]) in names:
            return take
    if len(words) <= 3 and _is_name(words):
        head = text[:_HEAD]
        called = len(words) == 3 and head.count(" ".join(words[1:])) > head.count(" ".join(words))
        return 2 if called else len(words)  # "Paramedic Anna Lind" is Anna Lind elsewhere
    posts = [place for place, word in enumerate(words[:-1]) if names_a_post(word.lower())]
    after = len(words) - posts[-1] - 1 if posts else 0
    if 0 < after <= 5 and words[-after].lower() not in _ROLE_WORDS and words[-after] != "Office":
        return after
    take = min(len(words), 2)
    while take < len(words) and words[-take].lower() in _PARTICLES:
        take += 1
    if take < len(words) and words[-take - 1].lower() in _PARTICLES - {"y"}:
        take = min(len(words), take + 2)
    return take

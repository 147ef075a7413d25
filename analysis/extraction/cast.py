"""Who speaks in a document, as far as its days are concerned: whom a quote is given to, and whom a name means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.extraction.found import FoundQuote, ResolvedSpeaker

_NOT_NAMES = frozenset(
    "The A An Mr Mrs Ms Dr President Minister Foreign Prime Premier Vice Deputy Secretary Chairman Chairwoman State"
    " General Ambassador Spokesman Spokeswoman Spokesperson Senator Chinese Russian American US U.S. European"
    " Ukrainian Japanese Indian British German French Ministry Department Council Committee Party Central National"
    " Security Defence Defense Affairs Office House Director Professor Chancellor King Chief Envoy Representative"
    " Commission Government Speaking On In At During After Before When While As But And However Meanwhile Both He"
    " She They It His Her Their Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April"
    " June July August September October November December".split()
)
_RUN = re.compile(r"[^\W\d_a-zа-яё][\w’'-]*(?: [^\W\d_a-zа-яё][\w’'-]*)*")
_POSSESSIVE = re.compile(r"[’']s?$")
_OWNERS = re.compile(r"(?:[^\W\d_a-zа-яё][\w-]* ){0,2}[^\W\d_a-zа-яё][\w-]*[’'](?:s\b|(?= ))")
_COMMENT = frozenset({"expert", "media"})


class Cast:
    """The speakers of one document by id; whoever could not be named is known by the words of the name printed."""

    def __init__(self, text: str, found: Sequence[FoundQuote], speakers: Sequence[ResolvedSpeaker]) -> None:
        """text: the document's. speakers: one for each of ``found``, in the same order."""
        self._speakers = speakers
        self._by_word: dict[str, set[str]] = {}
        self._keys: list[frozenset[str]] = []
        self.speakers = frozenset(one for speaker in speakers for one in (speaker.speaker_id or "").split("+"))
        for quote, speaker in zip(found, speakers, strict=True):
            printed = text[quote.speaker.start : quote.speaker.end] if quote.speaker else ""
            if speaker.speaker_id is None:
                self._keys.append(frozenset(" ".join(run) for run in _name_runs(printed)))
                continue
            members = speaker.speaker_id.split("+")
            self._keys.append(frozenset(members))
            if len(members) == 1:
                names = [run for words in (speaker.name or "", printed) for run in _name_runs(words)]
                if any(len(run) > 1 for run in names):  # a person: "China" speaks too, but is named everywhere
                    for word in (word for run in names for word in run):
                        self._by_word.setdefault(word, set()).add(members[0])

    def speaking(self, number: int) -> frozenset[str]:
        """Who speaks in that quote; empty where nobody is named."""
        return self._keys[number]

    def acts(self, number: int) -> bool:
        """False for scholars, newspapers and people of no side: they comment, and seldom on the same day."""
        speaker = self._speakers[number]
        return speaker.speaker_id is None or (speaker.side is not None and speaker.side not in _COMMENT)

    def named(self, words: str) -> frozenset[str]:
        """Whom ``words`` name: speakers by id, others by the words themselves; not whose visit it is."""
        people: set[str] = set()
        for run in _name_runs(_OWNERS.sub("", words[:5000])):
            known = [self._by_word[word] for word in run if word in self._by_word]
            if known:
                people |= set.intersection(*known) or set.union(*known)
            else:
                people.update([" ".join(run)] if len(run) > 1 else ())
        return frozenset(people)


def _name_runs(words: str) -> Iterator[list[str]]:
    """Runs of capitalised words that are parts of names: no titles, no nationalities."""
    for match in _RUN.finditer(words):
        run = [_POSSESSIVE.sub("", word) for word in match.group().split(" ")]
        if kept := [word for word in run if len(word) > 1 and word not in _NOT_NAMES]:
            yield kept

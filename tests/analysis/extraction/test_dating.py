"""When something was said: taken from the words that date the speaking, and from nothing else."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from analysis.extraction.dating import date_quotes
from analysis.extraction.day_phrases import day_phrases
from analysis.extraction.found import FoundQuote, ResolvedSpeaker, SaidOn
from analysis.parsing import load_parser
from analysis.reading.assemble import assemble
from analysis.reading.fields import Fields
from analysis.schema import Basis, Kind, Span
from analysis.settings import Settings

_PIECE = re.compile(r"([SCQ])\{([^{}]*)\}")


def parsed(text: str) -> Doc:
    return load_parser(Settings().parser)(text)


def annotated(marked: str) -> tuple[str, list[FoundQuote]]:
    """Text and quotes from ``S{speaker} C{cue} Q{quote}``: a quote takes the speaker and cue of its line."""
    text = ""
    pieces: list[tuple[str, Span, int]] = []
    last = 0
    for match in _PIECE.finditer(marked):
        text += marked[last : match.start()]
        pieces.append((match[1], Span(len(text), len(text) + len(match[2])), text.count("\n")))
        text += match[2]
        last = match.end()
    text += marked[last:]
    found = []
    for kind, span, line in pieces:
        if kind == "Q":
            beside = {name: one for name, one, other in reversed(pieces) if other == line and name != "Q"}
            found.append(FoundQuote(span, Kind.INDIRECT, beside.get("S"), beside.get("C"), None, 0.9))
    return text, found


def days_of(marked: str, published_on: date | None, title: str | None = None) -> list[SaidOn]:
    text, found = annotated(marked)
    document = assemble(
        text, source="t", doc_id="t", name="t", fields=Fields(published_on=published_on, title=title or "A title")
    )
    return date_quotes(found, document, parsed(text), resolved(found, text))


def resolved(found: list[FoundQuote], text: str) -> list[ResolvedSpeaker]:
    """Speakers by their full names; a pronoun or a role is whoever spoke before."""
    speakers: list[ResolvedSpeaker] = []
    for quote in found:
        words = text[quote.speaker.start : quote.speaker.end] if quote.speaker else ""
        if words[:1].isupper() and words not in ("He", "She", "They"):
            name = next((one for one in PEOPLE if words.split()[-1] in one.split()), words)
            side = "expert" if name in SCHOLARS else "CN"
            speakers.append(ResolvedSpeaker(name.casefold().replace(" ", "-"), name, side, None, None, 0.9))
        else:
            speakers.append(speakers[-1] if speakers else NOBODY)
    return speakers


SCHOLARS = ("Feng Yujun",)
PEOPLE = ("Xi Jinping", "Vladimir Putin", "Wang Yi", "Lin Jian", "Hu Jintao", "Mao Ning", "Sergey Lavrov", *SCHOLARS)
NOBODY = ResolvedSpeaker(None, None, None, None, None, 0.0)

# (published, text with S{speaker}, C{cue} and Q{quote}, day and basis of the last quote)
CASES = [
    # the day is stated
    ("2022-02-05", "On 4 February 2022, S{Putin} C{told} reporters that Q{the two countries agreed on most things}.",
     "2022-02-04", "stated"),
    (None, "On 4 February 2022, S{Putin} C{told} reporters that Q{the two countries agreed on most things}.",
     "2022-02-04", "stated"),
    ("2025-02-27", "“Q{Nobody can change our course},” S{Xi} C{told} Putin during a phone call on February 24.",
     "2025-02-24", "stated"),
    ("2021-01-03", "S{Wang Yi} C{said} on December 28 that Q{the partnership had weathered the storm}.",
     "2020-12-28", "stated"),
    ("2023-07-14", "S{Lavrov} C{said} in Jakarta on July 12, 2023 that Q{the talks had been useful}.",
     "2023-07-12", "stated"),
    ("2023-03-22", "In a statement issued on 21 March, S{the ministry} C{said} Q{the visit had been a success}.",
     "2023-03-21", "stated"),
    ("2023-03-22", "S{Xi} C{said} on Tuesday (March 21) that Q{the friendship would last}.", "2023-03-21", "stated"),
    ("2001-07-17", "On Monday, 16 July 2001, the presidents signed a treaty.\nS{Putin} C{said} Q{it opened an era}.",
     "2001-07-16", "stated"),
    # worked out from a weekday and the publication day
    ("2025-02-27", "China on Thursday rejected the idea.\nS{Lin} C{said} on Thursday that Q{it would fail}.",
     "2025-02-27", "resolved"),
    ("2025-02-27", "Speaking to a radio station on Tuesday, S{Rubio} C{said} Q{Russia was becoming dependent}.",
     "2025-02-25", "resolved"),
    ("2020-12-30", "In a phone conversation with Putin on Monday evening, S{Xi} C{said} Q{ties stood firm}.",
     "2020-12-28", "resolved"),
    ("2022-03-10", "“Q{We are friends},” S{Wang} C{told} reporters on Wednesday.", "2022-03-09", "resolved"),
    ("2014-05-22", "S{Putin} C{said} in Shanghai on Wednesday that Q{the gas deal was historic}.",
     "2014-05-21", "resolved"),
    ("2022-03-09", "S{Wang} C{told} reporters last Wednesday that Q{friendship was solid}.", "2022-03-02", "resolved"),
    ("2026-02-05", "S{Peskov} C{said} yesterday that Q{the call had been warm}.", "2026-02-04", "resolved"),
    ("2024-05-17", "S{Novak} C{said} today that Q{the pipeline would be built}.", "2024-05-17", "resolved"),
    ("2023-02-23", "On Wednesday, S{Wang Yi} C{said} Q{the ties were stable}.", "2023-02-22", "resolved"),
    # counted from a day told before
    ("2022-02-10", "On 4 February 2022, S{Putin} C{told} Xi that Q{ties were unprecedented}.\n"
                   "A day later, S{Xi} C{said} Q{they were ready for more}.", "2022-02-05", "resolved"),
    ("2022-03-20", "On 4 March, S{Putin} C{said} Q{the plan was on track}.\n"
                   "The next day, S{Lavrov} C{said} Q{nothing had changed}.", "2022-03-05", "resolved"),
    ("2022-02-24", "S{Hua} C{said} on Thursday, 24 February 2022, that Q{China was watching closely}.\n"
                   "The same day, S{Wang Yi} C{said} Q{sovereignty must be respected}.", "2022-02-24", "resolved"),
    ("2022-02-10", "A day after the 4 February meeting, S{Ushakov} C{said} Q{the leaders had eaten together}.",
     "2022-02-05", "resolved"),
    # an occasion told before holds for what the same people say next
    ("2025-02-27", "Speaking on Tuesday, S{Rubio} C{said} Q{Russia was the junior partner}.\n"
                   "“Q{That is no good outcome},” S{Rubio} C{said}.", "2025-02-25", "resolved"),
    ("2025-02-27", "In a call on Monday evening, S{Xi} C{told} Putin that Q{nothing would change}.\n"
                   "S{Putin} C{said} Q{the choice was strategic}.", "2025-02-24", "resolved"),
    ("2025-02-27", "In a call on Monday evening, S{Xi} C{told} Putin that Q{nothing would change}.\n"
                   "S{He} C{added} that Q{nobody could interfere}.", "2025-02-24", "resolved"),
    ("2023-06-20", "On 16 June, Xi held a phone call with Putin.\nS{Xi} C{said} Q{the neighbours should trade more}.",
     "2023-06-16", "stated"),
    ("2023-06-20", "On 16 June, the two leaders met in Moscow. S{Putin} C{said} Q{he was glad}.",
     "2023-06-16", "stated"),
    ("2020-12-30", "S{Xi} C{told} Putin that Q{nobody could part them}.\n"
                   "In a conversation on Monday, S{Xi} C{said} Q{the bond was strong}.", "2020-12-28", "resolved"),
    # the dateline, for the day's news
    ("2023-03-22", "BEIJING, March 21 (Xinhua) -- S{Mao Ning} C{said} at a briefing that Q{the visit went well}.",
     "2023-03-21", "dateline"),
    ("2021-06-29", "MOSCOW, June 28. /TASS/. Q{The treaty will be extended}, S{Putin} C{said}.",
     "2021-06-28", "dateline"),
    ("2025-02-27", "Beijing, Feb 27 (PTI) China rejected it.\n“Q{It will fail},” S{Lin Jian} C{told} a media briefing.",
     "2025-02-27", "dateline"),
    ("2019-06-14", "BISHKEK, 14 June 2019 — The presidents met.\n“Q{We are good neighbours},” S{Xi} C{said}.",
     "2019-06-14", "dateline"),
    # a dateline with its year, and the officials of its paragraph and the next
    ("2007-03-26", "MOSCOW, 26 March 2007 — Hu Jintao opened the Year of China.\n"
                   "The year marked a new stage, S{Putin} C{said} at the ceremony.\n"
                   "S{Hu} C{said} Q{he expected more exchanges}.", "2007-03-26", "dateline"),
    # a scene told by itself holds for its paragraph, and for nobody's words elsewhere
    ("2017-12-14", "S{Putin} C{said} on Thursday, 14 December 2017, that Q{ties were close}.\n"
                   "Premier Li was in Moscow on 29 November. Relations were steady, he found. "
                   "S{Putin} C{asked} him to Q{pass on his best wishes}.", "2017-11-29", "stated"),
    ("2016-06-25", "BEIJING, 25 June 2016 — Xi marked two anniversaries.\n"
                   "The ambassador had set out a view of his own in an interview on 15 June. "
                   "“Q{All issues are settled},” S{Denisov} C{said}.", "2016-06-15", "stated"),
    ("2012-12-20", "S{Putin} C{said} on Thursday, 20 December 2012, that Q{trust was great}.\n"
                   "Two weeks earlier, on 6 December, Premier Wen had been his guest. "
                   "A strong Russia, C{said} S{Wen}, Q{was good for the world}.", "2012-12-06", "stated"),
    ("2001-12-28", "In a message on 28 December 2001, S{Putin} C{called} Q{relations sincere}.\n"
                   "On 27 October Vice President Hu came to Moscow. S{Hu} C{told} Putin Q{the treaty was approved}.",
     "2001-10-27", "stated"),
    ("2026-02-05", "S{Peskov} C{said} on Thursday, 5 February 2026, that Q{the treaty was over}.\n"
                   "Putin and Xi had conferred by video on Wednesday. “Q{We supply energy},” S{Putin} C{said} there.",
     "2026-02-04", "resolved"),
    # counted from the news at the head of a paragraph, from the scene before within it
    ("2022-02-27", "S{Zhang} C{told} the council on Sunday, 27 February 2022, that Q{talks were welcome}.\n"
                   "Three days before, S{Wang} C{had said} in a call that Q{sovereignty counted}.",
     "2022-02-24", "resolved"),
    ("2022-03-01", "On 24 February, S{Wang} C{said} Q{sovereignty counted}.\n"
                   "Two days later, S{Wang} C{said} Q{he hoped for talks}.", "2022-02-26", "resolved"),
    ("2022-03-10", "Three days ago, S{Wang} C{said} Q{the friendship was solid}.", "2022-03-07", "resolved"),
    # who takes no part in the news stays undated
    ("2025-08-18", "TOKYO, 18 August 2025 — “Q{China decides},” S{Wadephul} C{said} in a speech.\n"
                   "Biden drove the two together, S{Trump} C{told} Fox News: Q{they were natural enemies}.",
     None, "unknown"),
    ("2023-03-21", "XIAN, 21 March 2023 — Xi and Putin met.\nThe two depend on each other, S{Feng Yujun} C{said}: "
                   "Q{it is no alliance}.", "2023-03-21", "published"),
    ("2025-02-27", "S{Lin} C{said} on Thursday, 27 February 2025, that Q{the attempt would fail}.\n"
                   "Rubio had given an interview to a website that month. S{Rubio} C{warned} of Q{a junior partner}.",
     None, "unknown"),
    ("2011-10-11", "S{Xi} C{said} on 11 October 2011 that Q{ties were good}.\n"
                   "Before the trip S{Denisov} C{had called} him Q{a distinguished guest}.", None, "unknown"),
    ("2021-06-28", "The treaty was signed on July 16, 2001. S{Zhang} C{said} earlier that Q{it stood the test}.",
     None, "unknown"),
    ("2015-12-20", "A text for a magazine, excerpted on 18 December, made waves. S{Fu} C{wrote} of Q{a triangle}.",
     "2015-12-20", "published"),
    ("2001-10-21", "They deplored the attacks in New York on September 11, 2001 and S{Xi} C{spoke} for Q{joint work}.",
     "2001-10-21", "published"),
    ("2022-11-05", "S{Scholz} C{met} Xi on Friday, 4 November 2022, Q{as planned}.\n"
                   "Afterwards S{Scholz} C{said} that Q{the trip had been worth it}.", None, "unknown"),
    # the day of what is announced, and no name of a month
    ("2015-05-08", "S{Putin} C{told} the press on 8 May that Q{ties were strong}.\n"
                   "In September, S{he} C{announced}, Q{they would march in Beijing}.", "2015-05-08", "stated"),
    ("2022-11-16", "On 16 November Zhang Jun spoke in New York. S{Zhang Jun} C{told} the council Q{it was noted}.",
     "2022-11-16", "stated"),
    # only the publication day is left
    ("2023-02-23", "S{Wang} C{said} Q{the partnership is solid}.", "2023-02-23", "published"),
    ("2023-02-23", "S{China} C{has said} Q{it will soon release a plan}.", "2023-02-23", "published"),
    ("2020-12-30", "S{Xi} C{said} Q{ties were strong} before the new American president takes office on January 20.",
     "2020-12-30", "published"),
    ("2023-02-23", "S{Wang} C{said} Q{they would meet again on Monday}.", "2023-02-23", "published"),
    ("2023-02-23", "S{Xi} C{said} the treaty signed on 16 July 2001 showed that Q{friendship pays}.",
     "2023-02-23", "published"),
    ("2022-03-01", "S{Zhang}, who visited Kyiv on February 20, C{said} Q{peace was possible}.",
     "2022-03-01", "published"),
    ("2023-02-23", "“We met on Tuesday and Q{we agreed},” S{Wang} C{said}.", "2023-02-23", "published"),
    # a time that names no day
    ("2023-02-23", "In a phone call with Lavrov in early January, S{Qin Gang} C{said} Q{there were three noes}.",
     None, "unknown"),
    ("2023-02-23", "S{Denisov} C{reported} in December that Q{trade in roubles had grown}.", None, "unknown"),
    ("2019-01-30", "Earlier this month, S{Allison} C{warned} that Q{an entente was forming}.", None, "unknown"),
    ("2019-01-30", "S{Lavrov} C{said} last week that Q{the treaty was alive}.", None, "unknown"),
    ("2019-06-07", "S{Putin} C{told} the forum on June 6–7 that Q{growth was back}.", None, "unknown"),
    ("2023-02-23", "Hours earlier, S{Dvorkovich} C{had told} a congress that Q{all was agreed}.", None, "unknown"),
    # no day of writing, so nothing completes the date
    (None, "In a phone conversation on Monday evening, S{Xi} C{said} Q{ties stood firm}.", None, "unknown"),
    (None, "S{Putin} C{said} on February 24 that Q{the operation had begun}.", None, "unknown"),
    (None, "The statement comes a day after S{Coats} C{claimed} that Q{the two were collaborating}.",
     None, "unknown"),
    (None, "S{Wang} C{said} Q{all is well}.", None, "unknown"),
    # no day of writing, but the text gives that day its year
    (None, "The summit of 24 February 2025 changed little.\nS{Putin} C{said} on February 24 that Q{talks went on}.",
     "2025-02-24", "stated"),
]  # fmt: skip


@pytest.mark.parametrize(("published", "marked", "day", "basis"), CASES, ids=[case[1][:60] for case in CASES])
def test_a_quote_gets_the_day_that_its_text_supports(published, marked, day, basis):
    said_on = days_of(marked, date.fromisoformat(published) if published else None)[-1]
    assert (str(said_on.day) if said_on.day else None, said_on.basis.value) == (day, basis), said_on


def test_the_words_that_give_the_day_are_kept():
    (said_on,) = days_of("S{Xi} C{said} on Monday evening that Q{ties stood firm}.", date(2020, 12, 30))
    assert said_on == SaidOn(date(2020, 12, 28), Basis.RESOLVED, "on Monday evening")


TURNS = """S{Mao Ning}: Q{Good afternoon to all of you.}
S{Reuters}: Q{What about the visit?}
S{Mao Ning}: Q{It will take place.}"""


def test_a_transcript_takes_the_one_day_that_its_title_names():
    title = "Foreign ministry spokesperson's press conference on March 20, 2023"
    assert {one.day for one in days_of(TURNS, None, title)} == {date(2023, 3, 20)}


def test_a_transcript_takes_its_page_s_day_and_none_that_its_introduction_looks_back_to():
    turns = "They signed a treaty on 18 October 1996.\n" + TURNS
    assert {one.basis for one in days_of(turns, date(2016, 10, 4), "A forum")} == {Basis.PUBLISHED}
    assert {one.day for one in days_of(turns, date(2016, 10, 4), "A forum")} == {date(2016, 10, 4)}


def test_a_transcript_with_two_days_in_its_title_takes_neither():
    said = days_of(TURNS, date(2023, 3, 22), "Press conferences of March 20, 2023 and March 21, 2023")
    assert {one.basis for one in said} == {Basis.PUBLISHED}


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2001-07-18", "2001-07-17"),
        ("2014-05-21", "2014-05-20"),
        ("2026-04-15", "2026-04-14"),
        ("2024-03-01", "2024-02-27"),
    ],
)
def test_a_weekday_is_the_most_recent_one_in_any_year(published, day):
    (said_on,) = days_of("S{Xi} C{said} on Tuesday that Q{ties were good}.", date.fromisoformat(published))
    assert str(said_on.day) == day


def test_29_february_is_looked_for_in_leap_years_only():
    (said_on,) = days_of("S{Xi} C{said} on 29 February that Q{ties were good}.", date(2023, 3, 1))
    assert said_on.day == date(2020, 2, 29)


@given(st.text(max_size=300), st.lists(st.integers(0, 300), min_size=6, max_size=6), st.booleans())
@example("0 ", [0, 0, 0, 0, 0, 0], False)
@settings(max_examples=60, deadline=None)
def test_any_text_and_spans_are_dated_without_an_error(text, offsets, dated):
    def span(first, second):
        low, high = sorted((min(first, len(text)), min(second, len(text))))
        return Span(low, high)

    quotes = [
        FoundQuote(span(*offsets[:2]), Kind.DIRECT, span(*offsets[2:4]), span(*offsets[4:]), None, 0.5),
        FoundQuote(span(*offsets[2:4]), Kind.DIRECT, None, None, None, 0.5),
    ]
    published_on = date(2022, 2, 4) if dated else None
    document = assemble(text, source="t", doc_id="t", name="t", fields=Fields(published_on=published_on))
    speakers = [NOBODY, ResolvedSpeaker("xi-jinping+wang-yi", "Xi Jinping and Wang Yi", "CN", None, None, 0.5)]
    said = date_quotes(quotes, document, parsed(document.text), speakers)
    assert len(said) == 2
    assert all((one.day is None) == (one.basis is Basis.UNKNOWN) for one in said)
    assert said == date_quotes(quotes, document, parsed(document.text), speakers)


@pytest.mark.parametrize("piece", ["on Friday, ", "May 1 ", "1 2 3/4.5.2022 ", "a day after "])
def test_half_a_megabyte_of_odd_text_is_searched_for_days_in_seconds(piece):
    begun = time.perf_counter()
    phrases = day_phrases((piece * 100_000)[:500_000])
    assert time.perf_counter() - begun < 20
    assert all(one.span.end <= two.span.start for one, two in pairwise(phrases))


def test_a_long_document_is_dated_as_fast_as_a_short_one():
    text, found = annotated(
        "On 4 March, S{Putin} C{told} Xi that Q{the plan was on track}.\nS{Xi} C{agreed} Q{it was}.\n"
    )
    times = 1000
    long = Doc.from_docs([parsed(text)] * times, ensure_whitespace=False)
    quotes = [_moved(quote, len(text) * number) for number in range(times) for quote in found]
    document = assemble(long.text, source="t", doc_id="t", name="t", fields=Fields(published_on=date(2022, 3, 20)))
    begun = time.perf_counter()
    said = date_quotes(quotes, document, long, resolved(quotes, long.text))
    assert time.perf_counter() - begun < 10  # one second here; minutes when it grows with the square
    assert {str(one.day) for one in said} == {"2022-03-04"}


def _moved(quote: FoundQuote, by: int) -> FoundQuote:
    spans = {name: getattr(quote, name) for name in ("span", "speaker", "cue")}
    return replace(quote, **{name: Span(span.start + by, span.end + by) for name, span in spans.items()})


@pytest.mark.shared
def test_nothing_is_invented_for_quotes_that_the_gold_leaves_undated(shared: Path):
    with (shared / "evaluation" / "articles_gold.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    asked = 0
    for row in rows:
        published_on = date.fromisoformat(row["pub_date"]) if row["pub_date"] else None
        document = assemble(row["text"], source="g", doc_id="g", name="g", fields=Fields(published_on=published_on))
        found = [_gold_quote(quote) for quote in row["quotes"]]
        speakers = [
            ResolvedSpeaker(quote["speaker_canonical"], quote["speaker_canonical"], quote["side"], None, None, 1.0)
            for quote in row["quotes"]
        ]
        said = date_quotes(found, document, parsed(document.text), speakers)
        for quote, said_on in zip(row["quotes"], said, strict=True):
            supported = None if said_on.basis in (Basis.PUBLISHED, Basis.UNKNOWN) else said_on.day
            assert str(supported) == str(quote["date"]), (quote["content"], said_on)
            asked += 1
    assert asked >= 30


def _gold_quote(quote: dict) -> FoundQuote:
    def span(name: str) -> Span | None:
        start, end = quote[f"{name}_start"], quote[f"{name}_end"]
        return None if start is None else Span(start, end)

    return FoundQuote(Span(quote["start"], quote["end"]), Kind(quote["type"]), span("speaker"), span("cue"), None, 1.0)


SEED_DAYS = [
    ("000_f60cedb4808c4a14", "its close ties with Russia", "China", "said", "2025-02-27"),
    ("000_f60cedb4808c4a14", "China and Russia are two major countries", "Lin Jian", "told", "2025-02-27"),
    ("000_f60cedb4808c4a14", "a Russia that was a", "Rubio", "said", "2025-02-25"),
    ("000_f60cedb4808c4a14", "I also don’t think having", "Rubio", "said", "2025-02-25"),
    ("000_f60cedb4808c4a14", "both China and Russia have long-term", "Lin", "said", "2025-02-27"),
    ("000_f60cedb4808c4a14", "It is neither targeted", "Xi", "told", "2025-02-24"),
    ("000_f60cedb4808c4a14", "no limits", "Xi", "has affirmed", None),
    ("002_08baf35a85005fd2", "the relationship between China and Russia “has strong", "Xi", "said", None),
    ("004_a402a77e2a5dc7e2", "the two nations are “good", "Xi", "declared", None),
]


@pytest.mark.shared
def test_the_articles_quotes_have_the_days_that_their_texts_support(shared: Path):
    for name in sorted({seed[0] for seed in SEED_DAYS}):
        text = (shared / "seeds" / f"{name}.txt").read_text(encoding="utf-8")
        document = assemble(text, source=name, doc_id=name, name=name, fields=Fields())
        wanted = [seed for seed in SEED_DAYS if seed[0] == name]
        found = [_beside(text, words, speaker, cue) for _, words, speaker, cue, _ in wanted]
        said = date_quotes(found, document, parsed(text), resolved(found, text))
        for (_, words, *_, day), said_on in zip(wanted, said, strict=True):
            supported = None if said_on.basis in (Basis.PUBLISHED, Basis.UNKNOWN) else str(said_on.day)
            assert supported == day, (words, said_on)


def _beside(text: str, words: str, speaker: str, cue: str) -> FoundQuote:
    """The quote that begins with ``words``, with the nearest mention of speaker and cue in its paragraph."""
    start = text.index(words)
    opening, closing = text.rfind("\n", 0, start) + 1, (text + "\n").index("\n", start)
    paragraph = text[opening:closing]

    def nearest(name: str) -> Span:
        places = [match.start() + opening for match in re.finditer(re.escape(name), paragraph)]
        at = min(
            (place for place in places if not start <= place < start + len(words)), key=lambda one: abs(one - start)
        )
        return Span(at, at + len(name))

    return FoundQuote(Span(start, start + len(words)), Kind.INDIRECT, nearest(speaker), nearest(cue), None, 1.0)

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from analysis.entities.gazetteer import Gazetteer
from analysis.extraction.found import FoundQuote, ResolvedSpeaker
from analysis.extraction.speakers import resolve_speakers
from analysis.schema import Document, Kind, Span


def document(text: str, **known: object) -> Document:
    plain = Document("d-1", "d", "d.txt", None, None, None, None, None, None, "en", None, text, "0" * 64)
    return replace(plain, **known)  # type: ignore[arg-type]


def quotes_of(text: str) -> tuple[str, list[FoundQuote]]:
    """The text without its marks, and the quotes they set: [speaker], {speaker of nothing else}, <quote>.

    Each <…> is a quote of the speaker in the brackets nearest to it.
    """
    plain, open_at, speakers, spans = "", 0, [], []
    for character in text:
        if character in "[<":
            open_at = len(plain)
        elif character == "]":
            speakers.append(Span(open_at, len(plain)))
        elif character == ">":
            spans.append(Span(open_at, len(plain)))
        else:
            plain += character
    found = [
        FoundQuote(
            span, Kind.DIRECT if plain[span.start - 1 : span.start] == "“" else Kind.INDIRECT, speaker, None, None, 0.9
        )
        for span in spans
        for speaker in [min(speakers, key=lambda each: min(abs(each.start - span.end), abs(span.start - each.end)))]
    ]
    return plain, found


class Resolving:
    def __init__(self, parser: Language, gazetteer: Gazetteer) -> None:
        self.parser, self.gazetteer = parser, gazetteer

    def __call__(self, marked: str, **known: object) -> list[ResolvedSpeaker]:
        text, found = quotes_of(marked)
        return resolve_speakers(found, document(text, **known), self.parser(text), self.gazetteer)

    def last(self, marked: str, **known: object) -> ResolvedSpeaker:
        return self(marked, **known)[-1]


@pytest.fixture(scope="session")
def resolving(parser: Language, gazetteer: Gazetteer) -> Resolving:
    return Resolving(parser, gazetteer)


BRIEFING = (
    "Chinese Foreign Ministry spokesman Gen Shuang met reporters in Beijing. [Gen Shuang] said <trade was growing>. "
    "[Geng] added <that nobody should worry>. “<Our door is open>,” said [the Chinese diplomat]. "
    "[He] stressed <that talks would go on>. “<We wait>,” [the spokesman] said."
)


def test_one_spokesman_under_five_names_is_one_speaker(resolving: Resolving):
    found = resolving(BRIEFING)
    assert [each.speaker_id for each in found] == ["geng-shuang"] * 5
    assert {each.name for each in found} == {"Geng Shuang"}
    assert {each.role_text for each in found} == {"Chinese Foreign Ministry spokesman"}
    assert {each.side for each in found} == {"CN"}


@pytest.mark.parametrize(
    ("marked", "speaker_id", "name", "side"),
    [
        ("[Beijing] said <it would wait>.", "china", "China", "CN"),
        ("[The Chinese side] said <it would wait>.", "china", "China", "CN"),
        ("[The Kremlin] called <the talks useful>.", "kremlin", "Kremlin", "RU"),
        ("[The Russian presidential office] said <it would wait>.", "kremlin", "Kremlin", "RU"),
        (
            "[China's Foreign Ministry] said <it would wait>.",
            "chinese-foreign-ministry",
            "Chinese Foreign Ministry",
            "CN",
        ),
        (
            "“<We wait>,” [a Chinese foreign ministry statement] read.",
            "chinese-foreign-ministry",
            "Chinese Foreign Ministry",
            "CN",
        ),
        (
            "[The Wall Street Journal] reported <that a visit was planned>.",
            "wall-street-journal",
            "Wall Street Journal",
            "media",
        ),
        ("[Moscow and Beijing] agreed <to wait>.", "china+russia", "China and Russia", "CN+RU"),
        ("Russia met China. [Both sides] said <trade was growing>.", "china+russia", "China and Russia", "CN+RU"),
        (
            "China and Russia signed. [The joint statement] said <they stood together>.",
            "china+russia",
            "China and Russia",
            "CN+RU",
        ),
    ],
)
def test_institutions_and_capitals_speak_for_whom_they_stand(
    resolving: Resolving, marked: str, speaker_id: str, name: str, side: str
):
    found = resolving.last(marked)
    assert (found.speaker_id, found.name, found.side) == (speaker_id, name, side)


TALKS = (
    "China’s top diplomat Wang Yi met Russian Security Council Secretary Nikolai Patrushev in Moscow. Wang spoke "
    "first. "
)


@pytest.mark.parametrize(
    ("sentence", "speaker_id"),
    [
        ("[Wang] said <relations were solid>.", "wang-yi"),
        ("[Wang and Patrushev] affirmed <that they agreed>.", "nikolai-patrushev+wang-yi"),
        ("[The two officials] affirmed <that they agreed>.", "nikolai-patrushev+wang-yi"),
        ("[His Russian counterpart] said <he agreed>.", "nikolai-patrushev"),
        ("[Wang and his Russian counterpart] said <they agreed>.", "nikolai-patrushev+wang-yi"),
        ("[The Chinese diplomat] said <he agreed>.", "wang-yi"),
        ("[The Russian official] said <he agreed>.", "nikolai-patrushev"),
        ("[a spokesman for Patrushev] said <he agreed>.", None),
        ("[Patrushev’s aide] said <he agreed>.", None),
        ("[advisers to Mr. Wang] said <he agreed>.", None),
        ("[A Russian official] said <he agreed>.", None),
        ("[Officials] said <they agreed>.", None),
    ],
)
def test_a_surname_a_post_or_a_pair_leads_to_the_people_named_in_full(
    resolving: Resolving, sentence: str, speaker_id: str | None
):
    assert resolving.last(TALKS + sentence).speaker_id == speaker_id


def test_a_group_keeps_its_members_offices_names_and_sides(resolving: Resolving):
    found = resolving.last(TALKS + "[Wang and Patrushev] affirmed <that they agreed>.")
    assert found.name == "Nikolai Patrushev and Wang Yi"
    assert found.side == "CN+RU"
    assert found.role_text == "China’s top diplomat; Russian Security Council Secretary"


CALL = "Chinese President Xi Jinping spoke by phone with Russian President Vladimir Putin on Monday. "


@pytest.mark.parametrize(
    ("sentence", "speaker_id"),
    [
        ("[The two leaders] said <trade was growing>.", "vladimir-putin+xi-jinping"),
        ("[Both presidents] said <trade was growing>.", "vladimir-putin+xi-jinping"),
        ("[Xi] said <trade was growing>. [He] added <that it would grow>.", "xi-jinping"),
        ("[Xi] said <Putin was a friend>. [He] added <that he would come>.", "xi-jinping"),
        ("[Xi and Putin] met. [They] said <trade was growing>.", "vladimir-putin+xi-jinping"),
        ("[The Russian leader] said <trade was growing>.", "vladimir-putin"),
        ("[The Chinese president] said <trade was growing>.", "xi-jinping"),
        ("[She] said <trade was growing>.", None),
        ("The Kremlin published a note. [It] said <trade was growing>.", "kremlin"),
        ("[That] means <trade was growing>.", None),
    ],
)
def test_pronouns_and_offices_of_state_find_the_nearest_who_fits(
    resolving: Resolving, sentence: str, speaker_id: str | None
):
    assert resolving.last(CALL + sentence).speaker_id == speaker_id


def test_a_pronoun_passes_over_whoever_it_cannot_mean(resolving: Resolving):
    text = "Maria Zakharova spoke in Moscow. Dmitry Peskov listened. [She] said <nothing had changed>."
    assert resolving.last(text).speaker_id == "maria-zakharova"


def test_a_new_paragraphs_subject_takes_the_pronoun_over(resolving: Resolving):
    text = "[Lin Jian] said <trade was growing>.\n\nMarco Rubio had given an interview. In May, [he] warned <of war>."
    assert resolving.last(text).speaker_id == "marco-rubio"


def test_an_aide_to_the_president_is_no_president(resolving: Resolving):
    text = "Vladimir Putin flew home. Yury Ushakov, aide to the president, stayed. [The Russian president] said <yes>."
    assert resolving.last(text).speaker_id == "vladimir-putin"


def test_two_people_named_li_keep_their_own_words(resolving: Resolving):
    found = resolving(
        "[Li Mingde], professor of law at Lanzhou University, said <pipes take time>. “<No hurry>,” [Li] said.\n\n"
        "[Li Xiaofan], an economist at the Harbin Institute, said <prices decide>. “<Prices first>,” [Li] said."
    )
    assert [each.speaker_id for each in found] == ["li-mingde", "li-mingde", "li-xiaofan", "li-xiaofan"]
    assert {each.side for each in found} == {"expert"}
    assert found[1].role_text == "professor of law at Lanzhou University"


def test_experts_named_together_are_who_the_experts_are(resolving: Resolving):
    text = "According to [Ada Umeh and Marta Kowal] <the pact is a challenge>. [The experts] warned <of mistakes>."
    assert resolving.last(text).speaker_id == "ada-umeh+marta-kowal"


def test_whoever_is_in_no_gazetteer_is_known_by_the_fullest_name(resolving: Resolving):
    found = resolving("Nigerian Trade Minister Ada Umeh came. “<We buy gas>,” [Umeh] said.")
    assert found[0] == replace(found[0], speaker_id="ada-umeh", name="Ada Umeh", side="NG")
    assert found[0].role_text == "Nigerian Trade Minister"


@pytest.mark.parametrize(
    ("marked", "side", "role"),
    [
        ("[Chinese officials] say <they agree>.", "CN", "Chinese officials"),
        ("[A senior State Department official] said <they agree>.", "US", "senior State Department official"),
        ("[Russian and Chinese diplomats] said <they agree>.", "CN+RU", "Russian and Chinese diplomats"),
        ("[Analysts] said <they agree>.", "expert", "Analysts"),
        ("[Observers] say <they agree>.", None, None),
        ("[The newspaper] said <they agree>.", "media", None),
        ("[some Western countries] say <they agree>.", None, None),
        ("[Question]: <Will you come?>", None, None),
    ],
)
def test_an_unnamed_speaker_stays_unnamed(resolving: Resolving, marked: str, side: str | None, role: str | None):
    found = resolving.last("China met Russia. " + marked)
    assert (found.speaker_id, found.name, found.side, found.role_text) == (None, None, side, role)


def test_the_president_on_that_day_answers_for_a_name_the_text_lacks(resolving: Resolving):
    marked = "“<We wait>,” [the US president] said."
    assert resolving.last(marked, published_on=date(2022, 5, 1)).speaker_id == "joe-biden"
    assert resolving.last(marked, published_on=date(2018, 5, 1)).speaker_id == "donald-trump"
    assert resolving.last(marked).speaker_id is None


def test_an_office_of_states_own_page_needs_no_country(resolving: Resolving):
    marked = "Narendra Modi came. [The President] said <trade was growing>."
    publisher = "President of Russia (en.kremlin.ru)"
    found = resolving.last(marked, publisher=publisher, published_on=date(2015, 7, 8))
    assert found.speaker_id == "vladimir-putin"


def test_i_is_the_speaker_of_the_transcripts_turn(resolving: Resolving):
    text = "President of Russia Vladimir Putin: Good day. [I] said <that we agree>.\n\nNarendra Modi: I say so too."
    assert resolving.last(text).speaker_id == "vladimir-putin"
    assert resolving.last("Good day. [I] said <that we agree>.").speaker_id is None


def test_a_transcripts_label_is_read_without_its_note(resolving: Resolving):
    found = resolving.last(
        "[President of the People's Republic of China Xi Jinping (retranslated)]: <I am glad to be here.>"
    )
    assert found.speaker_id == "xi-jinping"
    assert found.role_text == "President of the People's Republic of China"


def test_via_names_the_newspaper_in_full(parser: Language, gazetteer: Gazetteer):
    text = "The South China Morning Post asked. Feng Zhongping said it was wise, Feng was quoted by the Post as saying."
    at = text.index("the Post")
    speaker = Span(text.index("Feng was"), text.index("Feng was") + 4)
    quote = FoundQuote(Span(52, 64), Kind.INDIRECT, speaker, None, Span(at, at + 8), 0.9)
    found = resolve_speakers([quote], document(text), parser(text), gazetteer)
    assert found[0].via == "South China Morning Post"
    assert found[0].speaker_id == "feng-zhongping"


def test_a_quote_without_speaker_has_none(parser: Language, gazetteer: Gazetteer):
    text = "“We wait.”"
    found = resolve_speakers(
        [FoundQuote(Span(1, 8), Kind.DIRECT, None, None, None, 0.9)], document(text), parser(text), gazetteer
    )
    assert (found[0].speaker_id, found[0].name, found[0].side) == (None, None, None)


def test_answers_come_in_the_order_of_the_questions(parser: Language, gazetteer: Gazetteer):
    text, found = quotes_of(BRIEFING + TALKS + "[Patrushev] said <he agreed>.")
    parsed = parser(text)
    forward = resolve_speakers(found, document(text), parsed, gazetteer)
    backward = resolve_speakers(found[::-1], document(text), parsed, gazetteer)
    assert backward[::-1] == forward


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=120)
    | st.lists(st.sampled_from(["Xi ", "Putin", " and ", "the ", "“", "’s ", "said ", "\n", "(", ", ", "He "])).map(
        "".join
    ),
    cuts=st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=5),
)
def test_no_text_and_no_span_makes_it_stumble(
    parser: Language, gazetteer: Gazetteer, text: str, cuts: list[tuple[int, int]]
):
    found = []
    for one, other in cuts:
        start, end = sorted((min(one, len(text)), min(other, len(text))))
        found.append(FoundQuote(Span(start, end), Kind.DIRECT, Span(start, end), None, Span(start, end), 0.5))
    parsed = parser(text)
    answers = resolve_speakers(found, document(text), parsed, gazetteer)
    assert len(answers) == len(found)
    assert all(0 <= answer.confidence <= 1 for answer in answers)
    assert answers == resolve_speakers(found, document(text), parsed, gazetteer)


def test_a_long_document_is_resolved_in_linear_time(parser: Language, gazetteer: Gazetteer):
    def seconds(copies: int) -> float:
        marked = "\n\n".join(
            [BRIEFING + TALKS + CALL + "[He] said <so>. [They] said <no>. [The ministry] said <so>."] * copies
        )
        text, found = quotes_of_many(marked)
        parsed = parser(text)
        taken = []
        for _ in range(3):
            started = time.process_time()
            resolve_speakers(found, document(text), parsed, gazetteer)
            taken.append(time.process_time() - started)
        return min(taken)

    assert seconds(64) < 24 * seconds(8) + 0.1  # a quadratic reading takes 64 times as long


def quotes_of_many(marked: str) -> tuple[str, list[FoundQuote]]:
    """:func:`quotes_of` paragraph by paragraph, so that a long text is set up in linear time."""
    plain, found = "", []
    for paragraph in marked.split("\n\n"):
        text, quotes = quotes_of(paragraph)
        shift = len(plain)
        for quote in quotes:
            speaker = quote.speaker or quote.span
            moved = Span(quote.span.start + shift, quote.span.end + shift)
            found.append(replace(quote, span=moved, speaker=Span(speaker.start + shift, speaker.end + shift)))
        plain += text + "\n\n"
    return plain, found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Madam Fu Ying smiled. [Madam Fu Ying] said <the road was long>.", "Fu Ying"),
        ("The guests sat down. [N. Modi] said <the road was long>.", "Narendra Modi"),
        ("Xi Jinping met President Park Geun-hye of the Republic of Korea. [She] said <it was late>.", "Park Geun-hye"),
        ("<The road was open>, [a spokesman] said. Later Foreign Ministry spokesman Wang Wenbin met the press.",
         "Wang Wenbin"),
        ("Xi Jinping wrote to the students on Sunday. <The road is long>, [the letter] said.", "Xi Jinping"),
        ("Josep Borrell could not come, but the speech he had written was published. <It is late>, says [the text].",
         "Josep Borrell"),
        ("Mikhail Mishustin greeted the fair in a message. <Trade is up>, [the message] reads.", "Mikhail Mishustin"),
        ("[The letter], which Li Qiang sent on Sunday, says <the road is long>.", "Li Qiang"),
        ("Nikolai Patrushev received Wang Yi. In [his guest’s] words, <the road is open>.", "Wang Yi"),
        ("The Global Times printed a cartoon on Monday. [The paper] said <the road was open>.", "Global Times"),
        ("[Smolenskaya Square] said <the road was open>.", "Russian Foreign Ministry"),
        ("Premier Li Qiang met Prime Minister Mikhail Mishustin. [The two heads of government] said <it was late>.",
         "Li Qiang and Mikhail Mishustin"),
    ],
)  # fmt: skip
def test_a_description_finds_the_person_or_body_it_means(resolving: Resolving, text: str, name: str):
    assert resolving.last(text).name == name


def test_he_is_nobody_known_after_a_subject_without_a_name(resolving: Resolving):
    found = resolving.last(
        "Scott Morrison spoke on Monday. A spokesman for the Chinese embassy hit back. “<Silence helps>,” [he] said."
    )
    assert (found.speaker_id, found.name, found.side) == (None, None, "CN")
    assert found.role_text == "spokesman for the Chinese embassy"


@pytest.mark.parametrize(
    "text",
    [
        "[A spokesman] said <it was late>. Spokesman Wang Wenbin met spokesman Lin Jian.",
        "[Samarkand] said <it was late>.",
        "The letter lay on the table. [The letter] said <it was late>.",
    ],
)
def test_what_does_not_tell_who_speaks_names_nobody(resolving: Resolving, text: str):
    assert resolving.last(text).speaker_id is None

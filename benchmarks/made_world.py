"""What the statements of a made archive are drawn from: subjects and sentences, people with their offices, outlets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np

from analysis.archive.publishing import Origin
from analysis.embedding import VectorCache, embed, load_encoder
from analysis.entities.gazetteer import Gazetteer, office_periods
from analysis.schema import EntityKind
from analysis.settings import Settings

DIMENSIONS = 256  # of a vector, at most
FIRST, LAST = date(2001, 1, 1), date(2026, 6, 30)
DAYS = (LAST - FIRST).days
SPEAKERS = 3_000
SUBJECTS: dict[str, tuple[str, ...]] = {
    "gas": ("the gas pipeline", "deliveries of natural gas", "the price of gas", "the eastern gas route"),
    "oil": ("crude oil shipments", "the oil terminal", "refineries in the east", "long-term oil contracts"),
    "arms": ("strategic arms", "missile defence", "the arms treaty", "medium-range missiles"),
    "drills": ("joint naval exercises", "the joint air patrol", "military drills", "training of officers"),
    "ukraine": ("the Ukraine crisis", "a ceasefire in Ukraine", "peace talks on Ukraine", "arms for Ukraine"),
    "sanctions": ("unilateral sanctions", "export controls", "secondary sanctions", "frozen assets"),
    "currency": ("trade in national currencies", "settlements in yuan", "payment systems", "the role of the dollar"),
    "trade": ("bilateral trade", "farm products", "the trade balance", "market access"),
    "taiwan": ("the Taiwan question", "one-China principle", "the Taiwan Strait", "separatist forces"),
    "korea": ("the Korean Peninsula", "talks with Pyongyang", "denuclearisation", "tests of missiles in Korea"),
    "arctic": ("the Northern Sea Route", "Arctic shipping", "icebreakers", "Arctic research"),
    "space": ("the lunar station", "satellite navigation", "launches of spacecraft", "space debris"),
    "asia": ("the Central Asian states", "the Shanghai organisation", "security in Central Asia", "border markets"),
    "un": ("reform of the United Nations", "the Security Council", "the right of veto", "multilateral institutions"),
    "culture": ("student exchanges", "the year of culture", "language teaching", "tourism across the border"),
    "border": ("the border bridge", "the border treaty", "customs posts", "railway crossings"),
    "technology": ("semiconductors", "artificial intelligence", "telecommunications networks", "joint laboratories"),
    "nuclear": ("nuclear power stations", "uranium supply", "non-proliferation", "the nuclear plant"),
    "alliance": ("a military alliance", "the word allies", "obligations to an ally", "an allied relationship"),
}
_CLAIMS = (
    "{} will be discussed when the two presidents meet",
    "cooperation on {} has reached an unprecedented level",
    "nobody should politicise {}",
    "both sides attach great importance to {}",
    "we are ready to sign an agreement on {} this year",
    "progress on {} remains slower than we had hoped",
    "{} must not be directed against a third country",
    "our positions on {} are close or identical",
    "{} cannot be solved by pressure and threats",
    "experts of both countries are working on {} day and night",
    "the West has misread what we do about {}",
    "{} will benefit the peoples of both countries",
    "there is no alternative to dialogue on {}",
    "we have proposed a road map for {}",
    "any attempt to interfere in {} will meet a firm answer",
    "{} is an internal matter and stays one",
    "investment in {} has doubled within three years",
    "the working group on {} will report in the autumn",
    "we reject accusations over {} as groundless",
    "{} shows how mature our relations have become",
    "without trust there can be no talk of {}",
    "concerns about {} are legitimate and should be heard",
    "the delay over {} has technical reasons only",
    "a common approach to {} is taking shape",
    "we follow {} closely and with concern",
    "{} has nothing to do with the present conflict",
    "those who speak of dependence in {} are mistaken",
    "the ministers agreed to keep {} out of the headlines",
)
_MEDIATION = ("mediation over Ukraine", "our offer to mediate in peace talks", "China’s mediation")
_NO_ALLIES = (
    "we are not allies, and {} is not what we seek",
    "our countries are partners and not allies, so {} is out of the question",
    "{} is not on the agenda: we form no bloc",
)
_SIDES = ("CN", "RU", "CN", "RU", "CN", "RU", "US", "EU", "UA", "NATO", "IN", "JP", "expert", "media")
_SYLLABLES = "an bo chen da el fo gor han iv jun kov li mar nov ol pet qi rus sen tan ul vas wei xu yar zhou".split()
# Those who speak most, each place of the list beside the subject of the same place: Wang Yi speaks most of Ukraine.
_OFTEN = (
    "vladimir-putin", "xi-jinping", "sergei-shoigu", "dmitry-peskov", "wang-yi", "sergey-lavrov", "li-keqiang",
    "dmitry-medvedev", "hu-jintao", "hua-chunying", "maria-zakharova", "lin-jian", "mao-ning", "wang-wenbin",
    "zhao-lijian", "geng-shuang", "li-qiang", "qin-gang", "mikhail-mishustin", "wen-jiabao", "jiang-zemin",
    "lu-kang", "hong-lei", "yang-jiechi",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """What all statements are drawn from."""

    sentences: list[str]
    subject_of: np.ndarray  # (sentences,) place in the subjects
    vectors: np.ndarray  # (sentences, d) float32 unit rows
    speakers: list[tuple[str, str, str]]  # id, name, side
    origin: Origin
    gazetteer: Gazetteer | None = None  # whose people are the first speakers; None: nobody is known
    terms: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # speaker → first day in office and how many


def make_world(encoder_name: str, cache: Path, seed: int, dimensions: int = DIMENSIONS) -> World:
    """The sentences with their vectors, and who may say them.

    dimensions: longer vectors are cut to their first principal components, which no question fits any more.
    """
    sentences, subjects = [], []
    for place, (subject, things) in enumerate(SUBJECTS.items()):
        for claim, thing, place_said in product(_CLAIMS, things, ("", " in Moscow", " in Beijing")):
            sentences.append(_sentence(subject, claim, thing) + place_said)
            subjects.append(place)
    encoder = load_encoder(encoder_name)
    vectors = embed(sentences, encoder, VectorCache(cache))
    cut = vectors.shape[1] > dimensions
    if cut:
        _, _, axes = np.linalg.svd(vectors[:: max(1, len(vectors) // 4000)], full_matrices=False)
        vectors = vectors @ axes[:dimensions].T
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    folder = Settings().data / "gazetteer"
    gazetteer = Gazetteer.load(folder)
    fingerprint = f"made-{dimensions}-{encoder.fingerprint}" if cut else encoder.fingerprint
    origin = Origin(f"made {seed}", "made", "made", encoder.name, fingerprint, vectors.shape[1])
    return World(
        sentences,
        np.array(subjects),
        vectors.astype(np.float32),
        _speakers(gazetteer, seed),
        origin,
        gazetteer,
        _terms(folder),
    )


def _sentence(subject: str, claim: str, thing: str) -> str:
    """A claim about a thing; some subjects have claims of their own in the place of others."""
    at = _CLAIMS.index(claim)
    if subject == "alliance" and at < len(_NO_ALLIES):
        claim = _NO_ALLIES[at]
    if subject == "ukraine" and at < len(_MEDIATION):
        return claim.format(f"{_MEDIATION[at]} and {thing}")
    return claim.format(thing)


def _speakers(gazetteer: Gazetteer, seed: int) -> list[tuple[str, str, str]]:
    """The gazetteer's people, those who speak most first, then people who are made up."""
    people = [each for each in gazetteer.entities.values() if each.kind is EntityKind.PERSON]
    order = sorted(people, key=lambda each: _OFTEN.index(each.entity_id) if each.entity_id in _OFTEN else len(_OFTEN))
    speakers = [(each.entity_id, each.name, each.side or "expert") for each in order]
    chance = np.random.default_rng(seed)
    for number in range(SPEAKERS - len(speakers)):
        first, second = ("".join(chance.choice(_SYLLABLES, 2)).capitalize() for _ in range(2))
        speakers.append((f"made-speaker-{number:04d}", f"{first} {second}", str(chance.choice(_SIDES))))
    return speakers


def _terms(folder: Path) -> dict[str, tuple[int, int]]:
    """The days from the first to the last on which somebody held an office, counted from ``FIRST``."""
    found = {}
    for entity_id, offices in office_periods(folder).items():
        begins = [since[0] for _, since, _ in offices if since]
        ends = [until[1] if until else LAST for _, _, until in offices]
        if begins and (span := (min(max(ends), LAST) - max(min(begins), FIRST)).days) > 0:
            found[entity_id] = ((max(min(begins), FIRST) - FIRST).days, span)
    return found

from __future__ import annotations

from analysis.entities.met import entities_met
from analysis.schema import Basis, Entity, EntityKind, Kind, Mention, Quote


def said_by(speaker_id: str | None, name: str | None, side: str | None) -> Quote:
    """A quote of which only the speaker matters here."""
    fields = "speaker_text speaker_start speaker_end role_text cue cue_start cue_end via said_on said_on_text"
    return Quote(
        quote_id="q",
        document_id="d",
        start=0,
        end=2,
        text="No",
        kind=Kind.DIRECT,
        speaker_id=speaker_id,
        speaker_name=name,
        said_on_basis=Basis.UNKNOWN,
        side=side,
        confidence=1.0,
        **dict.fromkeys(fields.split()),  # type: ignore[arg-type]
    )


def test_who_speaks_and_is_not_in_the_gazetteer_becomes_an_entity() -> None:
    wang = Entity("wang-yi", "Wang Yi", EntityKind.PERSON, "CN")
    quotes = [
        said_by("wang-yi", "Wang Yi", "CN"),
        said_by("jo-doe", "Jo Doe", "US"),
        said_by("wang-yi+ann-lee", "Wang Yi and Ann Lee", "CN+US"),
        said_by(None, None, None),
    ]
    met = entities_met(quotes, [], {"wang-yi": wang})
    assert [(each.entity_id, each.name, each.side, each.in_gazetteer) for each in met] == [
        ("ann-lee", "Ann Lee", None, False),
        ("jo-doe", "Jo Doe", "US", False),
    ]


def test_what_is_only_mentioned_goes_by_its_fullest_name() -> None:
    mentions = [
        Mention("d", "port-company", "ORG", 0, 7, "Company"),
        Mention("d", "port-company", "ORG", 9, 21, "Port Company"),
        Mention("d", None, "GPE", 30, 36, "Harbin"),
        Mention("d", "jo-doe", "PERSON", 40, 51, "Jo Q. P. Doe"),
    ]
    met = entities_met([said_by("jo-doe", "Jo Doe", None)], mentions, {})
    assert [(each.entity_id, each.name, each.kind) for each in met] == [
        ("jo-doe", "Jo Doe", EntityKind.PERSON),
        ("port-company", "Port Company", EntityKind.ORGANISATION),
    ]

"""Sides by the codes that data files give countries: ISO 3166's two and three letters."""

from __future__ import annotations

_LETTERS = """
CHN CN RUS RU USA US UKR UA JPN JP IND IN DEU DE FRA FR GBR GB POL PL HUN HU SRB RS LTU LT EST EE LVA LV FIN FI SWE SE
NOR NO NLD NL BEL BE ITA IT ESP ES CZE CZ SVK SK AUT AT CHE CH GRC GR TUR TR IRN IR ISR IL SYR SY SAU SA ARE AE EGY EG
PAK PK KAZ KZ UZB UZ KGZ KG TJK TJ MNG MN BLR BY GEO GE ARM AM AZE AZ MDA MD PRK KP KOR KR TWN TW VNM VN PHL PH IDN ID
MYS MY SGP SG THA TH MMR MM AFG AF AUS AU NZL NZ CAN CA MEX MX BRA BR ARG AR VEN VE CUB CU ZAF ZA ETH ET NGA NG IRQ IQ
BGR BG ROU RO DNK DK IRL IE PRT PT
""".split()
_TWO = dict(zip(_LETTERS[::2], _LETTERS[1::2], strict=True))
_KEPT = frozenset({*_TWO.values(), "EU", "NATO", "UN", "expert", "media"})


def side_of(code: str | None) -> str | None:
    """The side of a country's code, of two letters or three, or of a side's own; None for any other."""
    if code is None:
        return None
    return _TWO.get(code.upper()) or (code.upper() if code.upper() in _KEPT else code if code in _KEPT else None)

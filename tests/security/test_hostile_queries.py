"""Whatever stands in an address: no failure, nothing that runs, nothing of the server's own; on pages and routes alike.

Pages, routes and their parameters are taken from the program's own lists, so that new ones are asked too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import shown
from hostile import ADDRESSES, WORDS
from made_archive import SubjectEncoder, publish_made
from starlette.testclient import TestClient

from analysis import warming
from analysis.queries import on_hand
from analysis.queries.link_parameters import OWN, SHARED
from analysis.settings import Settings
from routes.assembling import Interface
from routes.catalogue import CATALOGUE
from routes.declaring import Declared

VALUES = [
    *WORDS.values(),
    ADDRESSES[0],
    *("0", "-1", "1e309", "NaN", "٣", "9" * 400, "999999999", "true", "*", "[]", '") OR (1=1', "x' UNION SELECT 1 --"),
    *("0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2023-02-30", "2023-W08-4"),
    *("%2e%2e%2fetc", "..\\..\\win.ini", "/etc/passwd", "\x00", "\r\nX-Evil: 1", "side:" + "(" * 400, "x" * 40_000),
]
LEADS_SOMEWHERE = {  # so that what is behind an identifier is looked at too
    "document": "d-brief",
    "profile": "wang-yi",
    "statement": "s-gas",
    "q": "gas",
    "like": "s-friend",
    "who": "side:CN",
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of the pages' tests."""
    folder = tmp_path_factory.mktemp("plain")
    publish_made(folder)
    return folder


def asked_of(page: str, turn: int) -> dict[str, str | list[str]]:
    """Every parameter of a page with a hostile value, another each turn; every third leads somewhere instead."""
    asked: dict[str, str | list[str]] = {}
    for at, parameter in enumerate((*OWN[page], *SHARED)):
        value = VALUES[(turn * 7 + at * 5) % len(VALUES)]
        known = LEADS_SOMEWHERE.get(parameter.name)
        value = known if known and turn % 3 else value
        asked[parameter.name] = [value, VALUES[(turn + at) % len(VALUES)]] if parameter.most > 1 else value
    return asked | {VALUES[turn % len(WORDS)]: "a name that no page knows"}


@pytest.mark.parametrize("page", OWN)
def test_no_address_breaks_a_page_or_puts_more_than_words_into_it(open_page, plain, page):
    for turn in range(6):
        app, sent = open_page(plain, page, **asked_of(page, turn))
        told = str(sent)
        assert not app.exception, (turn, [each.message for each in app.exception])
        assert not app.error, (turn, [each.value for each in app.error])
        assert not shown.problems(sent), (turn, shown.problems(sent)[:5])
        assert str(plain) not in told, "where the archive lies"
        assert "Traceback" not in told
        assert shown.size(sent) < 600_000, "what a link holds must not drown the page"


def test_thousands_of_values_are_told_in_short(open_page, plain):
    app, _ = open_page(plain, "timeline", side=[f"no-{at}" for at in range(900)], speaker="x" * 100_000)
    assert not app.exception
    assert any("more things like this" in warning.value for warning in app.warning)
    assert all(len(warning.value) < 4_000 for warning in app.warning)


@pytest.fixture(scope="module")
def client(plain: Path) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ON_RECORD_ARCHIVE", str(plain))
        patch.setattr(warming, "_state", {"thread": None, "encoder": SubjectEncoder()})
        on_hand.forget()
        app = Interface(settings=Settings(archive=plain, api_rate=0, api_seconds=60.0)).alone()
        yield TestClient(app, base_url="http://record.example", follow_redirects=False)


def questions() -> Iterator[tuple[Declared, dict[str, str]]]:
    """Each route with each value of each of its own parameters, and with each value of all the filters at once.

    Of the values that no release could give a meaning, a few: all of them end at the same line.
    """
    for at, declared in enumerate(CATALOGUE):
        for parameter in declared.parameters:
            fitting = [value for value in VALUES if parameter.fits(value)]
            other = [value for value in VALUES if value not in fitting]
            for value in [*fitting, *(other[(at + more) % len(other)] for more in (0, 17, 34))]:
                yield declared, {parameter.name: value}
        if declared.is_pinned:
            for value in VALUES[at % 3 :: 3]:
                yield declared, {each.name: value for each in SHARED if each.fits(value)}


def is_harmless(answer, plain: Path) -> bool:
    """No fault of the server, headers of one line each, and nothing of where it lies."""
    assert answer.status_code < 500, (answer.url, answer.text[:300])
    for name, value in answer.headers.items():
        assert not _CONTROL.search(value), (answer.url, name, value)
    assert answer.headers["x-content-type-options"] == "nosniff"
    for secret in (str(plain), str(Path(__file__).parent), "Traceback", "root:x:0"):
        assert secret not in answer.text
    return True


def test_no_value_of_any_parameter_breaks_a_route(client, plain):
    statuses = []
    for declared, asked in questions():
        answer = client.get(declared.path.replace("{id:anything}", "s-gas"), params=asked)
        assert is_harmless(answer, plain)
        statuses.append(answer.status_code)
    assert statuses.count(200) > 500, "it is not all refused at the door"
    assert statuses.count(400) > 100


@pytest.mark.parametrize("kind", [each.path for each in CATALOGUE if "{id" in each.path])
def test_no_identifier_leads_out_of_the_archive(client, plain, kind):
    for value in VALUES:
        if len(value) < 1_000:
            path = kind.replace("{id:anything}", "".join(f"%{byte:02x}" for byte in value.encode()))
            answer = client.get(path)
            assert is_harmless(answer, plain)
            assert answer.status_code == 404, (path, answer.text[:200])


@pytest.mark.parametrize(
    "query", ["q=%ff%fe", "q=%ed%a0%80", "%00=%00", "q=%", "q=%zz", "=", "&&&", "q", "side=%C0%AE", "a=1&" * 5_000]
)
@pytest.mark.parametrize("path", ["/api/search", "/export.csv", "/feed.atom", "/api/dossier"])
def test_what_is_no_text_is_no_fault(client, plain, path, query):
    assert is_harmless(client.get(f"{path}?{query}"), plain)


def test_notes_that_unpack_to_much_more_are_refused_and_cost_nothing(client, plain):
    import base64
    import zlib

    bomb = base64.urlsafe_b64encode(zlib.compress(b'{"s-gas": "' + b"x" * 50_000_000 + b'"}', 9)).decode()
    answer = client.get("/api/dossier", params={"statement": "s-gas", "notes": bomb[:29_000]})
    assert is_harmless(answer, plain)
    deep = base64.urlsafe_b64encode(zlib.compress(b"[" * 2_000_000, 9)).decode()
    answer = client.get("/api/dossier", params={"statement": "s-gas", "notes": deep})
    assert is_harmless(answer, plain)
    assert "damaged" in answer.text

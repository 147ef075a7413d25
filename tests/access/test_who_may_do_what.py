"""Claims and rules make a role, and a role allows acts: nothing else does."""

from __future__ import annotations

import itertools

import pytest

from access.people import NOBODY, allowed, person_of
from access.roles import Act, Role
from access.rules import Rules, read_rules, rules_now

NOW = 1_790_000_000.0
RULES = Rules(
    {
        Role.READER: frozenset({"@institute.example"}),
        Role.EDITOR: frozenset({"edda@institute.example", "archive-editors"}),
        Role.ADMIN: frozenset({"adam@institute.example"}),
    },
    sign_in=True,
)


def claims(**given):
    usual = {"sub": "1", "iat": NOW - 60, "email": "nemo@elsewhere.example", "email_verified": True}
    return {name: value for name, value in (usual | given).items() if value is not None}


@pytest.mark.parametrize(
    ("given", "role"),
    [
        ({}, Role.NOBODY),
        ({"email": "rita@institute.example"}, Role.READER),
        ({"email": "edda@institute.example"}, Role.EDITOR),
        ({"email": "Adam@Institute.Example"}, Role.ADMIN),
        ({"email": "adam@institute.example", "email_verified": False}, Role.NOBODY),
        ({"email": "adam@institute.example", "email_verified": None}, Role.NOBODY),
        ({"email": "adam@institute.example", "email_verified": "false"}, Role.NOBODY),
        ({"email": "adam@institute.example", "email_verified": "true"}, Role.ADMIN),  # some providers write words
        ({"email": "adam@institute.example", "email_verified": 1}, Role.NOBODY),
        ({"email": "adam@institute.example.evil.example"}, Role.NOBODY),
        ({"email": "evil@institute.example@elsewhere.example"}, Role.NOBODY),
        ({"email": "@institute.example"}, Role.NOBODY),
        ({"email": "adam@inſtitute.example"}, Role.NOBODY),  # a long s, which some foldings make an s
        ({"email": ["adam@institute.example"]}, Role.NOBODY),
        ({"groups": ["archive-editors"]}, Role.EDITOR),
        ({"groups": "archive-editors"}, Role.EDITOR),
        ({"groups": ["Archive-Editors"]}, Role.NOBODY),
        ({"groups": ["adam@institute.example"]}, Role.NOBODY),  # an address in a claim is not a verified address
        ({"groups": {"archive-editors": True}}, Role.NOBODY),
        ({"groups": ["archive-editors"], "email": "adam@institute.example"}, Role.ADMIN),
    ],
)
def test_the_highest_role_that_a_verified_address_or_a_claim_gives(given, role):
    assert person_of(claims(**given), RULES, NOW).role is role


def test_a_claim_may_lie_within_others_or_have_dots_in_its_name():
    rules = Rules(RULES.members, claim="realm_access.roles", sign_in=True)
    assert person_of(claims(realm_access={"roles": ["archive-editors"]}), rules, NOW).role is Role.EDITOR
    assert person_of(claims(**{"realm_access.roles": ["archive-editors"]}), rules, NOW).role is Role.EDITOR
    assert person_of(claims(realm_access="archive-editors"), rules, NOW).role is Role.NOBODY


@pytest.mark.parametrize("issued", [NOW - 12 * 3600, NOW + 600, None, True, "1790000000", float("nan")])
def test_a_sign_in_that_is_old_or_has_no_sound_date_is_none(issued):
    assert person_of(claims(email="adam@institute.example", iat=issued), RULES, NOW) == NOBODY


def test_a_sign_in_that_was_ended_is_none_and_the_next_one_counts():
    ended = person_of(claims(email="adam@institute.example", nonce="a"), RULES, NOW).sign_in
    again = claims(email="adam@institute.example", nonce="b")
    assert person_of(claims(email="adam@institute.example", nonce="a"), RULES, NOW, {ended}.__contains__) == NOBODY
    assert person_of(again, RULES, NOW, {ended}.__contains__).role is Role.ADMIN


def test_without_rules_everybody_reads_and_nobody_changes_anything():
    admin = person_of(claims(email="adam@institute.example"), Rules(), NOW)
    assert admin == NOBODY
    assert [act for act in Act if allowed(admin, act, Rules())] == [Act.READ]


def test_what_each_role_may_do():
    may = {role: {act for act in Act if allowed(_with(role), act, RULES)} for role in Role}
    assert may[Role.NOBODY] == may[Role.READER] == {Act.READ}
    assert may[Role.EDITOR] == {Act.READ, Act.ADD}
    assert may[Role.ADMIN] == set(Act)
    closed = Rules(RULES.members, public=False, sign_in=True)
    assert not allowed(NOBODY, Act.READ, closed)
    assert allowed(_with(Role.READER), Act.READ, closed)
    for low, high in itertools.pairwise(Role):
        assert may[low] <= may[high]


def _with(role):
    address = {Role.READER: "r@institute.example", Role.EDITOR: "edda@institute.example"}
    address |= {Role.ADMIN: "adam@institute.example", Role.NOBODY: "nemo@elsewhere.example"}
    return person_of(claims(email=address[role]), RULES, NOW)


def test_the_rules_file_is_read_whole(tmp_path):
    path = tmp_path / "roles.toml"
    path.write_text(
        'public = false\nclaim = "roles"\nhours = 8\nreaders = ["@institute.example"]\n'
        'editors = [" Edda@Institute.example "]\nadmins = ["archive-admins"]\n'
        '[bearer]\nissuer = "https://sso.example"\naudience = "on-record-api"\n'
    )
    rules = read_rules(path)
    assert (rules.public, rules.claim, rules.hours, rules.sign_in) == (False, "roles", 8, True)
    assert rules.members[Role.EDITOR] == {"edda@institute.example"}
    assert rules.members[Role.ADMIN] == {"archive-admins"}
    assert rules.bearer.audience == "on-record-api"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("editor = []", "'editor' is none of admins, bearer"),
        ('editors = "edda@institute.example"', "give a list"),
        ("editors = [3]", "give a list"),
        ('public = "no"', "give true or false"),
        ("hours = 0", "from 1 to 720"),
        ("hours = true", "from 1 to 720"),
        ('claim = ""', "give a claim's name"),
        ("[bearer]\nissuer = 'https://sso.example'", "needs issuer and audience"),
        ("[bearer]\nissuer = 'http://sso.example'\naudience = 'x'", "not reached by https"),
        ("public = maybe", "is no TOML"),
    ],
)
def test_rules_that_make_no_sense_are_refused_with_what_to_write(tmp_path, written, said):
    path = tmp_path / "roles.toml"
    path.write_text(written)
    with pytest.raises(ValueError, match=said) as refused:
        read_rules(path)
    assert str(path) in str(refused.value)


def test_whoever_is_taken_out_of_the_file_loses_the_role_at_once(tmp_path):
    path = tmp_path / "roles.toml"
    path.write_text('admins = ["adam@institute.example"]')
    adam = claims(email="adam@institute.example")
    assert person_of(adam, rules_now(path), NOW).role is Role.ADMIN
    path.write_text("admins = []")
    assert person_of(adam, rules_now(path), NOW).role is Role.NOBODY


def test_a_file_that_breaks_or_vanishes_takes_all_roles_and_opens_nothing(tmp_path, caplog):
    path = tmp_path / "roles.toml"
    path.write_text('public = false\nadmins = ["adam@institute.example"]')
    assert rules_now(path).closed
    path.write_text("public = ")
    assert (rules_now(path).closed, rules_now(path).members) == (True, {})
    assert "Nobody has a role until the rules can be read" in caplog.text
    path.unlink()
    assert (rules_now(path).closed, rules_now(path).members) == (True, {})
    assert rules_now(tmp_path / "never-there.toml").closed

"""Public names, and one spelling for each mailbox."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.people.rules import NICKNAME_MAX, Step, canonical_email, missing_steps, nickname_fault

local = st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCXYZ0123456789._-", min_size=1, max_size=20)
domain = st.sampled_from(["gmail.com", "googlemail.com", "GMAIL.com", "example.org", "gov.tw"])
addresses = st.builds(lambda a, b: f"{a}@{b}", local, domain)


@given(addresses)
def test_the_canonical_address_is_its_own_canonical_address(address: str) -> None:
    once = canonical_email(address)
    assert canonical_email(once) == once
    assert once == once.lower()
    assert once.count("@") == 1


@given(local, domain, st.text(alphabet="abc+.1", max_size=8))
def test_what_follows_a_plus_is_the_same_mailbox(name: str, host: str, tag: str) -> None:
    assert canonical_email(f"{name}+{tag}@{host}") == canonical_email(f"{name}@{host}")


@given(addresses)
def test_case_and_spaces_around_are_the_same_mailbox(address: str) -> None:
    assert canonical_email(f"  {address.upper()} ") == canonical_email(address)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a.b.c@gmail.com", "abc@googlemail.com", True),
        ("a.b@example.org", "ab@example.org", False),
        ("a@example.org", "a@example.com", False),
        ("+a@example.org", "+b@example.org", False),
        ("a@gmail.com", "a@gmail.com.tw", False),
    ],
)
def test_which_addresses_reach_one_mailbox(one: str, other: str, same: bool) -> None:
    assert (canonical_email(one) == canonical_email(other)) == same


@pytest.mark.parametrize(
    "name",
    [
        "小民",
        "王小明 2",
        "Anna",
        "a-b",
        "二十個字二十個字二十個字二十個字二十個字",
        "🌱種樹",
        "ㄅㄆㄇ",
    ],
)
def test_names_people_have(name: str) -> None:
    assert nickname_fault(name) == ""


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "nickname_empty"),
        ("　 \t", "nickname_empty"),
        ("字" * (NICKNAME_MAX + 1), "nickname_too_long"),
        ("=SUM(A1)", "nickname_not_allowed"),
        ("＠某人", "nickname_not_allowed"),
        (" -1", "nickname_not_allowed"),
        ("看 www.a.b", "nickname_not_allowed"),
        ("buy.COM 特價", "nickname_not_allowed"),
        ("ｂｕｙ．ｃｏｍ", "nickname_not_allowed"),
        ("https:x", "nickname_not_allowed"),
        ("\u200b\u200b", "nickname_not_allowed"),
        ("官\u202e員", "nickname_not_allowed"),
        ("\u3164", "nickname_not_allowed"),
        ("兩\n行", "nickname_not_allowed"),
        ("\x00", "nickname_not_allowed"),
    ],
)
def test_names_nobody_may_have(name: str, code: str) -> None:
    assert nickname_fault(name) == code


@given(st.text(max_size=30))
def test_a_name_that_is_allowed_can_be_seen_and_runs_nowhere(name: str) -> None:
    if nickname_fault(name) == "":
        shown = name.strip()
        assert 1 <= len(shown) <= NICKNAME_MAX
        assert all(sign.isprintable() or unicodedata.category(sign) == "Zs" for sign in shown)
        assert shown[0] not in "=+-@＝＋－＠"


@given(st.booleans(), st.booleans(), st.booleans())
def test_the_steps_left_are_those_not_taken(email: bool, person: bool, declared: bool) -> None:
    left = missing_steps(email=email, person=person, declared=declared)
    assert (Step.EMAIL in left, Step.PERSON in left, Step.DECLARATION in left) == (
        not email,
        not person,
        not declared,
    )

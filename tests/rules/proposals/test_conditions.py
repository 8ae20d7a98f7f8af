"""Whom a campaign is about: patterns, times, places, networks; and what nobody may ask."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from unicodedata import normalize

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from minben.proposals.conditions import (
    KEPT_BITS,
    Conditions,
    Matcher,
    Seen,
    conditions_fault,
    network_prefix,
    prefixes_in,
)

AT = datetime(2026, 3, 5, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
texts = st.text(max_size=20)
instants = st.datetimes(
    min_value=datetime(2026, 1, 1), max_value=datetime(2026, 12, 31), timezones=st.just(UTC)
)
addresses = st.ip_addresses()


def seen(
    nickname: str = "小民",
    reason: str = "支持",
    county: str = "臺北市",
    at: datetime = AT,
    mark: bytes | None = b"a",
) -> Seen:
    return Seen(nickname, reason, county, at, mark)


def holds(conditions: Conditions, one: Seen, *marks: bytes) -> bool:
    return Matcher(conditions, frozenset(marks))(one)


class TestPatterns:
    @pytest.mark.parametrize(
        ("pattern", "nickname", "said"),
        [
            ("bot*", "bot0042", True),
            ("BOT*", "ｂｏｔ００４２", True),  # folded on both sides
            ("bot?", "bot12", False),
            ("bot??", "bot12", True),
            ("*測試*", "臺灣測試員", True),
            ("台*", "臺灣人", True),
            ("bot", "robot", False),  # the whole name, not a part of it
            ("a[bc]", "ab", False),  # a bracket is a bracket
            ("a[bc]", "a[bc]", True),
            ("a.c", "abc", False),
            ("＊員", "測試員", True),
        ],
    )
    def test_examples(self, pattern: str, nickname: str, said: bool) -> None:
        assert holds(Conditions(nickname=pattern), seen(nickname=nickname)) is said
        assert holds(Conditions(reason=pattern), seen(reason=nickname)) is said

    @given(st.text(st.characters(categories=("Ll", "Lu", "Lo", "Nd")), min_size=1, max_size=20))
    def test_a_name_matches_itself_and_what_holds_it(self, name: str) -> None:
        # A few old forms of letters are a blank and a mark; a blank counts only inside a text.
        assume(" " not in normalize("NFKC", name))
        assert holds(Conditions(nickname=name), seen(nickname=name))
        assert holds(Conditions(nickname=f"*{name}*"), seen(nickname=name))

    def test_a_long_text_cannot_make_a_pattern_slow(self) -> None:
        pattern = "*a" * 100 + "b"
        assert not holds(Conditions(reason=pattern), seen(reason="a" * 1000))


class TestAllMustHold:
    def test_each_condition_alone_can_refuse(self) -> None:
        whole = Conditions("小*", "支*", "臺北市", AT, AT + HOUR, "203.0.113.0/24")
        assert holds(whole, seen(), b"a")
        for other in (
            seen(nickname="大民"),
            seen(reason="反對"),
            seen(county="高雄市"),
            seen(at=AT - HOUR),
            seen(at=AT + HOUR),
            seen(mark=b"b"),
            seen(mark=None),
        ):
            assert not holds(whole, other, b"a")

    @given(instants, instants, instants)
    def test_times_are_half_open(self, at: datetime, since: datetime, until: datetime) -> None:
        said = holds(Conditions(since=since, until=until), seen(at=at))
        assert said == (since <= at < until)

    @given(
        st.builds(
            Conditions,
            texts,
            texts,
            texts,
            st.none() | instants,
            st.none() | instants,
            st.just("") | addresses.map(str),
        )
    )
    def test_they_survive_being_stored(self, conditions: Conditions) -> None:
        assert Conditions.from_json(conditions.as_json()) == conditions
        assert set(conditions.as_json()) == set(conditions.given)


class TestFaults:
    @pytest.mark.parametrize(
        ("conditions", "code", "field"),
        [
            (Conditions(), "condition_missing", None),
            (Conditions(nickname="*"), "condition_matches_all", "nickname"),
            (Conditions(reason="？＊ *"), "condition_matches_all", "reason"),
            (Conditions(nickname="a" * 201), "field_too_long", "nickname"),
            (Conditions(since=AT, until=AT), "condition_period", "until"),
            (Conditions(network="somewhere"), "network_unknown", "network"),
            (Conditions(network="203.0.113.7/24"), "network_unknown", "network"),
            (Conditions(network="203.0.113.0/25"), "network_too_narrow", "network"),
            (Conditions(network="202.0.0.0/15"), "network_too_wide", "network"),
            (Conditions(network="2001:db8::/31"), "network_too_wide", "network"),
            (Conditions(network="2001:db8::/49"), "network_too_narrow", "network"),
        ],
    )
    def test_what_is_refused(self, conditions: Conditions, code: str, field: str | None) -> None:
        assert conditions_fault(conditions) == (code, field)

    @pytest.mark.parametrize(
        "conditions",
        [
            Conditions(nickname="bot*"),
            Conditions(since=AT),
            Conditions(until=AT),
            Conditions(since=AT, until=AT + HOUR),
            Conditions(county="臺北市"),
            Conditions(network="203.0.113.0/24"),
            Conditions(network="203.0.0.0/16"),
            Conditions(network="2001:db8::/32"),
        ],
    )
    def test_what_is_taken(self, conditions: Conditions) -> None:
        assert conditions_fault(conditions) == ("", None)


class TestNetworks:
    @given(addresses)
    def test_an_address_is_in_the_network_it_is_kept_as(self, address: object) -> None:
        prefix = network_prefix(str(address))
        network = ip_network(prefix)
        assert network.prefixlen == KEPT_BITS[network.version]
        found = ip_address(str(address))
        assert (getattr(found, "ipv4_mapped", None) or found) in network

    @given(addresses, st.integers(16, 24), st.integers(32, 48))
    def test_a_condition_names_all_it_holds(self, address: object, v4: int, v6: int) -> None:
        prefix = network_prefix(str(address))
        bits = v4 if ip_network(prefix).version == 4 else max(v6, 40)
        wide = str(ip_network(f"{prefix.split('/')[0]}/{bits}", strict=False))
        assert prefix in prefixes_in(wide)
        assert len(prefixes_in(wide)) == 2 ** (KEPT_BITS[ip_network(prefix).version] - bits)

    @pytest.mark.parametrize("text", ["", "unknown", "203.0.113", "203.0.113.7, 10.0.0.1"])
    def test_what_is_no_address_is_kept_as_nothing(self, text: str) -> None:
        assert network_prefix(text) == ""

    def test_both_spellings_of_an_address_of_ipv4_are_one(self) -> None:
        assert network_prefix("::ffff:203.0.113.7") == network_prefix("203.0.113.9")

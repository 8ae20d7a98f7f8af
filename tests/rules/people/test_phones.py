"""One spelling per number; landlines and nonsense are refused."""

import pytest

from minben.kernel.refusal import Refusal
from minben.people import phones


@pytest.mark.parametrize(
    "text",
    ["0912 345 678", "0912-345-678", "+886 912 345 678", "886912345678", "０９１２３４５６７８"],
)
def test_every_spelling_is_one_number(text):
    assert phones.mobile(text) == "+886912345678"


@pytest.mark.parametrize(
    "text",
    ["", "0912", "02 2345 6789", "+886 2 2345 6789", "0800 000 123", "abc", "091234567890123"],
)
def test_what_is_no_mobile_is_refused(text):
    with pytest.raises(Refusal) as refusal:
        phones.mobile(text)
    assert refusal.value.code == "phone_not_mobile"
    assert refusal.value.field == "phone"


def test_numbers_from_elsewhere_keep_their_country():
    assert phones.mobile("+44 7400 123456") == "+447400123456"
    assert phones.shown("+447400123456") == "+44 7400 123456"


def test_numbers_are_shown_as_people_write_them():
    assert phones.shown("+886912345678") == "0912 345 678"

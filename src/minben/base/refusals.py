"""The catalogue of refusals: code → HTTP status and sentence in the reader's language.

Each module registers its codes in ``refusal_messages.py``; `BaseConfig.ready` discovers them.
"""

from dataclasses import dataclass
from http import HTTPStatus

from django.utils.functional import Promise

from minben.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class RefusalMessage:
    """What a refusal says. `text` is a lazy sentence with ``%(name)s`` places for its params."""

    text: str | Promise
    status: HTTPStatus = HTTPStatus.CONFLICT


_catalogue: dict[str, RefusalMessage] = {}


def register(messages: dict[str, RefusalMessage]) -> None:
    """Add a module's codes; a code registered twice is a programming error."""
    for code, message in messages.items():
        if code in _catalogue and _catalogue[code] is not message:
            raise ValueError(f"refusal code registered twice: {code}")
        _catalogue[code] = message


def codes() -> frozenset[str]:
    """All registered codes, for the test that every raised code has a sentence."""
    return frozenset(_catalogue)


def status_of(refusal: Refusal) -> HTTPStatus:
    """The HTTP status that answers this refusal."""
    message = _catalogue.get(refusal.code)
    return message.status if message else HTTPStatus.CONFLICT


def sentence(refusal: Refusal) -> str:
    """The sentence in the active language; the bare code if nobody registered one.

    ``%(basis)s`` in it is the clause the refusal rests on.
    """
    message = _catalogue.get(refusal.code)
    if message is None:
        return refusal.code
    return str(message.text) % ({"basis": refusal.basis} | refusal.params)

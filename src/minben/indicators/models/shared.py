"""What several tables of this module hold their rows to (共用限制)."""

from django.db.models import F, Q

AGENCY = "people.Agency"


def ends_after_it_begins() -> Q:
    """A span of `valid_from` and `valid_until`, either of which may be open."""
    return Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gt=F("valid_from"))


def is_hash(name: str = "sha256") -> Q:
    """Sixty-four characters, told without a function SQLite lacks outside Django."""
    return Q(**{f"{name}__gte": "0" * 64, f"{name}__lte": "f" * 64})

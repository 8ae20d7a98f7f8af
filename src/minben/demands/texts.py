"""The words a case was brought with (提議內容): each origin of cases lends them.

Only `proposals` knows what a proposal says; officers who split it want to choose sentences.
"""

from collections.abc import Callable

from minben.casework.rules import CaseOrigin

Words = Callable[[int], str]
_words: dict[CaseOrigin, Words] = {}


def register(origin: CaseOrigin, words: Words) -> None:
    """Declare who lends the words of cases of `origin`; twice is a programming error."""
    if _words.setdefault(origin, words) is not words:
        raise ValueError(f"words of {origin} are lent already")


def words_of(origin: str, case_id: int) -> str:
    """What the case was brought with; nothing where nobody lends it. One query."""
    words = _words.get(CaseOrigin(origin))
    return words(case_id) if words else ""

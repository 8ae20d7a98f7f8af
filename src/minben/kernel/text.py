"""Text as citizens write it: folding, likeness, excerpts, counting and safe export (文字處理).

Chinese is written without spaces, so search and likeness work on bigrams, pairs of
neighbouring characters: the two-character word 報稅 is itself one bigram and is found inside
any longer subject. Nothing here knows meanings; what is alike is shown to a person, who decides.

Source: Unicode Standard Annexes 15 (normalisation) and 29 (grapheme clusters), the latter
simplified as told at :func:`count_characters`.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import log
from typing import Final, TypeVar

K = TypeVar("K")

NEAR_DUPLICATE: Final = 0.4
"""From here on :func:`similarity` of two subjects is worth a checker's look.

Measured on the subjects of 1,400 proposals of 2015-2018: 93 of all 979,300 pairs reach it,
nearly all on one and the same matter; of pairs drawn at random it is 1 in 7,000. Of 40
candidates that comparing whole texts had brought up, 27 reach it by their subjects alone
(every one of the 18 closest), 3 more by their whole texts, and the rest shared a topic or
boilerplate only. It also finds opposites, for and against one change: a prompt to a person,
never a decision.
"""

SUGGEST_AT_LEAST: Final = 0.15
"""From here on :func:`rank_similar` shows a subject to somebody who is writing a new one.

Low on purpose, for a miss costs more than a line too many: between two subjects drawn at
random 2 in 1,000 reach it, so about three strangers among 1,400, at the end of the list.
"""

# Variant form, then the form kept. Both sides of a comparison are folded and folded text is
# never shown, so the direction is of no consequence (台 is kept, though 臺 is official). Left
# out are pairs that differ in meaning in Taiwan's usage: 里/裡, 后/後, 干/乾, 復/複, 檯/台, 颱/台.
_GLYPHS: Final = (  # one character written in two forms
    "臺台 裏裡 着著 爲為 衆眾 羣群 峯峰 啓啟 綫線 牀床 麪麵 鷄雞 衞衛 强強 户戶 税稅 説說 閲閱 "
    "悦悅 鋭銳 内內 産產 顔顏 録錄 緑綠 温溫 没沒 卽即 旣既 鄕鄉 尙尚 淸清 眞真 鎭鎮 寳寶 恒恆 "
    "汙污 証證 晒曬 脚腳 却卻 决決 况況 减減 净淨 迹跡 踪蹤 滙匯 秘祕 唇脣 猪豬 猫貓 滚滾 凉涼 "
    "黄黃 横橫 敎教 靑青 别別 擧舉 廰廳 効效 脱脫 兑兌 葱蔥 墻牆 鉄鐵 硏研 舘館 厠廁"
)
_USAGE: Final = (  # two characters in use for one word, such as 計劃/計畫, 身份/身分, 香煙/香菸
    "佔占 僱雇 週周 劃畫 煙菸 託托 卹恤 份分 妳你 痲麻"
)
_FOLDED: Final = str.maketrans({pair[0]: pair[1] for pair in f"{_GLYPHS} {_USAGE}".split()})


_CLUSTER_LIMIT: Final = 16
_JOINER: Final = "\u200d"
_ELLIPSIS: Final = "…"
_FORMULA: Final = frozenset("=+-@")


def fold(text: str) -> str:
    """Return `text` in the form used for comparing and searching; never show it.

    Full-width forms become plain (NFKC), case is folded, 臺 becomes 台 and likewise for the
    variants in this module's table, characters that cannot be seen (zero-width spaces,
    variation selectors, direction marks) are dropped, and white space becomes single spaces.
    Folding twice gives the same as folding once.
    """
    # NFKC and case folding disturb each other on a few letters; Unicode (D146) folds twice.
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", plain).casefold())
    seen = "".join(c for c in plain.translate(_FOLDED) if not _is_unseen(c))
    return " ".join(unicodedata.normalize("NFKC", seen).split())


def runs(text: str) -> tuple[str, ...]:
    """Return the words of `text` as searching sees them: folded, in order, without punctuation.

    A run is what stands between spaces, punctuation and symbols; in Chinese that may be a whole
    clause. Whoever searches for a run wants it in one piece.
    """
    return tuple(_runs(fold(text)))


def bigrams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters in `text`, folded.

    Punctuation, symbols and spaces separate runs; a run of one character yields itself. A
    text without letters and digits yields nothing.
    """
    found: set[str] = set()
    for run in _runs(fold(text)):
        found.update([run] if len(run) == 1 else (run[i : i + 2] for i in range(len(run) - 1)))
    return frozenset(found)


def similarity(a: str, b: str) -> float:
    """Return how alike two texts are, from 0.0 (no bigram shared) to 1.0 (the same bigrams).

    It is Dice's coefficient, twice the shared bigrams over the sum of both: symmetric, without
    a corpus, and explained to a citizen in one sentence. On near duplicates among real
    proposals a cosine weighted by rarity put the same pairs above the line, so the simpler one
    is used. A short text inside a long one scores low; :func:`rank_similar` finds those.

    See :data:`NEAR_DUPLICATE` for the threshold. Two texts without bigrams are not alike (0.0).
    """
    return _dice(bigrams(a), bigrams(b))


def rank_similar(
    query: str,
    corpus: Iterable[tuple[K, str]],
    *,
    at_least: float = SUGGEST_AT_LEAST,
    limit: int = 10,
    spread: Mapping[str, int] | None = None,
    size: int | None = None,
) -> list[tuple[K, float]]:
    """Return the texts of `corpus` that hold most of `query`, best first.

    The score, 0.0 to 1.0, is the share of the query's bigrams that the text holds, each
    weighted by its rarity in the corpus (1 + log of inverse frequency), so that 建議 or 應該
    count for little. Length of the text does not matter: 報稅 scores 1.0 in any subject that
    holds it. Equal scores go by :func:`similarity`, then by the order of the corpus.

    Args:
        query: what somebody is writing.
        corpus: keys and texts; read once. A few thousand subjects take milliseconds.
        at_least: lowest score to return.
        limit: most results to return.
        spread: how many texts hold each bigram, where `corpus` is only what an index found of a
            larger one; counted in `corpus` if left out.
        size: how many texts the larger corpus has.
    """
    wanted = bigrams(query)
    texts = [(key, bigrams(text)) for key, text in corpus]
    if spread is None or size is None:
        spread = Counter(pair for _, held in texts for pair in wanted & held)
        size = len(texts)
    weight = {pair: 1 + log((size + 1) / (spread.get(pair, 0) + 1)) for pair in sorted(wanted)}
    total = sum(weight.values())
    scored = [
        (min(1.0, sum(weight[pair] for pair in weight if pair in held) / total), held, key)
        for key, held in texts
        if wanted & held
    ]
    kept = [item for item in scored if item[0] >= at_least]
    kept.sort(key=lambda item: (-item[0], -_dice(wanted, item[1])))
    return [(key, score) for score, _, key in kept[:limit]]


def excerpt(text: str, n: int) -> str:
    """Return `text` on one line, cut to at most `n` characters, the last an ellipsis if cut.

    Characters are counted as in :func:`count_characters`: an accent, a variation selector or
    an emoji made of several code points is never torn apart.

    Raises:
        ValueError: `n` is less than 1.
    """
    if n < 1:
        raise ValueError(f"an excerpt has 1 character or more, not {n}")
    line = " ".join(text.split())
    clusters = list(_clusters(line))
    if len(clusters) <= n:
        return line
    return "".join(clusters[: n - 1]).rstrip() + _ELLIPSIS


def count_characters(text: str) -> int:
    """Count characters as a reader sees them, for limits such as "100 characters at most".

    A base with its combining marks, an emoji with its modifiers or joined parts, a flag, and
    a line break (CRLF, as browsers send it) count one each; white space counts. It is the
    extended grapheme cluster of Unicode without the rules for decomposed Hangul and for Indic
    conjuncts, which count somewhat longer here. A cluster holds at most 16 code points, so a
    limit on characters also bounds what must be stored.
    """
    return sum(1 for _ in _clusters(text))


def formula_safe(text: str) -> str:
    """Return `text` with a leading apostrophe if a spreadsheet might run it as a formula.

    That is the case when it begins with = + - @ in any width, after white space or unseen
    characters or none, or with a tab or line break. Numbers belong in number cells and should
    not come here. Guarding twice changes nothing.

    Basis: OWASP, CSV Injection.
    """
    if text[:1] in ("\t", "\r", "\n"):
        return "'" + text
    for character in text:
        if character.isspace() or _is_unseen(character):
            continue
        return "'" + text if unicodedata.normalize("NFKC", character) in _FORMULA else text
    return text


def whole_number(text: str) -> int | None:
    """The number that was sent in an address or a hidden field; None if it is none.

    ASCII digits, and few enough for every database: others are digits to Python and no number,
    or more of them than it reads.
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None


def xml_safe(text: str) -> str:
    """Return `text` without the control characters that XML 1.0 can't hold, as in a feed.

    Pasted text brings them along unseen. Tabs and line breaks stay.
    """
    return "".join(c for c in text if c in "\t\n\r" or unicodedata.category(c) not in ("Cc", "Cs"))


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _runs(folded: str) -> Iterator[str]:
    """Yield the runs of letters, digits and their marks."""
    kept = "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in folded)
    return iter(kept.split())


def _is_unseen(character: str) -> bool:
    """Say whether a character takes no room: format controls and variation selectors."""
    return unicodedata.category(character) == "Cf" or _is_selector(character)


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _clusters(text: str) -> Iterator[str]:
    """Yield the characters a reader sees, see :func:`count_characters`."""
    cluster = ""
    for character in text:
        if cluster and len(cluster) < _CLUSTER_LIMIT and _continues(cluster, character):
            cluster += character
            continue
        if cluster:
            yield cluster
        cluster = character
    if cluster:
        yield cluster


def _continues(cluster: str, character: str) -> bool:
    """Say whether `character` belongs to the same seen character as `cluster`."""
    if character == "\n":
        return cluster == "\r"
    if cluster[-1] in "\r\n":
        return False
    return (
        (cluster[-1] == _JOINER and unicodedata.category(character) == "So")
        or unicodedata.category(character)[0] == "M"
        or character == _JOINER
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= character <= "\U000e007f"  # tags of regional flags
        or (_is_flag_letter(character) and len(cluster) == 1 and _is_flag_letter(cluster))
    )


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"

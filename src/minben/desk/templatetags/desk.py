"""Filters of the desk: names in the reader's language, words for codes, who acted."""

import json
from datetime import datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from minben.base.presentation import is_chinese
from minben.desk import event_words, words
from minben.kernel.periods import TAIPEI, Term
from minben.proposals import labels
from minben.proposals.queries.dossier import stage_of_case

register = template.Library()
_TABLES = {
    "role": words.ROLES,
    "delegation": words.DELEGATIONS,
    "adoption": words.ADOPTIONS,
    "block": words.BLOCKS,
    "comment_ground": words.COMMENT_GROUNDS,
    "side": words.SIDES,
    "deadline": words.DEADLINES,
    "outcome": words.OUTCOMES,
    "term": words.TERMS,
}


@register.simple_tag
def clock_time(at: datetime) -> SafeString:
    """Hour and minute in Taiwan, for what lasts half an hour: 10:30."""
    local = at.astimezone(TAIPEI)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), f"{local:%H:%M}"
    )


@register.filter
def named(thing: Any) -> str:  # Any: whatever has name_zh and name_en
    """An agency's or government's name in the reader's language."""
    if thing is None:
        return ""
    return str(thing.name_zh if is_chinese() or not thing.name_en else thing.name_en)


@register.filter
def wording(thing: Any) -> str:  # Any: a ground, or whatever has zh and en
    """A catalogued ground in the reader's language."""
    return str(thing.zh if is_chinese() or not thing.en else thing.en)


@register.filter
def titled(thing: Any) -> str:  # Any: whatever has title_zh and title_en
    """A rule set's title in the reader's language."""
    return str(thing.title_zh if is_chinese() else thing.title_en)


@register.filter
def reason_in(pause: Any) -> str:  # Any: a pause
    """Why a pause holds, in the reader's language as far as it was given."""
    return str(pause.reason_zh if is_chinese() or not pause.reason_en else pause.reason_en)


@register.filter
def datum(value: object) -> str:
    """A value of an event's data in one line; instants as they are stored."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@register.filter
def words_of(code: str, table: str) -> str:
    """``{{ grant.role|words_of:"role" }}``; an unknown code shows itself."""
    return str(_TABLES[table].get(code, code))


@register.filter
def topic(code: str) -> str:
    """The word for a topic."""
    return labels.topic_label(code)


@register.filter
def term(value: Term) -> str:
    """How long a term is: 3 個工作日."""
    return labels.term_words(value)


@register.filter
def who(actor: str, names: dict[str, str]) -> str:
    """Who acted; ``{{ event.actor|who:names }}``."""
    return words.actor_words(actor, names)


@register.simple_tag
def stage_of(case: Any, at: datetime) -> str:  # Any: a case with what its proposal is
    """The stage of a case a citizen brought; nothing for an agency's."""
    stage = stage_of_case(case, at)
    return stage.value if stage else ""


@register.filter
def told_rows(data: dict[str, Any]) -> list[tuple[str, str]]:  # Any: JSON
    """What is recorded of an event, in words: names and values."""
    return event_words.rows_of(data)


@register.filter
def by_whom(event: Any) -> str:  # Any: a line of the dossier's record
    """Who did it: the office named with the act, and the person behind it."""
    names = {event.actor: event.nickname} if event.nickname else {}
    told = [event.label, words.actor_words(event.actor, names)]
    return " · ".join(dict.fromkeys(one for one in told if one))


@register.filter
def at_key(table: dict[str, Any], key: object) -> Any:  # Any: whatever the view put in
    """What a mapping holds under a key; nothing if it does not."""
    return table.get(key)  # type: ignore[call-overload]

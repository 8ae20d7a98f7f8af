"""The acts on people and agencies; their only writers."""

from minben.people.actions.accounts import (
    choose_language,
    confirm_email,
    confirm_phone,
    declare,
    join,
    open_account,
    set_phone,
)
from minben.people.actions.agencies import (
    add_agency,
    add_jurisdiction,
    change_agency,
    end_agency,
)
from minben.people.actions.counter import confirm_at_counter
from minben.people.actions.delegation import delegate_role, end_delegation
from minben.people.actions.erasing import (
    close_account,
    drop_old_sessions,
    erase_due,
    erase_person,
    forget_person,
    keep_account,
    release_numbers,
)
from minben.people.actions.staff import end_role, grant_role

__all__ = [
    "add_agency",
    "add_jurisdiction",
    "change_agency",
    "choose_language",
    "close_account",
    "confirm_at_counter",
    "confirm_email",
    "confirm_phone",
    "declare",
    "delegate_role",
    "drop_old_sessions",
    "end_agency",
    "end_delegation",
    "end_role",
    "erase_due",
    "erase_person",
    "forget_person",
    "grant_role",
    "join",
    "keep_account",
    "open_account",
    "release_numbers",
    "set_phone",
]

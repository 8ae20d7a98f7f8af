"""The mark an endorsement's network leaves (網路識別碼): enough to compare, and to nothing else.

Kept is neither the address nor its network, but a code made of the network and the proposal with
a key that is not in the database. The same network gives the same mark on one proposal and
another one elsewhere, so nobody can be followed from proposal to proposal, and whoever copies
the database learns no address.
"""

from django.utils.crypto import salted_hmac

from minben.proposals.conditions import network_prefix, prefixes_in

BYTES = 16


def mark_of(proposal_id: int, address: str) -> bytes | None:
    """The mark of the network an address is in; None if it is no address. No query."""
    prefix = network_prefix(address)
    return _mark(proposal_id, prefix) if prefix else None


def marks_in(proposal_id: int, network: str) -> frozenset[bytes]:
    """The marks of everything inside a network in CIDR notation; none for no network. No query."""
    if not network:
        return frozenset()
    return frozenset(_mark(proposal_id, prefix) for prefix in prefixes_in(network))


def _mark(proposal_id: int, prefix: str) -> bytes:
    told = f"{proposal_id}|{prefix}"
    return salted_hmac("minben.proposals.network", told, algorithm="sha256").digest()[:BYTES]

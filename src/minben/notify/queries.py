"""Reads of the outbox."""

from collections.abc import Sequence

from minben.notify.models import Notice, SandboxMessage


def sandbox_messages(limit: int = 100) -> Sequence[SandboxMessage]:
    """What the demo would have sent, newest first. One query."""
    return list(SandboxMessage.objects.all()[:limit])


def told_to(recipient: str, limit: int = 20) -> Sequence[Notice]:
    """What a person was told, newest first, for "my page". One query."""
    return list(Notice.objects.filter(recipient=recipient).order_by("-created_at", "-id")[:limit])

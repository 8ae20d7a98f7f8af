"""The search index (雙字元索引): bigrams of folded text, the same on every database."""

from collections.abc import Iterable
from datetime import datetime

from minben.kernel.actor import Actor
from minben.kernel.text import bigrams
from minben.proposals.models import Gram, Proposal


def grams_of(proposal: Proposal) -> Iterable[Gram]:
    """The index rows of a proposal: its subject, and its content with benefits."""
    for in_subject, text in (
        (True, proposal.subject),
        (False, f"{proposal.content}\n{proposal.benefits}"),
    ):
        for gram in sorted(bigrams(text)):
            yield Gram(gram=gram, proposal=proposal, in_subject=in_subject)


def index_text(*, proposal: Proposal, by: Actor, at: datetime) -> None:
    """(Re)build the index rows of one proposal."""
    Gram.objects.filter(proposal=proposal).delete()
    Gram.objects.bulk_create(grams_of(proposal), batch_size=2000)

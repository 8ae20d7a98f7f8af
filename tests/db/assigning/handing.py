"""A case whose agencies are asked, for the tests of hand-overs."""

from dataclasses import dataclass

from minben.assigning.models import Offer
from minben.casework.models import CaseAgency
from minben.kernel.actor import Actor, Role
from minben.people.models import Agency
from minben.proposals import actions as proposals
from minben.proposals.models import Proposal
from tests.factories import DAY, DAY0, accept_one, file_one, make_agency, make_staff

AT = DAY0 + DAY
REASON = "本件屬道路工程之設計與施工，並非本機關之法定職掌。"


@dataclass(frozen=True)
class Asked:
    """A case with the agency that was asked to lead, an officer of it, and an administrator."""

    proposal: Proposal
    first: Agency
    second: Agency
    one: Actor
    two: Actor
    admin: Actor

    def offer(self, agency: Agency | None = None) -> Offer:
        """The newest offer of an agency."""
        found = Offer.objects.filter(agency=agency or self.first).order_by("-pk").first()
        assert found is not None
        return found

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Who has which part now."""
        rows = CaseAgency.objects.filter(case=self.proposal.case)
        return [(row.role, row.agency.code) for row in rows.select_related("agency")]


def asked(role: Role = Role.OFFICER) -> Asked:
    """A proposal that is open for endorsing; its lead was asked by an administrator."""
    first, second = make_agency(), make_agency("交通部", "motc")
    admin = make_staff(Role.ADMINISTRATOR)
    proposal = accept_one(file_one())
    proposals.name_agencies(proposal_id=proposal.pk, agency_ids=[first.pk], by=admin, at=AT)
    proposal.refresh_from_db()
    one, two = make_staff(role, first), make_staff(role, second)
    return Asked(proposal, first, second, one, two, admin)

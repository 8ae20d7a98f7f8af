"""The sentences of the API's description (介面說明用語), marked so that they are in the catalogue.

The description itself is in English; the page about it shows each in the reader's language. A
test compares this list with the description.
"""

from django.utils.translation import gettext_noop

SENTENCES = (
    # what an address gives
    gettext_noop("List of proposals"),
    gettext_noop("The same list, search and facets as the page. Only what is public."),
    gettext_noop("Figures of the first page"),
    gettext_noop("How many proposals there are, and how the government keeps its dates."),
    gettext_noop("Topics"),
    gettext_noop("The topics a proposal may be about."),
    gettext_noop("Stages"),
    gettext_noop("The stages a public proposal can be in."),
    gettext_noop("One proposal"),
    gettext_noop("Everything the proposal's page shows, but for the long lists."),
    gettext_noop("Endorsements of a proposal"),
    gettext_noop("Who endorsed, newest first: nickname, county, township, time and reason."),
    gettext_noop("Comments on a proposal"),
    gettext_noop("Comments, newest first. Of a hidden one only ground and reason are told."),
    gettext_noop("Hidden proposals"),
    gettext_noop("The public register of hidden proposals: ground and reason of each."),
    gettext_noop("One hidden proposal"),
    gettext_noop(
        "Why a proposal was hidden, what became of an appeal, and its content if that may be read."
    ),
    gettext_noop("Endorsements that do not count"),
    gettext_noop("The public register of campaigns that took endorsements off counts."),
    gettext_noop("Endorsements of a proposal that do not count"),
    gettext_noop(
        "Every campaign on one proposal: how many, on what ground, and what became of it."
    ),
    gettext_noop("Demands of a case and their dispositions"),
    gettext_noop("What a case asks for, one by one, who is responsible, and what became of each."),
    gettext_noop("Findings of usability tests"),
    gettext_noop(
        "The published usability tests of a case, oldest first; an empty list without one."
    ),
    gettext_noop("How far participation in a case went"),
    gettext_noop("Ladder of participation"),
    gettext_noop("The newest statement of every process of a case; an empty list without one."),
    gettext_noop(
        "The eight rungs with their criteria, and the newest fifty processes of public cases."
    ),
    gettext_noop("Meetings and workshops"),
    gettext_noop("Meetings that were announced about cases that are public."),
    gettext_noop("One meeting"),
    gettext_noop("One meeting with agenda, numbers of people, published reports and actions."),
    gettext_noop("number of the meeting, such as M2026-0007"),
    gettext_noop("Rounds of topics"),
    gettext_noop(
        "The latest sixty rounds in which participation officers chose topics, newest first."
    ),
    gettext_noop("One round of topics"),
    gettext_noop("One round: what was nominated and why, and how the vote went."),
    gettext_noop("The public ledger"),
    gettext_noop("Size, newest checkpoint and keys."),
    gettext_noop("One entry of the ledger"),
    gettext_noop("What it says, and the proof that it stands under the newest checkpoint."),
    gettext_noop("Entries of a proposal in the public ledger"),
    gettext_noop(
        "Every act but endorsements, with its place; one entry is at ``/ledger/leaves/{index}``."
    ),
    gettext_noop("place, from 0"),
    gettext_noop("Drafts open to everybody"),
    gettext_noop("Drafts whose authors asked for help with the wording."),
    gettext_noop("One co-drafting"),
    gettext_noop("A draft open to everybody, with its text and what became of it."),
    gettext_noop("Suggestions to a draft"),
    gettext_noop("What others suggested, newest first."),
    gettext_noop("All rule sets"),
    gettext_noop("Every version of the rules the platform knows, with the clauses they rest on."),
    gettext_noop("One rule set"),
    gettext_noop("One version of the rules of one government."),
    gettext_noop("Governments"),
    gettext_noop("The governments that take proposals here."),
    gettext_noop("Agencies"),
    gettext_noop("The agencies that exist now, of one government or all."),
    gettext_noop("One agency"),
    gettext_noop("An agency that exists or existed, and who succeeded it."),
    gettext_noop("Counties and townships"),
    gettext_noop("The counties and townships people say they live in."),
    gettext_noop("This installation"),
    gettext_noop("Who runs it, under which licence, and whether it is only for practice."),
    gettext_noop("The clock wall"),
    gettext_noop("The government's duties with their last days, and how each agency keeps them."),
    gettext_noop("List of indicators"),
    gettext_noop("The indicators of the registry, with the search and the facets of the page."),
    gettext_noop("One indicator"),
    gettext_noop("What an indicator counts, of whom, in which unit, and where its series breaks."),
    gettext_noop("Values of an indicator"),
    gettext_noop(
        "The values that count, by period and unit, each with the file and the place it stood in."
    ),
    gettext_noop("Composite indices"),
    gettext_noop("The methods in use, each with its newest run."),
    gettext_noop("One composite index"),
    gettext_noop(
        "The recipe of an index as it is written, its newest run, and the sources of that run."
    ),
    gettext_noop("Scores of a composite index"),
    gettext_noop(
        "Scores and ranks of the newest run, with how many were ranked and what was observed."
    ),
    gettext_noop("Units"),
    gettext_noop(
        "Countries, counties, agencies, public services and others that something is observed of."
    ),
    gettext_noop("One unit"),
    gettext_noop("A unit and how it stands in every index, in its newest period there."),
    gettext_noop("One source of indicators"),
    gettext_noop("Who publishes, on what terms, and every import with its files and their hashes."),
    gettext_noop("Surveys"),
    gettext_noop("Surveys whose waves are compared, with how much is said of them."),
    gettext_noop("One survey"),
    gettext_noop(
        "Units and periods of a survey, and what is said of its figures with verdict and reason."
    ),
    # what a parameter means
    gettext_noop("code, as in the address of the page"),
    gettext_noop("words; all of them must occur"),
    gettext_noop("stage of a proposal's life"),
    gettext_noop("code of a government, see /governments"),
    gettext_noop("code of a topic, see /topics"),
    gettext_noop("code of an agency, see /agencies"),
    gettext_noop("the proposer's county or city, in Chinese"),
    gettext_noop("match needs words and is usual with them"),
    gettext_noop("number of the page, from 1"),
    gettext_noop("how many on a page"),
    gettext_noop("case number, such as 2026-000123"),
    gettext_noop("only from this county or city, in Chinese"),
    gettext_noop("one side only"),
    gettext_noop("code of a ground, see /rule-sets"),
    gettext_noop("code of a ground, see by_reason"),
    gettext_noop("false: those that ended"),
    gettext_noop("id of a co-drafting"),
    gettext_noop("code of a rule set"),
    gettext_noop("how a duty stands"),
    gettext_noop("where the page before ended"),
)

"""All that makes up the service `planning`."""

from pathlib import Path

from planning.approvals.chain_routes import chains
from planning.approvals.routes import approvals
from planning.approvals.use_cases import announce_approvals, find_after_quiet, publish_after_quiet
from planning.comments.routes import comments, of_consultation
from planning.comments.submitter_routes import sending
from planning.comments.use_cases import forget_arrivals
from planning.commitments.pulse_use_cases import report_lapsed_owners
from planning.commitments.routes import commitments
from planning.consultations.routes import consultations
from planning.decisions.routes import decisions, taken
from planning.evidence import reactions as evidence_reactions
from planning.evidence.routes import evidence, of_problems
from planning.exchange.routes import exchange
from planning.insertions.routes import insertions, uses
from planning.library.routes import library, practices
from planning.measures.routes import measures
from planning.meetings.minutes_routes import minutes
from planning.meetings.routes import meetings, of_bodies
from planning.offers.routes import needs, offers
from planning.overviews.routes import lists, overviews
from planning.partnerships.import_routes import member_lists
from planning.partnerships.routes import bodies, members
from planning.peers.routes import exchanges
from planning.plans import reactions as plan_reactions
from planning.plans.node_routes import nodes
from planning.plans.revision_routes import revisions
from planning.plans.routes import plans
from planning.publication.routes import publication
from planning.recommendations import reactions as recommendation_reactions
from planning.recommendations.routes import recommendations
from planning.seed import seed
from planning.settlement.routes import settlement
from planning.summaries.routes import summaries
from planning.tables import Base
from planning.units import reactions as unit_reactions
from planning.workbooks.routes import workbooks
from shared.clock import Every, EveryOne
from shared.service import Service

SERVICE = Service(
    name="planning",
    title="Pospolu – planning",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=(
        plans,
        chains,
        approvals,
        commitments,
        measures,
        overviews,
        lists,
        revisions,
        workbooks,
        exchange,
        summaries,
        nodes,
        settlement,
        publication,
        bodies,
        members,
        member_lists,
        meetings,
        of_bodies,
        minutes,
        taken,
        decisions,
        evidence,
        of_problems,
        recommendations,
        library,
        practices,
        insertions,
        uses,
        offers,
        needs,
        exchanges,
        consultations,
        sending,
        of_consultation,
        comments,
    ),
    clock=(
        Every(3600, report_lapsed_owners),
        Every(600, forget_arrivals),
        EveryOne(60, find_after_quiet, publish_after_quiet),
        Every(3600, announce_approvals),
    ),
    reactions=(unit_reactions, plan_reactions, recommendation_reactions, evidence_reactions),
    seed=seed,
)

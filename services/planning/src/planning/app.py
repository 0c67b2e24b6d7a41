"""All that makes up the service `planning`."""

from pathlib import Path

from planning.commitments.routes import commitments
from planning.decisions.routes import decisions, taken
from planning.meetings.minutes_routes import minutes
from planning.meetings.routes import meetings, of_bodies
from planning.overviews.routes import lists, overviews
from planning.partnerships.routes import bodies, members
from planning.plans import reactions as plan_reactions
from planning.plans.node_routes import nodes
from planning.plans.revision_routes import revisions
from planning.plans.routes import plans
from planning.recommendations import reactions as recommendation_reactions
from planning.recommendations.routes import recommendations
from planning.tables import Base
from planning.units import reactions as unit_reactions
from shared.service import Service

SERVICE = Service(
    name="planning",
    title="Pospolu – planning",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=(
        plans,
        commitments,
        overviews,
        lists,
        revisions,
        nodes,
        bodies,
        members,
        meetings,
        of_bodies,
        minutes,
        taken,
        decisions,
        recommendations,
    ),
    reactions=(unit_reactions, plan_reactions, recommendation_reactions),
)

"""All that makes up the service `planning`."""

from pathlib import Path

from planning.commitments.routes import commitments
from planning.overviews.routes import lists, overviews
from planning.plans import reactions as plan_reactions
from planning.plans.revision_routes import revisions
from planning.plans.routes import plans
from planning.tables import Base
from planning.units import reactions as unit_reactions
from shared.service import Service

SERVICE = Service(
    name="planning",
    title="Pospolu – planning",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=(plans, commitments, overviews, lists, revisions),
    reactions=(unit_reactions, plan_reactions),
)

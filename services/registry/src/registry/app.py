"""What the service `registry` is made of."""

from pathlib import Path

from registry.activities.routes import activities
from registry.applications.decision_routes import application_decisions
from registry.applications.routes import applications
from registry.averages.routes import averages
from registry.bands.routes import bands
from registry.bridge.routes import bridge
from registry.calls.outage_use_cases import give_sign_of_life
from registry.calls.routes import availability, calls, methodologies
from registry.caseload.routes import assignments, caseloads
from registry.commission.minutes_routes import records
from registry.commission.routes import assessments, commissions
from registry.commission.score_routes import feedback, workbench
from registry.confirmations.routes import confirmations
from registry.contacts.routes import contacts
from registry.cooperation.routes import cooperations, regimes
from registry.cooperation.use_cases import conclude_expired
from registry.correspondence.routes import correspondence, promises
from registry.datasets.routes import catalogue, datasets
from registry.deliveries.routes import deliveries
from registry.descriptions.routes import descriptions
from registry.disclosure.routes import disclosure
from registry.editions.routes import editions
from registry.exclusion.routes import exclusion
from registry.explanation.routes import explanations
from registry.forecasts.routes import forecasts
from registry.frozen_pages.routes import frozen_pages
from registry.geography.routes import geography, geometries
from registry.handovers.routes import elections, handovers
from registry.handovers.use_cases import open_handovers
from registry.imports.routes import imports
from registry.journal.routes import journal
from registry.memberships.routes import belonging, memberships
from registry.memoranda.routes import memoranda
from registry.peers.routes import peers
from registry.placing.use_cases import tell_places
from registry.plans import reactions as plans
from registry.profiles.routes import profiles
from registry.quotations.routes import quotations
from registry.scenarios.routes import scenarios
from registry.seed import seed
from registry.statements.decision_routes import statement_decisions
from registry.statements.routes import statements
from registry.statements.use_cases import warn_of_deadlines
from registry.statistics.routes import statistics
from registry.stories.routes import stories
from registry.successions.routes import successions
from registry.tables import Base
from registry.units.routes import units
from registry.units.use_cases import tell_begun_changes
from registry.workbooks.routes import workbooks
from shared.clock import Every
from shared.service import Service

SERVICE = Service(
    name="registry",
    title="Pospolu: registry of territorial units and of cooperation",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=(
        units,
        belonging,
        geometries,
        memberships,
        successions,
        geography,
        imports,
        statistics,
        quotations,
        deliveries,
        bridge,  # /index/methods/compare goes before /index/methods/{code}
        exclusion,
        editions,
        workbooks,
        calls,
        methodologies,
        availability,
        cooperations,
        memoranda,
        descriptions,
        regimes,
        applications,
        application_decisions,
        journal,
        commissions,
        assessments,
        workbench,
        records,
        feedback,
        assignments,
        caseloads,
        elections,
        handovers,
        statements,
        statement_decisions,
        averages,
        confirmations,
        bands,
        peers,
        explanations,
        disclosure,
        activities,
        contacts,
        correspondence,
        promises,
        stories,
        scenarios,
        forecasts,
        profiles,
        frozen_pages,
        datasets,
        catalogue,
    ),
    reactions=(plans,),
    clock=(
        Every(60, tell_begun_changes),
        Every(600, tell_places),
        Every(60, conclude_expired),
        Every(3600, open_handovers),
        Every(600, warn_of_deadlines),
    ),
    pulse=(Every(60, give_sign_of_life),),
    seed=seed,
)

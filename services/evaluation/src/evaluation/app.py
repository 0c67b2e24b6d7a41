"""What the service `evaluation` is made of."""

from pathlib import Path

import evaluation.evaluations.reactions
import evaluation.measures.reactions
import evaluation.monitoring.reactions
import evaluation.participants.reactions
import evaluation.programmes.reactions
import evaluation.quality.reactions
import evaluation.recommendations.reactions
import evaluation.reminders.reactions
import evaluation.sources.reactions
import evaluation.units.reactions
from evaluation.criteria.routes import criteria, scales
from evaluation.dashboards.routes import dashboards
from evaluation.definitions.routes import definitions, dimensions
from evaluation.evaluations.routes import evaluations, questions, register
from evaluation.evaluations.use_cases import announce_evaluations
from evaluation.frozen_pages.routes import frozen_pages
from evaluation.indicators.routes import indicators, sums
from evaluation.mail.routes import letters, mail_accounts
from evaluation.mail.sending_use_cases import forget_letters, send_letters
from evaluation.participants.routes import attendance, participants
from evaluation.programmes.routes import deliverables, ledger
from evaluation.progress.routes import monitoring
from evaluation.projects.routes import projects
from evaluation.quality.routes import criteria_sets
from evaluation.readings.routes import readings, sets
from evaluation.recommendations.routes import recommendations
from evaluation.reminders.digest_use_cases import write_digests
from evaluation.reminders.routes import feeds, my_account, subscriptions
from evaluation.reminders.use_cases import announce_obligations
from evaluation.reports.edition_routes import editions, judgements
from evaluation.reports.routes import reports
from evaluation.seed import seed
from evaluation.shifts.routes import shifts, tables
from evaluation.sources.routes import doubts
from evaluation.tables import Base
from evaluation.tasks.routes import private_feeds, reading_rights, tasks
from evaluation.values.routes import obligations
from shared.clock import Every
from shared.service import Service

SERVICE = Service(
    name="evaluation",
    title="Pospolu: monitoring, indicator values and evaluations",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=(
        definitions,
        dimensions,
        monitoring,
        indicators,
        sums,
        feeds,
        obligations,
        doubts,
        evaluations,
        register,
        questions,
        reports,
        editions,
        judgements,
        recommendations,
        deliverables,
        projects,
        dashboards,
        ledger,
        participants,
        attendance,
        mail_accounts,
        letters,
        subscriptions,
        my_account,
        tasks,
        private_feeds,
        reading_rights,
        scales,
        criteria,
        criteria_sets,
        sets,
        readings,
        shifts,
        tables,
        frozen_pages,
    ),
    reactions=(
        evaluation.units.reactions,
        evaluation.monitoring.reactions,
        evaluation.evaluations.reactions,
        evaluation.measures.reactions,
        evaluation.programmes.reactions,
        evaluation.participants.reactions,
        evaluation.quality.reactions,
        evaluation.recommendations.reactions,
        evaluation.reminders.reactions,
        evaluation.sources.reactions,
    ),
    clock=(
        Every(600, announce_obligations),
        Every(3600, announce_evaluations),
        Every(600, write_digests),
        Every(30, send_letters),
        Every(3600, forget_letters),
    ),
    seed=seed,
)

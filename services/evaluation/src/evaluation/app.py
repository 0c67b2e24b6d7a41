"""What the service `evaluation` is made of."""

from pathlib import Path

import evaluation.evaluations.reactions
import evaluation.monitoring.reactions
import evaluation.programmes.reactions
import evaluation.quality.reactions
import evaluation.units.reactions
from evaluation.definitions.routes import definitions, dimensions
from evaluation.evaluations.routes import evaluations
from evaluation.evaluations.use_cases import announce_evaluations
from evaluation.programmes.routes import deliverables
from evaluation.progress.routes import monitoring
from evaluation.reminders.routes import feeds
from evaluation.reminders.use_cases import announce_obligations
from evaluation.seed import seed
from evaluation.tables import Base
from evaluation.values.routes import obligations
from shared.clock import Every
from shared.service import Service

SERVICE = Service(
    name="evaluation",
    title="Pospolu: monitoring, indicator values and evaluations",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=(definitions, dimensions, monitoring, feeds, obligations, evaluations, deliverables),
    reactions=(
        evaluation.units.reactions,
        evaluation.monitoring.reactions,
        evaluation.evaluations.reactions,
        evaluation.programmes.reactions,
        evaluation.quality.reactions,
    ),
    clock=(Every(3600, announce_obligations), Every(3600, announce_evaluations)),
    seed=seed,
)

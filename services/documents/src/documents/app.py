"""What the service `documents` is made of."""

from pathlib import Path

from documents.extraction.use_cases import ask_for_texts
from documents.files.routes import documents
from documents.rendering import reactions as rendering
from documents.tables import Base
from documents.units import reactions as units
from shared.clock import Every
from shared.service import Service

SERVICE = Service(
    name="documents",
    title="Pospolu: documents, their versions and the rendering of approved plans",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=(documents,),
    reactions=(units, rendering),
    clock=(Every(10, ask_for_texts),),
)

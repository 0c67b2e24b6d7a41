"""What the service `documents` is made of."""

from pathlib import Path

from documents.boards.routes import boards, feeds, postings
from documents.catalogue.routes import catalogue, datasets
from documents.communications import reactions as communication_reactions
from documents.communications.routes import (
    communication_outputs,
    communication_plans,
    communication_rules,
)
from documents.extraction.use_cases import forget_texts, read_texts
from documents.files.decision_routes import decisions
from documents.files.routes import documents
from documents.files.upload_routes import from_uploads
from documents.filing.routes import filings
from documents.inspection.routes import checked_files, checks
from documents.inspection.use_cases import remove_orphans, scan_files, verify_files
from documents.newsletter.routes import archive, issues
from documents.newsletter.sending_use_cases import due_issues, forget_deliveries, send_issue
from documents.publications.address_routes import publications
from documents.publications.routes import of_documents, requests
from documents.publications.use_cases import due_checks, finish_check
from documents.record import reactions as record_reactions
from documents.record.routes import record
from documents.record.use_cases import close_days, enter_own_acts, stamp_bundles
from documents.rendering import reactions as rendering
from documents.renditions import reactions as rendition_reactions
from documents.renditions.routes import renditions
from documents.renditions.use_cases import make_one, take_due
from documents.requirements import reactions as requirement_reactions
from documents.requirements.routes import completeness, requirements
from documents.retention.routes import disposals, due, holds, rules
from documents.retention.use_cases import approved_disposals, carry_out_disposal
from documents.search.routes import search
from documents.search.use_cases import index_renamed_units, index_versions, load_dictionaries
from documents.subscribers.routes import newsletter, subscribers
from documents.subscribers.sending_use_cases import send_confirmations
from documents.subscribers.use_cases import forget_subscribers
from documents.tables import Base
from documents.units import reactions as units
from documents.uploads.routes import uploads
from documents.uploads.use_cases import clean_uploads, finish_uploads
from documents.webhooks.notice_use_cases import seal_secrets, send_notices
from documents.webhooks.routes import webhooks
from documents.webhooks.sending_use_cases import deliver_events, forget_events, gather_events
from shared.clock import Every, EveryOne
from shared.service import Service

SERVICE = Service(
    name="documents",
    title="Pospolu: documents, their versions and the rendering of approved plans",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=(
        decisions,
        documents,
        from_uploads,
        of_documents,
        requests,
        publications,
        completeness,
        requirements,
        search,
        checks,
        checked_files,
        uploads,
        renditions,
        rules,
        due,
        holds,
        disposals,
        record,
        boards,
        postings,
        feeds,
        filings,
        datasets,
        catalogue,
        newsletter,
        subscribers,
        issues,
        archive,
        communication_plans,
        communication_outputs,
        communication_rules,
        webhooks,
    ),
    reactions=(
        units,
        record_reactions,
        rendering,
        rendition_reactions,
        requirement_reactions,
        communication_reactions,
    ),
    clock=(
        Every(20, scan_files),
        Every(60, verify_files),
        Every(6 * 3600, remove_orphans),
        Every(60, finish_uploads),
        Every(3600, clean_uploads),
        EveryOne(600, approved_disposals, carry_out_disposal),
        Every(5, read_texts),
        Every(5, index_versions),
        EveryOne(5, due_checks, finish_check),
        Every(600, index_renamed_units),
        Every(3600, forget_texts),
        EveryOne(3, take_due, make_one),
        Every(60, enter_own_acts),
        Every(600, close_days),
        Every(600, stamp_bundles),
        Every(10, send_confirmations),
        EveryOne(10, due_issues, send_issue),
        Every(3600, forget_subscribers),
        Every(24 * 3600, forget_deliveries),
        Every(2, gather_events),
        Every(2, deliver_events),
        Every(3600, forget_events),
        Every(60, send_notices),
        Every(3600, seal_secrets),
    ),
    pulse=(Every(24 * 3600, load_dictionaries),),
)

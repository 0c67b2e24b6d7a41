"""A summary is made of what is in force; its own people may have one of their draft."""

from dataclasses import dataclass, replace
from uuid import UUID

from planning.plans.revision_use_cases import edition_of_work, load_visible
from planning.summaries.domain import Summary, summary_of
from planning.units import repository as units
from planning.workbooks.domain import About
from planning.workbooks.taking_out import areas_of
from planning.workbooks.use_cases import Taken, take_out
from shared.names import sort_key
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Summarised:
    about: About
    summary: Summary


async def summarise(tx: Transaction, plan_id: UUID, *, of: str | None, language: str) -> Summarised:
    """Write the summary; raises `PlanUnknown`, `DraftUnknown`, `RevisionUnknown`."""
    taken = await (_in_force(tx, plan_id) if of is None else take_out(tx, plan_id, of=of))
    edition = taken.edition
    described = await units.describe(tx.session, edition.unit_ids)
    names = sorted((str(unit["name"]) for unit in described if unit["name"]), key=sort_key)
    areas = areas_of(taken.plan.kind, edition, language)
    summary = summary_of(edition, units=names, areas=areas, language=language)
    return Summarised(about=taken.about, summary=summary)


async def _in_force(tx: Transaction, plan_id: UUID) -> Taken:
    plan = replace(await load_visible(tx, plan_id, to_decide=False), draft=None)
    about = About(plan_id=plan_id, revision=plan.revision, version=plan.version)
    return Taken(plan=plan, edition=await edition_of_work(tx, plan), about=about)

"""Issue a confirmation, and prove one again from the editions that it stands on."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from registry.averages import repository as averages
from registry.averages.domain import Asked, Averaging, Missing, average
from registry.averages.use_cases import average_index
from registry.confirmations import repository
from registry.confirmations.content import Issued, content_of, digest_of, says, values_in
from registry.confirmations.domain import (
    ApplicantUnknown,
    AreaUnknown,
    Confirmation,
    ConfirmationUnknown,
    Difference,
    NamedUnit,
    differences,
    number_of,
)
from registry.confirmations.letter import letter_cs, letter_en
from shared.errors import Refusal
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a second calculation found; `digest_matches`: the stored content is the one that was issued."""

    number: str
    digest: str
    digest_matches: bool
    equal: bool
    exact: str | None
    differences: list[Difference]
    newer_edition: bool


async def issue_confirmation(
    tx: Transaction, asked: Asked, *, purpose: str, applicant_id: UUID, threshold: Decimal
) -> Issued:
    """Calculate and store; the number is drawn last, so that others wait for it but a moment."""
    found, editions = await average_index(tx, asked)
    applicant, within = await _named(tx, asked, applicant_id)
    ordinal = await repository.next_ordinal(tx.session, tx.today.year)
    confirmation = Confirmation(
        number=number_of(tx.today.year, ordinal),
        issued_on=tx.today,
        purpose=purpose,
        applicant=applicant,
        within=within,
        asked=asked,
        editions=tuple(editions),
        average=found,
        threshold=threshold,
    )
    content = content_of(confirmation)
    digest = digest_of(content)
    issued = Issued(
        id=tx.new_id(),
        content=content,
        digest=digest,
        text_cs=letter_cs(confirmation, digest),
        text_en=letter_en(confirmation, digest),
        issued_at=tx.now,
    )
    await repository.add(tx.session, issued, confirmation, ordinal=ordinal, by=tx.actor.id)
    return issued


async def prove(tx: Transaction, confirmation_id: UUID) -> Proof:
    """Average once more what the stored editions hold and compare it with what was confirmed."""
    stored = await repository.stored(tx.session, confirmation_id)
    if stored is None:
        raise ConfirmationUnknown
    content = stored.content
    confirmed = list(values_in(content))
    editions = await averages.editions_by_id(tx.session, stored.computation_ids)
    municipalities = list({value.municipality.unit_id: value.municipality for value in confirmed}.values())
    values = await averages.recomputed(tx.session, municipalities, editions)
    different = differences(confirmed, values)
    try:
        again = average(values, Averaging(content["averaging"]["code"]), Missing(content["missing"]))
    except Refusal:
        again = None
    return Proof(
        number=content["number"],
        digest=stored.digest,
        digest_matches=digest_of(content) == stored.digest,
        equal=not different and again is not None and says(content, again, editions),
        exact=f"{again.exact.numerator}/{again.exact.denominator}" if again else None,
        differences=different,
        newer_edition=stored.newer_edition,
    )


async def _named(tx: Transaction, asked: Asked, applicant_id: UUID) -> tuple[NamedUnit, NamedUnit | None]:
    """Name the applicant as today, the area as on the day of the set."""
    applicant = await repository.named_unit(tx.session, applicant_id, on=tx.today)
    if applicant is None:
        raise ApplicantUnknown(pointer="/applicant_id", on=tx.today)
    if asked.within is None:
        return applicant, None
    within = await repository.named_unit(tx.session, asked.within, on=asked.set_on)
    if within is None:
        raise AreaUnknown(pointer="/within", on=asked.set_on)
    return applicant, within

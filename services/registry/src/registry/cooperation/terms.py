"""On what terms a cooperation begins: what its regime needs, and until when it lasts."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from registry.cooperation.domain import Approval, Cooperation
from registry.cooperation.phases import Status
from registry.cooperation.refusals import (
    ApprovedAfterTheStart,
    DaysComeWithTheDescription,
    GroundsUnexplained,
    RegimeHasNo,
    RegimeNeeds,
    StartMissing,
)
from registry.cooperation.regimes import REGIMES, Form, Grounds, Need
from shared.contracts.registry import CooperationRegime


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is agreed beside the days; all but the regime belongs to remote partial support alone."""

    regime: CooperationRegime
    form: Form | None = None
    grounds: Grounds | None = None
    grounds_note: str = ""
    approval: Approval | None = None

    def expect_complete(self, *, starts_on: date | None, ends_on: date | None) -> None:
        """Raise what is missing, or given where the regime has no use for it."""
        regime = REGIMES[self.regime]
        if regime.is_prepared and (starts_on or ends_on):
            pointer = "/starts_on" if starts_on else "/ends_on"
            raise DaysComeWithTheDescription(pointer=pointer, regime=self.regime.value)
        if not regime.is_prepared and starts_on is None:
            raise StartMissing(pointer="/starts_on", regime=self.regime.value)
        for name, belongs in {
            "form": bool(regime.forms),
            "grounds": bool(regime.grounds),
            "approval": Need.COMMITTEE_APPROVAL in regime.needs,
        }.items():
            self._expect(name, belongs=belongs)
        if self.grounds is Grounds.OTHER and not self.grounds_note:
            raise GroundsUnexplained(pointer="/grounds_note")
        if self.approval and starts_on and self.approval.approved_on > starts_on:
            raise ApprovedAfterTheStart(
                pointer="/approval/approved_on", approved_on=self.approval.approved_on, starts_on=starts_on
            )

    def _expect(self, name: str, *, belongs: bool) -> None:
        is_given = getattr(self, name) is not None
        if belongs and not is_given:
            raise RegimeNeeds(pointer=f"/{name}", regime=self.regime.value, member=name)
        if is_given and not belongs:
            raise RegimeHasNo(pointer=f"/{name}", regime=self.regime.value, member=name)

    def last_day(self, starts_on: date, ends_on: date | None, *, today: date) -> date | None:
        """Return the last day given, else that of the usual duration.

        A usual end that is over is not taken for agreed, unless the regime can last no longer: history is
        written down phase by phase, and would end before its phases were written.
        """
        regime = REGIMES[self.regime]
        usual = regime.proposed_end(starts_on)
        if ends_on is not None or usual is None:
            return ends_on
        return usual if usual >= today or regime.longest_months else None

    def cooperation(
        self, id_: UUID, unit_id: UUID, *, starts_on: date | None, ends_on: date | None
    ) -> Cooperation:
        return Cooperation(
            id=id_,
            unit_id=unit_id,
            regime=self.regime,
            form=self.form,
            grounds=self.grounds,
            grounds_note=self.grounds_note,
            approval=self.approval,
            status=Status.PREPARATION,
            starts_on=starts_on,
            ends_on=ends_on,
            phases=(),
            version=1,
        )

"""What is gone through at every handover, and until which step."""

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """The move that waits for an item: the pack is prepared, or the new leadership signs."""

    PREPARATION = "preparation"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    code: str
    step: Step
    cs: str
    en: str


TASKS = (
    Task(
        code="plan-and-owner",
        step=Step.PREPARATION,
        cs="Plán sociálního začleňování platí a má vlastníka, který zůstává.",
        en="The plan of social inclusion is in force and has an owner who stays.",
    ),
    Task(
        code="open-promises",
        step=Step.PREPARATION,
        cs="Nesplněné sliby obou stran jsou sepsány.",
        en="Open promises of both parties are written down.",
    ),
    Task(
        code="open-deadlines",
        step=Step.PREPARATION,
        cs="Běžící lhůty (přihlášky, vyjádření, výzvy) jsou sepsány.",
        en="Running deadlines (applications, statements, calls) are written down.",
    ),
    Task(
        code="money-until",
        step=Step.PREPARATION,
        cs="Je známo, do kdy a z čeho jsou opatření zaplacena.",
        en="It is known until when, and from what, the measures are paid for.",
    ),
    Task(
        code="contacts-confirmed",
        step=Step.SIGNATURE,
        cs="Kontakty na nové vedení a koordinátora jsou ověřeny.",
        en="Contacts of the new leadership and of the coordinator are confirmed.",
    ),
    Task(
        code="memorandum-known",
        step=Step.SIGNATURE,
        cs="Nové zastupitelstvo zná memorandum a popis spolupráce.",
        en="The new council knows the memorandum and the description of cooperation.",
    ),
    Task(
        code="communication-agreed",
        step=Step.SIGNATURE,
        cs="Je domluveno, jak spolu budou strany mluvit a kdo mluví s veřejností.",
        en="It is agreed how the parties speak to each other and who speaks to the public.",
    ),
)
BY_CODE = {task.code: task for task in TASKS}

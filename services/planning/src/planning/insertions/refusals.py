"""The facts that stop an entry of the library on its way into a plan."""

from collections.abc import Mapping
from typing import ClassVar

from planning.library.domain import LABELS
from shared.errors import Invalid, RuleBroken


class EntryNotPublished(RuleBroken):
    """`superseded_by` is the edition to use, where there is one."""

    words: ClassVar[Mapping[str, tuple[str, str]]] = {each.value: both for each, both in LABELS.items()}
    cs = "Do plánu lze vložit jen zveřejněnou položku knihovny; tato je {state}."
    en = "Only a published entry can be put into a plan; this one is {state}."


class ParentNotNamed(Invalid):
    cs = "Cíl se vkládá pod problém a opatření pod cíl; uveďte, pod který."
    en = "A goal goes under a problem and a measure under a goal; name it."


class ParentOfAnotherKind(Invalid):
    cs = "Takový uzel v plánu není, nebo pod něj tato položka nepatří."
    en = "There is no such node in the plan, or the entry does not belong under it."


class NoRoomForInsertion(RuleBroken):
    cs = "Na tomto místě už je {most} položek, víc jich plán nepojme."
    en = "There are {most} nodes in this place already, and a plan takes no more."


class AreaOfProblemUnclear(Invalid):
    cs = "Uveďte tematickou oblast problému, položka knihovny jich má více nebo žádnou."
    en = "Name the area of the problem: the entry has several of them, or none."

"""The facts that stop what a cooperation is measured by."""

from shared.errors import NotFound, RuleBroken


class CriteriaSetUnknown(NotFound):
    cs = "Taková sada kritérií kvality není."
    en = "There is no such set of quality criteria."


class BaselineOutsideScale(RuleBroken):
    cs = "Výchozí úroveň {level} kritéria {criterion} není na jeho škále „{scale}“."
    en = "The baseline level {level} of the criterion {criterion} is not on its scale “{scale}”."

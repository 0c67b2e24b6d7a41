"""The facts that stop a report of distance travelled."""

from shared.errors import NotFound


class CooperationNotMeasured(NotFound):
    cs = "Taková spolupráce s kritérii kvality není."
    en = "There is no such cooperation with quality criteria."

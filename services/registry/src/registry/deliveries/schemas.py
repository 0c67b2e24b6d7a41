"""JSON of an import of figures: the report, and what of the Index follows from it."""

from pydantic import Field

from registry.deliveries.use_cases import Delivered
from registry.exclusion.schemas import PublishedOut
from registry.imports.schemas import ReportOut


class DeliveredOut(ReportOut):
    """What an import of figures did."""

    published: list[PublishedOut] = Field(description="Editions of the Index that are new because of it")

    @classmethod
    def told(cls, done: Delivered) -> "DeliveredOut":
        report = ReportOut.of(done.imported.run, done.imported.run_id)
        return cls(**dict(report), published=[PublishedOut.of(each) for each in done.published])

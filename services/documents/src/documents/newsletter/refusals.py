"""Why something with an issue of the newsletter is refused."""

from shared.errors import Invalid, NotFound
from shared.procedure import MoveRefused, StandsInTheWay


class IssueUnknown(NotFound):
    cs = "Takové číslo zpravodaje není."
    en = "There is no such issue of the newsletter."


class IssueMoveRefused(MoveRefused):
    pass


class IssueApprovedByAuthor(StandsInTheWay):
    cs = "Číslo jste připravili nebo předložili vy, schválit je musí někdo jiný."
    en = "You wrote or submitted the issue, somebody else must approve it."


class IssueIsEmpty(StandsInTheWay):
    cs = "Číslo nemá žádný oddíl."
    en = "The issue has no section."


class LinkedDocumentNotPublic(StandsInTheWay):
    cs = "Dokument {document_id} není zveřejněn, zpravodaj na něj odkázat nemůže."
    en = "The document {document_id} is not public, the newsletter cannot link to it."


class SendingTooEarly(Invalid):
    cs = "Čas odeslání {send_at} už minul."
    en = "The time of sending {send_at} has passed."

"""Why a sign-up, a link or a change is refused; none of them tells whether an address is known."""

from shared.errors import Invalid, NotFound, TooMany


class LinkNotValid(NotFound):
    cs = "Odkaz už neplatí. Přihlaste se k odběru znovu."
    en = "The link is no longer valid. Sign up again."


class ConsentNotGiven(Invalid):
    cs = "Bez souhlasu zpravodaj posílat nesmíme."
    en = "Without consent we may not send the newsletter."


class TooManySignUps(TooMany):
    cs = "Z vaší sítě přišlo příliš mnoho přihlášení ({limit} za hodinu). Zkuste to později."
    en = "Too many sign-ups came from your network ({limit} in an hour). Try again later."


class SubscriberUnknown(NotFound):
    cs = "Takový odběratel není."
    en = "There is no such subscriber."


class SegmentUnitUnknown(Invalid):
    cs = "Územní celek {unit_id} neznáme."
    en = "We know no unit {unit_id}."

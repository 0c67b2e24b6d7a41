"""Why something with a webhook is refused."""

from collections.abc import Mapping
from typing import Final

from shared.errors import Forbidden, Invalid, NotFound, RuleBroken

STATES: Final[Mapping[str, tuple[str, str]]] = {
    "active": ("odesílá se", "active"),
    "paused": ("pozastaveno", "paused"),
    "disabled": ("vypnuto", "disabled"),
}


class WebhookUnknown(NotFound):
    cs = "Takový webhook neexistuje."
    en = "There is no such webhook."


class DeliveryUnknown(NotFound):
    cs = "Takové doručení webhook nemá."
    en = "The webhook has no such delivery."


class EventNotKept(NotFound):
    cs = "Událost už není uložena, nelze ji poslat znovu."
    en = "The event is kept no more and cannot be sent again."


class AddressNotAllowed(Invalid):
    cs = "Na tuto adresu události neposíláme: musí být veřejná, s https a s portem 443 nebo 8443."
    en = "We send nothing to this address: it has to be public, with https and port 443 or 8443."


class EventTypeUnknown(Invalid):
    cs = "Událost typu „{name}“ neznáme; uveďte celý typ, nebo jeho začátek po tečku."
    en = "We know no event of type “{name}”; give a whole type, or its beginning up to a dot."


class UnitsNotYours(Forbidden):
    cs = "Váš přístup platí jen pro některá území: uveďte z nich ta, jejichž události chcete."
    en = "Your access is for some units alone: name those of them whose events you want."


class TooManyWebhooks(RuleBroken):
    cs = "Více než {most} webhooků mít nelze; některý nejprve zrušte."
    en = "Nobody has more than {most} webhooks; remove one first."


class WebhookNotSending(RuleBroken):
    cs = "Webhook je ve stavu „{state}“, nejprve jej zapněte."
    en = "The webhook is “{state}”, activate it first."
    words = STATES


class NothingToSkip(RuleBroken):
    cs = "Žádná událost doručení nezdržuje, není co přeskočit."
    en = "No event holds up delivery, there is nothing to skip."


class RotationStillRuns(RuleBroken):
    cs = "Předchozí tajemství podepisuje ještě do {until}; další výměna je možná potom."
    en = "The previous secret signs until {until}; another rotation is possible after that."

"""What was decided, as one says it."""

from collections.abc import Mapping
from typing import Final

from registry.explanation.wording import Said
from registry.journal.domain import Subject

_DECIDED: Final[Mapping[Subject, Mapping[str, Said]]] = {
    Subject.CALL: {
        "edit": Said("výzva upravena", "call edited"),
        "announce": Said("výzva vyhlášena", "call announced"),
        "extend": Said("příjem žádostí prodloužen", "intake of applications extended"),
        "cancel": Said("výzva zrušena", "call cancelled"),
    },
    Subject.APPLICATION: {
        "edit": Said("žádost upravena", "application edited"),
        "submit": Said("žádost podána", "application submitted"),
        "return": Said("žádost vrácena k doplnění", "application returned to be completed"),
        "resubmit": Said("žádost doplněna", "application completed"),
        "pass-formal-check": Said("žádost prošla formální kontrolou", "application passed the formal check"),
        "reject-formally": Said(
            "žádost vyřazena pro formální vady", "application rejected for formal faults"
        ),
        "open-evaluation": Said("žádost předána k hodnocení", "application handed over for assessment"),
        "recommend": Said("žádost doporučena komisí", "application recommended by the commission"),
        "do-not-recommend": Said(
            "žádost komisí nedoporučena", "application not recommended by the commission"
        ),
        "place-in-reserve": Said("žádost zařazena do zásobníku", "application placed in reserve"),
        "approve": Said("žádost schválena", "application approved"),
        "reject": Said("žádost zamítnuta", "application rejected"),
        "sign-memorandum": Said("k žádosti podepsáno memorandum", "memorandum signed on the application"),
        "withdraw": Said("žádost vzata zpět", "application withdrawn"),
    },
    Subject.COMMISSION: {
        "establish": Said("komise ustavena", "commission established"),
        "take-seat": Said("člen komise jmenován", "member of the commission appointed"),
        "leave-seat": Said("členství v komisi skončilo", "membership of the commission ended"),
    },
    Subject.ASSESSMENT: {
        "open": Said("hodnocení zahájeno", "assessment opened"),
        "declare": Said("prohlášení o nepodjatosti podáno", "declaration of interests made"),
        "score": Said("body zapsány", "points entered"),
        "seal": Said("hodnocení člena uzavřeno", "a member's assessment sealed"),
        "recuse": Said("člen komise vyloučen pro podjatost", "member recused for a conflict of interest"),
        "excuse": Said("člen komise omluven", "member excused"),
        "reinforce": Said("hodnotitel přibrán", "assessor added"),
        "discuss": Said("rozptyl bodů projednán", "spread of points discussed"),
        "revise": Said("body po projednání změněny", "points revised after the discussion"),
        "close": Said("hodnocení uzavřeno", "assessment closed"),
        "sign": Said("zápis z jednání komise podepsán", "minutes of the commission signed"),
    },
    Subject.MEMORANDUM: {
        "edit": Said("návrh memoranda upraven", "draft memorandum edited"),
        "approve": Said("memorandum schváleno zastupitelstvem", "memorandum approved by the council"),
        "sign": Said("memorandum podepsáno", "memorandum signed"),
        "countersign": Said("memorandum podepsáno oběma stranami", "memorandum signed by both parties"),
        "discard": Said("návrh memoranda zahozen", "draft memorandum discarded"),
        "terminate": Said("memorandum ukončeno", "memorandum terminated"),
        "supersede": Said("memorandum nahrazeno novým", "memorandum superseded by a new one"),
    },
    Subject.DESCRIPTION: {
        "edit": Said("návrh popisu spolupráce upraven", "draft description of cooperation edited"),
        "propose": Said("popis spolupráce předložen", "description of cooperation proposed"),
        "return": Said("popis spolupráce vrácen", "description of cooperation returned"),
        "agree": Said("popis spolupráce dohodnut", "description of cooperation agreed"),
        "discard": Said("návrh popisu spolupráce zahozen", "draft description of cooperation discarded"),
        "draft-anew": Said("nový návrh popisu spolupráce", "description of cooperation drafted anew"),
        "end": Said("popis spolupráce ukončen", "description of cooperation ended"),
        "supersede": Said("popis spolupráce nahrazen novým", "description of cooperation superseded"),
    },
    Subject.COOPERATION: {
        "prepare": Said("spolupráce v přípravě", "cooperation in preparation"),
        "start": Said("spolupráce zahájena", "cooperation started"),
        "activate": Said("spolupráce začala běžet", "cooperation became active"),
        "agree-on-end": Said("dohodnut konec spolupráce", "end of cooperation agreed"),
        "suspend": Said("spolupráce přerušena", "cooperation suspended"),
        "resume": Said("spolupráce obnovena", "cooperation resumed"),
        "begin-exit": Said("začala fáze ukončování", "exit phase begun"),
        "begin-ex-post": Said("začala následná podpora", "ex-post support begun"),
        "cancel": Said("spolupráce zrušena před začátkem", "cooperation cancelled before its start"),
        "end": Said("spolupráce skončila", "cooperation ended"),
    },
    Subject.STATEMENT: {
        "receive": Said("žádost o stanovisko přijata", "request for a statement received"),
        "return": Said("žádost o stanovisko vrácena", "request for a statement returned"),
        "complete": Said("žádost o stanovisko doplněna", "request for a statement completed"),
        "draft": Said("návrh stanoviska připraven", "statement drafted"),
        "return-draft": Said("návrh stanoviska vrácen", "draft statement returned"),
        "issue": Said("stanovisko vydáno", "statement issued"),
        "withdraw": Said("žádost o stanovisko vzata zpět", "request for a statement withdrawn"),
        "refuse": Said("vydání stanoviska odmítnuto", "statement refused"),
    },
    Subject.ACTIVITY: {
        "record": Said("odborná aktivita zapsána", "expert activity recorded"),
        "correct": Said("odborná aktivita opravena", "expert activity corrected"),
        "strike-out": Said("odborná aktivita škrtnuta", "expert activity struck out"),
    },
    Subject.CONTACT: {
        "begin": Said("kontaktní osoba zapsána", "contact entered"),
        "correct": Said("kontaktní osoba opravena", "contact corrected"),
        "end": Said("kontaktní osoba skončila", "contact ended"),
        "erase": Said("údaje kontaktní osoby vymazány", "contact erased"),
    },
    Subject.CORRESPONDENCE: {
        "record": Said("korespondence zapsána", "correspondence recorded"),
        "correct": Said("korespondence opravena", "correspondence corrected"),
    },
    Subject.PROMISE: {
        "promise": Said("slib dán", "promise made"),
        "correct": Said("slib opraven", "promise corrected"),
        "fulfil": Said("slib splněn", "promise kept"),
        "abandon": Said("od slibu upuštěno", "promise abandoned"),
    },
    Subject.ASSIGNMENT: {
        "assign": Said("konzultant přidělen", "consultant assigned"),
        "change": Said("přidělení konzultanta změněno", "assignment of a consultant changed"),
        "end": Said("přidělení konzultanta skončilo", "assignment of a consultant ended"),
        "transfer": Said("celek předán jinému konzultantovi", "unit transferred to another consultant"),
        "take-over": Said("celek převzat po jiném konzultantovi", "unit taken over from another consultant"),
    },
    Subject.HANDOVER: {
        "open": Said("předání po volbách zahájeno", "handover after elections opened"),
        "tick": Said("bod předání vyřízen", "item of the handover ticked"),
        "prepare": Said("předání připraveno", "handover prepared"),
        "reopen": Said("předání znovu otevřeno", "handover reopened"),
        "meet": Said("předávací schůzka proběhla", "handover meeting held"),
        "sign": Said("předání podepsáno", "handover signed"),
        "dispense": Said("od předání upuštěno", "handover dispensed with"),
    },
}
WORDS: Final[Mapping[str, Said]] = {
    f"{subject.value}/{action}": said
    for subject, actions in _DECIDED.items()
    for action, said in actions.items()
}
"""By subject and action, joined by a slash; those that the journal keeps."""

"""The facts that stop a body, a mandate, or somebody with them."""

from shared.errors import Forbidden, Invalid, NotFound, RuleBroken


class BodyUnknown(NotFound):
    cs = "Takový orgán ani skupina tu není."
    en = "There is no such body."


class BodyNotYours(Forbidden):
    cs = "Orgán nebo skupina patří územnímu celku, za který nejednáte."
    en = "The body belongs to a unit that you do not act for."


class BodyUnitUnknown(Invalid):
    cs = "Registr o některém z uvedených územních celků ještě nedal vědět."
    en = "The registry has not told us of one of the units yet."


class BodyPlanUnknown(Invalid):
    cs = "Žádný z uvedených územních celků takový plán nemá."
    en = "None of the units has such a plan."


class BodyEndsBeforeItBegins(Invalid):
    cs = "Poslední den {ends_on} předchází prvnímu ({starts_on})."
    en = "The last day {ends_on} comes before the first one ({starts_on})."


class BodyDissolved(RuleBroken):
    cs = "Orgán nebo skupina působí jen do {ends_on}."
    en = "The body works only until {ends_on}."


class MandatesLastLonger(RuleBroken):
    cs = "V těch dnech mají mandát členové, {mandates} z nich by se do nich nevešlo."
    en = "Members have mandates in those days; {mandates} of them would not fit in."


class MandateUnknown(NotFound):
    cs = "Takové členství tu není."
    en = "There is no such membership."


class MandateEndsBeforeItBegins(Invalid):
    cs = "Mandát končí {ends_on}, dřív než začíná ({starts_on})."
    en = "The mandate ends on {ends_on}, before it begins ({starts_on})."


class MandateOutsideItsBody(Invalid):
    cs = "Orgán nebo skupina působí od {body_from} do {body_until}, mandát musí ležet v té době."
    en = "The body works from {body_from} until {body_until}; the mandate lies within that time."


class MandateOverlaps(RuleBroken):
    cs = "{name} má tutéž úlohu v té době už ({other_from} – {other_until})."
    en = "{name} has the same role then already ({other_from} – {other_until})."


class BodyHasItsChair(RuleBroken):
    cs = "V té době je v čele {name} ({other_from} – {other_until})."
    en = "{name} is in the chair then ({other_from} – {other_until})."


class AlternateOfNobody(Invalid):
    cs = "Zastupovat lze jen člena téhož orgánu nebo skupiny, který sám není náhradníkem."
    en = "An alternate stands in for a member of the same body who is no alternate."


class MandateEnded(RuleBroken):
    cs = "Mandát skončil už {ends_on}."
    en = "The mandate ended on {ends_on} already."


class MandateErased(RuleBroken):
    cs = "Osobní údaje tohoto členství jsou vymazané."
    en = "The personal data of this membership are erased."


class MandateRunsYet(RuleBroken):
    cs = "Údaje lze vymazat až po skončení mandátu."
    en = "Personal data can be erased only after the mandate has ended."


class MemberKeptYet(RuleBroken):
    cs = "Údaje se uchovávají do {kept_until}; dřív je lze vymazat jen na žádost osoby."
    en = "The data are kept until {kept_until}; sooner they are erased only when the person asks for it."


class MemberColumnMissing(Invalid):
    cs = "Seznam nemá sloupec „{column}“; záhlaví stojí v prvním řádku."
    en = "The list has no column “{column}”; headings stand in the first row."


class MemberColumnUnknown(Invalid):
    cs = "Sloupec „{column}“ neznáme. Čekáme: jméno, organizace, role, e-mail, telefon, účet, od, do."
    en = "Unknown column “{column}”; expected: name, organisation, role, email, phone, account, from, until."


class MemberListTooLong(Invalid):
    cs = "Seznam má {rows} řádků, najednou lze převzít nejvýše {most}."
    en = "The list has {rows} rows; at most {most} are taken at once."


class MemberListEmpty(Invalid):
    cs = "V seznamu není žádný člen."
    en = "The list has no member."


class MembersRefused(Invalid):
    cs = "Seznam má vadné řádky (počet: {refused}), nikdo z něj nebyl převzat."
    en = "The list has bad rows ({refused}); nobody of it was taken in."

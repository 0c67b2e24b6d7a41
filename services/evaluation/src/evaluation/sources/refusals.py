"""The facts that stop somebody with a value whose sources changed."""

from shared.errors import RuleBroken


class NothingInDoubt(RuleBroken):
    cs = "O zdroji této hodnoty není známo nic novějšího; není co potvrzovat."
    en = "Nothing newer is known of the source of this value; there is nothing to uphold."


class DefinitionChanged(RuleBroken):
    cs = "Indikátor je mezitím popsán jinak, než když se hodnota počítala."
    en = "The indicator is described otherwise by now than when the value was computed."


class InputsGoRound(RuleBroken):
    cs = "Hodnoty se počítají jedna z druhé v kruhu."
    en = "The values are computed of each other in a circle."

"""Questions that cannot be answered."""

from shared.errors import Invalid


class NothingToSearch(Invalid):
    cs = (
        "Zadejte aspoň jedno slovo, které má dokument obsahovat; spojky, předložky a vyloučená slova nestačí."
    )
    en = (
        "Give at least one word that the document shall hold; conjunctions and excluded words are not enough."
    )


class QuestionTooLong(Invalid):
    cs = "Dotaz smí mít nejvýše {words} slov a {phrases} fráze v uvozovkách."
    en = "A question may have at most {words} words and {phrases} phrases in quotes."

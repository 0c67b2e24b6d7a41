from decimal import Decimal

import pytest

from registry.forecasts.history import Reason
from registry.forecasts.models import LAST_VALUE, Family, Group, Model, candidates
from registry.forecasts.wording import (
    model_said,
    reason_said,
    size_said,
    verdict_said,
    years_cs,
)


def said(**changes: object) -> tuple[str, str]:
    facts: dict[str, object] = {
        "year": 2023,
        "horizon": 1,
        "mase": Decimal("0.7834"),
        "mase_of_last_year": Decimal("1.02"),
        "series": 6149,
        "beats": True,
        "last_shown": False,
        **changes,
    }
    words = verdict_said(**facts)  # type: ignore[arg-type]
    return words.cs.replace("\N{NO-BREAK SPACE}", " "), words.en


def test_a_forecast_that_beat_last_year_says_by_how_much() -> None:
    assert said() == (
        (
            "Na roce 2023, z něhož se model neučil, byla předpověď na 1 rok dopředu přesnější než"
            " „stejně jako loni“ (chyba MASE 0,78 proti 1,02; počet obcí: 6 149)."
        ),
        (
            "On 2023, which the model had not seen, the forecast 1 year ahead was more accurate than"
            " “same as last year” (error MASE 0.78 against 1.02; municipalities: 6,149)."
        ),
    )


def test_a_forecast_that_did_not_says_so_and_what_is_shown_instead() -> None:
    assert said(beats=False, mase=Decimal("1.1"), horizon=2, last_shown=True) == (
        (
            "Na roce 2023 předpověď na 2 roky dopředu nepřekonala „stejně jako loni“"
            " (chyba MASE 1,10 proti 1,02; počet obcí: 6 149). Uvádí se poslední známá hodnota."
        ),
        (
            "On 2023 the forecast 2 years ahead did not beat “same as last year”"
            " (error MASE 1.10 against 1.02; municipalities: 6,149). The last known value is shown."
        ),
    )


def test_what_could_not_be_measured_is_not_praised() -> None:
    assert said(mase=None, mase_of_last_year=None)[0] == "Přesnost na roce 2023 změřit nelze: nebylo na čem."


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "0 let"), (1, "1 rok"), (2, "2 roky"), (4, "4 roky"), (5, "5 let"), (22, "22 let")],
)
def test_years_are_counted_in_czech(count: int, expected: str) -> None:
    assert years_cs(count).replace("\N{NO-BREAK SPACE}", " ") == expected


def test_every_model_and_every_reason_has_words_of_its_own() -> None:
    models = {*candidates(of_shares=True), *candidates(of_shares=False)}

    assert len({model_said(model).cs for model in models}) == len(models)
    assert len({model_said(model).en for model in models}) == len(models)
    assert len({reason_said(reason, 3) for reason in Reason}) == len(Reason)
    for words in [*(model_said(model) for model in models), *(reason_said(reason, 3) for reason in Reason)]:
        assert "None" not in words.cs + words.en
        assert "{" not in words.cs + words.en


def test_a_model_says_how_it_comes_to_its_number() -> None:
    grown = Model(family=Family.GROUP_TREND, smoothing=30, damping=90, group=Group.REGION)

    assert model_said(LAST_VALUE).cs == "Stejně jako v posledním známém roce."
    assert model_said(grown).cs.replace("\N{NO-BREAK SPACE}", " ") == (
        "Poměr obce k hodnotě kraje (poslední rok má váhu 30 %); hodnota kraje se vyvíjí jako"
        " v posledních letech, každý další rok o 90 % předchozí změny."
    )


def test_size_classes_are_named_by_their_bounds() -> None:
    texts = [size_said(size).cs.replace("\N{NO-BREAK SPACE}", " ") for size in (0, 1, 2, 7, 8)]

    assert texts == [
        "všechny obce",
        "0 až 200 obyvatel 15+",
        "201 až 500 obyvatel 15+",
        "10 001 až 50 000 obyvatel 15+",
        "nad 50 000 obyvatel 15+",
    ]


def test_a_forecast_that_beat_last_year_and_is_not_shown_says_why() -> None:
    assert said(last_shown=True)[0].endswith(
        "Přesto se uvádí poslední známá hodnota: za všechny obce nebo na kratší dobu předpověď"
        " přesnější nebyla."
    )

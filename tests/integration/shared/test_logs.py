"""What is told of a fault names the rule that was broken, never what people wrote."""

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from shared.ids import uuid7
from shared.logs import innermost
from tests.integration.shared.conftest import Toy
from tests.support.toy import EFFECT


@pytest.mark.parametrize("said", ["Karel Novák", "Karel Novák\n\nObrnice 12"])
async def test_a_fault_of_the_database_is_logged_without_the_values(toy: Toy, said: str) -> None:
    rows = [{"unit_id": uuid7(), "note": said}] * 2
    async with toy.engine.connect() as connection:
        with pytest.raises(IntegrityError) as caught:
            await connection.execute(insert(EFFECT).values(rows))
    together = BaseExceptionGroup("two at once", [caught.value])
    for error in (caught.value, together):
        told = innermost((type(error), error, error.__traceback__))
        assert "uq_effect_note" in told
        assert "INSERT INTO effect" in told
        assert not [word for word in ("Karel", "Obrnice") if word in told]

"""Announcing stays cheap: an update of a column that an index knows writes all indexes of the row anew."""

from sqlalchemy import Table

from evaluation.monitoring.tables import ObligationRow


def test_no_index_knows_what_announcing_sets() -> None:
    table = ObligationRow.__table__
    assert isinstance(table, Table)
    announced = {"due_announced_at", "overdue_announced_at", "version"}
    assert announced <= set(table.columns.keys())
    for index in table.indexes:
        condition = str(index.dialect_options["postgresql"]["where"])
        assert announced.isdisjoint(column.name for column in index.columns)
        assert not any(name in condition for name in announced)

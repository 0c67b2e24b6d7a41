"""Acts of the record can be withheld; what names no unit is found by the units of its subject."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

UNITS_OF_SUBJECT = """
UPDATE record_act AS late SET unit_ids = known.unit_ids FROM (
  SELECT DISTINCT ON (subject_id) subject_id, unit_ids FROM record_act
  WHERE cardinality(unit_ids) > 0 ORDER BY subject_id, position DESC
) AS known
WHERE known.subject_id = late.subject_id AND cardinality(late.unit_ids) = 0
"""


def upgrade() -> None:
    op.add_column("record_act", sa.Column("version", sa.Integer, nullable=False, server_default=sa.text("1")))
    op.add_column("record_act", sa.Column("withheld_at", sa.DateTime(timezone=True)))
    op.add_column("record_act", sa.Column("withheld_by", sa.Text))
    op.add_column("record_act", sa.Column("withheld_reason", sa.Text))
    op.create_check_constraint(
        op.f("ck_record_act_withheld_reason"),
        "record_act",
        "(withheld_at IS NULL) = (withheld_reason IS NULL)",
    )
    op.create_check_constraint(
        op.f("ck_record_act_withheld"), "record_act", "withheld_at IS NULL OR NOT disclosed"
    )
    op.execute(UNITS_OF_SUBJECT)

"""Rows of what a user opens daily, as many as a busy year leaves: stored by PostgreSQL itself."""

from typing import Final
from uuid import UUID

from sqlalchemy import text

from tests.support.applications import CALL, announced
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COMMISSIONER, CONSULTANT

ASSESSMENT: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-0000000000d0")
COUNTS: Final = "200 applications, 600 statements, 110 handovers, 5,000 activities, 2,000 letters"
_ROWS: Final = (
    """CREATE TEMPORARY VIEW town AS
    SELECT id, row_number() OVER (ORDER BY id) AS n FROM unit WHERE kind = 'municipality'""",
    """INSERT INTO application (id, version, call_id, unit_id, methodology, status, ordinal,
        number, form,
        areas, attachments, received_at, message_id, submitters, due_on, checklist, checkers,
        evaluation_note,
        withdrawal_reason, created_by, created_at)
    SELECT md5('application ' || n)::uuid, 4, :call, id, 'KPSV21/1.0', 'in-evaluation', n, 'KPSV21-2/' || n,
        jsonb_build_object('reason', repeat('x', 2000)), '{BYD,ZAM}', '[]',
        now() - n * interval '1 hour', '',
        '{coordinator}', current_date + n::int % 30, '[]', '{}', '', '', 'coordinator', now()
    FROM town WHERE n <= 200""",
    """INSERT INTO statement (id, version, kind, status, applicant_name, applicant_ico,
        unit_ids, project_title,
        call_code, received_on, form, working_days, alarm_days, pauses, due_on, alarm_on, clock_on,
        clock_left,
        closed, ordered_on, soon_told, overdue_told, registered_by, registered_at)
    SELECT md5('statement ' || n)::uuid, 1, 'map-confirmation',
        CASE WHEN closed THEN 'withdrawn' ELSE 'received' END,
        'Obec', '00266086', ARRAY[id], 'Místní akční plán', '02_23_017', day, jsonb_build_object('text',
        repeat('x', 900)),
        20, 5, '[]', day + 28, day + 21, day, 20, closed,
        CASE WHEN closed THEN date '9999-12-31' ELSE day + 28 END,
        false, false, 'analyst', now()
    FROM (SELECT id, n, n % 2 = 0 AS closed, current_date -
        (n % 40)::int AS day FROM town WHERE n <= 600) wanted""",
    """INSERT INTO assignment (id, unit_id, person, person_name, duty, starts_on, version)
    SELECT md5('held ' || n)::uuid, id, :consultant, 'Petr Konzultant', 'project-adviser',
        date '2026-01-01', 1
    FROM town WHERE n <= 40""",
    """INSERT INTO election (id, code, kind, first_on, last_on, unit_kinds, source, version)
    VALUES (md5('election')::uuid, 'KV2026', 'municipal', '2026-10-09', '2026-10-10', '{municipality}',
        '', 1)""",
    """INSERT INTO handover (id, unit_id, election_id, status, opened_on, due_on,
        prepare_until, items,
        signatures, reason, version)
    SELECT md5('handover ' || n)::uuid, id, md5('election')::uuid,
        CASE WHEN n % 2 = 0 THEN 'open' ELSE 'prepared' END,
        date '2026-10-12', current_date + 10 - n::int % 20, current_date - n::int % 9,
        jsonb_build_array(repeat('x', 3000)), '[]', '', 1
    FROM town WHERE n <= 110""",
    """INSERT INTO activity (id, version, status, kind, held_on, minutes, place, online, title, note,
        areas, documents,
        staff, people, attendance, recorded_by, recorded_at)
    SELECT md5('activity ' || n)::uuid, 1, 'recorded', (ARRAY['KON','MON'])[1 + n % 2],
        current_date - n % 330, 90,
        'Obecní úřad', false, 'Konzultace opatření', repeat('x', 300), '{BYD,ZAM}', '[]',
        jsonb_build_array(jsonb_build_object('person', 'konzultant-' || n % 22, 'role', 'lead',
        'minutes', 90)),
        '[{"role": "resident", "count": 3, "minutes": 60}]', '[]', 'konzultant-' || n % 22, now()
    FROM generate_series(1, 5000) n""",
    """INSERT INTO activity_unit (activity_id, unit_id, position)
    SELECT md5('activity ' || number)::uuid, id, 1 FROM generate_series(1, 5000) number
    JOIN town ON n = 1 + number % 110""",
    """INSERT INTO correspondence (id, version, occurred_on, direction, channel, subject, summary,
        contact_ids, others,
        reference_number, message_id, documents, search_text, recorded_by, recorded_at)
    SELECT md5('letter ' || n)::uuid, 1, current_date - n % 330, 'in', 'e-mail', 'Dotaz', repeat('x',
        400), '{}', '',
        '', '', '[]', 'dotaz', 'consultant', now()
    FROM generate_series(1, 2000) n""",
    """INSERT INTO correspondence_unit (correspondence_id, unit_id, position)
    SELECT md5('letter ' || number)::uuid, id, 1 FROM generate_series(1, 2000) number
    JOIN town ON n = 1 + number % 110""",
    """INSERT INTO promise (id, version, correspondence_id, promised_on, what, side, due_on, status,
        settlement_note)
    SELECT md5('promise ' || n)::uuid, 1, md5('letter ' || n)::uuid, current_date, 'Pošle data', 'agency',
        current_date + n % 20, 'open', ''
    FROM generate_series(1, 500) n""",
    """INSERT INTO commission (id, version, established_by, starts_on)
    VALUES (md5('commission')::uuid, 1, 'ministr', '2021-10-19')""",
    """INSERT INTO assessment (id, version, call_id, commission_id, status, opened_on, quorum,
        spread_alarm, criteria,
        minimum_points, secretary, secretary_name)
    VALUES (:assessment, 1, :call, md5('commission')::uuid, 'open', current_date, 5, 5, '[]', 5, 's',
        'S')""",
    """INSERT INTO assessor (assessment_id, person, person_name, body, is_chair)
    SELECT :assessment, CASE n WHEN 1 THEN :member ELSE 'member-' || n END, 'Člen', 'MPSV', n = 1
    FROM generate_series(1, 9) n""",
    """INSERT INTO assessed_application (application_id, assessment_id, unit_id, unit_name, number,
        received_at)
    SELECT id, :assessment, unit_id, 'Obec', number, received_at FROM application""",
    """INSERT INTO score_sheet (id, assessment_id, application_id, person, version, declaration, ground,
        declared_at,
        sealed_at)
    SELECT md5('sheet ' || number || person)::uuid, :assessment, application_id, person, 3, 'none', '',
        now(), now()
    FROM assessed_application CROSS JOIN assessor""",
    """INSERT INTO sealed_score (sheet_id, round, score, reason, at)
    SELECT id, 1, jsonb_build_object('comment', '', 'marks', (
        SELECT jsonb_agg(jsonb_build_object('criterion', 'K' || k, 'points', 5, 'reason', repeat('x', 80)))
        FROM generate_series(1, 3) k)), '', now() FROM score_sheet""",
)


async def store(service: ServiceUnderTest) -> None:
    """Store it all beside the units and cooperations that are there."""
    await announced(service)
    known = {
        "call": CALL,
        "assessment": ASSESSMENT,
        "consultant": CONSULTANT.id,
        "member": COMMISSIONER.id,
    }
    async with service.transaction() as tx:
        for statement in _ROWS:
            wanted = {name: value for name, value in known.items() if f":{name}" in statement}
            await tx.session.execute(text(statement), wanted)
        await tx.session.execute(text("ANALYZE"))

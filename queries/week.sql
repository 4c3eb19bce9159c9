-- A dozen suggestions: of every kind the best first, in turns. What was answered before today's
-- date in the data is out; what was answered on it keeps its number and is marked, so that numbers
-- stand still while a list is worked through.
-- Parameters: owner, most. The suggestions of every kind stand in candidates.
with
    candidate as (
        {candidates}
    ),
    answered as (
        select a.kind, a.occasion, a.answer, a.answered_on, a.until, c.person_id
        from suggestions_answered a
        join core.person_of c using (contact_id)
        where a.owner_id = $owner
    ),
    matched as (
        select c.*, date '1970-01-01' + n.day as today, a.answer, a.answered_on, a.until
        from candidate c
        join mart.now n using (owner_id)
        left join answered a
            on a.person_id = c.person_id and a.kind = c.kind
            -- These come again and again; who dismisses one means all of them.
            and (a.occasion = c.occasion
                or (a.answer = 'dismissed' and c.kind in ('drift', 'birthday', 'new_job')))
        where c.owner_id = $owner
        qualify row_number() over (
            partition by c.kind, c.person_id, c.occasion
            order by a.answer = 'dismissed' desc nulls last, a.answered_on desc nulls last
        ) = 1
    ),
    -- One person is asked about once a week.
    waiting as (
        select *,
            list_position(['owed', 'thanks', 'birthday', 'new_job', 'drift', 'introduction'], kind)
                as turn
        from matched
        where answer is null or answered_on >= today or (answer = 'snoozed' and until <= today)
        qualify row_number() over (partition by person_id order by turn, worth, occasion) = 1
    ),
    ranked as (
        select *, row_number() over (partition by kind order by worth, person_id, occasion) as place
        from waiting
    ),
    numbered as (
        select *, row_number() over (order by place, turn, person_id) as number from ranked
    )
select number, kind, name, reason, evidence, on_date, person_id, occasion, today,
    case when answered_on >= today then answer end as answer
from numbered
where number <= $most
order by number

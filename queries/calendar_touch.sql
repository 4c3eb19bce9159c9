-- The day by which every living tie expects the next word, by ring as the drift list has it. What is
-- overdue already is spread over the coming weeks, the strongest first, as many a week as that list.
-- Parameter: owner, or null for all.
with
    knob as (
        select
            max(value) filter (name = 'drift_cap') as cap,
            [
                max(value) filter (name = 'ring1_interval_days'),
                max(value) filter (name = 'ring2_interval_days'),
                max(value) filter (name = 'ring3_interval_days'),
                max(value) filter (name = 'ring4_interval_days')
            ] as intervals
        from thresholds
    ),
    expected as (
        select t.owner_id, t.person_id, t.name, t.ring, t.strength, t.evidence, n.day as today,
            (epoch_us(greatest(t.last_in, t.last_out)) + n.offset_us) // 86400000000
                + greatest(
                    k.intervals[least(t.ring, 4)], 2 * coalesce(t.usual_gap_days, 0)
                )::integer as due,
            k.cap
        from ties t
        join mart.now n using (owner_id)
        cross join knob k
        where t.class in ('inner', 'strong', 'weak') and not t.hidden
            and greatest(t.last_in, t.last_out) is not null
            and (t.owner_id = $owner or $owner is null)
            and not exists (
                from tags g where g.person_id = t.person_id and g.tag = 'leave')
    ),
    placed as (
        select *, row_number() over (
            partition by owner_id, due <= today order by strength desc, person_id) as place
        from expected
    )
select p.person_id, p.name, p.ring, p.owner_id, o.name as owner,
    date '1970-01-01' + case
        when p.due > p.today then p.due
        else p.today + 1 + floor((p.place - 1) * 7 / greatest(p.cap, 1))
    end::integer as on_date,
    p.evidence, coalesce(
        -- The card that came home already is the one to update; else the contact known longest.
        arg_min(try_cast(regexp_extract(c.source_key, '^notworking-(\d+)$', 1) as bigint),
            (c.first_import_id, c.contact_id)) filter (c.source_key similar to 'notworking-\d+'),
        arg_min(c.contact_id, (c.first_import_id, c.contact_id))
    ) as contact
from placed p
join owners o using (owner_id)
join contacts c on c.person_id = p.person_id and c.owner_id = p.owner_id
group by all
order by on_date, p.owner_id, p.name, p.person_id

-- question: Whom of the owner's ties does nobody else reach?
-- columns:
--   owner_id: see owners
--   person_id: see people, two-way ties only
--   share: share of the owner's points that this tie has
--   effective: how far this tie adds somebody new, 1 if nobody else is tied to them
--   constraint_of: how much this tie binds the owner (Burt's constraint of one)
--   seen_with: people seen in the same group with this person
--   closest: largest share of this person's visible contact that one of the owner's ties gives; null if nobody was seen with them
-- source: Burt 1992, with what was seen in shared threads as the ties of others
-- limits: who knows whom is known only where the owner was present, so a gap here may be a gap in the data
with
    knob as (
        select
            max(value) filter (name = 'day_points') as day_points
        from main.thresholds
    ),
    own as (
        select owner_id, person_id, p_out + p_in as points
        from mart.points
        where back = 0 and two_way
    ),
    shares as (
        select
            owner_id,
            person_id,
            points,
            points / sum(points) over (partition by owner_id) as share
        from own
    ),
    links as (
        select
            pairs.owner_id,
            pairs.person_id,
            pairs.other_id,
            pairs.z / max(pairs.z) over (partition by pairs.owner_id, pairs.person_id) as closeness,
            -- null where q is no tie of the owner
            pairs.z / (
                sum(pairs.z) over (partition by pairs.owner_id, pairs.other_id)
                + shares.points / knob.day_points
            ) as given
        from mart.pairs
        left join shares on shares.owner_id = pairs.owner_id and shares.person_id = pairs.other_id
        cross join knob
    )
select
    shares.owner_id,
    shares.person_id,
    any_value(shares.share) as share,
    1 - coalesce(sum(others.share * links.closeness), 0) as effective,
    pow(any_value(shares.share) + coalesce(sum(others.share * links.given), 0), 2)
        as constraint_of,
    count(links.other_id) as seen_with,
    case when count(links.other_id) > 0 then coalesce(max(links.given), 0) end as closest
from shares
left join links on links.owner_id = shares.owner_id and links.person_id = shares.person_id
left join shares others on others.owner_id = links.owner_id and others.person_id = links.other_id
group by shares.owner_id, shares.person_id

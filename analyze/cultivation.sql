-- question: Do I add people, or tend them?
-- columns:
--   owner_id: see owners
--   quarter: first day of the quarter
--   added: people collected in it
--   grown: of these, with a two-way exchange by the 90th day
--   days_new: days on which you acted, spent on people known for less than 90 days
--   days_old: the same for people known longer
-- source: own reasoning after the digest on initiating and maintaining ties
-- limits: the first sign in the data is not the first meeting; the latest quarter is not over
with
    added as (
        select
            owner_id,
            date_trunc('quarter', date '1970-01-01' + day)::date as quarter,
            count(*) as added,
            count(*) filter (two_way_90) as grown
        from mart.follow_up
        group by all
    ),
    spent as (
        select
            owner_id,
            date_trunc('quarter', month)::date as quarter,
            sum(new_days)::bigint as days_new,
            sum(out_days - new_days)::bigint as days_old
        from mart.months
        group by all
    )
select
    owner_id,
    quarter,
    coalesce(added.added, 0) as added,
    coalesce(added.grown, 0) as grown,
    coalesce(spent.days_new, 0) as days_new,
    coalesce(spent.days_old, 0) as days_old
from added
full join spent using (owner_id, quarter)
order by owner_id, quarter

-- Why names in the vicinity of this run reach all others: who is the owner, or who is meant by a
-- name, could follow from them (temp tables of 10_versions and 20_parties).
with fresh as (
    select n.*, core.network(n.source) as network, core.name_key(n.name) as name_key
    from named_now n
),
-- Where the owner is stated by identifiers or names, nothing said in conversations changes it.
stated as (
    select p.owner_id, core.network(p.source) as network,
        bool_or(exists (from self_keys k where k.owner_id = p.owner_id and k.ref = p.ref
            and (k.source is null or k.source = p.source))) as by_key,
        bool_or(exists (from self_names s where s.owner_id = p.owner_id
            and s.name_key = core.name_key(p.name))) as by_name,
        count(*) filter (p.ref like 'k:%' and exists (from self_names s
            where s.owner_id = p.owner_id and s.name_key = core.name_key(p.name))) as bearers
    from (
        select owner_id, source, ref, name
        from core.parties
        where is_self
            or (owner_id, core.name_key(name)) in (select (owner_id, name_key) from self_names)
    ) p
    group by all
),
-- Elsewhere, who is in far more conversations than anybody else, and would be if somebody else were
-- in all of the touched ones.
foremost as (
    select owner_id, core.network(source) as network,
        max(threads) filter (is_self) as own,
        max(threads) filter (not is_self) + (select count(*) from touched) as second
    from core.parties
    group by all
)
select reason
from (
    select 'somebody who may be the owner' as reason
    from fresh f
    where f.is_new and (
        exists (from self_keys k where k.owner_id = f.owner_id and k.ref = f.ref)
        or exists (from self_names s where s.owner_id = f.owner_id and s.name_key = f.name_key))
    union all
    select 'a network in which the owner is not stated'
    from fresh f
    left join stated s on s.owner_id = f.owner_id and s.network = f.network
    left join foremost o on o.owner_id = f.owner_id and o.network = f.network
    where not coalesce(
        s.by_key or (s.by_name and s.bearers <= 1)
        or (not coalesce(s.by_name, false) and o.own >= 2 and o.own >= 2 * coalesce(o.second, 0)), false)
    union all
    select 'another name for somebody known'
    from fresh f
    where not f.is_new and f.ref like 'k:%' and f.name is distinct from f.name_before
    union all
    select 'a name that others are known by'
    from fresh f
    where f.is_new and f.ref like 'k:%' and f.name_key is not null and (
        exists (from core.parties p where p.owner_id = f.owner_id and p.ref = 'n:' || f.name_key
            and core.network(p.source) = f.network)
        or exists (from fresh o where o.owner_id = f.owner_id and o.ref = 'n:' || f.name_key
            and o.network = f.network)
        or exists (from raw.entries e where e.owner_id = f.owner_id
            and e.relation = 'correspondent' and e.source_key = e.full_name
            and core.name_key(e.full_name) = f.name_key)
        or exists (from raw.beginnings b where b.name_hash = md5_number_lower(f.name_key)))
    union all
    select 'comments' where exists (from temp."raw.beginnings")
)
limit 1;

-- Why the vicinity is not worth telling apart: it is a large part of all that was ever said.
select 'a large vicinity' as reason
where (select count(*) from old_rows) > 100000
    and (select count(*) from old_rows) * 5 > (select count(*) from core.interactions);

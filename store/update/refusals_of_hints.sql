-- Why the language of other conversations could change: of two word lists, another finds more in all
-- of an owner's messages.
select 'another order of languages' as reason
from core.lang_hits a
join core.lang_hits b on b.owner_id = a.owner_id and (b.hits, a.lang) < (a.hits, b.lang)
join temp."core.lang_hits" x on x.owner_id = a.owner_id and x.lang = a.lang
join temp."core.lang_hits" y on y.owner_id = b.owner_id and y.lang = b.lang
where not (y.hits, x.lang) < (x.hits, y.lang)
limit 1;

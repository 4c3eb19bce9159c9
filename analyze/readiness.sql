-- question: Is my network ready before I need it?
-- columns:
--   owner_id: see owners
--   measure: what is counted: contacts, ties, ties_alive, inner, strong, weak, dormant, cards, bridges, circles_reached, drifting, sources_with_talk or contacts_in_sight
--   now: the count now
--   quarter_ago: the same 91 days ago, by the numbers alone; null where the past is not known
--   meaning: what the measure counts
-- source: Sonnenberg: build it before you need it; no single score, on purpose
-- limits: people of sources that could not show talk count as cards: compare contacts_in_sight
with
    knob as (
        select max(value) filter (name = 'alive_enough') as enough from thresholds
    ),
    then_counted as (
        select
            past_ties.owner_id,
            count(*) filter (past_ties.class <> 'card') as ties,
            count(*) filter (past_ties.class not in ('card', 'dormant') and past_ties.alive >= knob.enough)
                as ties_alive,
            count(*) filter (past_ties.class = 'inner') as inner_ties,
            count(*) filter (past_ties.class = 'strong') as strong_ties,
            count(*) filter (past_ties.class = 'weak') as weak_ties,
            count(*) filter (past_ties.class = 'dormant') as dormant_ties
        from past_ties cross join knob
        where past_ties.back = 91
        group by past_ties.owner_id
    ),
    now_counted as (
        select
            ties.owner_id,
            count(*) as contacts,
            count(*) filter (ties.class <> 'card') as ties,
            count(*) filter (ties.class not in ('card', 'dormant') and ties.alive >= knob.enough) as ties_alive,
            count(*) filter (ties.class = 'inner') as inner_ties,
            count(*) filter (ties.class = 'strong') as strong_ties,
            count(*) filter (ties.class = 'weak') as weak_ties,
            count(*) filter (ties.class = 'dormant') as dormant_ties,
            count(*) filter (ties.class = 'card') as cards,
            count(*) filter (ties.is_bridge) as bridges,
            count(distinct circles.circle) filter (ties.class <> 'card') as circles_reached
        from ties
        cross join knob
        left join mart.circles
            on circles.owner_id = ties.owner_id and circles.person_id = ties.person_id
        group by ties.owner_id
    ),
    sight as (
        select owner_id, count(*) filter (shows_talk) as sources_with_talk
        from mart.spans
        group by owner_id
    ),
    in_sight as (
        select known.owner_id, count(distinct known.person_id) as people
        from (select owner_id, person_id, unnest(sources) as source from mart.known) known
        join mart.spans
            on spans.owner_id = known.owner_id and spans.source = known.source
            and spans.shows_talk
        group by known.owner_id
    ),
    drifting as (
        select owner_id, count(*) as people from drift group by owner_id
    ),
    lines as (
        select
            n.owner_id,
            unnest([
                {'line': 1, 'measure': 'contacts', 'now': n.contacts, 'before': null,
                    'meaning': 'people known from any source'},
                {'line': 2, 'measure': 'ties', 'now': n.ties, 'before': coalesce(t.ties, 0),
                    'meaning': 'people with a two-way exchange'},
                {'line': 3, 'measure': 'ties_alive', 'now': n.ties_alive,
                    'before': coalesce(t.ties_alive, 0),
                    'meaning': 'ties more likely than not to be in touch within a year'},
                {'line': 4, 'measure': 'inner', 'now': n.inner_ties,
                    'before': coalesce(t.inner_ties, 0), 'meaning': 'weekly contact'},
                {'line': 5, 'measure': 'strong', 'now': n.strong_ties,
                    'before': coalesce(t.strong_ties, 0), 'meaning': 'monthly contact'},
                {'line': 6, 'measure': 'weak', 'now': n.weak_ties,
                    'before': coalesce(t.weak_ties, 0), 'meaning': 'alive, but seldom'},
                {'line': 7, 'measure': 'dormant', 'now': n.dormant_ties,
                    'before': coalesce(t.dormant_ties, 0), 'meaning': 'once a tie, now asleep'},
                {'line': 8, 'measure': 'cards', 'now': n.cards, 'before': null,
                    'meaning': 'never a two-way exchange'},
                {'line': 9, 'measure': 'bridges', 'now': n.bridges, 'before': null,
                    'meaning': 'ties whom nobody else of yours reaches'},
                {'line': 10, 'measure': 'circles_reached', 'now': n.circles_reached,
                    'before': null, 'meaning': 'circles in which you hold a tie'},
                {'line': 11, 'measure': 'drifting', 'now': coalesce(d.people, 0),
                    'before': null, 'meaning': 'ties on the drift list'},
                {'line': 12, 'measure': 'sources_with_talk',
                    'now': coalesce(s.sources_with_talk, 0), 'before': null,
                    'meaning': 'sources that could show talk at all'},
                {'line': 13, 'measure': 'contacts_in_sight', 'now': coalesce(i.people, 0),
                    'before': null, 'meaning': 'contacts from a source that could show talk'}
            ]) as dial
        from now_counted n
        left join then_counted t on t.owner_id = n.owner_id
        left join sight s on s.owner_id = n.owner_id
        left join in_sight i on i.owner_id = n.owner_id
        left join drifting d on d.owner_id = n.owner_id
    )
select
    owner_id,
    dial.measure as measure,
    dial.now as now,
    dial.before::bigint as quarter_ago,
    dial.meaning as meaning
from lines
order by owner_id, dial.line

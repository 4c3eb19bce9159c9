"""Pictures that are lists of people: the dozen, who slips away, who waits, whom to wake."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from notworking.report.answers import Answer, Row
from notworking.report.charts.flows import triangle
from notworking.report.charts.svg import bar, line, picture, rect, text
from notworking.report.charts.time import legend
from notworking.report.charts.words import day, heading, percent, person_of, who
from notworking.report.markup import Child, Markup, join, tag
from notworking.report.people import People

_LONG = 12


def dozen(answer: Answer, people: People) -> Markup | None:
    """Twelve cards with a two-headed arrow, each head as wide as that direction."""
    items = []
    for row in answer.rows[:_LONG]:
        glad = "both keep it up" if row["both_glad"] else "one-sided"
        items.append(
            tag(
                "li",
                tag("span", row["place"], class_="place"),
                who(row, people),
                tag("span", row["class"], class_=f"class {row['class']}"),
                _arrow(row["days_out"] or 0, row["days_in"] or 0),
                tag("span", f"you {row['days_out']:,} days · they {row['days_in']:,}"),
                tag("span", glad, class_="soft-word"),
                tag("span", f"last {day(_latest(row))}", class_="soft-word"),
            )
        )
    return tag("ol", items, class_="dozen") if items else None


def _latest(row: Row) -> date | None:
    known = [at for at in (row["last_in"], row["last_out"]) if at is not None]
    return max(known) if known else None


def _arrow(out: int, back: int) -> Markup:
    """Draw an arrow with two heads: left is yours, right is theirs."""
    most = max(out, back, 1)
    mine, theirs = 2 + 8 * out / most, 2 + 8 * back / most
    shape = (
        f"M0 12L14 {12 - mine - 2:.1f}V{12 - mine / 2:.1f}L106 {12 - theirs / 2:.1f}"
        f"V{12 - theirs - 2:.1f}L120 12L106 {12 + theirs + 2:.1f}V{12 + theirs / 2:.1f}"
        f"L14 {12 + mine / 2:.1f}V{12 + mine + 2:.1f}Z"
    )
    said = f"{out:,} days from you, {back:,} from them"
    drawn = tag("path", d=shape, class_="arrow-shape")
    return tag("svg", drawn, class_="arrow", viewBox="0 0 120 24", role="img", aria_label=said)


def _listing(
    rows: Sequence[Row],
    people: People,
    line_of: Callable[[Row], tuple[Child, ...]],
    most: int = _LONG,
) -> Markup | None:
    items = [tag("li", who(row, people), line_of(row)) for row in rows[:most]]
    return tag("ol", items, class_="people-list") if items else None


def drift(answer: Answer, people: People) -> Markup | None:
    """A list with a thin bar: full while it is time, empty when most ties have ended."""

    def said(row: Row) -> tuple[Child, ...]:
        usual = row["usual_gap_days"]
        over = row["overdue"]
        return (
            bar(1 - min((over or 8) / 8, 1), "how much of the usual patience is left", "weak"),
            tag("span", f"last {day(row['last_contact'])}, due {day(row['due'])}"),
            tag(
                "span",
                f"usually every {usual:,.0f} days" if usual else "no usual gap yet",
                "; most ties have ended by then" if row["fallen"] else None,
                class_="soft-word",
            ),
        )

    return _listing(answer.rows, people, said)


def waiting(answer: Answer, people: People) -> Markup | None:
    """A list with a dot for each message of yours that found no answer."""

    def said(row: Row) -> tuple[Child, ...]:
        dots = "●" * min(row["streak"], 10) + ("…" if row["streak"] > 10 else "")
        return (
            tag("span", dots, class_="dots", aria_hidden="true"),
            tag("span", f"{row['streak']:,} unanswered, last {day(row['last_at'])}"),
            tag("span", "let it rest" if row["let_it_rest"] else "", class_="soft-word"),
        )

    return _listing(answer.rows, people, said)


def waking(answer: Answer, people: People) -> Markup | None:
    """Ten people worth a call, with when you last spoke."""

    def said(row: Row) -> tuple[Child, ...]:
        notes = [
            words
            for key, words in (
                ("grew", "Their job has grown."),
                ("elsewhere", "Moves elsewhere now."),
            )
            if row[key]
        ]
        return (
            tag("span", f"last {day(row['last_contact'])}"),
            tag("span", " ".join([row["evidence"] or "", *notes]), class_="soft-word"),
        )

    return _listing(answer.rows, people, said, 10)


def birthdays(answer: Answer, people: People) -> Markup | None:
    """A strip of the days to come, and whom each is for."""
    rows = [row for row in answer.rows if row["date"] is not None]
    if not rows:
        return None
    first, last = min(row["date"] for row in rows), max(row["date"] for row in rows)
    span = max((last - first).days, 30)
    shapes: list[Child] = [line(10, 40, 550, 40)]
    for row in rows:
        x = 10 + 530 * (row["date"] - first).days / span
        shapes.append(rect(x, 22, 8, 18, "weak" if row["said_last_time"] else "strong"))
    shapes += [text(10, 58, day(first)), text(550, 58, day(first + timedelta(span)), "tick", "end")]

    def said(row: Row) -> tuple[Child, ...]:
        before = {True: "you wrote last time", False: "you did not write last time"}
        return (
            tag("span", f"{day(row['date'])} {row['what'] or heading(row['why'])}"),
            tag("span", before.get(row["said_last_time"]), class_="soft-word"),
        )

    words = f"{len(rows):,} days to write to somebody, from {day(first)} to {day(last)}."
    return join([picture(64, words, shapes), _listing(rows, people, said)])


def hours(answer: Answer, people: People) -> Markup | None:
    """A strip of 24 hours for each person, the four best ones marked."""

    def said(row: Row) -> tuple[Child, ...]:
        start = row["from_hour"]
        end = (start + 4) % 24
        words = f"{start:02}:00 to {end:02}:00"
        return (
            tag(
                "svg",
                rect(0, 0, 96, 8, "track"),
                [rect(4 * ((start + n) % 24), 0, 4, 8, "strong") for n in range(4)],
                class_="bar",
                viewBox="0 0 96 8",
                preserveAspectRatio="none",
                role="img",
                aria_label=f"best from {words}",
            ),
            tag("span", f"{words}, {row['channel']}"),
            tag(
                "span",
                f"{percent(row['hours_share'])} of {row['answers']:,} answers",
                class_="soft-word",
            ),
        )

    return _listing(answer.rows, people, said)


def moves(answer: Answer, people: People) -> Markup | None:
    """Slopes from the ring of a year ago to the ring of today."""
    rows = [row for row in answer.rows if person_of(row, people)][:20]
    if not rows:
        return None
    shapes: list[Child] = [
        text(120, 14, "a year ago", "tick", "middle"),
        text(440, 14, "now", "tick", "middle"),
    ]
    for ring in (1, 2, 3, 4, 5):
        y = 12 + 26 * ring
        shapes += [line(120, y, 440, y), text(96, y + 4, f"ring {ring}", "tick", "end")]
    for number, row in enumerate(rows):
        before, now = row["ring_then"] or 5.6, row["ring_now"] or 5.6
        class_ = "stroke weak" if row["move"] == "closer" else "stroke inner"
        shift = (number % 5 - 2) * 3.5
        shapes.append(line(120, 12 + 26 * before + shift, 440, 12 + 26 * now + shift, class_))

    def said(row: Row) -> tuple[Child, ...]:
        rings = [str(row[key] or "cards") for key in ("ring_then", "ring_now")]
        return (tag("span", f"{row['move']}: ring {rings[0]} to {rings[1]}"),)

    closer = sum(row["move"] == "closer" for row in rows)
    words = f"{closer:,} came closer, {len(rows) - closer:,} drifted outward within a year."
    return join([picture(170, words, shapes), _listing(rows, people, said)])


def todo(answer: Answer, people: People) -> Markup | None:
    """A short to-do list, the oldest first: who, what, since when, and the words for it."""
    rows = sorted(answer.rows[:20], key=lambda row: day(row["at"]))
    kind = "what" if answer.has("what") else "favour"

    def said(row: Row) -> tuple[Child, ...]:
        return (
            tag("span", f"{row[kind]} of {day(row['at'])}"),
            tag("q", row["words"], class_="soft-word") if row["words"] else None,
        )

    return _listing(rows, people, said, 20)


def loops(answer: Answer, people: People) -> Markup | None:
    """Who introduced whom, and whether the introducer heard of it; open ones are dashed."""
    items = []
    for row in answer.rows[:_LONG]:
        told = "told within a month" if row["closed"] else f"told {day(row['told_at'])}"
        items.append(
            tag(
                "li",
                who(row, people, "introducer"),
                triangle(closed=bool(row["closed"])),
                tag("span", "introduced ", who(row, people, "introduced")),
                tag("span", told if row["told_at"] else "not told so far", class_="soft-word"),
            )
        )
    return tag("ol", items, class_="people-list") if items else None


def meetings(answer: Answer, people: People) -> Markup | None:
    """Two people who should meet, and why."""

    def said(row: Row) -> tuple[Child, ...]:
        return (
            tag("span", "and ", who(row, people, "other")),
            tag(
                "span",
                f"{row['term']}: {row['why']} here, {row['strength_of_other']} there",
                class_="soft-word",
            ),
        )

    return _listing(answer.rows, people, said)


def trust(answer: Answer, people: People) -> Markup | None:
    """The closest, and how often you asked them for something."""

    def said(row: Row) -> tuple[Child, ...]:
        often = "once" if row["asked"] == 1 else f"{row['asked']:,} times"
        asked = "you never asked them" if row["never_asked"] else f"asked {often}"
        return (
            tag("span", asked),
            tag(
                "span",
                f"last {day(row['last_at'])}" if row["last_at"] else None,
                class_="soft-word",
            ),
        )

    return _listing(answer.rows, people, said, 20)


def together(answer: Answer, people: People) -> Markup | None:
    """A bar for each person, cut into alone and groups; then those never met alone."""
    parts = (("private", "weak"), ("small_group", "strong"), ("large_group", "dormant"))

    def said(row: Row) -> tuple[Child, ...]:
        drawn, x = [rect(0, 0, 100, 8, "track")], 0.0
        for part, class_ in parts:
            wide = 100 * (row[part] or 0)
            drawn.append(rect(x, 0, min(wide, 100 - x), 8, class_))
            x += wide
        label = f"{percent(row['private'])} alone"
        svg = tag(
            "svg",
            drawn,
            class_="bar",
            viewBox="0 0 100 8",
            preserveAspectRatio="none",
            role="img",
            aria_label=label,
        )
        return (svg, tag("span", f"{label} on {row['days']:,} days"))

    shown = [row for row in answer.rows if row["days"]]
    never = [row for row in answer.rows if row["only_in_groups"]][:_LONG]
    aside = None
    if never:
        found = [(who(row, people), ", ") for row in never[:-1]] + [(who(never[-1], people),)]
        aside = tag("p", "Never a word alone, take one of them aside: ", found, ".")
    keys = legend(("weak", "alone"), ("strong", "three to five"), ("dormant", "six or more"))
    return join([_listing(shown, people, said), keys, aside]) if shown or aside else None

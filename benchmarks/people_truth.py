"""Contact records of invented people whose true grouping is known.

Three habits: ``harsh`` (most pairs share only a name, written differently), ``gentle`` (60 % of
pairs share an identifier) and ``abroad`` (other cultures, other scripts, many hurried cards).
Everything follows from the seed. Addresses are at example.com and example.org, numbers are from
the 555-01xx range widened by fictional area codes.
"""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from notworking.benchmarks.people_names import CULTURES, SHORT, Culture, family_name, pick_ranked

CONTACT_SCHEMA: dict[str, Any] = {
    "contact_id": pl.Int64,
    "owner_id": pl.Int32,
    "source": pl.String,
    "relation": pl.String,
    "source_key": pl.String,
    "full_name": pl.String,
    "given_name": pl.String,
    "family_name": pl.String,
    "nickname": pl.String,
    "company": pl.String,
    "title": pl.String,
    "birthday": pl.String,
    "location": pl.String,
    "profile_url": pl.String,
    "connected_at": pl.Datetime("us", "UTC"),
    "messages": pl.Int64,
}
POINT_SCHEMA: dict[str, Any] = {
    "contact_id": pl.Int64,
    "kind": pl.String,
    "value": pl.String,
    "sure": pl.Boolean,
    "label": pl.String,
}
DECISION_SCHEMA: dict[str, Any] = {
    "contact_a": pl.Int64,
    "contact_b": pl.Int64,
    "verdict": pl.String,
    "at": pl.Datetime("us", "UTC"),
}


#: So many rows of a pool are kept as dictionaries before they become columns.
_AT_A_TIME = 100_000


@dataclass(frozen=True)
class Habits:
    """How often people and address books do what."""

    sizes: dict[str, float]
    overlap: float
    rare: float
    nickname: float
    spelling: float
    married: float
    initial: float
    card_number: float
    card_mail: float
    linkedin_mail: float
    hurried: float
    duplicate: float
    swapped: float
    native: float = 0.0
    namesakes: int = 120
    work_mail: float = 0.25
    cultures: dict[str, float] = field(default_factory=dict)


_LISTS = {"linkedin": 0.44, "facebook": 0.30, "vcard": 0.18, "google": 0.08}

HABITS = {
    "harsh": Habits(
        _LISTS, 0.34, 0.62, 0.10, 0.05, 0.06, 0.03, 0.55, 0.18, 0.02, 0.12, 0.02, 0.03, namesakes=0
    ),
    "gentle": Habits(
        {"linkedin": 0.37, "facebook": 0.08, "vcard": 0.35, "google": 0.20},
        0.40, 0.90, 0.05, 0.01, 0.02, 0.01, 0.99, 0.90, 0.85, 0.02, 0.03, 0.02, work_mail=0.05,
    ),
    "abroad": Habits(
        {"linkedin": 0.3, "facebook": 0.35, "vcard": 0.3, "google": 0.05},
        0.30, 0.55, 0.12, 0.07, 0.05, 0.03, 0.8, 0.3, 0.05, 0.2, 0.04, 0.06, 0.06, 0,
        cultures={"english": 0.1, "spanish": 0.25, "german": 0.2, "slavic": 0.2}
        | {"east_asian": 0.1, "south_asian": 0.15},
    ),
}  # fmt: skip


@dataclass
class Person:
    """One invented human with everything that a list may tell of them."""

    number: int
    culture: Culture
    given: str
    middle: str
    families: list[str]
    former: str
    birthday: str
    company: str
    mobile: str
    landline: str
    mail: str
    work_mail: str
    slug: str


@dataclass
class Truth:
    """The frames the resolver reads, and whose each contact is."""

    contacts: pl.DataFrame
    points: pl.DataFrame
    decisions: pl.DataFrame
    person: dict[int, int]
    namesakes: list[tuple[int, int]]


def plain(text: str) -> str:
    """Return text without accents, as a hurried keyboard writes it."""
    kept = unicodedata.normalize("NFD", text.replace("ł", "l").replace("ß", "ss"))
    return "".join(c for c in kept if not unicodedata.combining(c))


def invent_person(number: int, habits: Habits, companies: list[str], dice: random.Random) -> Person:
    """Invent one person."""
    shares = habits.cultures or {name: c.weight for name, c in CULTURES.items()}
    culture = CULTURES[dice.choices(list(shares), list(shares.values()))[0]]
    is_woman = dice.random() < 0.5
    given = pick_ranked(culture.women if is_woman else culture.men, dice)
    middle = pick_ranked(culture.women if is_woman else culture.men, dice)
    families = [family_name(culture, dice, habits.rare)]
    if dice.random() < culture.double:
        families.append(family_name(culture, dice, habits.rare))
    former = ""
    if is_woman and dice.random() < habits.married * 2:
        former = family_name(culture, dice, habits.rare)
    if is_woman and culture.women_ending[0] and families[0].endswith(culture.women_ending[0]):
        families[0] = families[0][: -len(culture.women_ending[0])] + culture.women_ending[1]
    latin = plain(f"{given}.{former or families[0]}").lower().replace(" ", "")
    local = latin if dice.random() < 0.6 else f"{latin[0]}{latin.split('.')[1]}{dice.randrange(99)}"
    mail = f"{local}@mail{number % 997}.example.org"
    if dice.random() < 0.3:
        mail = f"{local}.{number}@example.com"
    company = companies[min(int(dice.expovariate(5 / len(companies))), len(companies) - 1)]
    return Person(
        number, culture, given, middle if dice.random() < 0.5 else "", families, former,
        f"{dice.randrange(1950, 2004)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}",
        company,
        f"+1555{number:08}1", f"+1555{number:08}2",
        mail,
        f"{latin}@{company.lower().replace(' ', '')}.example.com",
        f"{latin.replace('.', '-')}-{number:x}{dice.randrange(256):02x}",
    )  # fmt: skip


def spell(text: str, habits: Habits, dice: random.Random) -> str:
    """Misspell now and then: a slip, or a plain keyboard."""
    if dice.random() < habits.spelling and len(text) > 4:
        place = dice.randrange(1, len(text) - 1)
        cut = dice.randrange(4)
        if cut == 0:
            return text[:place] + text[place + 1 :]
        if cut == 1:
            return text[:place] + text[place] + text[place:]
        if cut == 2:
            return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        return text[:place] + dice.choice("aeiourst") + text[place + 1 :]
    return plain(text) if dice.random() < 0.3 else text


def daily_name(person: Person, habits: Habits, dice: random.Random) -> tuple[str, str]:
    """Return given and family name as friends write them."""
    given, families = person.given, list(person.families)
    short = SHORT.get(given)
    if short and dice.random() < habits.nickname / 0.6:
        given = dice.choice(short)
    elif person.middle and dice.random() < 0.02:
        given = person.middle
    elif person.middle and dice.random() < 0.06:
        given = f"{given} {person.middle}"
    if person.former and dice.random() < 0.5:
        families = [person.former] if dice.random() < 0.6 else [person.former, families[0]]
    elif len(families) > 1 and dice.random() < 0.5:
        families = families[: 1 if dice.random() < 0.8 else 2]
    family = " ".join(families)
    if dice.random() < habits.initial:
        family = family[0] + "."
    return spell(given, habits, dice), spell(family, habits, dice)


def formal_name(person: Person, habits: Habits, dice: random.Random) -> tuple[str, str]:
    """Return given and family name as on a profile for work."""
    given, family = person.given, " ".join(person.families)
    short = SHORT.get(given)
    if short and dice.random() < habits.nickname / 0.6 * 0.5:
        given = dice.choice(short)
    if person.middle and dice.random() < 0.08:
        given = f"{given} {person.middle[0]}."
    if len(person.families) > 1 and dice.random() < 0.4:
        family = person.families[0]
    if dice.random() < 0.05:
        family += dice.choice((", PhD", ", MBA", ", PMP", " MBA, CFA", " (she/her)"))
    if person.former and dice.random() < 0.1:
        family = f"{family} ({person.former})"
    return given, family


class Book:
    """Collects contacts and points as the lists are written."""

    def __init__(self, habits: Habits, dice: random.Random) -> None:
        """Start empty."""
        self.habits = habits
        self.dice = dice
        self.contacts: list[dict[str, object]] = []
        self.points: list[dict[str, object]] = []
        self.person: dict[int, int] = {}
        self.owner = 1

    def add(self, source: str, person: Person) -> int:
        """Write one entry of one list; return its contact id."""
        identifier = self.dice.randrange(1 << 60)
        row: dict[str, object] = {
            "contact_id": identifier,
            "owner_id": self.owner,
            "source": source,
            "source_key": f"{source}-{identifier}",
            "messages": 0,
        }
        writers = {"linkedin": self._linkedin, "facebook": self._facebook}
        writers.get(source, self._card)(row, person)
        self.contacts.append(row)
        self.person[identifier] = person.number
        return identifier

    def _point(self, row: dict[str, object], kind: str, value: str, label: str = "") -> None:
        self.points.append(
            {
                "contact_id": row["contact_id"],
                "kind": kind,
                "value": value,
                "sure": True,
                "label": label,
            }
        )

    def _linkedin(self, row: dict[str, object], person: Person) -> None:
        given, family = formal_name(person, self.habits, self.dice)
        row |= {
            "relation": "connection",
            "given_name": given,
            "family_name": family,
            "full_name": f"{given} {family}",
            "company": person.company if self.dice.random() < 0.9 else None,
            "profile_url": f"https://www.linkedin.com/in/{person.slug}",
        }
        if self.dice.random() < self.habits.linkedin_mail:
            self._point(row, "email", person.mail)

    def _facebook(self, row: dict[str, object], person: Person) -> None:
        given, family = daily_name(person, self.habits, self.dice)
        row |= {"relation": "friend", "full_name": f"{given} {family}"}

    def _card(self, row: dict[str, object], person: Person) -> None:
        dice, habits = self.dice, self.habits
        given, family = daily_name(person, habits, dice)
        full = f"{given} {family}"
        if dice.random() < habits.hurried:
            full = dice.choice(
                (given, given, f"{given} {family[0]}", f"{given} {person.company}", f"{given} work",
                 dice.choice(("Mom", "Dad", "Papa", "Plumber", "Oma")), full.upper(), full.lower())
            )  # fmt: skip
            row |= {"full_name": full}
        elif dice.random() < habits.swapped:
            row |= {"full_name": f"{family} {given}", "given_name": family, "family_name": given}
        else:
            row |= {"full_name": full, "given_name": given, "family_name": family}
        row["relation"] = "card" if row["source"] == "vcard" else "address_book"
        if dice.random() < 0.15:
            row["company"] = person.company + dice.choice(("", " Inc.", " GmbH", " Ltd"))
        if dice.random() < 0.08:
            row["birthday"] = person.birthday if dice.random() < 0.6 else "-" + person.birthday[4:]
        if dice.random() < habits.card_number:
            self._point(row, "phone", person.mobile, "mobile")
        if dice.random() < 0.08:
            self._point(row, "phone", person.landline, "home")
        if dice.random() < habits.card_mail:
            self._point(
                row, "email", person.work_mail if dice.random() < habits.work_mail else person.mail
            )


def invent(habits_name: str, size: int, seed: int) -> Truth:
    """Return about ``size`` contacts of one owner, and their truth."""
    habits = HABITS[habits_name]
    dice = random.Random(f"{habits_name}/{size}/{seed}")
    book = Book(habits, dice)
    companies = invent_companies(size, dice)
    number = 0
    households: list[Person] = []
    while len(book.contacts) < size:
        person = invent_person(number, habits, companies, dice)
        number += 1
        if households and dice.random() < 0.04:
            partner = dice.choice(households)
            person.families, person.landline = list(partner.families), partner.landline
        households = [*households[-200:], person]
        _spread(book, person)
    namesakes = [_namesakes(book, number + 2 * i, companies) for i in range(habits.namesakes)]
    return Truth(
        pl.DataFrame(book.contacts, schema=CONTACT_SCHEMA),
        pl.DataFrame(book.points, schema=POINT_SCHEMA),
        pl.DataFrame(schema=DECISION_SCHEMA),
        book.person,
        namesakes,
    )


def invent_companies(size: int, dice: random.Random) -> list[str]:
    """Invent the employers of so many people."""
    return [
        dice.choice("ABCDEFGHKLMNOPRSTVW") + plain(family_name(culture, dice, 1.0)).lower()
        for culture in dice.choices(list(CULTURES.values()), k=max(size // 8, 20))
    ]


def invent_pool(habits_name: str, size: int, owners: int, seed: int) -> Truth:
    """Return about ``size`` contacts of several owners who have acquaintances in common."""
    habits = HABITS[habits_name]
    dice = random.Random(f"{habits_name}/{size}/{owners}/{seed}")
    book = Book(habits, dice)
    companies = invent_companies(size, dice)
    frames: list[pl.DataFrame] = []
    written = number = 0
    while written + len(book.contacts) < size:
        person = invent_person(number, habits, companies, dice)
        number += 1
        for owner in dice.sample(
            range(1, owners + 1), min(dice.choice((1, 1, 1, 1, 2, 3)), owners)
        ):
            book.owner = owner
            _spread(book, person)
        if len(book.contacts) >= _AT_A_TIME:
            written += len(book.contacts)
            frames.append(pl.DataFrame(book.contacts, schema=CONTACT_SCHEMA))
            book.contacts.clear()
    frames.append(pl.DataFrame(book.contacts, schema=CONTACT_SCHEMA))
    points = pl.DataFrame(book.points, schema=POINT_SCHEMA)
    decisions = pl.DataFrame(schema=DECISION_SCHEMA)
    return Truth(pl.concat(frames), points, decisions, book.person, [])


def _spread(book: Book, person: Person) -> None:
    """Put a person into one list, or into several."""
    dice, habits = book.dice, book.habits
    sources = list(habits.sizes)
    first = dice.choices(sources, list(habits.sizes.values()))[0]
    chosen = [first]
    for source in sources:
        if source != first and dice.random() < habits.overlap * habits.sizes[source] / max(
            habits.sizes.values()
        ):
            chosen.append(source)
    for source in chosen:
        book.add(source, person)
        if source not in ("linkedin", "facebook") and dice.random() < habits.duplicate:
            book.add(source, person)


def _namesakes(book: Book, number: int, companies: list[str]) -> tuple[int, int]:
    """Write two different people of one common name; a third of them share an employer or town."""
    dice, habits = book.dice, book.habits
    given = pick_ranked(CULTURES["english"].men, dice)
    family = family_name(CULTURES["english"], dice, 0.0)
    trap = dice.choice(("", "", "", "", "company", "location"))
    shared = {"company": dice.choice(companies), "location": dice.choice(("Bern", "Lyon", "Leeds"))}
    written: list[int] = []
    lists = dice.sample(("vcard", "google") if trap else ("vcard", "google", "linkedin"), 2)
    for place, source in enumerate(lists):
        person = invent_person(number + place, habits, companies, dice)
        person.given, person.families, person.former, person.middle = given, [family], "", ""
        person.mail = f"{given[0]}{family}{number + place}@example.com".lower()
        person.work_mail = f"{given}.{family}.{number + place}@example.com".lower()
        written.append(book.add(source, person))
        if trap:
            book.contacts[-1][trap] = shared[trap]
    return written[0], written[1]

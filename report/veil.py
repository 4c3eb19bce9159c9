"""The veil: with ``--redact`` no name, text, company or place gets any further than here.

Whatever is not known to be harmless is hidden: a column that somebody adds to an analysis later
stays hidden until it is listed below. Numbers and dates pass, identifiers of threads do not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from notworking.report.answers import Row
from notworking.report.columns import PEOPLE, SEVERAL, number_column, numbers_column

HIDDEN = "…"
#: Columns whose words come from notworking and not from the user's files, in every analysis.
_OWN_WORDS = frozenset(
    {
        *("card_kind", "channel", "class", "decided_by", "dimension", "direction", "meaning"),
        *("measure", "move", "reference", "relation", "scope", "source", "sources", "standing"),
    }
)
#: The same in single analyses.
_OWN_WORDS_IN = frozenset(
    {
        ("birthdays", "why"),
        ("favours", "favour"),
        ("giver_taker_people", "leaning"),
        ("how_i_ask", "mark"),
        ("instead_of_no", "instead"),
        ("introducer_loop", "how"),
        ("introductions_to_make", "strength_of_other"),
        ("introductions_to_make", "why"),
        ("known_for", "place"),
        ("news", "kind"),
        ("outcomes", "class_then"),
        ("six_benefits", "benefit"),
        ("step_back", "why"),
        ("thanks_owed", "favour"),
        ("chances_kept", "in_words"),
        ("drift", "evidence"),
        ("owed", "what"),
        ("reverse_networking", "kind"),
        ("the_dozen", "evidence"),
        ("ties", "evidence"),
        ("visibility", "in_words"),
        ("tie_changes", "evidence"),
        ("warm_paths", "there"),
        ("who_could_help", "place"),
        ("worth_waking", "evidence"),
    }
)
#: Dimensions of ``diversity`` whose values are words of ours.
_SAFE_DIMENSIONS = frozenset({"seniority", "source", "gender"})
_KEPT_IDS = PEOPLE | {"owner_id"}


@dataclass(slots=True)
class Veil:
    """Passes rows on as they are, or without anything that tells who is meant.

    Attributes:
        hides: Whether anything is hidden.
        labels: Person to what they are called instead.
        by_name: The same for names that come without a number.
    """

    hides: bool
    labels: dict[int, str] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)

    def learn(self, person_id: int, name: str | None, label: str) -> None:
        """Take note of what somebody is called instead."""
        self.labels[person_id] = label
        if name:
            self.by_name.setdefault(name, label)

    def row(self, view: str, row: Row) -> Row:
        """Return one row of an analysis as the page may show it."""
        if not self.hides:
            return row
        return {name: self._value(view, name, value, row) for name, value in row.items()}

    def words(self, text: str | None) -> str | None:
        """Return a text of the user's files as the page may show it."""
        return HIDDEN if self.hides and text else text

    def _value(self, view: str, name: str, value: Any, row: Row) -> Any:
        if name.endswith("_id") and name not in _KEPT_IDS:
            return None
        if _is_harmless(view, name, value, row):
            return value
        if isinstance(value, list):
            return self._list(name, value, row)
        number = number_column(name)
        return self._text(str(value), row.get(number) if number in PEOPLE else None)

    def _list(self, name: str, values: list[Any], row: Row) -> list[Any]:
        if name in SEVERAL:
            return values
        numbers = numbers_column(name)
        known = (row.get(numbers) or []) if numbers in SEVERAL else []
        ids = known if len(known) == len(values) else [None] * len(values)
        return [
            value if isinstance(value, float) else self._text(value or "", person_id)
            for value, person_id in zip(values, ids, strict=True)
            if isinstance(value, str | float | None)
        ]

    def _text(self, text: str, person_id: int | None) -> str:
        if person_id in self.labels:
            return self.labels[person_id]
        if text in self.by_name:
            return self.by_name[text]
        parts = [self.by_name[part] for part in text.split(", ") if part in self.by_name]
        return ", ".join(parts) or HIDDEN


def _is_harmless(view: str, name: str, value: Any, row: Row) -> bool:
    """Tell whether a value says nothing of who, what was written, or where."""
    if value is None or isinstance(value, bool | int | float | Decimal | date | timedelta):
        return True
    if (view, name) == ("diversity", "most_common"):
        return row["dimension"] in _SAFE_DIMENSIONS
    return name in _OWN_WORDS or (view, name) in _OWN_WORDS_IN

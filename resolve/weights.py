"""The model's numbers, read once from ``data/weights.toml``; holds no number and no rule itself."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _tables() -> dict[str, dict[str, object]]:
    text = files("notworking.resolve").joinpath("data/weights.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def weight(table: str, name: str) -> float:
    """Return one number of the model, e.g. ``weight("given", "equal")``."""
    value = _tables()[table][name]
    if isinstance(value, int | float):
        return float(value)
    raise TypeError(f"weights.toml: [{table}] {name} is not a number; see scale()")


@cache
def scale(table: str, name: str) -> tuple[float, ...]:
    """Return a list of numbers of the model, e.g. bits by the number of holders."""
    values = _tables()[table][name]
    if isinstance(values, list):
        return tuple(float(value) for value in values)
    raise TypeError(f"weights.toml: [{table}] {name} is not a list; see weight()")

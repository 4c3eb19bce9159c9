"""The .sql files of the catalogue in the words of Spark: translated, never written twice.

sqlglot does the grammar. The table of rewrites here is for what it does not know or what the two
engines mean differently: rounding, the place of nulls, lists, moments in microseconds. What
neither knows is refused with the name of the file; nothing is run here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import ClassVar

import sqlglot
from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.errors import ErrorLevel, SqlglotError
from sqlglot.parsers.duckdb import DuckDBParser

from notworking.errors import NotworkingError
from notworking.scale.macros import expand

_SPARK = "spark"
_WHOLE = frozenset({exp.DType.TINYINT, exp.DType.SMALLINT, exp.DType.INT, exp.DType.BIGINT})
#: Functions that both engines have under different names, with the same meaning.
_RENAMED = {"epoch_us": "unix_micros"}


class TranslationError(NotworkingError):
    """A statement says something that cannot be said in Spark; the message names the file."""


class _Grammar(DuckDBParser):
    """DuckDB's grammar, with ``len`` for lists and ``length`` for texts."""

    FUNCTIONS: ClassVar = {**DuckDBParser.FUNCTIONS, "LEN": exp.ArraySize.from_arg_list}


class Ours(DuckDB):
    """DuckDB as the catalogue writes it."""

    Parser = _Grammar


def view_name(schema: str, table: str) -> str:
    """Return the name under which Spark sees a table of the database."""
    return f"{schema}__{table}"


def to_spark(select: str, file: str) -> str:
    """Return a SELECT in Spark's words, reading views named by ``view_name``.

    Args:
        select: One SELECT in DuckDB's words.
        file: Where it stands, for messages.

    Raises:
        TranslationError: It cannot be said in Spark.
    """
    try:
        tree = expand(sqlglot.parse_one(select, read=Ours))
        shadowed = _named_inside(tree)
        # Children first: what a rule moves is in Spark's words already.
        for node in reversed(list(tree.walk())):
            fresh = _rewritten(node, shadowed)
            if fresh is not node:
                node.replace(fresh)
        return tree.sql(dialect=_SPARK, comments=False, unsupported_level=ErrorLevel.RAISE)
    except (SqlglotError, TranslationError) as error:
        raise TranslationError(f"{file}: cannot be said in Spark: {error}") from error


def tables_of(select: str) -> set[tuple[str, str]]:
    """Return schema and name of every table that a SELECT reads."""
    tree = sqlglot.parse_one(select, read=Ours)
    shadowed = _named_inside(tree)
    return {
        (table.db or "main", table.name)
        for table in tree.find_all(exp.Table)
        if table.name and (table.db or table.name not in shadowed)
    }


def _named_inside(tree: exp.Expr) -> frozenset[str]:
    return frozenset(cte.alias for cte in tree.find_all(exp.CTE))


def _rewritten(node: exp.Expr, shadowed: frozenset[str]) -> exp.Expr:
    if isinstance(node, exp.Table):
        return _table(node, shadowed)
    rule = _rules().get(type(node))
    return rule(node) if rule else node


@cache
def _rules() -> dict[type[exp.Expr], Callable[[exp.Expr], exp.Expr]]:
    return {
        exp.Anonymous: _anonymous,
        exp.ArgMax: _aggregate,
        exp.ArgMin: _aggregate,
        exp.ArrayAgg: _aggregate,
        exp.ArrayOverlaps: lambda node: _call("arrays_overlap", node.this, node.expression),
        exp.Bracket: _bracket,
        exp.Cast: _cast,
        exp.CTE: _cte,
        exp.DateDiff: _months,
        exp.Filter: _filtered,
        exp.IgnoreNulls: _known,
        exp.Join: _join,
        exp.Literal: _literal,
        exp.RegexpExtract: lambda node: _unflagged(node, "parameters"),
        exp.RegexpLike: lambda node: _unflagged(node, "flag"),
        exp.RegexpReplace: _replace_all,
        exp.Round: _round,
        exp.Window: _window,
    }


def _table(node: exp.Table, shadowed: frozenset[str]) -> exp.Expr:
    """Read a view; where the table had no alias, columns are still called by the table's name."""
    if not node.name or (not node.db and node.name in shadowed):
        return node
    flat = node.copy()
    flat.set("this", exp.to_identifier(view_name(node.db or "main", node.name)))
    flat.set("db", None)
    if not node.alias:
        flat.set("alias", exp.TableAlias(this=exp.to_identifier(node.name)))
    return flat


def _join(node: exp.Expr) -> exp.Expr:
    """Refuse joins that Spark would take for another kind."""
    if node.args.get("method"):
        raise TranslationError(f"a {node.text('method').lower()} join")
    return node


def _cte(node: exp.Expr) -> exp.Expr:
    """Leave it to Spark what to keep of a part of a query."""
    node.set("materialized", None)
    return node


def _anonymous(node: exp.Expr) -> exp.Expr:
    if node.name.lower() == "isfinite":
        return _finite(node.expressions[0])
    name = _RENAMED.get(node.name.lower())
    return exp.Anonymous(this=name, expressions=node.expressions) if name else node


def _finite(moment: exp.Expr) -> exp.Expr:
    """Tell whether a moment is one: in a file, those without end are the outermost numbers."""
    number = _call("unix_micros", moment)
    least, most = (exp.Literal.number(end) for end in (-(2**63) + 1, 2**63 - 1))
    return exp.Paren(
        this=exp.and_(exp.GT(this=number, expression=least), exp.LT(this=number, expression=most))
    )


def _call(name: str, *arguments: exp.Expr | int) -> exp.Expr:
    given = [exp.Literal.number(a) if isinstance(a, int) else a.copy() for a in arguments]
    return exp.Anonymous(this=name, expressions=given)


def _known(node: exp.Expr) -> exp.Expr:
    """Take any value that is known, in words that a condition may follow."""
    if not isinstance(node.this, exp.AnyValue):
        return node
    return exp.Anonymous(
        this="any_value", expressions=[node.this.this.copy(), exp.Boolean(this=True)]
    )


def _aggregate(node: exp.Expr) -> exp.Expr:
    return node if isinstance(node.parent, exp.Filter) else _aggregated(node, None)


def _filtered(node: exp.Expr) -> exp.Expr:
    if isinstance(node.parent, exp.Window):
        return _chosen(node)
    is_ours = isinstance(node.this, exp.ArgMax | exp.ArgMin | exp.ArrayAgg)
    return _aggregated(node.this, node.expression.this) if is_ours else node


def _chosen(node: exp.Expr) -> exp.Expr:
    """Take some rows of a window by their values: Spark has no condition there."""
    kept = node.this.copy()
    if not isinstance(kept, exp.Max | exp.Min | exp.Sum | exp.Avg | exp.Count | exp.LogicalOr):
        raise TranslationError(f"a condition on {kept.sql()} in a window")
    value = exp.Literal.number(1) if isinstance(kept.this, exp.Star) else kept.this
    chosen = exp.If(this=node.expression.this.copy(), true=value)
    kept.set("this", exp.Case(ifs=[chosen]))
    return kept


def _window(node: exp.Expr) -> exp.Expr:
    """Keep a minus from becoming part of a window's name."""
    return exp.Paren(this=node.copy()) if isinstance(node.parent, exp.Sub) else node


def _aggregated(node: exp.Expr, condition: exp.Expr | None) -> exp.Expr:
    if isinstance(node, exp.ArrayAgg):
        return _list(node, condition)
    # The value at the least or greatest key: DuckDB passes over rows that have none.
    known = exp.Not(this=exp.Is(this=node.this.copy(), expression=exp.Null()))
    kept = node.copy()
    if isinstance(node.expression, exp.Tuple):
        kept.set("expression", _ordered(node.expression))
    return _where(kept, exp.and_(condition, known) if condition else known)


def _where(node: exp.Expr, condition: exp.Expr | None) -> exp.Expr:
    if condition is None:
        return node
    return exp.Filter(this=node, expression=exp.Where(this=condition.copy()))


def _ordered(key: exp.Tuple) -> exp.Expr:
    """Return a struct that sorts as DuckDB sorts a row: in it, an unknown value is the greatest."""
    parts: list[exp.Expr] = []
    for part in key.expressions:
        parts += [exp.Is(this=part.copy(), expression=exp.Null()), part.copy()]
    return _call("struct", *parts)


def _list(node: exp.ArrayAgg, condition: exp.Expr | None) -> exp.Expr:
    """Collect values in their order: Spark collects in none, so the keys are sorted with them."""
    order = node.this
    if not isinstance(order, exp.Order):
        return _where(node.copy(), condition)
    if isinstance(order.this, exp.Distinct):
        raise TranslationError("a list of distinct values in an order")
    fields = [(f"k{place}", one) for place, one in enumerate(order.expressions)]
    named = "".join(f"'{name}', {one.this.sql(_SPARK)}, " for name, one in fields)
    rows = f"collect_list(named_struct({named}'v', {order.this.sql(_SPARK)}))"
    if condition is not None:
        rows += f" filter (where {condition.sql(_SPARK)})"
    steps = " ".join(_step(name, one) for name, one in fields)
    in_order = f"array_sort({rows}, (l, r) -> case {steps} else 0 end)"
    return sqlglot.parse_one(f"transform({in_order}, one -> one.v)", read=_SPARK)


def _step(name: str, key: exp.Expr) -> str:
    """Return the part of a comparison that one key decides; unknown values come last."""
    first, last = (1, -1) if key.args.get("desc") else (-1, 1)
    nulls = -1 if key.args.get("nulls_first") else 1
    return (
        f"when l.{name} is null and r.{name} is not null then {nulls}"
        f" when l.{name} is not null and r.{name} is null then {-nulls}"
        f" when l.{name} < r.{name} then {first} when l.{name} > r.{name} then {last}"
    )


def _bracket(node: exp.Expr) -> exp.Expr:
    """Take an element or a stretch of a list; places count from 1, from the end if negative."""
    (place,) = node.expressions
    if isinstance(place, exp.Slice):
        return _slice(node.this, place)
    if isinstance(place, exp.Literal) and place.is_string:
        return node
    # sqlglot keeps places counted from 0.
    return _call("try_element_at", node.this, _number(place) + 1)


def _slice(values: exp.Expr, place: exp.Slice) -> exp.Expr:
    first = _number(place.this) if place.this else 1
    if first < 1:
        raise TranslationError("a stretch of a list that starts from its end")
    size = exp.ArraySize(this=values.copy())
    if place.expression is None:
        return _call("slice", values, first, size)
    last = _number(place.expression)
    if last >= 0:
        return _call("slice", values, first, max(last - first + 1, 0))
    length = exp.Add(this=size, expression=exp.Literal.number(last - first + 2))
    return _call("slice", values, first, _call("greatest", length, 0))


def _number(node: exp.Expr) -> int:
    try:
        return int(node.sql())
    except ValueError as error:
        raise TranslationError(f"a place in a list that is no number: {node.sql()}") from error


#: What is no fraction, and needs no rounding on the way to a whole number.
_NOT_FRACTIONS = (
    exp.Predicate,
    exp.Connector,
    exp.Not,
    exp.Boolean,
    exp.IntDiv,
    exp.Null,
    exp.Count,
    exp.Length,
    exp.ArraySize,
    exp.RegexpExtract,
)


def _cast(node: exp.Expr) -> exp.Expr:
    """Round half to even where a number becomes a whole one: Spark would cut it off."""
    inner = node.this.unnest()
    if node.args["to"].this not in _WHOLE or isinstance(inner, _NOT_FRACTIONS) or inner.is_string:
        return node
    kept = node.copy()
    kept.set("this", _call("bround", node.this))
    return kept


def _months(node: exp.Expr) -> exp.Expr:
    """Count the firsts of a month between two dates."""
    if node.text("unit").upper() != "MONTH":
        return node

    def months(day: exp.Expr) -> exp.Expr:
        years = exp.Mul(this=_call("year", day), expression=exp.Literal.number(12))
        return exp.Paren(this=exp.Add(this=years, expression=_call("month", day)))

    return exp.Paren(this=exp.Sub(this=months(node.this), expression=months(node.expression)))


def _literal(node: exp.Expr) -> exp.Expr:
    """Make a fraction a double, as it becomes one beside any other."""
    if node.is_string or "." not in node.name or "e" in node.name.lower():
        return node
    return exp.Literal.number(f"{node.name}e0")


def _replace_all(node: exp.Expr) -> exp.Expr:
    """Replace every hit; Spark has no word for replacing the first alone."""
    if "g" not in node.text("modifiers"):
        raise TranslationError("regexp_replace without 'g'")
    plain = _unflagged(node, "modifiers")
    return _call("regexp_replace", plain.this, plain.expression, plain.args["replacement"])


def _unflagged(node: exp.Expr, key: str) -> exp.Expr:
    """Write into a pattern itself that capital letters do not matter."""
    flags = node.text(key)
    if set(flags) - {"g", "i"}:
        raise TranslationError(f"a pattern with the flags '{flags}'")
    kept = node.copy()
    kept.set(key, None)
    if "i" in flags:
        kept.set("expression", exp.Literal.string(f"(?i){node.expression.name}"))
    return kept


def _round(node: exp.Expr) -> exp.Expr:
    """Round as DuckDB does, by way of a whole number: Spark rounds the written decimals."""
    decimals = node.args.get("decimals")
    if decimals is None:
        return node
    scale = exp.Literal.number(f"1e{_number(decimals)}")
    shifted = exp.Mul(this=exp.Paren(this=node.this.copy()), expression=scale)
    return exp.Paren(this=exp.Div(this=exp.Round(this=shifted), expression=scale.copy()))

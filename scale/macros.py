"""The macros of the schema, put in place of their calls: Spark does not know them.

They are read from the same schema files that make a database, so that a name is compared in one
way on both engines. Nothing is translated here.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import sqlglot
from sqlglot import exp

_MACRO = re.compile(r"create macro (core\.\w+)\(([^)]*)\) as\s+(.*?);\n", re.DOTALL)


def expand(tree: exp.Expr) -> exp.Expr:
    """Return a statement in which every call of a macro is what the macro stands for."""
    for node in reversed(list(tree.walk())):
        if isinstance(node, exp.Dot) and isinstance(node.expression, exp.Anonymous):
            made = _body(f"{node.this.sql()}.{node.expression.name}", node.expression.expressions)
            if made is not None:
                node.replace(made)
    return tree


def _body(name: str, arguments: list[exp.Expr]) -> exp.Expr | None:
    known = _macros().get(name.lower())
    if known is None:
        return None
    parameters, text = known
    given = dict(zip(parameters, arguments, strict=True))
    whole = exp.Paren(this=expand(sqlglot.parse_one(text, read="duckdb")))
    for column in list(whole.find_all(exp.Column)):
        if not column.table and column.name in given:
            column.replace(exp.Paren(this=given[column.name].copy()))
    return whole


@cache
def _macros() -> dict[str, tuple[list[str], str]]:
    folder = files("notworking.store").joinpath("schema")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    text = "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)
    return {
        match[1]: ([one.strip() for one in match[2].split(",")], match[3])
        for match in _MACRO.finditer(text + "\n")
    }

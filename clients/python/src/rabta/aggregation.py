"""Rows of lists that are counted and added up: as tables have them, and as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from . import _convert as to
from ._generated.fragments import AggregatedTollFields, AggregationRowFieldsKeys
from .frames import Row

EFFECTS = ("KILLED", "WOUNDED", "ABDUCTED")
BESIDE = {  # what stands beside a key
    "YEAR": ("certain", "from", "to"), "MONTH": ("certain", "from", "to"), "PUBLISHED_YEAR": ("certain", "from", "to"),
    "PLACE": ("name",), "ACTOR": ("name", "part"), "SOURCE": ("title", "reliability"),
    "OTHERS": ("name", "kind"),
}  # fmt: skip
TOLL = {  # how columns of a toll end, by their names in the answer: "_partial" is elsewhere whether, not how many
    "low": "low", "best": "best", "high": "high", "circa": "circa", "without_figure": "without_figure", "partial": "partial_figures",
    "possibly_same": "possibly_same", "within_others": "within_others",
}  # fmt: skip
RANGE = ("low", "best", "high", "circa")
NOTED = {"without_figure": "without figure", "possibly_same": "may be the same", "within_others": "within others",
         "partial_figures": "partial"}  # fmt: skip


def columns(name: str, key: str) -> list[str]:
    """The columns that say what a row is of."""
    return [name, *(f"{name}_{c}" for c in BESIDE.get(key, ()))]


def row(names: Sequence[str], x: Any, tolls: Sequence[str], dates: str | None) -> Row:
    """A row of the table. What the keys are is in columns of their own; then come the counts, the tolls and the dates."""
    out: Row = {}
    for name, key in zip(names, x.keys, strict=False):
        out |= said(name, key)
    out |= {"count": x.count, "possible": x.possible, "by_gazetteer": x.by_gazetteer}
    for effect in tolls:
        out |= toll(effect.lower(), getattr(x, effect.lower()))
    if dates and x.dates:
        for part in ("least", "greatest", "mean"):
            days = getattr(x.dates, part)
            out |= {f"{dates}_{part}_from": to.day(days and days.from_), f"{dates}_{part}_to": to.day(days and days.to)}
        out |= {f"{dates}_dated": x.dates.dated, f"{dates}_undated": x.dates.undated}
    return out | ({} if x.ids is None else {"ids": list(x.ids)})


def said(name: str, key: AggregationRowFieldsKeys) -> Row:
    """What puts items into a row, as columns: an id with a name, a period with its days, or a word."""
    word = key.key.value
    of: Row = {"certain": key.certain, "from": to.day(key.from_), "to": to.day(key.to), "part": to.word(key.part)}
    of |= {
        "name": key.entity and key.entity.name,
        "kind": key.entity and to.word(key.entity.kind),
        "title": key.source and key.source.title,
    }
    of |= {"reliability": key.source and to.word(key.source.reliability)}
    value = int(key.value) if word == "CREDIBILITY" and key.value else key.value
    return {name: value, **{f"{name}_{c}": of[c] for c in BESIDE.get(word, ())}}


def toll(effect: str, t: AggregatedTollFields | None) -> Row:
    """Those harmed in one way, as ranges; what no figure gives is None, never 0."""
    own = {c: t and getattr(t, c) for c in TOLL}
    out: Row = {f"{effect}_{TOLL[c]}": value for c, value in own.items()}
    out[f"{effect}_hedges"] = [f"{to.word(h.hedge)}:{h.count}" for h in t.hedges] if t else []
    for part, names in (("least", RANGE), ("greatest", RANGE), ("mean", ("low", "best", "high", "of"))):
        figures = t and getattr(t, part)
        out |= {f"{effect}_{part}_{c}": figures and getattr(figures, c) for c in names}
    return out


def shown(row: Row, keys: Iterable[str]) -> Row:
    """A row as people read it: names for ids, tolls and dates in words, and a word for what no claim says."""
    out: Row = {}
    for key in keys:
        named = next((row[f"{key}_{c}"] for c in ("name", "title") if row.get(f"{key}_{c}") is not None), row[key])
        part = f" ({row[f'{key}_part']})" if row.get(f"{key}_part") else ""
        out[key] = "(none)" if named is None else f"{named}{part}"
    out |= {c: row[c] for c in ("count", "possible")}
    for effect in (e.lower() for e in EFFECTS):
        if f"{effect}_low" in row:
            out[effect] = toll_words(row, effect)
    for column in row:
        if column.endswith("_undated"):
            date = column.removesuffix("_undated")
            ends = (row[f"{date}_least_from"], row[f"{date}_greatest_to"])
            span = " to ".join(dict.fromkeys(str(d or "?") for d in ends)) if row[f"{date}_dated"] else "no date"
            out[date] = span + (f"; {row[column]} without" if row[column] else "")
    return out


def toll_words(row: Row, effect: str) -> str:
    """A toll in words: what bounds it, and what is not in it."""
    low, best, high = (row[f"{effect}_{c}"] for c in ("low", "best", "high"))
    bounds = " to ".join(dict.fromkeys("?" if x is None else str(x) for x in (low, high)))
    given = any(x is not None for x in (low, best, high))
    texts = [f"{'about ' if row[f'{effect}_circa'] else ''}{bounds}" if given else "no figure"]
    texts += [f"best {best}"] if best is not None and low != high else []
    texts += [f"{row[f'{effect}_{c}']} {words}" for c, words in NOTED.items() if row[f"{effect}_{c}"] and (given or c != "without_figure")]
    worded = [h.replace(":", " ") for h in row[f"{effect}_hedges"]]
    return "; ".join(texts) + (f" ({', '.join(worded)})" if worded else "")

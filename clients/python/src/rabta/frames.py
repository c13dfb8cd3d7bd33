"""Tables: one row a record, with columns that stay as they are; new ones are added at the end.

pandas and polars are imported when a table is asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .errors import MissingPackage
from .records import Attribute, Brief, Claim, Entity, Exclusion, Hit, Link, Name, PartialDate, Source, Value

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Row = dict[str, Any]

VALUE_PARTS = ("effect", "low", "best", "high", "circa", "unit", "lat", "lon", "precision")

NODE_COLUMNS = (
    "id", "kind", "name", "names", "subtype", "description", "date", "earliest", "latest", "lat", "lon", "precision",
    "same_ids", "representation", "external", "marking", "names_grade", "subtype_grade", "description_grade", "external_grade",
    "date_grade", "location_grade", "speakers",
)  # fmt: skip
LINK_COLUMNS = (
    "id", "kind", "source", "target", "source_name", "target_name", "status", "hedge", "credibility", "reliability", "admiralty",
    "independent_sources", "disputed", "contested", "bearing", "valid_from", "valid_to", "earliest", "latest", "undated",
    "dates_disagree", "affirmed", "denied", "no_evidence", "claims", "role", "basis", "attributor", "speakers", "modes", "grade",
    "source_is", "amounts", "amounts_grade", "stage", "nature", "channel", "sources", "marking", "direction", "held",
    "interrupted", "outside_life", "contradicted_by", "combined",
)  # fmt: skip
HELD_COLUMNS = (
    "link", "kind", "source", "target", "source_name", "target_name", "bearing", "status", "number", "start", "end", "start_earliest",
    "start_latest", "end_earliest", "end_latest", "cut_by_life", "claims",
)  # fmt: skip
ATTRIBUTE_COLUMNS = (
    "entity", "kind", "name", "predicate", "text", "date", "earliest", "latest", "role", "effect", "low", "best", "high", "circa", "unit",
    "lat", "lon", "precision", "lang", "form", "polarity", "hedge", "credibility", "independent_sources", "disputed", "contested",
    "rivalled", "speakers", "claims", "marking",
)  # fmt: skip
CLAIM_COLUMNS = (
    "id", "label", "subject", "predicate", "object", "text", "low", "best", "high", "date", "polarity", "hedge", "credibility",
    "reliability", "admiralty", "speaker", "speaker_text", "attributor", "source", "source_title", "publisher", "published", "origin",
    "locator", "excerpt", "sentence", "valid_from", "valid_to", "earliest", "latest", "recorded_at", "sequence", "link", "marking",
    "subject_name", "object_name", "speaker_name", "attributor_name", "role", "basis", "grade", "degree", "modes", "amount", "stage",
    "nature", "channel", "rule",
    "value_role", "effect", "circa", "unit", "lat", "lon", "precision", "retracted", "withdrawn_below",
)  # fmt: skip
SOURCE_COLUMNS = (
    "id", "kind", "title", "publisher", "authors", "published", "earliest", "latest", "reliability", "url", "language", "licence",
    "note", "derived_from", "withdrawn", "marking",
)  # fmt: skip
DAYS = frozenset({"earliest", "latest", "start_earliest", "start_latest", "end_earliest", "end_latest"})
NUMBERS = frozenset({"lat", "lon", "low", "best", "high"})
FIGURES = ("_low", "_best", "_high")  # how columns of figures end
SWITCHES = ("_circa", "_of_parts", "_partial", "_disagree")  # and those of what is true or not of them, or not known


def edtf(d: PartialDate | None) -> str | None:
    return d.edtf if d else None


def span(first: PartialDate | None, last: PartialDate | None) -> Row:
    return {"earliest": first.earliest if first else None, "latest": last.latest if last else None}


def brief_row(e: Brief) -> Row:
    return {"id": e.id, "kind": e.kind, "name": e.name}


def node_row(e: Entity) -> Row:
    said: dict[str, Sequence[Attribute | Name]] = {
        "names": e.named, "subtype": e.subtype[:1], "description": e.description[:1], "external": e.external,
        "date": [e.dated] if e.dated else [], "location": [e.located] if e.located else [],
    }  # fmt: skip
    return {
        "id": e.id, "kind": e.kind, "name": e.name, "names": list(e.names),
        "subtype": first(e.subtype), "description": first(e.description),
        "date": edtf(e.date), **span(e.date, e.date),
        "lat": e.location.lat if e.location else None, "lon": e.location.lon if e.location else None,
        "precision": e.location.precision if e.location else None,
        "same_ids": list(e.same_ids), "representation": e.representation, "external": texts(e.external), "marking": e.marking,
        **graded(said), "speakers": spoken(said),
    }  # fmt: skip


def texts(values: Iterable[Attribute]) -> list[str]:
    return [a.text for a in values if a.text is not None]


def first(values: Iterable[Attribute]) -> str | None:
    return next(iter(texts(values)), None)


def graded(said: Mapping[str, Iterable[Attribute | Name]]) -> Row:
    """The grades of what columns say, in their order: STATED:2, OFFICIAL:2:CONTESTED."""
    return {f"{name}_grade": [a.marked for a in values] for name, values in said.items()}


def spoken(said: Mapping[str, Iterable[Attribute | Name]]) -> list[str]:
    """Who says what columns say: ``column:number:POLARITY:claims:who``, the number being that of the value, from 1."""
    return [f"{name}:{i}:{s}" for name, values in said.items() for i, a in enumerate(values, 1) for s in a.speakers]


def link_row(x: Link) -> Row:
    row: Row = {c: getattr(x, c) for c in LINK_COLUMNS if hasattr(x, c)}
    row |= {"source": x.source.id, "target": x.target.id, "source_name": x.source.name, "target_name": x.target.name}
    row |= {"valid_from": edtf(x.valid_from), "valid_to": edtf(x.valid_to)}
    row |= {"attributor": x.attributor.id if x.attributor else None}
    row |= {c: list(getattr(x, c)) for c in ("modes", "source_is", "sources", "contradicted_by")}
    row |= {c: [str(v) for v in getattr(x, c)] for c in ("speakers", "held", "amounts")}
    row |= {"amounts_grade": [a.marked for a in x.amounts]}
    return {c: row[c] for c in LINK_COLUMNS}


def held_rows(x: Link) -> list[Row]:
    """A row an interval."""
    same = {"link": x.id, "kind": x.kind, "source": x.source.id, "target": x.target.id, "bearing": x.bearing, "status": x.status}
    same |= {"source_name": x.source.name, "target_name": x.target.name}
    out = []
    for number, i in enumerate(x.held, 1):
        row: Row = same | {"number": number, "start": edtf(i.start), "end": edtf(i.end)}
        for name, d in (("start", i.start), ("end", i.end)):
            row |= {f"{name}_earliest": d.earliest if d else None, f"{name}_latest": d.latest if d else None}
        out.append(row | {"cut_by_life": i.cut_by_life, "claims": list(i.claims)})
    return out


def attribute_row(a: Attribute) -> Row:
    v = a.value or Value()
    row: Row = {name: getattr(a, name) for name in ATTRIBUTE_COLUMNS if hasattr(a, name)}
    row |= {name: getattr(v, name) for name in ("text", *VALUE_PARTS, "role", "lang", "form")}
    row |= {"entity": a.entity.id, "kind": a.entity.kind, "name": a.entity.name, "date": edtf(v.date), **span(v.date, v.date)}
    return row | {"speakers": [str(s) for s in a.speakers], "claims": list(a.claims)}


def claim_row(c: Claim) -> Row:
    v = c.value
    row: Row = {name: getattr(c, name) for name in CLAIM_COLUMNS if hasattr(c, name)}
    row |= {name: getattr(v, name) if v else None for name in ("text", *VALUE_PARTS)}
    row |= {"sentence": c.text, "value_role": v.role if v else None, "modes": list(c.modes), "amount": str(c.amount) if c.amount else None}
    row |= {f"{name}_name": getattr(c, name).name if getattr(c, name) else None for name in ("subject", "object", "attributor")}
    row |= {"speaker_name": c.speaker.name if c.speaker else c.speaker_text}
    row |= {"date": edtf(v.date) if v else None, **span(c.valid_from, c.valid_to)}
    row |= {name: getattr(c, name).id if getattr(c, name) else None for name in ("subject", "object", "speaker", "attributor", "origin")}
    row |= {"source": c.source.id, "source_title": c.source.title, "publisher": c.source.publisher}
    row |= {"reliability": c.source.reliability, "published": edtf(c.source.published)}
    row |= {"valid_from": edtf(c.valid_from), "valid_to": edtf(c.valid_to)}
    return {name: row[name] for name in CLAIM_COLUMNS}


def source_row(s: Source) -> Row:
    row: Row = {name: getattr(s, name) for name in SOURCE_COLUMNS if hasattr(s, name)}
    row |= {"authors": list(s.authors), "derived_from": list(s.derived_from)}
    row |= {"published": edtf(s.published), **span(s.published, s.published)}
    return {name: row[name] for name in SOURCE_COLUMNS}


def hit_row(h: Hit) -> Row:
    return {"match": h.match, "matched": h.matched, **node_row(h.entity), "score": h.score}


def flat(value: Mapping[str, Any], prefix: str = "") -> Row:
    """A nested answer as one row: objects within become columns with a dot in their names."""
    row: Row = {}
    for key, v in value.items():
        if isinstance(v, Mapping):
            row |= flat(v, f"{prefix}{key}.")
        else:
            row[prefix + key] = v
    return row


def told(excluded: Iterable[Exclusion]) -> list[Row]:
    """What an answer leaves out, for ``attrs`` of a table."""
    return [x.to_dict() for x in excluded]


def pandas_frame(
    rows: Sequence[Row], columns: Sequence[str], days: Iterable[str] = DAYS, about: Mapping[str, Any] | None = None
) -> pd.DataFrame:
    """A pandas table; columns of days are datetime64, where NaT is open or unknown. ``about`` becomes its ``attrs``."""
    try:
        import numpy as np
        import pandas as pd
    except ImportError:
        raise MissingPackage("pandas", "pandas") from None
    frame = pd.DataFrame(rows, columns=list(columns))
    for name in columns:
        if name in days:
            values = np.array([r[name] if r[name] is not None else "NaT" for r in rows], dtype="datetime64[s]")
            frame[name] = pd.Series(values, index=frame.index)
        elif name in NUMBERS or (name.endswith(FIGURES) and frame[name].dtype == object):
            frame[name] = frame[name].astype("float64")
        elif name.endswith(SWITCHES):
            frame[name] = frame[name].astype("boolean")
    frame.attrs.update(about or {})
    return frame


def polars_frame(rows: Sequence[Row], columns: Sequence[str], days: Iterable[str] = DAYS) -> pl.DataFrame:
    """A polars table; columns of days are Date, where null is open or unknown."""
    try:
        import polars as pl
    except ImportError:
        raise MissingPackage("polars", "polars") from None
    overrides = {name: pl.Date for name in columns if name in days}
    if not rows:
        return pl.DataFrame(schema={name: overrides.get(name, pl.String) for name in columns})
    return pl.DataFrame([{c: r[c] for c in columns} for r in rows], schema_overrides=overrides, infer_schema_length=None)


def shown(value: Any) -> str:
    """A cell as people read it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, (list, tuple)):
        return "; ".join(str(v) for v in value)
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "seconds")
    return str(value)

"""Turns what the generated operations answer into records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol

from . import commits
from . import kinds as k
from . import records as r
from ._generated import fragments as f
from .lens import Lens

if TYPE_CHECKING:
    from ._base import Base


class AnyRetired(Protocol):
    """What the fragments of entities have in common where one is retired."""

    reason: str

    @property
    def successor(self) -> f.BriefFields | None: ...


class AnyEntity(Protocol):
    """What the fragments of entities have in common."""

    id: str
    name: str

    @property
    def kind(self) -> str: ...
    @property
    def names(self) -> Sequence[f.NameFields]: ...
    @property
    def same_ids(self) -> Sequence[str]: ...
    @property
    def representation(self) -> str: ...
    @property
    def description(self) -> Sequence[f.AttributeFields]: ...
    @property
    def subtype(self) -> Sequence[f.AttributeFields]: ...
    @property
    def external(self) -> Sequence[f.AttributeFields]: ...
    @property
    def marking(self) -> str: ...
    @property
    def placed(self) -> Sequence[f.AttributeFields]: ...
    @property
    def retired(self) -> AnyRetired | None: ...
    @property
    def retired_below(self) -> bool: ...


def word(value: Enum | None) -> Any:
    """A value of a closed list as text."""
    return None if value is None else value.value


def words(values: Iterable[Enum]) -> tuple[str, ...]:
    return tuple(str(v.value) for v in values)


def day(text: str | None) -> dt.date | None:
    """A day; None where it is open, or before the first year that Python's dates have."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def date(d: f.DateFields | None) -> r.PartialDate | None:
    if d is None:
        return None
    return r.PartialDate(d.edtf, day(d.earliest), day(d.latest), word(d.precision), d.circa, d.uncertain)


def retired(x: AnyRetired | None) -> r.Retired | None:
    return None if x is None else r.Retired(x.reason, x.successor.id if x.successor else None)


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def brief(e: f.BriefFields) -> r.Brief:
    return r.Brief(e.id, word(e.kind), e.name)


def briefs(list_: Iterable[f.BriefFields]) -> tuple[r.Brief, ...]:
    return tuple(brief(e) for e in list_)


def base(e: AnyEntity, client: Base, lens: Lens) -> dict[str, Any]:
    """The fields that all entities have, by name."""
    kind = str(getattr(e.kind, "value", e.kind))
    of = r.Brief(e.id, kind, e.name)
    placed = [a for a in attributes(of, e.placed) if a.polarity == "AFFIRMED" and a.value]
    dated = next((a for a in placed if a.date), None)
    located = next((a for a in placed if a.point), None)
    return {
        "id": e.id,
        "kind": kind,
        "name": e.name,
        "names": tuple(n.value for n in e.names),
        "named": tuple(name(n) for n in e.names),
        "same_ids": tuple(e.same_ids),
        "description": attributes(of, e.description),
        "subtype": attributes(of, e.subtype),
        "representation": str(getattr(e.representation, "value", e.representation)),
        "external": attributes(of, e.external),
        "marking": str(getattr(e.marking, "value", e.marking)),
        "date": dated.date if dated else None,
        "location": located.point if located else None,
        "dated": dated,
        "located": located,
        "retired": retired(e.retired),
        "retired_below": e.retired_below,
        "_client": client,
        "_lens": lens,
    }


def said(e: Any, *names: str) -> dict[str, Any]:
    """What claims say of an entity beside what all kinds have, by the names of the fields."""
    of = r.Brief(e.id, word(e.kind), e.name)
    return {name: attributes(of, getattr(e, name)) for name in names}


def entity(e: f.EntityFields, client: Base, lens: Lens) -> r.Entity:
    return r.Entity(**base(e, client, lens))


def link(x: f.LinkFields) -> r.Link:
    return r.Link(
        id=x.id,
        kind=word(x.kind),
        source=brief(x.source),
        target=brief(x.target),
        status=word(x.status),
        credibility=x.credibility,
        reliability=word(x.reliability),
        hedge=word(x.hedge),
        independent_sources=x.independent_sources,
        disputed=x.disputed,
        contested=x.contested,
        bearing=word(x.bearing),
        valid_from=date(x.valid_from),
        valid_to=date(x.valid_to),
        undated=x.undated,
        dates_disagree=x.dates_disagree,
        affirmed=x.affirmed_count,
        denied=x.denied_count,
        no_evidence=x.no_evidence_count,
        role=x.role,
        basis=word(x.basis),
        attributor=brief(x.attributor) if x.attributor else None,
        modes=words(x.modes),
        grade=word(x.grade),
        source_is=words(x.source_is),
        stage=x.stage,
        nature=x.nature,
        channel=x.channel,
        marking=word(x.marking),
        sources=tuple(dict.fromkeys(c.source.id for c in x.claims.nodes)),
        claims=x.claims.total_count,
        speakers=speakers(x.speakers),
        direction=word(x.direction),
        held=tuple(r.Interval(date(i.from_), date(i.to), i.cut_by_life, ids(i.claims)) for i in x.held),
        interrupted=x.interrupted,
        outside_life=x.outside_life,
        contradicted_by=ids(x.contradicted_by),
        other_is=words(x.other_is),
        amounts=tuple(
            r.LinkAmount(a.low, a.best, a.high, a.unit, word(a.hedge), a.credibility, a.disputed, a.contested) for a in x.amounts
        ),
        combined=word(c.in_) if (c := getattr(x, "combined", None)) else None,
    )


def ids(list_: Iterable[Any]) -> tuple[str, ...]:
    return tuple(x.id for x in list_)


def speakers(list_: Iterable[f.SpeakerFields]) -> tuple[r.Speaker, ...]:
    return tuple(r.Speaker(brief(s.entity) if s.entity else None, s.text, word(s.role), word(s.polarity), s.count) for s in list_)


def name(n: f.NameFields) -> r.Name:
    return r.Name(n.value, n.lang, word(n.form), n.primary, word(n.hedge), n.credibility, n.disputed, n.contested, speakers(n.speakers))


def attributes(of: r.Brief, list_: Iterable[f.AttributeFields]) -> tuple[r.Attribute, ...]:
    return tuple(attribute(of, a) for a in list_)


def attribute(of: r.Brief, a: f.AttributeFields) -> r.Attribute:
    return r.Attribute(
        entity=of,
        predicate=word(a.predicate),
        value=value(a.value) if a.value else None,
        polarity=word(a.polarity),
        hedge=word(a.hedge),
        credibility=a.credibility,
        independent_sources=a.independent_sources,
        disputed=a.disputed,
        contested=a.contested,
        rivalled=a.rivalled,
        speakers=speakers(a.speakers),
        marking=word(a.marking),
        claims=ids(a.claims),
    )


def source(s: f.SourceFields) -> r.Source:
    return r.Source(
        id=s.id,
        kind=word(s.kind),
        title=s.title,
        publisher=s.publisher,
        authors=tuple(s.authors),
        published=date(s.published),
        url=s.url,
        language=s.language,
        licence=s.licence,
        note=s.note,
        reliability=word(s.reliability),
        marking=word(s.marking),
        withdrawn=s.withdrawn,
        derived_from=tuple(d.id for d in s.derived_from),
    )


def value(v: f.ValueFields) -> r.Value:
    return r.Value(
        text=v.text,
        date=date(v.date),
        role=word(v.role),
        effect=word(v.effect),
        low=v.low,
        best=v.best,
        high=v.high,
        circa=v.circa,
        unit=v.unit,
        lat=v.lat,
        lon=v.lon,
        precision=word(v.precision),
        marking=word(v.marking),
        stamp=word(v.stamp),
        lang=v.lang,
        form=word(v.form),
    )


def claim(c: f.ClaimFields) -> r.Claim:
    return r.Claim(
        id=c.id,
        label=c.label,
        subject=brief(c.subject) if c.subject else None,
        predicate=word(c.predicate),
        object=brief(c.object_) if c.object_ else None,
        value=value(c.value) if c.value else None,
        hedge=word(c.hedge),
        credibility=c.credibility,
        polarity=word(c.polarity),
        speaker=brief(c.speaker) if c.speaker else None,
        attributor=brief(c.attributor) if c.attributor else None,
        source=source(c.source),
        origin=source(c.origin) if c.origin else None,
        locator=c.locator,
        excerpt=c.excerpt,
        valid_from=date(c.valid_from),
        valid_to=date(c.valid_to),
        recorded_at=moment(c.recorded_at),
        sequence=c.sequence,
        marking=word(c.marking),
        retracted=c.retracted,
        withdrawn_below=c.withdrawn_below,
        text=c.text,
        speaker_text=c.speaker_text,
        role=c.role,
        stage=c.stage,
        nature=c.nature,
        channel=c.channel,
        basis=word(c.basis),
        grade=word(c.grade),
        degree=word(c.degree),
        modes=words(c.modes),
        amount=r.Amount(c.amount.low, c.amount.best, c.amount.high, c.amount.unit) if c.amount else None,
        rule=c.rule,
        link=c.link.id if c.link else None,
    )


def commit(c: f.CommitFields) -> commits.Commit:
    return commits.Commit(
        c.sequence, moment(c.recorded_at), c.actor, c.reason, c.batch, c.sources, c.entities, c.claims, c.markings_changed, c.redacted
    )


def event(e: f.EventFields) -> commits.Event:
    return commits.Event(
        word(e.what),
        e.id,
        tuple(e.fields),
        claim(e.claim) if e.claim else None,
        commit(e.commit),
        reason=e.reason,
        marked_from=word(e.marked_from) if e.marked_from else None,
        marked_to=word(e.marked_to) if e.marked_to else None,
    )


def exclusions(list_: Iterable[f.ExclusionFields]) -> tuple[r.Exclusion, ...]:
    return tuple(r.Exclusion(word(x.reason), x.claims, x.links, word(x.bearing), x.paths) for x in list_)


def truncation(t: f.TruncationFields | None) -> r.Truncation | None:
    return None if t is None else r.Truncation(t.reason, t.limit, t.depth)


def incident(x: f.IncidentFields, client: Base, lens: Lens) -> k.Incident:
    fields = base(x, client, lens)
    of = r.Brief(x.id, fields["kind"], x.name)
    dated = next((a for a in attributes(of, x.date) if a.date), None)
    fields |= {"date": dated.date if dated else None, "dated": dated}
    return k.Incident(
        **fields,
        attack_types=attributes(of, x.attack_types),
        weapons=attributes(of, x.weapons),
        target_types=attributes(of, x.target_types),
        claimed=word(x.claimed.by),
        claimed_stated=date(x.claimed.stated),
        tolls=tuple(toll(t) for t in x.tolls),
        places=tuple(brief(p.target) for p in x.place.nodes),
    )


def toll(t: f.TollFields) -> r.Toll:
    rows = tuple(
        r.Casualties(word(c.role), word(c.effect), c.low, c.best, c.high, c.circa, ids(c.claims), date(c.valid_from), date(c.valid_to))
        for c in t.casualties
    )
    parts = r.Figures(t.parts.low, t.parts.best, t.parts.high, t.parts.circa) if t.parts else None
    return r.Toll(
        effect=word(t.effect),
        low=t.low,
        best=t.best,
        high=t.high,
        circa=t.circa,
        of_parts=t.of_parts,
        partial=t.partial,
        disagree=t.disagree,
        casualties=rows,
        parts=parts,
        valid_from=date(t.valid_from),
        valid_to=date(t.valid_to),
    )


def summed(name: str, s: f.SumFields) -> dict[str, Any]:
    """Some incidents, and those killed in them, as columns."""
    t = s.toll
    return {
        f"{name}_incidents": s.count,
        f"{name}_killed_low": t.low,
        f"{name}_killed_best": t.best,
        f"{name}_killed_high": t.high,
        f"{name}_killed_circa": t.circa,
        f"{name}_without_figure": t.without_figure,
        f"{name}_possibly_same": t.possibly_same,
        f"{name}_by_gazetteer": s.by_gazetteer,
    }


def sum_row(name: str, s: f.WholeSumFields) -> dict[str, Any]:
    """Some incidents, and those harmed in them, as a row."""
    row: dict[str, Any] = {"row": name, "incidents": s.count}
    for effect, t in (("killed", s.killed), ("wounded", s.wounded)):
        row |= {f"{effect}_{part}": getattr(t, part) for part in ("low", "best", "high", "circa", "without_figure")}
    return row | {"possibly_same": s.killed.possibly_same, "by_gazetteer": s.by_gazetteer, "ids": [x.id for x in s.incidents]}


def with_sources(x: r.Link, claims: Iterable[r.Claim]) -> r.Link:
    """The link with the sources of all its claims."""
    return replace(x, sources=tuple(dict.fromkeys(c.source.id for c in claims)))


def given(text: Any) -> Any:
    """A word of a closed list as the schema writes it; the server says which there are not. Anything else as it is."""
    return text.upper() if isinstance(text, str) else text


def upper(values: Iterable[str] | None) -> Any:
    """Words of a closed list as the schema writes them."""
    if values is None:
        return None
    return [given(v) for v in ([values] if isinstance(values, str) else values)]


def scalars(answer: Any) -> dict[str, Any]:
    """The figures and words of an answer, without the counts that every answer has."""
    out = {}
    for name in type(answer).model_fields:
        v = getattr(answer, name)
        v = v.value if isinstance(v, Enum) else v
        if name not in ("node_count", "link_count") and (v is None or isinstance(v, (bool, int, float, str))) and name != "partial":
            out[name] = v
    return out

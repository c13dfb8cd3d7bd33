from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import (
    AsOfMode,
    AttributionBasis,
    Bearing,
    BearingChoice,
    Boundaries,
    ClaimedBy,
    ClaimOrderField,
    Direction,
    EntityKind,
    EntityOrderField,
    GroupKey,
    Hedge,
    LinkKind,
    LinkOrderField,
    LinkStatus,
    OrderDirection,
    PlaceLevel,
    Polarity,
    Predicate,
    Projection,
    Reliability,
    Representation,
    SetOperation,
    SourceKind,
    SourceOrderField,
    Weight,
)


class AttributeCondition(BaseModel):
    some: Optional["AttributeWhere"] = None
    none: Optional["AttributeWhere"] = None


class AttributeWhere(BaseModel):
    predicate: Optional["PredicateFilter"] = None
    text: Optional["TextFilter"] = None
    date: Optional["DateFilter"] = None
    low: Optional["NumberFilter"] = None
    high: Optional["NumberFilter"] = None
    contains_figure: Optional[float] = Field(alias="containsFigure", default=None)
    credibility: Optional["IntFilter"] = None
    disputed: Optional[bool] = None
    contested: Optional[bool] = None


class BasisFilter(BaseModel):
    eq: Optional[AttributionBasis] = None
    in_: Optional[list[AttributionBasis]] = Field(alias="in", default=None)


class BearingFilter(BaseModel):
    eq: Optional[Bearing] = None
    in_: Optional[list[Bearing]] = Field(alias="in", default=None)


class ClaimCondition(BaseModel):
    some: Optional["ClaimWhere"] = None
    none: Optional["ClaimWhere"] = None


class ClaimOrder(BaseModel):
    field: ClaimOrderField
    direction: OrderDirection = OrderDirection.ASC


class ClaimWhere(BaseModel):
    and_: Optional[list["ClaimWhere"]] = Field(alias="and", default=None)
    or_: Optional[list["ClaimWhere"]] = Field(alias="or", default=None)
    not_: Optional["ClaimWhere"] = Field(alias="not", default=None)
    id: Optional["IDFilter"] = None
    label: Optional["TextFilter"] = None
    predicate: Optional["PredicateFilter"] = None
    subject: Optional["EntityWhere"] = None
    object_: Optional["EntityWhere"] = Field(alias="object", default=None)
    about: Optional["EntityWhere"] = None
    speaker: Optional["EntityWhere"] = None
    speaker_text: Optional["TextFilter"] = Field(alias="speakerText", default=None)
    source: Optional["SourceWhere"] = None
    origin: Optional["SourceWhere"] = None
    hedge: Optional["HedgeFilter"] = None
    polarity: Optional["PolarityFilter"] = None
    credibility: Optional["IntFilter"] = None
    locator: Optional["TextFilter"] = None
    text: Optional["TextFilter"] = None
    contradicted: Optional[bool] = None
    during: Optional["DateFilter"] = None
    sequence: Optional["IntFilter"] = None


class ClaimedByFilter(BaseModel):
    eq: Optional[ClaimedBy] = None
    in_: Optional[list[ClaimedBy]] = Field(alias="in", default=None)


class Combination(BaseModel):
    how: SetOperation
    with_: "ViewPart" = Field(alias="with")


class DateFilter(BaseModel):
    on: Optional[str] = None
    before: Optional[str] = None
    after: Optional[str] = None
    overlaps: Optional[str] = None


class EntityBy(BaseModel):
    id: Optional[str] = None
    name: Optional[str] = None
    external: Optional[str] = None


class EntityKindFilter(BaseModel):
    eq: Optional[EntityKind] = None
    in_: Optional[list[EntityKind]] = Field(alias="in", default=None)


class EntityOrder(BaseModel):
    field: EntityOrderField
    direction: OrderDirection = OrderDirection.ASC


class EntityWhere(BaseModel):
    and_: Optional[list["EntityWhere"]] = Field(alias="and", default=None)
    or_: Optional[list["EntityWhere"]] = Field(alias="or", default=None)
    not_: Optional["EntityWhere"] = Field(alias="not", default=None)
    id: Optional["IDFilter"] = None
    kind: Optional["EntityKindFilter"] = None
    subtype: Optional["TextFilter"] = None
    representation: Optional["RepresentationFilter"] = None
    name: Optional["TextFilter"] = None
    external: Optional["TextFilter"] = None
    date: Optional["DateFilter"] = None
    founded: Optional["DateFilter"] = None
    claimed: Optional["ClaimedByFilter"] = None
    killed: Optional["FigureFilter"] = None
    occurred_in: Optional["OccurredIn"] = Field(alias="occurredIn", default=None)
    attributes: Optional["AttributeCondition"] = None
    links: Optional["LinkCondition"] = None
    claims: Optional["ClaimCondition"] = None


class FigureFilter(BaseModel):
    low: Optional["NumberFilter"] = None
    best: Optional["NumberFilter"] = None
    high: Optional["NumberFilter"] = None


class GroupBy(BaseModel):
    key: GroupKey
    level: Optional[PlaceLevel] = None
    boundaries: Boundaries = Boundaries.THEN
    gazetteer: bool = True


class HedgeFilter(BaseModel):
    eq: Optional[Hedge] = None
    in_: Optional[list[Hedge]] = Field(alias="in", default=None)


class IDFilter(BaseModel):
    eq: Optional[str] = None
    in_: Optional[list[str]] = Field(alias="in", default=None)


class IncidentOrder(BaseModel):
    field: EntityOrderField
    direction: OrderDirection = OrderDirection.ASC


class IncidentWhere(BaseModel):
    and_: Optional[list["IncidentWhere"]] = Field(alias="and", default=None)
    or_: Optional[list["IncidentWhere"]] = Field(alias="or", default=None)
    not_: Optional["IncidentWhere"] = Field(alias="not", default=None)
    id: Optional["IDFilter"] = None
    subtype: Optional["TextFilter"] = None
    representation: Optional["RepresentationFilter"] = None
    name: Optional["TextFilter"] = None
    external: Optional["TextFilter"] = None
    attributes: Optional["AttributeCondition"] = None
    links: Optional["LinkCondition"] = None
    claims: Optional["ClaimCondition"] = None
    date: Optional["DateFilter"] = None
    claimed: Optional["ClaimedByFilter"] = None
    killed: Optional["FigureFilter"] = None
    occurred_in: Optional["OccurredIn"] = Field(alias="occurredIn", default=None)


class IntFilter(BaseModel):
    eq: Optional[int] = None
    in_: Optional[list[int]] = Field(alias="in", default=None)
    lt: Optional[int] = None
    lte: Optional[int] = None
    gt: Optional[int] = None
    gte: Optional[int] = None


class LensInput(BaseModel):
    as_of: Optional[str] = Field(alias="asOf", default=None)
    as_of_mode: Optional[AsOfMode] = Field(alias="asOfMode", default=None)
    known_at: Optional[str] = Field(alias="knownAt", default=None)
    known_at_sequence: Optional[int] = Field(alias="knownAtSequence", default=None)
    published_by: Optional[str] = Field(alias="publishedBy", default=None)
    min_credibility: Optional[int] = Field(alias="minCredibility", default=None)
    min_reliability: Optional[Reliability] = Field(alias="minReliability", default=None)
    include_unjudged: Optional[bool] = Field(alias="includeUnjudged", default=None)
    min_independent_sources: Optional[int] = Field(
        alias="minIndependentSources", default=None
    )
    hedges: Optional[list[Hedge]] = None
    sources: Optional[list[str]] = None
    without_sources: Optional[list[str]] = Field(alias="withoutSources", default=None)
    source_kinds: Optional[list[SourceKind]] = Field(alias="sourceKinds", default=None)
    publishers: Optional[list[str]] = None
    speakers: Optional[list[str]] = None
    attributors: Optional[list[str]] = None
    official_voices: Optional[bool] = Field(alias="officialVoices", default=None)
    include_disputed: Optional[bool] = Field(alias="includeDisputed", default=None)
    include_denied: Optional[bool] = Field(alias="includeDenied", default=None)
    include_assessments: Optional[bool] = Field(
        alias="includeAssessments", default=None
    )
    include_inferred: Optional[bool] = Field(alias="includeInferred", default=None)


class LinkCondition(BaseModel):
    some: Optional["LinkWhere"] = None
    none: Optional["LinkWhere"] = None


class LinkKindFilter(BaseModel):
    eq: Optional[LinkKind] = None
    in_: Optional[list[LinkKind]] = Field(alias="in", default=None)


class LinkOrder(BaseModel):
    field: LinkOrderField
    direction: OrderDirection = OrderDirection.ASC


class LinkStatusFilter(BaseModel):
    eq: Optional[LinkStatus] = None
    in_: Optional[list[LinkStatus]] = Field(alias="in", default=None)


class LinkWhere(BaseModel):
    and_: Optional[list["LinkWhere"]] = Field(alias="and", default=None)
    or_: Optional[list["LinkWhere"]] = Field(alias="or", default=None)
    not_: Optional["LinkWhere"] = Field(alias="not", default=None)
    id: Optional["IDFilter"] = None
    kind: Optional["LinkKindFilter"] = None
    direction: Optional[Direction] = None
    source: Optional["EntityWhere"] = None
    target: Optional["EntityWhere"] = None
    other: Optional["EntityWhere"] = None
    attributor: Optional["EntityWhere"] = None
    status: Optional["LinkStatusFilter"] = None
    hedge: Optional["HedgeFilter"] = None
    reliability: Optional["ReliabilityFilter"] = None
    basis: Optional["BasisFilter"] = None
    credibility: Optional["IntFilter"] = None
    independent_sources: Optional["IntFilter"] = Field(
        alias="independentSources", default=None
    )
    disputed: Optional[bool] = None
    contested: Optional[bool] = None
    bearing: Optional["BearingFilter"] = None
    role: Optional["TextFilter"] = None
    during: Optional["DateFilter"] = None
    claims: Optional["ClaimCondition"] = None


class LoggedCommitWhere(BaseModel):
    and_: Optional[list["LoggedCommitWhere"]] = Field(alias="and", default=None)
    or_: Optional[list["LoggedCommitWhere"]] = Field(alias="or", default=None)
    not_: Optional["LoggedCommitWhere"] = Field(alias="not", default=None)
    sequence: Optional["IntFilter"] = None
    recorded_at: Optional["MomentFilter"] = Field(alias="recordedAt", default=None)
    actor: Optional["TextFilter"] = None
    reason: Optional["TextFilter"] = None
    batch: Optional["TextFilter"] = None


class MatchQuery(BaseModel):
    names: list[str] = Field(default_factory=lambda: [])
    kinds: Optional[list[EntityKind]] = None
    father: Optional[str] = None
    birth: Optional[str] = None
    nationality: Optional[str] = None
    place: Optional[str] = None
    country: Optional[str] = None
    ids: Optional[list[str]] = None


class MomentFilter(BaseModel):
    from_: Optional[str] = Field(alias="from", default=None)
    before: Optional[str] = None


class NumberFilter(BaseModel):
    eq: Optional[float] = None
    in_: Optional[list[float]] = Field(alias="in", default=None)
    lt: Optional[float] = None
    lte: Optional[float] = None
    gt: Optional[float] = None
    gte: Optional[float] = None


class OccurredIn(BaseModel):
    in_: Optional[list[str]] = Field(alias="in", default=None)
    within: bool = True
    boundaries: Boundaries = Boundaries.THEN
    gazetteer: bool = True


class PolarityFilter(BaseModel):
    eq: Optional[Polarity] = None
    in_: Optional[list[Polarity]] = Field(alias="in", default=None)


class PredicateFilter(BaseModel):
    eq: Optional[Predicate] = None
    in_: Optional[list[Predicate]] = Field(alias="in", default=None)


class ProjectionInput(BaseModel):
    join: list[EntityKind]
    by: list[EntityKind]
    weight: Optional[Projection] = None
    alpha: Optional[float] = None


class ReliabilityFilter(BaseModel):
    eq: Optional[Reliability] = None
    in_: Optional[list[Reliability]] = Field(alias="in", default=None)


class RepresentationFilter(BaseModel):
    eq: Optional[Representation] = None
    in_: Optional[list[Representation]] = Field(alias="in", default=None)


class SourceKindFilter(BaseModel):
    eq: Optional[SourceKind] = None
    in_: Optional[list[SourceKind]] = Field(alias="in", default=None)


class SourceOrder(BaseModel):
    field: SourceOrderField
    direction: OrderDirection = OrderDirection.ASC


class SourceWhere(BaseModel):
    and_: Optional[list["SourceWhere"]] = Field(alias="and", default=None)
    or_: Optional[list["SourceWhere"]] = Field(alias="or", default=None)
    not_: Optional["SourceWhere"] = Field(alias="not", default=None)
    id: Optional["IDFilter"] = None
    kind: Optional["SourceKindFilter"] = None
    title: Optional["TextFilter"] = None
    publisher: Optional["TextFilter"] = None
    reliability: Optional["ReliabilityFilter"] = None
    published: Optional["DateFilter"] = None
    withdrawn: Optional[bool] = None


class TextFilter(BaseModel):
    eq: Optional[str] = None
    in_: Optional[list[str]] = Field(alias="in", default=None)
    contains: Optional[str] = None
    starts_with: Optional[str] = Field(alias="startsWith", default=None)


class ViewInput(BaseModel):
    lens: Optional["LensInput"] = None
    entity_kinds: Optional[list[EntityKind]] = Field(alias="entityKinds", default=None)
    kinds: Optional[list[LinkKind]] = None
    around: Optional[list[str]] = None
    depth: Optional[int] = None
    where: Optional["EntityWhere"] = None
    direction: Optional[Direction] = None
    weight: Optional[Weight] = None
    bearings: Optional[list[BearingChoice]] = None
    through: Optional[list[EntityKind]] = None
    project: Optional["ProjectionInput"] = None
    combine: Optional["Combination"] = None


class ViewPart(BaseModel):
    lens: Optional["LensInput"] = None
    entity_kinds: Optional[list[EntityKind]] = Field(alias="entityKinds", default=None)
    kinds: Optional[list[LinkKind]] = None
    around: Optional[list[str]] = None
    depth: Optional[int] = None
    where: Optional["EntityWhere"] = None
    bearings: Optional[list[BearingChoice]] = None
    combine: Optional["Combination"] = None


AttributeCondition.model_rebuild()
AttributeWhere.model_rebuild()
ClaimCondition.model_rebuild()
ClaimWhere.model_rebuild()
Combination.model_rebuild()
EntityWhere.model_rebuild()
FigureFilter.model_rebuild()
IncidentWhere.model_rebuild()
LinkCondition.model_rebuild()
LinkWhere.model_rebuild()
LoggedCommitWhere.model_rebuild()
SourceWhere.model_rebuild()
ViewInput.model_rebuild()
ViewPart.model_rebuild()

from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import (
    AttributionBasis,
    Bearing,
    CasualtyEffect,
    CasualtyRole,
    ClaimedBy,
    EntityKind,
    ExclusionReason,
    GeoPrecision,
    Hedge,
    HistoryEventKind,
    KinDegree,
    LinkGrade,
    LinkKind,
    LinkStatus,
    Marking,
    Mode,
    Polarity,
    Precision,
    Predicate,
    Reliability,
    Representation,
    SourceKind,
    SpeakerRole,
)


class BriefFields(BaseModel):
    typename__: str = Field(alias="__typename")
    id: str
    kind: EntityKind
    name: str


class DateFields(BaseModel):
    edtf: str
    earliest: Optional[str]
    latest: Optional[str]
    precision: Precision
    circa: bool
    uncertain: bool


class LinkFields(BaseModel):
    id: str
    kind: LinkKind
    source_id: str = Field(alias="sourceId")
    target_id: str = Field(alias="targetId")
    source: "LinkFieldsSource"
    target: "LinkFieldsTarget"
    status: LinkStatus
    credibility: int
    reliability: Optional[Reliability]
    hedge: Hedge
    valid_from: Optional["LinkFieldsValidFrom"] = Field(alias="validFrom")
    valid_to: Optional["LinkFieldsValidTo"] = Field(alias="validTo")
    dates_disagree: bool = Field(alias="datesDisagree")
    undated: bool
    bearing: Bearing
    role: Optional[str]
    basis: Optional[AttributionBasis]
    attributor: Optional["LinkFieldsAttributor"]
    speakers: list["LinkFieldsSpeakers"]
    modes: list[Mode]
    grade: Optional[LinkGrade]
    degrees: list[KinDegree]
    stage: Optional[str]
    nature: Optional[str]
    channel: Optional[str]
    independent_sources: int = Field(alias="independentSources")
    affirmed_count: int = Field(alias="affirmedCount")
    denied_count: int = Field(alias="deniedCount")
    no_evidence_count: int = Field(alias="noEvidenceCount")
    disputed: bool
    contested: bool
    marking: Marking
    claims: "LinkFieldsClaims"


class LinkFieldsSource(BriefFields):
    typename__: str = Field(alias="__typename")


class LinkFieldsTarget(BriefFields):
    typename__: str = Field(alias="__typename")


class LinkFieldsValidFrom(DateFields):
    pass


class LinkFieldsValidTo(DateFields):
    pass


class LinkFieldsAttributor(BriefFields):
    typename__: str = Field(alias="__typename")


class LinkFieldsSpeakers(BaseModel):
    entity: Optional["LinkFieldsSpeakersEntity"]
    text: Optional[str]
    role: SpeakerRole
    polarity: Polarity
    count: int


class LinkFieldsSpeakersEntity(BriefFields):
    typename__: str = Field(alias="__typename")


class LinkFieldsClaims(BaseModel):
    total_count: int = Field(alias="totalCount")
    nodes: list["LinkFieldsClaimsNodes"]


class LinkFieldsClaimsNodes(BaseModel):
    source: "LinkFieldsClaimsNodesSource"


class LinkFieldsClaimsNodesSource(BaseModel):
    id: str


class ChangeFields(BaseModel):
    before: "ChangeFieldsBefore"
    after: "ChangeFieldsAfter"
    what: list[str]


class ChangeFieldsBefore(LinkFields):
    pass


class ChangeFieldsAfter(LinkFields):
    pass


class SourceFields(BaseModel):
    id: str
    kind: SourceKind
    title: str
    publisher: Optional[str]
    authors: list[str]
    published: Optional["SourceFieldsPublished"]
    url: Optional[str]
    language: Optional[str]
    licence: Optional[str]
    note: Optional[str]
    reliability: Reliability
    marking: Marking
    withdrawn: bool
    derived_from: list["SourceFieldsDerivedFrom"] = Field(alias="derivedFrom")


class SourceFieldsPublished(DateFields):
    pass


class SourceFieldsDerivedFrom(BaseModel):
    id: str


class ValueFields(BaseModel):
    text: Optional[str]
    date: Optional["ValueFieldsDate"]
    role: Optional[CasualtyRole]
    effect: Optional[CasualtyEffect]
    low: Optional[float]
    best: Optional[float]
    high: Optional[float]
    circa: bool
    unit: Optional[str]
    lat: Optional[float]
    lon: Optional[float]
    precision: Optional[GeoPrecision]
    marking: Optional[Marking]
    stamp: Optional[Marking]


class ValueFieldsDate(DateFields):
    pass


class ClaimFields(BaseModel):
    id: str
    label: Optional[str]
    subject_id: str = Field(alias="subjectId")
    subject: Optional["ClaimFieldsSubject"]
    predicate: Predicate
    object_id: Optional[str] = Field(alias="objectId")
    object_: Optional["ClaimFieldsObject"] = Field(alias="object")
    value: Optional["ClaimFieldsValue"]
    hedge: Hedge
    credibility: int
    polarity: Polarity
    speaker: Optional["ClaimFieldsSpeaker"]
    speaker_text: Optional[str] = Field(alias="speakerText")
    attributor: Optional["ClaimFieldsAttributor"]
    source: "ClaimFieldsSource"
    origin: Optional["ClaimFieldsOrigin"]
    locator: Optional[str]
    excerpt: Optional[str]
    valid_from: Optional["ClaimFieldsValidFrom"] = Field(alias="validFrom")
    valid_to: Optional["ClaimFieldsValidTo"] = Field(alias="validTo")
    recorded_at: str = Field(alias="recordedAt")
    sequence: int
    marking: Marking
    retracted: bool
    withdrawn_below: bool = Field(alias="withdrawnBelow")
    link: Optional["ClaimFieldsLink"]


class ClaimFieldsSubject(BriefFields):
    typename__: str = Field(alias="__typename")


class ClaimFieldsObject(BriefFields):
    typename__: str = Field(alias="__typename")


class ClaimFieldsValue(ValueFields):
    pass


class ClaimFieldsSpeaker(BriefFields):
    typename__: str = Field(alias="__typename")


class ClaimFieldsAttributor(BriefFields):
    typename__: str = Field(alias="__typename")


class ClaimFieldsSource(SourceFields):
    pass


class ClaimFieldsOrigin(SourceFields):
    pass


class ClaimFieldsValidFrom(DateFields):
    pass


class ClaimFieldsValidTo(DateFields):
    pass


class ClaimFieldsLink(BaseModel):
    id: str


class CommitFields(BaseModel):
    sequence: int
    recorded_at: str = Field(alias="recordedAt")
    actor: Optional[str]
    reason: Optional[str]
    batch: Optional[str]
    sources: int
    entities: int
    claims: int
    markings_changed: bool = Field(alias="markingsChanged")
    redacted: bool


class DayFields(BaseModel):
    value: Optional["DayFieldsValue"]


class DayFieldsValue(BaseModel):
    date: Optional["DayFieldsValueDate"]


class DayFieldsValueDate(DateFields):
    pass


class NameFields(BaseModel):
    value: str
    lang: Optional[str]
    primary: bool


class PlacedFields(BaseModel):
    predicate: Predicate
    polarity: Polarity
    value: Optional["PlacedFieldsValue"]


class PlacedFieldsValue(ValueFields):
    pass


class TextFields(BaseModel):
    value: Optional["TextFieldsValue"]


class TextFieldsValue(BaseModel):
    text: Optional[str]


class EntityFields(BaseModel):
    typename__: str = Field(alias="__typename")
    id: str
    kind: EntityKind
    name: str
    names: list["EntityFieldsNames"]
    same_ids: list[str] = Field(alias="sameIds")
    description: list["EntityFieldsDescription"]
    subtype: list["EntityFieldsSubtype"]
    representation: Representation
    external: list["EntityFieldsExternal"]
    marking: Marking
    retired: Optional["EntityFieldsRetired"]
    retired_below: bool = Field(alias="retiredBelow")
    placed: list["EntityFieldsPlaced"]


class EntityFieldsNames(NameFields):
    pass


class EntityFieldsDescription(TextFields):
    pass


class EntityFieldsSubtype(TextFields):
    pass


class EntityFieldsExternal(TextFields):
    pass


class EntityFieldsRetired(BaseModel):
    reason: str
    successor: Optional["EntityFieldsRetiredSuccessor"]


class EntityFieldsRetiredSuccessor(BriefFields):
    typename__: str = Field(alias="__typename")


class EntityFieldsPlaced(PlacedFields):
    pass


class EventFields(BaseModel):
    what: HistoryEventKind
    id: str
    fields: list[str]
    reason: Optional[str]
    marked_from: Optional[Marking] = Field(alias="markedFrom")
    marked_to: Optional[Marking] = Field(alias="markedTo")
    claim: Optional["EventFieldsClaim"]
    commit: "EventFieldsCommit"


class EventFieldsClaim(ClaimFields):
    pass


class EventFieldsCommit(CommitFields):
    pass


class ExclusionFields(BaseModel):
    reason: ExclusionReason
    bearing: Optional[Bearing]
    claims: int
    links: int
    paths: int


class HopFields(BaseModel):
    from_: "HopFieldsFrom" = Field(alias="from")
    to: "HopFieldsTo"
    forward: bool
    link: "HopFieldsLink"


class HopFieldsFrom(EntityFields):
    typename__: str = Field(alias="__typename")


class HopFieldsTo(EntityFields):
    typename__: str = Field(alias="__typename")


class HopFieldsLink(LinkFields):
    pass


class IncidentFields(BaseModel):
    id: str
    kind: EntityKind
    name: str
    names: list["IncidentFieldsNames"]
    same_ids: list[str] = Field(alias="sameIds")
    description: list["IncidentFieldsDescription"]
    subtype: list["IncidentFieldsSubtype"]
    representation: Representation
    external: list["IncidentFieldsExternal"]
    marking: Marking
    retired: Optional["IncidentFieldsRetired"]
    retired_below: bool = Field(alias="retiredBelow")
    placed: list["IncidentFieldsPlaced"]
    date: list["IncidentFieldsDate"]
    attack_types: list["IncidentFieldsAttackTypes"] = Field(alias="attackTypes")
    weapons: list["IncidentFieldsWeapons"]
    target_types: list["IncidentFieldsTargetTypes"] = Field(alias="targetTypes")
    claimed: "IncidentFieldsClaimed"
    tolls: list["IncidentFieldsTolls"]


class IncidentFieldsNames(NameFields):
    pass


class IncidentFieldsDescription(TextFields):
    pass


class IncidentFieldsSubtype(TextFields):
    pass


class IncidentFieldsExternal(TextFields):
    pass


class IncidentFieldsRetired(BaseModel):
    reason: str
    successor: Optional["IncidentFieldsRetiredSuccessor"]


class IncidentFieldsRetiredSuccessor(BriefFields):
    typename__: str = Field(alias="__typename")


class IncidentFieldsPlaced(PlacedFields):
    pass


class IncidentFieldsDate(DayFields):
    pass


class IncidentFieldsAttackTypes(TextFields):
    pass


class IncidentFieldsWeapons(TextFields):
    pass


class IncidentFieldsTargetTypes(TextFields):
    pass


class IncidentFieldsClaimed(BaseModel):
    by: ClaimedBy
    stated: Optional["IncidentFieldsClaimedStated"]


class IncidentFieldsClaimedStated(DateFields):
    pass


class IncidentFieldsTolls(BaseModel):
    effect: CasualtyEffect
    low: Optional[int]
    best: Optional[int]
    high: Optional[int]
    circa: bool
    of_parts: bool = Field(alias="ofParts")
    partial: bool
    disagree: bool
    casualties: list["IncidentFieldsTollsCasualties"]


class IncidentFieldsTollsCasualties(BaseModel):
    role: CasualtyRole
    effect: CasualtyEffect
    low: Optional[int]
    best: Optional[int]
    high: Optional[int]
    circa: bool
    claims: list["IncidentFieldsTollsCasualtiesClaims"]


class IncidentFieldsTollsCasualtiesClaims(BaseModel):
    id: str


class PathFields(BaseModel):
    length: int
    weakest_credibility: int = Field(alias="weakestCredibility")
    when: Optional[list["PathFieldsWhen"]]
    undated_hops: int = Field(alias="undatedHops")
    prose: str
    hops: list["PathFieldsHops"]
    carried_by: list["PathFieldsCarriedBy"] = Field(alias="carriedBy")
    excluded: list["PathFieldsExcluded"]


class PathFieldsWhen(BaseModel):
    from_: Optional["PathFieldsWhenFrom"] = Field(alias="from")
    to: Optional["PathFieldsWhenTo"]


class PathFieldsWhenFrom(DateFields):
    pass


class PathFieldsWhenTo(DateFields):
    pass


class PathFieldsHops(HopFields):
    pass


class PathFieldsCarriedBy(SourceFields):
    pass


class PathFieldsExcluded(ExclusionFields):
    pass


class SumFields(BaseModel):
    count: int
    toll: "SumFieldsToll"


class SumFieldsToll(BaseModel):
    low: Optional[int]
    best: Optional[int]
    high: Optional[int]
    without_figure: int = Field(alias="withoutFigure")
    possibly_same: int = Field(alias="possiblySame")


class TruncationFields(BaseModel):
    reason: str
    limit: int
    depth: int


BriefFields.model_rebuild()
DateFields.model_rebuild()
LinkFields.model_rebuild()
ChangeFields.model_rebuild()
SourceFields.model_rebuild()
ValueFields.model_rebuild()
ClaimFields.model_rebuild()
CommitFields.model_rebuild()
DayFields.model_rebuild()
NameFields.model_rebuild()
PlacedFields.model_rebuild()
TextFields.model_rebuild()
EntityFields.model_rebuild()
EventFields.model_rebuild()
ExclusionFields.model_rebuild()
HopFields.model_rebuild()
IncidentFields.model_rebuild()
PathFields.model_rebuild()
SumFields.model_rebuild()
TruncationFields.model_rebuild()

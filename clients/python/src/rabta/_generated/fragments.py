from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import (
    AttributionBasis,
    Bearing,
    CasualtyEffect,
    CasualtyRole,
    ClaimedBy,
    Direction,
    EntityKind,
    ExclusionReason,
    GeoPrecision,
    GroupKey,
    Hedge,
    HistoryEventKind,
    IncidentPart,
    KinDegree,
    LinkGrade,
    LinkKind,
    LinkStatus,
    Marking,
    Mode,
    NameForm,
    Polarity,
    Precision,
    Predicate,
    Reliability,
    Representation,
    SourceKind,
    SpeakerRole,
)


class SumTollFields(BaseModel):
    low: Optional[int]
    best: Optional[int]
    high: Optional[int]
    circa: bool
    without_figure: int = Field(alias="withoutFigure")
    possibly_same: int = Field(alias="possiblySame")


class WholeSumFields(BaseModel):
    count: int
    by_gazetteer: int = Field(alias="byGazetteer")
    incidents: list["WholeSumFieldsIncidents"]
    killed: "WholeSumFieldsKilled"
    wounded: "WholeSumFieldsWounded"


class WholeSumFieldsIncidents(BaseModel):
    id: str
    kind: EntityKind
    name: str


class WholeSumFieldsKilled(SumTollFields):
    pass


class WholeSumFieldsWounded(SumTollFields):
    pass


class ActorSumFields(BaseModel):
    claimed: "ActorSumFieldsClaimed"
    attributed: "ActorSumFieldsAttributed"
    attributed_and_denied: "ActorSumFieldsAttributedAndDenied" = Field(
        alias="attributedAndDenied"
    )


class ActorSumFieldsClaimed(WholeSumFields):
    pass


class ActorSumFieldsAttributed(WholeSumFields):
    pass


class ActorSumFieldsAttributedAndDenied(WholeSumFields):
    pass


class AggregatedTollFields(BaseModel):
    low: Optional[int]
    best: Optional[int]
    high: Optional[int]
    circa: bool
    without_figure: int = Field(alias="withoutFigure")
    partial: int
    possibly_same: int = Field(alias="possiblySame")
    within_others: int = Field(alias="withinOthers")
    hedges: list["AggregatedTollFieldsHedges"]
    least: Optional["AggregatedTollFieldsLeast"]
    greatest: Optional["AggregatedTollFieldsGreatest"]
    mean: Optional["AggregatedTollFieldsMean"]


class AggregatedTollFieldsHedges(BaseModel):
    hedge: Hedge
    count: int


class AggregatedTollFieldsLeast(BaseModel):
    low: Optional[int]
    best: Optional[int]
    high: Optional[int]
    circa: bool


class AggregatedTollFieldsGreatest(BaseModel):
    low: Optional[int]
    best: Optional[int]
    high: Optional[int]
    circa: bool


class AggregatedTollFieldsMean(BaseModel):
    low: Optional[float]
    best: Optional[float]
    high: Optional[float]
    of: int


class BriefFields(BaseModel):
    typename__: str = Field(alias="__typename")
    id: str
    kind: EntityKind
    name: str


class AggregationRowFields(BaseModel):
    keys: list["AggregationRowFieldsKeys"]
    count: int
    possible: int
    by_gazetteer: int = Field(alias="byGazetteer")
    ids: Optional[list[str]] = None
    dates: Optional["AggregationRowFieldsDates"] = None


class AggregationRowFieldsKeys(BaseModel):
    key: GroupKey
    value: Optional[str]
    entity: Optional["AggregationRowFieldsKeysEntity"]
    source: Optional["AggregationRowFieldsKeysSource"]
    part: Optional[IncidentPart]
    certain: bool
    from_: Optional[str] = Field(alias="from")
    to: Optional[str]


class AggregationRowFieldsKeysEntity(BriefFields):
    typename__: str = Field(alias="__typename")


class AggregationRowFieldsKeysSource(BaseModel):
    id: str
    title: str
    reliability: Reliability


class AggregationRowFieldsDates(BaseModel):
    least: Optional["AggregationRowFieldsDatesLeast"]
    greatest: Optional["AggregationRowFieldsDatesGreatest"]
    mean: Optional["AggregationRowFieldsDatesMean"]
    dated: int
    undated: int


class AggregationRowFieldsDatesLeast(BaseModel):
    from_: Optional[str] = Field(alias="from")
    to: Optional[str]


class AggregationRowFieldsDatesGreatest(BaseModel):
    from_: Optional[str] = Field(alias="from")
    to: Optional[str]


class AggregationRowFieldsDatesMean(BaseModel):
    from_: Optional[str] = Field(alias="from")
    to: Optional[str]


class ExclusionFields(BaseModel):
    reason: ExclusionReason
    bearing: Optional[Bearing]
    claims: int
    links: int
    paths: int


class AggregationFields(BaseModel):
    rows: list["AggregationFieldsRows"]
    more: int
    all: "AggregationFieldsAll"
    excluded: list["AggregationFieldsExcluded"]


class AggregationFieldsRows(AggregationRowFields):
    pass


class AggregationFieldsAll(AggregationRowFields):
    pass


class AggregationFieldsExcluded(ExclusionFields):
    pass


class SpeakerFields(BaseModel):
    entity: Optional["SpeakerFieldsEntity"]
    text: Optional[str]
    role: SpeakerRole
    polarity: Polarity
    count: int


class SpeakerFieldsEntity(BriefFields):
    typename__: str = Field(alias="__typename")


class DateFields(BaseModel):
    edtf: str
    earliest: Optional[str]
    latest: Optional[str]
    precision: Precision
    circa: bool
    uncertain: bool


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
    lang: Optional[str]
    form: Optional[NameForm]


class ValueFieldsDate(DateFields):
    pass


class AttributeFields(BaseModel):
    predicate: Predicate
    polarity: Polarity
    value: Optional["AttributeFieldsValue"]
    credibility: int
    hedge: Hedge
    speakers: list["AttributeFieldsSpeakers"]
    independent_sources: int = Field(alias="independentSources")
    disputed: bool
    contested: bool
    rivalled: bool
    marking: Marking
    claims: list["AttributeFieldsClaims"]


class AttributeFieldsValue(ValueFields):
    pass


class AttributeFieldsSpeakers(SpeakerFields):
    pass


class AttributeFieldsClaims(BaseModel):
    id: str


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
    held: list["LinkFieldsHeld"]
    interrupted: bool
    outside_life: bool = Field(alias="outsideLife")
    dates_disagree: bool = Field(alias="datesDisagree")
    undated: bool
    direction: Direction
    bearing: Bearing
    role: Optional[str]
    basis: Optional[AttributionBasis]
    attributor: Optional["LinkFieldsAttributor"]
    speakers: list["LinkFieldsSpeakers"]
    modes: list[Mode]
    grade: Optional[LinkGrade]
    source_is: list[KinDegree] = Field(alias="sourceIs")
    other_is: list[KinDegree] = Field(alias="otherIs")
    amounts: list["LinkFieldsAmounts"]
    stage: Optional[str]
    nature: Optional[str]
    channel: Optional[str]
    independent_sources: int = Field(alias="independentSources")
    affirmed_count: int = Field(alias="affirmedCount")
    denied_count: int = Field(alias="deniedCount")
    no_evidence_count: int = Field(alias="noEvidenceCount")
    disputed: bool
    contested: bool
    contradicted_by: list["LinkFieldsContradictedBy"] = Field(alias="contradictedBy")
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


class LinkFieldsHeld(BaseModel):
    from_: Optional["LinkFieldsHeldFrom"] = Field(alias="from")
    to: Optional["LinkFieldsHeldTo"]
    cut_by_life: bool = Field(alias="cutByLife")
    claims: list["LinkFieldsHeldClaims"]


class LinkFieldsHeldFrom(DateFields):
    pass


class LinkFieldsHeldTo(DateFields):
    pass


class LinkFieldsHeldClaims(BaseModel):
    id: str


class LinkFieldsAttributor(BriefFields):
    typename__: str = Field(alias="__typename")


class LinkFieldsSpeakers(SpeakerFields):
    pass


class LinkFieldsAmounts(BaseModel):
    low: Optional[float]
    best: Optional[float]
    high: Optional[float]
    unit: str
    hedge: Hedge
    credibility: int
    disputed: bool
    contested: bool


class LinkFieldsContradictedBy(BaseModel):
    id: str


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
    text: Optional[str]
    role: Optional[str]
    stage: Optional[str]
    nature: Optional[str]
    channel: Optional[str]
    basis: Optional[AttributionBasis]
    grade: Optional[LinkGrade]
    degree: Optional[KinDegree]
    amount: Optional["ClaimFieldsAmount"]
    modes: list[Mode]
    rule: Optional[str]
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


class ClaimFieldsAmount(BaseModel):
    low: Optional[float]
    best: Optional[float]
    high: Optional[float]
    unit: str


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


class NameFields(BaseModel):
    value: str
    lang: Optional[str]
    primary: bool
    form: NameForm
    hedge: Hedge
    credibility: int
    disputed: bool
    contested: bool
    speakers: list["NameFieldsSpeakers"]


class NameFieldsSpeakers(SpeakerFields):
    pass


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


class EntityFieldsDescription(AttributeFields):
    pass


class EntityFieldsSubtype(AttributeFields):
    pass


class EntityFieldsExternal(AttributeFields):
    pass


class EntityFieldsRetired(BaseModel):
    reason: str
    successor: Optional["EntityFieldsRetiredSuccessor"]


class EntityFieldsRetiredSuccessor(BriefFields):
    typename__: str = Field(alias="__typename")


class EntityFieldsPlaced(AttributeFields):
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


class TollFields(BaseModel):
    effect: CasualtyEffect
    valid_from: Optional["TollFieldsValidFrom"] = Field(alias="validFrom")
    valid_to: Optional["TollFieldsValidTo"] = Field(alias="validTo")
    low: Optional[int]
    best: Optional[int]
    high: Optional[int]
    circa: bool
    of_parts: bool = Field(alias="ofParts")
    partial: bool
    parts: Optional["TollFieldsParts"]
    disagree: bool
    casualties: list["TollFieldsCasualties"]


class TollFieldsValidFrom(DateFields):
    pass


class TollFieldsValidTo(DateFields):
    pass


class TollFieldsParts(BaseModel):
    low: Optional[int]
    best: Optional[int]
    high: Optional[int]
    circa: bool


class TollFieldsCasualties(BaseModel):
    role: CasualtyRole
    effect: CasualtyEffect
    valid_from: Optional["TollFieldsCasualtiesValidFrom"] = Field(alias="validFrom")
    valid_to: Optional["TollFieldsCasualtiesValidTo"] = Field(alias="validTo")
    low: Optional[int]
    best: Optional[int]
    high: Optional[int]
    circa: bool
    claims: list["TollFieldsCasualtiesClaims"]


class TollFieldsCasualtiesValidFrom(DateFields):
    pass


class TollFieldsCasualtiesValidTo(DateFields):
    pass


class TollFieldsCasualtiesClaims(BaseModel):
    id: str


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
    place: "IncidentFieldsPlace"
    attack_types: list["IncidentFieldsAttackTypes"] = Field(alias="attackTypes")
    weapons: list["IncidentFieldsWeapons"]
    target_types: list["IncidentFieldsTargetTypes"] = Field(alias="targetTypes")
    claimed: "IncidentFieldsClaimed"
    tolls: list["IncidentFieldsTolls"]


class IncidentFieldsNames(NameFields):
    pass


class IncidentFieldsDescription(AttributeFields):
    pass


class IncidentFieldsSubtype(AttributeFields):
    pass


class IncidentFieldsExternal(AttributeFields):
    pass


class IncidentFieldsRetired(BaseModel):
    reason: str
    successor: Optional["IncidentFieldsRetiredSuccessor"]


class IncidentFieldsRetiredSuccessor(BriefFields):
    typename__: str = Field(alias="__typename")


class IncidentFieldsPlaced(AttributeFields):
    pass


class IncidentFieldsDate(AttributeFields):
    pass


class IncidentFieldsPlace(BaseModel):
    nodes: list["IncidentFieldsPlaceNodes"]


class IncidentFieldsPlaceNodes(BaseModel):
    target: "IncidentFieldsPlaceNodesTarget"
    hedge: Hedge
    credibility: int
    disputed: bool
    contested: bool


class IncidentFieldsPlaceNodesTarget(BriefFields):
    typename__: str = Field(alias="__typename")


class IncidentFieldsAttackTypes(AttributeFields):
    pass


class IncidentFieldsWeapons(AttributeFields):
    pass


class IncidentFieldsTargetTypes(AttributeFields):
    pass


class IncidentFieldsClaimed(BaseModel):
    by: ClaimedBy
    stated: Optional["IncidentFieldsClaimedStated"]


class IncidentFieldsClaimedStated(DateFields):
    pass


class IncidentFieldsTolls(TollFields):
    pass


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
    by_gazetteer: int = Field(alias="byGazetteer")
    toll: "SumFieldsToll"


class SumFieldsToll(SumTollFields):
    pass


class TolledRowFields(BaseModel):
    killed: Optional["TolledRowFieldsKilled"] = None
    wounded: Optional["TolledRowFieldsWounded"] = None
    abducted: Optional["TolledRowFieldsAbducted"] = None


class TolledRowFieldsKilled(AggregatedTollFields):
    pass


class TolledRowFieldsWounded(AggregatedTollFields):
    pass


class TolledRowFieldsAbducted(AggregatedTollFields):
    pass


class TruncationFields(BaseModel):
    reason: str
    limit: int
    depth: int


SumTollFields.model_rebuild()
WholeSumFields.model_rebuild()
ActorSumFields.model_rebuild()
AggregatedTollFields.model_rebuild()
BriefFields.model_rebuild()
AggregationRowFields.model_rebuild()
ExclusionFields.model_rebuild()
AggregationFields.model_rebuild()
SpeakerFields.model_rebuild()
DateFields.model_rebuild()
ValueFields.model_rebuild()
AttributeFields.model_rebuild()
LinkFields.model_rebuild()
ChangeFields.model_rebuild()
SourceFields.model_rebuild()
ClaimFields.model_rebuild()
CommitFields.model_rebuild()
NameFields.model_rebuild()
EntityFields.model_rebuild()
EventFields.model_rebuild()
HopFields.model_rebuild()
TollFields.model_rebuild()
IncidentFields.model_rebuild()
PathFields.model_rebuild()
SumFields.model_rebuild()
TolledRowFields.model_rebuild()
TruncationFields.model_rebuild()

from pydantic import Field

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    AggregationRowFields,
    AggregationRowFieldsDates,
    AggregationRowFieldsKeys,
    ExclusionFields,
    TolledRowFields,
    TolledRowFieldsAbducted,
    TolledRowFieldsKilled,
    TolledRowFieldsWounded,
)


class AggregateIncidents(BaseModel):
    list_: "AggregateIncidentsList" = Field(alias="list")


class AggregateIncidentsList(BaseModel):
    aggregate: "AggregateIncidentsListAggregate"


class AggregateIncidentsListAggregate(BaseModel):
    rows: list["AggregateIncidentsListAggregateRows"]
    more: int
    all: "AggregateIncidentsListAggregateAll"
    excluded: list["AggregateIncidentsListAggregateExcluded"]


class AggregateIncidentsListAggregateRows(AggregationRowFields, TolledRowFields):
    pass


class AggregateIncidentsListAggregateAll(AggregationRowFields, TolledRowFields):
    pass


AggregateIncidentsListAggregateExcluded = ExclusionFields
AggregateIncidents.model_rebuild()
AggregateIncidentsList.model_rebuild()
AggregateIncidentsListAggregate.model_rebuild()

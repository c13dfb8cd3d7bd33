from pydantic import Field

from .base_model import BaseModel
from .fragments import AggregationFields


class Aggregate(BaseModel):
    list_: "AggregateList" = Field(alias="list")


class AggregateList(BaseModel):
    aggregate: "AggregateListAggregate"


AggregateListAggregate = AggregationFields
Aggregate.model_rebuild()
AggregateList.model_rebuild()

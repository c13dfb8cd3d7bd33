from pydantic import Field

from .base_model import BaseModel
from .fragments import AggregationFields


class AggregateLinks(BaseModel):
    list_: "AggregateLinksList" = Field(alias="list")


class AggregateLinksList(BaseModel):
    aggregate: "AggregateLinksListAggregate"


AggregateLinksListAggregate = AggregationFields
AggregateLinks.model_rebuild()
AggregateLinksList.model_rebuild()

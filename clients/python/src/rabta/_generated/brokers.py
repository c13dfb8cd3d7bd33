from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import BrokerRole, Grouping
from .fragments import BriefFields, ExclusionFields, TruncationFields


class Brokers(BaseModel):
    brokers: "BrokersBrokers"


class BrokersBrokers(BaseModel):
    grouped_by: Grouping = Field(alias="groupedBy")
    groups: int
    rows: list["BrokersBrokersRows"]
    node_count: int = Field(alias="nodeCount")
    link_count: int = Field(alias="linkCount")
    excluded: list["BrokersBrokersExcluded"]
    partial: Optional["BrokersBrokersPartial"]


class BrokersBrokersRows(BaseModel):
    node: "BrokersBrokersRowsNode"
    total: int
    roles: list["BrokersBrokersRowsRoles"]


class BrokersBrokersRowsNode(BriefFields):
    typename__: str = Field(alias="__typename")


class BrokersBrokersRowsRoles(BaseModel):
    role: BrokerRole
    count: int
    expected: float
    deviation: float
    z: float


BrokersBrokersExcluded = ExclusionFields
BrokersBrokersPartial = TruncationFields
Brokers.model_rebuild()
BrokersBrokers.model_rebuild()
BrokersBrokersRows.model_rebuild()

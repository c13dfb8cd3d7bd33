from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    EntityFields,
    EntityFieldsDescription,
    EntityFieldsExternal,
    EntityFieldsNames,
    EntityFieldsPlaced,
    EntityFieldsRetired,
    EntityFieldsSubtype,
    ExclusionFields,
    LinkFields,
    TruncationFields,
)


class Subgraph(BaseModel):
    subgraph: "SubgraphSubgraph"


class SubgraphSubgraph(BaseModel):
    nodes: list["SubgraphSubgraphNodes"]
    links: list["SubgraphSubgraphLinks"]
    truncated: Optional["SubgraphSubgraphTruncated"]
    excluded: list["SubgraphSubgraphExcluded"]


class SubgraphSubgraphNodes(EntityFields):
    typename__: str = Field(alias="__typename")


SubgraphSubgraphLinks = LinkFields
SubgraphSubgraphTruncated = TruncationFields
SubgraphSubgraphExcluded = ExclusionFields
Subgraph.model_rebuild()
SubgraphSubgraph.model_rebuild()

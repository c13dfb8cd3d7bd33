from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CombinedIn
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
    LinkFieldsAmounts,
    LinkFieldsAttributor,
    LinkFieldsClaims,
    LinkFieldsContradictedBy,
    LinkFieldsHeld,
    LinkFieldsSource,
    LinkFieldsSpeakers,
    LinkFieldsTarget,
    LinkFieldsValidFrom,
    LinkFieldsValidTo,
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


class SubgraphSubgraphLinks(LinkFields):
    combined: Optional["SubgraphSubgraphLinksCombined"]


class SubgraphSubgraphLinksCombined(BaseModel):
    in_: CombinedIn = Field(alias="in")


SubgraphSubgraphTruncated = TruncationFields
SubgraphSubgraphExcluded = ExclusionFields
Subgraph.model_rebuild()
SubgraphSubgraph.model_rebuild()
SubgraphSubgraphLinks.model_rebuild()

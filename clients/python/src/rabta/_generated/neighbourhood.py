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


class Neighbourhood(BaseModel):
    neighbourhood: "NeighbourhoodNeighbourhood"


class NeighbourhoodNeighbourhood(BaseModel):
    nodes: list["NeighbourhoodNeighbourhoodNodes"]
    links: list["NeighbourhoodNeighbourhoodLinks"]
    truncated: Optional["NeighbourhoodNeighbourhoodTruncated"]
    excluded: list["NeighbourhoodNeighbourhoodExcluded"]


class NeighbourhoodNeighbourhoodNodes(EntityFields):
    typename__: str = Field(alias="__typename")


NeighbourhoodNeighbourhoodLinks = LinkFields
NeighbourhoodNeighbourhoodTruncated = TruncationFields
NeighbourhoodNeighbourhoodExcluded = ExclusionFields
Neighbourhood.model_rebuild()
NeighbourhoodNeighbourhood.model_rebuild()

from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import BriefFields, ExclusionFields, TruncationFields


class Communities(BaseModel):
    communities: "CommunitiesCommunities"


class CommunitiesCommunities(BaseModel):
    rows: list["CommunitiesCommunitiesRows"]
    count: int
    modularity: float
    node_count: int = Field(alias="nodeCount")
    link_count: int = Field(alias="linkCount")
    excluded: list["CommunitiesCommunitiesExcluded"]
    partial: Optional["CommunitiesCommunitiesPartial"]


class CommunitiesCommunitiesRows(BaseModel):
    number: int
    size: int
    members: list["CommunitiesCommunitiesRowsMembers"]


class CommunitiesCommunitiesRowsMembers(BriefFields):
    typename__: str = Field(alias="__typename")


CommunitiesCommunitiesExcluded = ExclusionFields
CommunitiesCommunitiesPartial = TruncationFields
Communities.model_rebuild()
CommunitiesCommunities.model_rebuild()
CommunitiesCommunitiesRows.model_rebuild()

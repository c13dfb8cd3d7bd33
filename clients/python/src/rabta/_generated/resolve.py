from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import SearchMatch
from .fragments import BriefFields


class Resolve(BaseModel):
    entity: Optional["ResolveEntity"]
    search: "ResolveSearch"


class ResolveEntity(BriefFields):
    typename__: str = Field(alias="__typename")
    same_ids: list[str] = Field(alias="sameIds")


class ResolveSearch(BaseModel):
    total_count: int = Field(alias="totalCount")
    nodes: list["ResolveSearchNodes"]


class ResolveSearchNodes(BaseModel):
    match: SearchMatch
    name: str
    entity: "ResolveSearchNodesEntity"


class ResolveSearchNodesEntity(BriefFields):
    typename__: str = Field(alias="__typename")
    same_ids: list[str] = Field(alias="sameIds")


Resolve.model_rebuild()
ResolveSearch.model_rebuild()
ResolveSearchNodes.model_rebuild()

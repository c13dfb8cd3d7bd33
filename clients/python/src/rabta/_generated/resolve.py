from pydantic import Field

from .base_model import BaseModel
from .enums import SearchMatch
from .fragments import BriefFields


class Resolve(BaseModel):
    search: "ResolveSearch"


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

from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import SearchMatch
from .fragments import (  # noqa: F401
    EntityFields,
    EntityFieldsDescription,
    EntityFieldsExternal,
    EntityFieldsNames,
    EntityFieldsPlaced,
    EntityFieldsRetired,
    EntityFieldsSubtype,
)


class Search(BaseModel):
    search: "SearchSearch"


class SearchSearch(BaseModel):
    total_count: int = Field(alias="totalCount")
    page_info: "SearchSearchPageInfo" = Field(alias="pageInfo")
    nodes: list["SearchSearchNodes"]


class SearchSearchPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class SearchSearchNodes(BaseModel):
    match: SearchMatch
    name: str
    score: float
    entity: "SearchSearchNodesEntity"


class SearchSearchNodesEntity(EntityFields):
    typename__: str = Field(alias="__typename")


Search.model_rebuild()
SearchSearch.model_rebuild()
SearchSearchNodes.model_rebuild()

from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import SourceFields


class Sources(BaseModel):
    sources: "SourcesSources"


class SourcesSources(BaseModel):
    total_count: int = Field(alias="totalCount")
    page_info: "SourcesSourcesPageInfo" = Field(alias="pageInfo")
    nodes: list["SourcesSourcesNodes"]


class SourcesSourcesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


SourcesSourcesNodes = SourceFields
Sources.model_rebuild()
SourcesSources.model_rebuild()

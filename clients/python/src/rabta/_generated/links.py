from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import ExclusionFields, LinkFields


class Links(BaseModel):
    links: "LinksLinks"


class LinksLinks(BaseModel):
    total_count: int = Field(alias="totalCount")
    excluded: Optional[list["LinksLinksExcluded"]] = None
    page_info: "LinksLinksPageInfo" = Field(alias="pageInfo")
    nodes: list["LinksLinksNodes"]


LinksLinksExcluded = ExclusionFields


class LinksLinksPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


LinksLinksNodes = LinkFields
Links.model_rebuild()
LinksLinks.model_rebuild()

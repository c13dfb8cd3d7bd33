from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import BriefFields


class Twins(BaseModel):
    integrity: "TwinsIntegrity"


class TwinsIntegrity(BaseModel):
    twins: "TwinsIntegrityTwins"


class TwinsIntegrityTwins(BaseModel):
    total_count: int = Field(alias="totalCount")
    page_info: "TwinsIntegrityTwinsPageInfo" = Field(alias="pageInfo")
    nodes: list["TwinsIntegrityTwinsNodes"]


class TwinsIntegrityTwinsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class TwinsIntegrityTwinsNodes(BaseModel):
    id: str
    entities: list["TwinsIntegrityTwinsNodesEntities"]


class TwinsIntegrityTwinsNodesEntities(BriefFields):
    typename__: str = Field(alias="__typename")


Twins.model_rebuild()
TwinsIntegrity.model_rebuild()
TwinsIntegrityTwins.model_rebuild()
TwinsIntegrityTwinsNodes.model_rebuild()

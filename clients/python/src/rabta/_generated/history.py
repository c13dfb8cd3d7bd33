from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import EventFields


class History(BaseModel):
    history: "HistoryHistory"


class HistoryHistory(BaseModel):
    total_count: int = Field(alias="totalCount")
    page_info: "HistoryHistoryPageInfo" = Field(alias="pageInfo")
    nodes: list["HistoryHistoryNodes"]


class HistoryHistoryPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


HistoryHistoryNodes = EventFields
History.model_rebuild()
HistoryHistory.model_rebuild()

from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import BriefFields, LinkFields


class Timeline(BaseModel):
    timeline: "TimelineTimeline"


class TimelineTimeline(BaseModel):
    rows: list["TimelineTimelineRows"]
    undated_incidents: int = Field(alias="undatedIncidents")
    undated_links: int = Field(alias="undatedLinks")


class TimelineTimelineRows(BaseModel):
    label: str
    from_: str = Field(alias="from")
    to: str
    incidents: list["TimelineTimelineRowsIncidents"]
    started: list["TimelineTimelineRowsStarted"]
    ended: list["TimelineTimelineRowsEnded"]
    killed_low: int = Field(alias="killedLow")
    killed_high: Optional[int] = Field(alias="killedHigh")
    without_figure: int = Field(alias="withoutFigure")


class TimelineTimelineRowsIncidents(BriefFields):
    typename__: str = Field(alias="__typename")


TimelineTimelineRowsStarted = LinkFields
TimelineTimelineRowsEnded = LinkFields
Timeline.model_rebuild()
TimelineTimeline.model_rebuild()
TimelineTimelineRows.model_rebuild()

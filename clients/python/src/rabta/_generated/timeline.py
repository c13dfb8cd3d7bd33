from pydantic import Field

from .base_model import BaseModel
from .fragments import BriefFields, LinkFields, SumFields


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
    happened: "TimelineTimelineRowsHappened"
    claimed: "TimelineTimelineRowsClaimed"
    attributed: "TimelineTimelineRowsAttributed"
    attributed_and_denied: "TimelineTimelineRowsAttributedAndDenied" = Field(
        alias="attributedAndDenied"
    )


class TimelineTimelineRowsIncidents(BriefFields):
    typename__: str = Field(alias="__typename")


TimelineTimelineRowsStarted = LinkFields
TimelineTimelineRowsEnded = LinkFields
TimelineTimelineRowsHappened = SumFields
TimelineTimelineRowsClaimed = SumFields
TimelineTimelineRowsAttributed = SumFields
TimelineTimelineRowsAttributedAndDenied = SumFields
Timeline.model_rebuild()
TimelineTimeline.model_rebuild()
TimelineTimelineRows.model_rebuild()

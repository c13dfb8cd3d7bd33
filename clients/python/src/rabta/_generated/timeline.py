from pydantic import Field

from .base_model import BaseModel
from .fragments import BriefFields, LinkFields, SumFields


class Timeline(BaseModel):
    timeline: "TimelineTimeline"


class TimelineTimeline(BaseModel):
    rows: list["TimelineTimelineRows"]
    spans: list["TimelineTimelineSpans"]
    spanning_incidents: list["TimelineTimelineSpanningIncidents"] = Field(
        alias="spanningIncidents"
    )
    undated_incidents: int = Field(alias="undatedIncidents")
    undated_links: int = Field(alias="undatedLinks")
    outside_life: int = Field(alias="outsideLife")


class TimelineTimelineRows(BaseModel):
    label: str
    from_: str = Field(alias="from")
    to: str
    incidents: list["TimelineTimelineRowsIncidents"]
    started: list["TimelineTimelineRowsStarted"]
    ended: list["TimelineTimelineRowsEnded"]
    possibly_started: list["TimelineTimelineRowsPossiblyStarted"] = Field(
        alias="possiblyStarted"
    )
    possibly_ended: list["TimelineTimelineRowsPossiblyEnded"] = Field(
        alias="possiblyEnded"
    )
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
TimelineTimelineRowsPossiblyStarted = LinkFields
TimelineTimelineRowsPossiblyEnded = LinkFields
TimelineTimelineRowsHappened = SumFields
TimelineTimelineRowsClaimed = SumFields
TimelineTimelineRowsAttributed = SumFields
TimelineTimelineRowsAttributedAndDenied = SumFields
TimelineTimelineSpans = LinkFields


class TimelineTimelineSpanningIncidents(BriefFields):
    typename__: str = Field(alias="__typename")


Timeline.model_rebuild()
TimelineTimeline.model_rebuild()
TimelineTimelineRows.model_rebuild()

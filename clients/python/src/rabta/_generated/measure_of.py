from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import Measure
from .fragments import BriefFields, ExclusionFields, SourceFields, TruncationFields


class MeasureOf(BaseModel):
    measure: "MeasureOfMeasure"


class MeasureOfMeasure(BaseModel):
    measure: Measure
    rows: list["MeasureOfMeasureRows"]
    node_count: int = Field(alias="nodeCount")
    link_count: int = Field(alias="linkCount")
    exact: bool
    error: Optional[float]
    excluded: list["MeasureOfMeasureExcluded"]
    partial: Optional["MeasureOfMeasurePartial"]
    revision: int


class MeasureOfMeasureRows(BaseModel):
    rank: int
    node_id: str = Field(alias="nodeId")
    node: "MeasureOfMeasureRowsNode"
    value: float
    interval: Optional["MeasureOfMeasureRowsInterval"]
    by_source: Optional[list["MeasureOfMeasureRowsBySource"]] = Field(alias="bySource")


class MeasureOfMeasureRowsNode(BriefFields):
    typename__: str = Field(alias="__typename")


class MeasureOfMeasureRowsInterval(BaseModel):
    median: int
    low: int
    high: int
    top_ten: float = Field(alias="topTen")


class MeasureOfMeasureRowsBySource(BaseModel):
    source: "MeasureOfMeasureRowsBySourceSource"
    value: Optional[float]
    rank: Optional[int]
    change: float


MeasureOfMeasureRowsBySourceSource = SourceFields
MeasureOfMeasureExcluded = ExclusionFields
MeasureOfMeasurePartial = TruncationFields
MeasureOf.model_rebuild()
MeasureOfMeasure.model_rebuild()
MeasureOfMeasureRows.model_rebuild()
MeasureOfMeasureRowsBySource.model_rebuild()

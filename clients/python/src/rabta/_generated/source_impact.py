from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import (
    BriefFields,
    ChangeFields,
    LinkFields,
    SourceFields,
    TruncationFields,
)


class SourceImpact(BaseModel):
    source_impact: "SourceImpactSourceImpact" = Field(alias="sourceImpact")


class SourceImpactSourceImpact(BaseModel):
    source: "SourceImpactSourceImpactSource"
    lost: list["SourceImpactSourceImpactLost"]
    lost_count: int = Field(alias="lostCount")
    gained: list["SourceImpactSourceImpactGained"]
    gained_count: int = Field(alias="gainedCount")
    weakened: list["SourceImpactSourceImpactWeakened"]
    weakened_count: int = Field(alias="weakenedCount")
    changed: list["SourceImpactSourceImpactChanged"]
    changed_count: int = Field(alias="changedCount")
    moved: list["SourceImpactSourceImpactMoved"]
    partial: Optional["SourceImpactSourceImpactPartial"]


SourceImpactSourceImpactSource = SourceFields
SourceImpactSourceImpactLost = LinkFields
SourceImpactSourceImpactGained = LinkFields
SourceImpactSourceImpactWeakened = ChangeFields
SourceImpactSourceImpactChanged = ChangeFields


class SourceImpactSourceImpactMoved(BaseModel):
    node: "SourceImpactSourceImpactMovedNode"
    before: int
    after: int


class SourceImpactSourceImpactMovedNode(BriefFields):
    typename__: str = Field(alias="__typename")


SourceImpactSourceImpactPartial = TruncationFields
SourceImpact.model_rebuild()
SourceImpactSourceImpact.model_rebuild()
SourceImpactSourceImpactMoved.model_rebuild()

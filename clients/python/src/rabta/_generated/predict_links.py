from pydantic import Field

from .base_model import BaseModel
from .fragments import BriefFields


class PredictLinks(BaseModel):
    predict_links: list["PredictLinksPredictLinks"] = Field(alias="predictLinks")


class PredictLinksPredictLinks(BaseModel):
    source: "PredictLinksPredictLinksSource"
    target: "PredictLinksPredictLinksTarget"
    score: float
    shared: list["PredictLinksPredictLinksShared"]
    rests_on: list["PredictLinksPredictLinksRestsOn"] = Field(alias="restsOn")
    joined_by: list["PredictLinksPredictLinksJoinedBy"] = Field(alias="joinedBy")


class PredictLinksPredictLinksSource(BriefFields):
    typename__: str = Field(alias="__typename")


class PredictLinksPredictLinksTarget(BriefFields):
    typename__: str = Field(alias="__typename")


class PredictLinksPredictLinksShared(BriefFields):
    typename__: str = Field(alias="__typename")


class PredictLinksPredictLinksRestsOn(BaseModel):
    id: str


class PredictLinksPredictLinksJoinedBy(BaseModel):
    id: str


PredictLinks.model_rebuild()
PredictLinksPredictLinks.model_rebuild()

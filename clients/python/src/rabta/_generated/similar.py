from pydantic import Field

from .base_model import BaseModel
from .enums import Bearing, Direction, LinkKind
from .fragments import BriefFields


class Similar(BaseModel):
    similar: list["SimilarSimilar"]


class SimilarSimilar(BaseModel):
    node: "SimilarSimilarNode"
    score: float
    shared: list["SimilarSimilarShared"]


class SimilarSimilarNode(BriefFields):
    typename__: str = Field(alias="__typename")


class SimilarSimilarShared(BaseModel):
    kind: LinkKind
    bearing: Bearing
    direction: Direction
    node: "SimilarSimilarSharedNode"
    rests_on: list["SimilarSimilarSharedRestsOn"] = Field(alias="restsOn")
    together: bool


class SimilarSimilarSharedNode(BriefFields):
    typename__: str = Field(alias="__typename")


class SimilarSimilarSharedRestsOn(BaseModel):
    id: str


Similar.model_rebuild()
SimilarSimilar.model_rebuild()
SimilarSimilarShared.model_rebuild()

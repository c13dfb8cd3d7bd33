from pydantic import Field

from .base_model import BaseModel
from .fragments import BriefFields


class Match(BaseModel):
    match: list["MatchMatch"]


class MatchMatch(BaseModel):
    candidates: list["MatchMatchCandidates"]


class MatchMatchCandidates(BaseModel):
    entity: "MatchMatchCandidatesEntity"
    name: str
    score: float
    suggested: bool
    reasons: list["MatchMatchCandidatesReasons"]


class MatchMatchCandidatesEntity(BriefFields):
    typename__: str = Field(alias="__typename")


class MatchMatchCandidatesReasons(BaseModel):
    name: str
    text: str
    weight: float


Match.model_rebuild()
MatchMatch.model_rebuild()
MatchMatchCandidates.model_rebuild()

from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import KeyPlayerGoal
from .fragments import BriefFields, ExclusionFields, TruncationFields


class KeyPlayers(BaseModel):
    key_players: "KeyPlayersKeyPlayers" = Field(alias="keyPlayers")


class KeyPlayersKeyPlayers(BaseModel):
    goal: KeyPlayerGoal
    members: list["KeyPlayersKeyPlayersMembers"]
    value: float
    before: float
    exact: bool
    ties: int
    candidates: int
    node_count: int = Field(alias="nodeCount")
    link_count: int = Field(alias="linkCount")
    excluded: list["KeyPlayersKeyPlayersExcluded"]
    partial: Optional["KeyPlayersKeyPlayersPartial"]


class KeyPlayersKeyPlayersMembers(BriefFields):
    typename__: str = Field(alias="__typename")


KeyPlayersKeyPlayersExcluded = ExclusionFields
KeyPlayersKeyPlayersPartial = TruncationFields
KeyPlayers.model_rebuild()
KeyPlayersKeyPlayers.model_rebuild()

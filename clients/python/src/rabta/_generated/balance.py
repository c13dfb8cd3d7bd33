from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TieSign
from .fragments import BriefFields, ExclusionFields, TruncationFields


class Balance(BaseModel):
    balance: "BalanceBalance"


class BalanceBalance(BaseModel):
    census: "BalanceBalanceCensus"
    degree: float
    unbalanced: list["BalanceBalanceUnbalanced"]
    frenemies: list["BalanceBalanceFrenemies"]
    frustration: int
    lower_bound: int = Field(alias="lowerBound")
    exact: bool
    camp_a: list["BalanceBalanceCampA"] = Field(alias="campA")
    camp_b: list["BalanceBalanceCampB"] = Field(alias="campB")
    against: list["BalanceBalanceAgainst"]
    node_count: int = Field(alias="nodeCount")
    link_count: int = Field(alias="linkCount")
    excluded: list["BalanceBalanceExcluded"]
    partial: Optional["BalanceBalancePartial"]


class BalanceBalanceCensus(BaseModel):
    ppp: int
    ppm: int
    pmm: int
    mmm: int


class BalanceBalanceUnbalanced(BaseModel):
    a: "BalanceBalanceUnbalancedA"
    b: "BalanceBalanceUnbalancedB"
    c: "BalanceBalanceUnbalancedC"
    ab: TieSign
    ac: TieSign
    bc: TieSign


class BalanceBalanceUnbalancedA(BriefFields):
    typename__: str = Field(alias="__typename")


class BalanceBalanceUnbalancedB(BriefFields):
    typename__: str = Field(alias="__typename")


class BalanceBalanceUnbalancedC(BriefFields):
    typename__: str = Field(alias="__typename")


class BalanceBalanceFrenemies(BaseModel):
    a: "BalanceBalanceFrenemiesA"
    b: "BalanceBalanceFrenemiesB"


class BalanceBalanceFrenemiesA(BriefFields):
    typename__: str = Field(alias="__typename")


class BalanceBalanceFrenemiesB(BriefFields):
    typename__: str = Field(alias="__typename")


class BalanceBalanceCampA(BriefFields):
    typename__: str = Field(alias="__typename")


class BalanceBalanceCampB(BriefFields):
    typename__: str = Field(alias="__typename")


class BalanceBalanceAgainst(BaseModel):
    a: "BalanceBalanceAgainstA"
    b: "BalanceBalanceAgainstB"


class BalanceBalanceAgainstA(BriefFields):
    typename__: str = Field(alias="__typename")


class BalanceBalanceAgainstB(BriefFields):
    typename__: str = Field(alias="__typename")


BalanceBalanceExcluded = ExclusionFields
BalanceBalancePartial = TruncationFields
Balance.model_rebuild()
BalanceBalance.model_rebuild()
BalanceBalanceUnbalanced.model_rebuild()
BalanceBalanceFrenemies.model_rebuild()
BalanceBalanceAgainst.model_rebuild()

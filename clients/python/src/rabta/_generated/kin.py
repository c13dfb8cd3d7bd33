from pydantic import Field

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    EntityFields,
    EntityFieldsDescription,
    EntityFieldsExternal,
    EntityFieldsNames,
    EntityFieldsPlaced,
    EntityFieldsRetired,
    EntityFieldsSubtype,
    HopFields,
)


class Kin(BaseModel):
    kin: list["KinKin"]


class KinKin(BaseModel):
    other: "KinKinOther"
    term: str
    degree: int
    derived: bool
    legs: list["KinKinLegs"]
    credibility: int
    conflicting: bool


class KinKinOther(EntityFields):
    typename__: str = Field(alias="__typename")


KinKinLegs = HopFields
Kin.model_rebuild()
KinKin.model_rebuild()

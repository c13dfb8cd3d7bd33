from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import EntityKind, Marking, Representation
from .fragments import AttributeFields, BriefFields, NameFields


class Individual(BaseModel):
    individual: Optional["IndividualIndividual"]


class IndividualIndividual(BaseModel):
    id: str
    kind: EntityKind
    name: str
    names: list["IndividualIndividualNames"]
    same_ids: list[str] = Field(alias="sameIds")
    description: list["IndividualIndividualDescription"]
    subtype: list["IndividualIndividualSubtype"]
    representation: Representation
    external: list["IndividualIndividualExternal"]
    marking: Marking
    retired: Optional["IndividualIndividualRetired"]
    retired_below: bool = Field(alias="retiredBelow")
    placed: list["IndividualIndividualPlaced"]
    birth: list["IndividualIndividualBirth"]
    death: list["IndividualIndividualDeath"]
    nationality: list["IndividualIndividualNationality"]
    father_name: list["IndividualIndividualFatherName"] = Field(alias="fatherName")
    posts: list["IndividualIndividualPosts"]


IndividualIndividualNames = NameFields
IndividualIndividualDescription = AttributeFields
IndividualIndividualSubtype = AttributeFields
IndividualIndividualExternal = AttributeFields


class IndividualIndividualRetired(BaseModel):
    reason: str
    successor: Optional["IndividualIndividualRetiredSuccessor"]


class IndividualIndividualRetiredSuccessor(BriefFields):
    typename__: str = Field(alias="__typename")


IndividualIndividualPlaced = AttributeFields
IndividualIndividualBirth = AttributeFields
IndividualIndividualDeath = AttributeFields
IndividualIndividualNationality = AttributeFields
IndividualIndividualFatherName = AttributeFields
IndividualIndividualPosts = AttributeFields
Individual.model_rebuild()
IndividualIndividual.model_rebuild()
IndividualIndividualRetired.model_rebuild()

from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    AttributeFields,
    EntityFields,
    EntityFieldsDescription,
    EntityFieldsExternal,
    EntityFieldsNames,
    EntityFieldsPlaced,
    EntityFieldsRetired,
    EntityFieldsSubtype,
)


class Individual(BaseModel):
    entity: Optional["IndividualEntity"]
    detail: Optional["IndividualDetail"]


class IndividualEntity(EntityFields):
    typename__: str = Field(alias="__typename")


class IndividualDetail(BaseModel):
    birth: list["IndividualDetailBirth"]
    death: list["IndividualDetailDeath"]
    nationality: list["IndividualDetailNationality"]
    father_name: list["IndividualDetailFatherName"] = Field(alias="fatherName")
    posts: list["IndividualDetailPosts"]


IndividualDetailBirth = AttributeFields
IndividualDetailDeath = AttributeFields
IndividualDetailNationality = AttributeFields
IndividualDetailFatherName = AttributeFields
IndividualDetailPosts = AttributeFields
Individual.model_rebuild()
IndividualDetail.model_rebuild()

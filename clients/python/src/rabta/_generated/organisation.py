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


class Organisation(BaseModel):
    entity: Optional["OrganisationEntity"]
    detail: Optional["OrganisationDetail"]


class OrganisationEntity(EntityFields):
    typename__: str = Field(alias="__typename")


class OrganisationDetail(BaseModel):
    founded: list["OrganisationDetailFounded"]
    statuses: list["OrganisationDetailStatuses"]


OrganisationDetailFounded = AttributeFields
OrganisationDetailStatuses = AttributeFields
Organisation.model_rebuild()
OrganisationDetail.model_rebuild()

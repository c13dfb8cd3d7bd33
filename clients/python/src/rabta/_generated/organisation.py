from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import EntityKind, Marking, Representation
from .fragments import AttributeFields, BriefFields, NameFields


class Organisation(BaseModel):
    organisation: Optional["OrganisationOrganisation"]


class OrganisationOrganisation(BaseModel):
    id: str
    kind: EntityKind
    name: str
    names: list["OrganisationOrganisationNames"]
    same_ids: list[str] = Field(alias="sameIds")
    description: list["OrganisationOrganisationDescription"]
    subtype: list["OrganisationOrganisationSubtype"]
    representation: Representation
    external: list["OrganisationOrganisationExternal"]
    marking: Marking
    retired: Optional["OrganisationOrganisationRetired"]
    retired_below: bool = Field(alias="retiredBelow")
    placed: list["OrganisationOrganisationPlaced"]
    founded: list["OrganisationOrganisationFounded"]
    statuses: list["OrganisationOrganisationStatuses"]


OrganisationOrganisationNames = NameFields
OrganisationOrganisationDescription = AttributeFields
OrganisationOrganisationSubtype = AttributeFields
OrganisationOrganisationExternal = AttributeFields


class OrganisationOrganisationRetired(BaseModel):
    reason: str
    successor: Optional["OrganisationOrganisationRetiredSuccessor"]


class OrganisationOrganisationRetiredSuccessor(BriefFields):
    typename__: str = Field(alias="__typename")


OrganisationOrganisationPlaced = AttributeFields
OrganisationOrganisationFounded = AttributeFields
OrganisationOrganisationStatuses = AttributeFields
Organisation.model_rebuild()
OrganisationOrganisation.model_rebuild()
OrganisationOrganisationRetired.model_rebuild()

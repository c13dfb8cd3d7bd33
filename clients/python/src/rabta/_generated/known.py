from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import BriefFields


class Known(BaseModel):
    entity: Optional["KnownEntity"]


class KnownEntity(BriefFields):
    typename__: str = Field(alias="__typename")


Known.model_rebuild()

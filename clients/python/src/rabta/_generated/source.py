from typing import Optional

from .base_model import BaseModel
from .fragments import SourceFields


class Source(BaseModel):
    source: Optional["SourceSource"]


SourceSource = SourceFields
Source.model_rebuild()

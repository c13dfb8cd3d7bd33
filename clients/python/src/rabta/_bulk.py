from ._base import Base


class Bulk(Base):
    """Whole files."""

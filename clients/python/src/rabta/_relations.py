"""Documents for an entity's own lists of links, such as Group.allies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ._generated.links import LinksLinks
from ._generated.operations import LINKS_GQL

FRAGMENTS = LINKS_GQL[LINKS_GQL.index("fragment ") :]


def related_document(kind: str, name: str) -> tuple[str, Callable[[dict[str, Any]], LinksLinks | None]]:
    """The query for a list of an entity of that kind, and what reads a page from its answer; None where the entity is not there."""
    document = f"""query Related($id: ID!, $first: Int!, $after: String, $counted: Boolean!, $lens: LensInput) {{
  owner: {kind}(id: $id, lens: $lens) {{
    list: {name}(first: $first, after: $after) {{
      totalCount
      excluded @include(if: $counted) {{ ...ExclusionFields }}
      pageInfo {{ hasNextPage endCursor }}
      nodes {{ ...LinkFields }}
    }}
  }}
}}

{FRAGMENTS}"""

    def read(data: dict[str, Any]) -> LinksLinks | None:
        return LinksLinks.model_validate(data["owner"]["list"]) if data["owner"] else None

    return document, read

"""Ask a rabta server.

from rabta import Client
c = Client()                       # $RABTA_URL, or the server on this machine
c.search("lashkar")
net = c.neighbourhood("ttp", depth=1)
net.edges_df(); net.to_networkx(); print(net.cite())
"""

from .answer import Result
from .client import Client
from .commits import Commit, Event, Twins
from .compare import LinkChange, NetworkDiff
from .errors import (
    Ambiguous,
    ConnectionFailed,
    Incomplete,
    LimitExceeded,
    MissingPackage,
    NotFound,
    QueryError,
    RabtaError,
    TruncatedWarning,
)
from .kinds import Group, Incident, Individual, Madressah, Organisation, Place
from .lens import Lens, current
from .lists import AttributeList, ClaimList, EntityList, HitList, IncidentList, LinkList, SourceList
from .network import Network
from .records import (
    Attribute,
    Brief,
    Casualties,
    Claim,
    Entity,
    Exclusion,
    Figures,
    Hit,
    Interval,
    Link,
    PartialDate,
    Point,
    Retired,
    Revision,
    Source,
    Speaker,
    Toll,
    Truncation,
    Value,
)
from .results import Aggregation, Communities, Measures, Path, Paths, Rank, Ranking, Table

__version__ = "0.1.0"
__all__ = [
    "Aggregation",
    "Ambiguous",
    "Attribute",
    "AttributeList",
    "Brief",
    "Casualties",
    "Claim",
    "ClaimList",
    "Client",
    "Commit",
    "Communities",
    "ConnectionFailed",
    "Entity",
    "EntityList",
    "Event",
    "Exclusion",
    "Figures",
    "Group",
    "Hit",
    "HitList",
    "Incident",
    "IncidentList",
    "Incomplete",
    "Individual",
    "Interval",
    "Lens",
    "LimitExceeded",
    "Link",
    "LinkChange",
    "LinkList",
    "Madressah",
    "Measures",
    "MissingPackage",
    "Network",
    "NetworkDiff",
    "NotFound",
    "Organisation",
    "PartialDate",
    "Path",
    "Paths",
    "Place",
    "Point",
    "QueryError",
    "RabtaError",
    "Rank",
    "Ranking",
    "Result",
    "Retired",
    "Revision",
    "Source",
    "SourceList",
    "Speaker",
    "Table",
    "Toll",
    "TruncatedWarning",
    "Truncation",
    "Twins",
    "Value",
    "current",
]

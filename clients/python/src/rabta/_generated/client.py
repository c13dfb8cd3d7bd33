from typing import Any, Optional, Union

from .aggregate_incidents import AggregateIncidents
from .aggregate_links import AggregateLinks
from .around import Around
from .attributes import Attributes
from .balance import Balance
from .base_client import BaseClient
from .base_model import UNSET, UnsetType
from .brokers import Brokers
from .claims import Claims
from .commits import Commits
from .communities import Communities
from .diff import Diff
from .dyad import Dyad
from .entities import Entities
from .entity import Entity
from .enums import (
    BearingChoice,
    Boundaries,
    CommunityMethod,
    DatedBy,
    Direction,
    EntityKind,
    Grouping,
    KeyPlayerGoal,
    LinkKind,
    Measure,
    OrderDirection,
    PathRank,
    Period,
    Predicate,
    Predictor,
    RowOrder,
    Similarity,
)
from .group import Group
from .history import History
from .incident import Incident
from .incidents import Incidents
from .individual import Individual
from .input_types import (
    ClaimOrder,
    ClaimWhere,
    EntityBy,
    EntityOrder,
    EntityWhere,
    GroupBy,
    IncidentOrder,
    IncidentWhere,
    LensInput,
    LinkOrder,
    LinkWhere,
    LoggedCommitWhere,
    MatchQuery,
    SourceOrder,
    SourceWhere,
    ViewInput,
)
from .key_players import KeyPlayers
from .kin import Kin
from .known import Known
from .link_claims import LinkClaims
from .links import Links
from .links_with_claims import LinksWithClaims
from .madressah import Madressah
from .match import Match
from .measure_of import MeasureOf
from .neighbourhood import Neighbourhood
from .operations import (
    AGGREGATE_INCIDENTS_GQL,
    AGGREGATE_LINKS_GQL,
    AROUND_GQL,
    ATTRIBUTES_GQL,
    BALANCE_GQL,
    BROKERS_GQL,
    CLAIMS_GQL,
    COMMITS_GQL,
    COMMUNITIES_GQL,
    DIFF_GQL,
    DYAD_GQL,
    ENTITIES_GQL,
    ENTITY_GQL,
    GROUP_GQL,
    HISTORY_GQL,
    INCIDENT_GQL,
    INCIDENTS_GQL,
    INDIVIDUAL_GQL,
    KEY_PLAYERS_GQL,
    KIN_GQL,
    KNOWN_GQL,
    LINK_CLAIMS_GQL,
    LINKS_GQL,
    LINKS_WITH_CLAIMS_GQL,
    MADRESSAH_GQL,
    MATCH_GQL,
    MEASURE_OF_GQL,
    NEIGHBOURHOOD_GQL,
    ORGANISATION_GQL,
    PATHS_GQL,
    PLACE_GQL,
    PREDICT_LINKS_GQL,
    RECORDED_GQL,
    REVISION_GQL,
    SEARCH_GQL,
    SIMILAR_GQL,
    SOURCE_GQL,
    SOURCE_IMPACT_GQL,
    SOURCES_GQL,
    STRUCTURE_GQL,
    SUBGRAPH_GQL,
    SUMS_GQL,
    TIMELINE_GQL,
    TWINS_GQL,
)
from .organisation import Organisation
from .paths import Paths
from .place import Place
from .predict_links import PredictLinks
from .recorded import Recorded
from .revision import Revision
from .search import Search
from .similar import Similar
from .source import Source
from .source_impact import SourceImpact
from .sources import Sources
from .structure import Structure
from .subgraph import Subgraph
from .sums import Sums
from .timeline import Timeline
from .twins import Twins


def gql(q: str) -> str:
    return q


class Operations(BaseClient):
    def aggregate_incidents(
        self,
        by: list[GroupBy],
        order_by: RowOrder,
        first: int,
        dates: bool,
        date: DatedBy,
        ids: bool,
        killed: bool,
        wounded: bool,
        abducted: bool,
        where: Union[Optional[IncidentWhere], UnsetType] = UNSET,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> AggregateIncidents:
        variables: dict[str, object] = {
            "where": where,
            "by": by,
            "orderBy": order_by,
            "first": first,
            "dates": dates,
            "date": date,
            "ids": ids,
            "killed": killed,
            "wounded": wounded,
            "abducted": abducted,
            "lens": lens,
        }
        response = self.execute(
            query=AGGREGATE_INCIDENTS_GQL,
            operation_name="AggregateIncidents",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(AggregateIncidents, data)

    def aggregate_links(
        self,
        by: list[GroupBy],
        order_by: RowOrder,
        first: int,
        dates: bool,
        date: DatedBy,
        ids: bool,
        where: Union[Optional[LinkWhere], UnsetType] = UNSET,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> AggregateLinks:
        variables: dict[str, object] = {
            "where": where,
            "by": by,
            "orderBy": order_by,
            "first": first,
            "dates": dates,
            "date": date,
            "ids": ids,
            "lens": lens,
        }
        response = self.execute(
            query=AGGREGATE_LINKS_GQL,
            operation_name="AggregateLinks",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(AggregateLinks, data)

    def entity(
        self,
        by: EntityBy,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Entity:
        variables: dict[str, object] = {"by": by, "lens": lens}
        response = self.execute(
            query=ENTITY_GQL, operation_name="Entity", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Entity, data)

    def group(
        self,
        by: EntityBy,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Group:
        variables: dict[str, object] = {"by": by, "lens": lens}
        response = self.execute(
            query=GROUP_GQL, operation_name="Group", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Group, data)

    def individual(
        self,
        by: EntityBy,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Individual:
        variables: dict[str, object] = {"by": by, "lens": lens}
        response = self.execute(
            query=INDIVIDUAL_GQL,
            operation_name="Individual",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(Individual, data)

    def madressah(
        self,
        by: EntityBy,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Madressah:
        variables: dict[str, object] = {"by": by, "lens": lens}
        response = self.execute(
            query=MADRESSAH_GQL,
            operation_name="Madressah",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(Madressah, data)

    def organisation(
        self,
        by: EntityBy,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Organisation:
        variables: dict[str, object] = {"by": by, "lens": lens}
        response = self.execute(
            query=ORGANISATION_GQL,
            operation_name="Organisation",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(Organisation, data)

    def incident(
        self,
        by: EntityBy,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Incident:
        variables: dict[str, object] = {"by": by, "lens": lens}
        response = self.execute(
            query=INCIDENT_GQL, operation_name="Incident", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Incident, data)

    def place(
        self,
        by: EntityBy,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Place:
        variables: dict[str, object] = {"by": by, "lens": lens}
        response = self.execute(
            query=PLACE_GQL, operation_name="Place", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Place, data)

    def around(
        self,
        by: EntityBy,
        gazetteer: bool,
        on: Union[Optional[str], UnsetType] = UNSET,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Around:
        variables: dict[str, object] = {
            "by": by,
            "on": on,
            "gazetteer": gazetteer,
            "lens": lens,
        }
        response = self.execute(
            query=AROUND_GQL, operation_name="Around", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Around, data)

    def sums(
        self,
        id: str,
        within: bool,
        boundaries: Boundaries,
        gazetteer: bool,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Sums:
        variables: dict[str, object] = {
            "id": id,
            "within": within,
            "boundaries": boundaries,
            "gazetteer": gazetteer,
            "lens": lens,
        }
        response = self.execute(
            query=SUMS_GQL, operation_name="Sums", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Sums, data)

    def known(
        self,
        by: EntityBy,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Known:
        variables: dict[str, object] = {"by": by, "lens": lens}
        response = self.execute(
            query=KNOWN_GQL, operation_name="Known", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Known, data)

    def search(
        self,
        text: str,
        first: int,
        kinds: Union[Optional[list[EntityKind]], UnsetType] = UNSET,
        after: Union[Optional[str], UnsetType] = UNSET,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Search:
        variables: dict[str, object] = {
            "text": text,
            "kinds": kinds,
            "first": first,
            "after": after,
            "lens": lens,
        }
        response = self.execute(
            query=SEARCH_GQL, operation_name="Search", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Search, data)

    def entities(
        self,
        first: int,
        where: Union[Optional[EntityWhere], UnsetType] = UNSET,
        order_by: Union[Optional[list[EntityOrder]], UnsetType] = UNSET,
        after: Union[Optional[str], UnsetType] = UNSET,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Entities:
        variables: dict[str, object] = {
            "where": where,
            "orderBy": order_by,
            "first": first,
            "after": after,
            "lens": lens,
        }
        response = self.execute(
            query=ENTITIES_GQL, operation_name="Entities", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Entities, data)

    def attributes(
        self,
        first: int,
        where: Union[Optional[EntityWhere], UnsetType] = UNSET,
        predicates: Union[Optional[list[Predicate]], UnsetType] = UNSET,
        after: Union[Optional[str], UnsetType] = UNSET,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Attributes:
        variables: dict[str, object] = {
            "where": where,
            "predicates": predicates,
            "first": first,
            "after": after,
            "lens": lens,
        }
        response = self.execute(
            query=ATTRIBUTES_GQL,
            operation_name="Attributes",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(Attributes, data)

    def incidents(
        self,
        first: int,
        where: Union[Optional[IncidentWhere], UnsetType] = UNSET,
        order_by: Union[Optional[list[IncidentOrder]], UnsetType] = UNSET,
        after: Union[Optional[str], UnsetType] = UNSET,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Incidents:
        variables: dict[str, object] = {
            "where": where,
            "orderBy": order_by,
            "first": first,
            "after": after,
            "lens": lens,
        }
        response = self.execute(
            query=INCIDENTS_GQL,
            operation_name="Incidents",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(Incidents, data)

    def links(
        self,
        first: int,
        counted: bool,
        kinds: Union[Optional[list[LinkKind]], UnsetType] = UNSET,
        where: Union[Optional[LinkWhere], UnsetType] = UNSET,
        order_by: Union[Optional[list[LinkOrder]], UnsetType] = UNSET,
        after: Union[Optional[str], UnsetType] = UNSET,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Links:
        variables: dict[str, object] = {
            "kinds": kinds,
            "where": where,
            "orderBy": order_by,
            "first": first,
            "after": after,
            "counted": counted,
            "lens": lens,
        }
        response = self.execute(
            query=LINKS_GQL, operation_name="Links", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Links, data)

    def claims(
        self,
        first: int,
        counted: bool,
        where: Union[Optional[ClaimWhere], UnsetType] = UNSET,
        order_by: Union[Optional[list[ClaimOrder]], UnsetType] = UNSET,
        after: Union[Optional[str], UnsetType] = UNSET,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Claims:
        variables: dict[str, object] = {
            "where": where,
            "orderBy": order_by,
            "first": first,
            "after": after,
            "counted": counted,
            "lens": lens,
        }
        response = self.execute(
            query=CLAIMS_GQL, operation_name="Claims", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Claims, data)

    def link_claims(
        self,
        id: str,
        first: int,
        counted: bool,
        after: Union[Optional[str], UnsetType] = UNSET,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> LinkClaims:
        variables: dict[str, object] = {
            "id": id,
            "first": first,
            "after": after,
            "counted": counted,
            "lens": lens,
        }
        response = self.execute(
            query=LINK_CLAIMS_GQL,
            operation_name="LinkClaims",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(LinkClaims, data)

    def links_with_claims(
        self,
        ids: list[str],
        first: int,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> LinksWithClaims:
        variables: dict[str, object] = {"ids": ids, "first": first, "lens": lens}
        response = self.execute(
            query=LINKS_WITH_CLAIMS_GQL,
            operation_name="LinksWithClaims",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(LinksWithClaims, data)

    def sources(
        self,
        first: int,
        where: Union[Optional[SourceWhere], UnsetType] = UNSET,
        order_by: Union[Optional[list[SourceOrder]], UnsetType] = UNSET,
        after: Union[Optional[str], UnsetType] = UNSET,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Sources:
        variables: dict[str, object] = {
            "where": where,
            "orderBy": order_by,
            "first": first,
            "after": after,
            "lens": lens,
        }
        response = self.execute(
            query=SOURCES_GQL, operation_name="Sources", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Sources, data)

    def source(
        self,
        id: str,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Source:
        variables: dict[str, object] = {"id": id, "lens": lens}
        response = self.execute(
            query=SOURCE_GQL, operation_name="Source", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Source, data)

    def revision(
        self, lens: Union[Optional[LensInput], UnsetType] = UNSET, **kwargs: Any
    ) -> Revision:
        variables: dict[str, object] = {"lens": lens}
        response = self.execute(
            query=REVISION_GQL, operation_name="Revision", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Revision, data)

    def match(
        self,
        query: list[MatchQuery],
        limit: int,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Match:
        variables: dict[str, object] = {"query": query, "limit": limit, "lens": lens}
        response = self.execute(
            query=MATCH_GQL, operation_name="Match", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Match, data)

    def commits(
        self,
        order: OrderDirection,
        first: int,
        where: Union[Optional[LoggedCommitWhere], UnsetType] = UNSET,
        after: Union[Optional[str], UnsetType] = UNSET,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Commits:
        variables: dict[str, object] = {
            "where": where,
            "order": order,
            "first": first,
            "after": after,
            "lens": lens,
        }
        response = self.execute(
            query=COMMITS_GQL, operation_name="Commits", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Commits, data)

    def recorded(
        self,
        sequence: int,
        first: int,
        after: Union[Optional[str], UnsetType] = UNSET,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Recorded:
        variables: dict[str, object] = {
            "sequence": sequence,
            "first": first,
            "after": after,
            "lens": lens,
        }
        response = self.execute(
            query=RECORDED_GQL, operation_name="Recorded", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Recorded, data)

    def history(
        self,
        id: str,
        first: int,
        after: Union[Optional[str], UnsetType] = UNSET,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> History:
        variables: dict[str, object] = {
            "id": id,
            "first": first,
            "after": after,
            "lens": lens,
        }
        response = self.execute(
            query=HISTORY_GQL, operation_name="History", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(History, data)

    def twins(
        self,
        first: int,
        after: Union[Optional[str], UnsetType] = UNSET,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Twins:
        variables: dict[str, object] = {"first": first, "after": after, "lens": lens}
        response = self.execute(
            query=TWINS_GQL, operation_name="Twins", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Twins, data)

    def measure_of(
        self,
        measure: Measure,
        first: int,
        seed: int,
        samples: int,
        by_source: int,
        view: Union[Optional[ViewInput], UnsetType] = UNSET,
        of: Union[Optional[list[str]], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> MeasureOf:
        variables: dict[str, object] = {
            "measure": measure,
            "view": view,
            "of": of,
            "first": first,
            "seed": seed,
            "samples": samples,
            "bySource": by_source,
        }
        response = self.execute(
            query=MEASURE_OF_GQL,
            operation_name="MeasureOf",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(MeasureOf, data)

    def communities(
        self,
        method: CommunityMethod,
        resolution: float,
        seed: int,
        first: int,
        view: Union[Optional[ViewInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Communities:
        variables: dict[str, object] = {
            "view": view,
            "method": method,
            "resolution": resolution,
            "seed": seed,
            "first": first,
        }
        response = self.execute(
            query=COMMUNITIES_GQL,
            operation_name="Communities",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(Communities, data)

    def structure(
        self,
        seed: int,
        view: Union[Optional[ViewInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Structure:
        variables: dict[str, object] = {"view": view, "seed": seed}
        response = self.execute(
            query=STRUCTURE_GQL,
            operation_name="Structure",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(Structure, data)

    def key_players(
        self,
        size: int,
        goal: KeyPlayerGoal,
        steps: int,
        seed: int,
        view: Union[Optional[ViewInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> KeyPlayers:
        variables: dict[str, object] = {
            "size": size,
            "goal": goal,
            "steps": steps,
            "view": view,
            "seed": seed,
        }
        response = self.execute(
            query=KEY_PLAYERS_GQL,
            operation_name="KeyPlayers",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(KeyPlayers, data)

    def brokers(
        self,
        grouped_by: Grouping,
        first: int,
        view: Union[Optional[ViewInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Brokers:
        variables: dict[str, object] = {
            "groupedBy": grouped_by,
            "view": view,
            "first": first,
        }
        response = self.execute(
            query=BROKERS_GQL, operation_name="Brokers", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Brokers, data)

    def balance(
        self,
        first: int,
        seed: int,
        view: Union[Optional[ViewInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Balance:
        variables: dict[str, object] = {"view": view, "first": first, "seed": seed}
        response = self.execute(
            query=BALANCE_GQL, operation_name="Balance", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Balance, data)

    def predict_links(
        self,
        of: list[str],
        method: Predictor,
        first: int,
        concurrent: bool,
        include_disputed: bool,
        view: Union[Optional[ViewInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> PredictLinks:
        variables: dict[str, object] = {
            "of": of,
            "method": method,
            "first": first,
            "concurrent": concurrent,
            "includeDisputed": include_disputed,
            "view": view,
        }
        response = self.execute(
            query=PREDICT_LINKS_GQL,
            operation_name="PredictLinks",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(PredictLinks, data)

    def similar(
        self,
        of: str,
        method: Similarity,
        first: int,
        include_disputed: bool,
        view: Union[Optional[ViewInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Similar:
        variables: dict[str, object] = {
            "of": of,
            "method": method,
            "first": first,
            "includeDisputed": include_disputed,
            "view": view,
        }
        response = self.execute(
            query=SIMILAR_GQL, operation_name="Similar", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Similar, data)

    def neighbourhood(
        self,
        of: list[str],
        depth: int,
        direction: Direction,
        max_nodes: int,
        kinds: Union[Optional[list[LinkKind]], UnsetType] = UNSET,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Neighbourhood:
        variables: dict[str, object] = {
            "of": of,
            "depth": depth,
            "kinds": kinds,
            "direction": direction,
            "maxNodes": max_nodes,
            "lens": lens,
        }
        response = self.execute(
            query=NEIGHBOURHOOD_GQL,
            operation_name="Neighbourhood",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(Neighbourhood, data)

    def subgraph(self, view: ViewInput, max_nodes: int, **kwargs: Any) -> Subgraph:
        variables: dict[str, object] = {"view": view, "maxNodes": max_nodes}
        response = self.execute(
            query=SUBGRAPH_GQL, operation_name="Subgraph", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Subgraph, data)

    def paths(
        self,
        from_: str,
        to: str,
        rank: PathRank,
        first: int,
        max_length: int,
        concurrent: bool,
        via: Union[Optional[list[str]], UnsetType] = UNSET,
        avoid: Union[Optional[list[str]], UnsetType] = UNSET,
        view: Union[Optional[ViewInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Paths:
        variables: dict[str, object] = {
            "from": from_,
            "to": to,
            "rank": rank,
            "first": first,
            "maxLength": max_length,
            "via": via,
            "avoid": avoid,
            "concurrent": concurrent,
            "view": view,
        }
        response = self.execute(
            query=PATHS_GQL, operation_name="Paths", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Paths, data)

    def kin(
        self,
        of: str,
        degree: int,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Kin:
        variables: dict[str, object] = {"of": of, "degree": degree, "lens": lens}
        response = self.execute(
            query=KIN_GQL, operation_name="Kin", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Kin, data)

    def dyad(
        self,
        a: str,
        b: str,
        bearings: Union[Optional[list[BearingChoice]], UnsetType] = UNSET,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Dyad:
        variables: dict[str, object] = {
            "a": a,
            "b": b,
            "bearings": bearings,
            "lens": lens,
        }
        response = self.execute(
            query=DYAD_GQL, operation_name="Dyad", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Dyad, data)

    def timeline(
        self,
        of: list[str],
        by: Period,
        within: bool,
        boundaries: Boundaries,
        gazetteer: bool,
        lens: Union[Optional[LensInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Timeline:
        variables: dict[str, object] = {
            "of": of,
            "by": by,
            "within": within,
            "boundaries": boundaries,
            "gazetteer": gazetteer,
            "lens": lens,
        }
        response = self.execute(
            query=TIMELINE_GQL, operation_name="Timeline", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Timeline, data)

    def diff(
        self,
        before: LensInput,
        after: LensInput,
        first: int,
        view: Union[Optional[ViewInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Diff:
        variables: dict[str, object] = {
            "before": before,
            "after": after,
            "view": view,
            "first": first,
        }
        response = self.execute(
            query=DIFF_GQL, operation_name="Diff", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Diff, data)

    def source_impact(
        self,
        source: str,
        first: int,
        view: Union[Optional[ViewInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> SourceImpact:
        variables: dict[str, object] = {"source": source, "view": view, "first": first}
        response = self.execute(
            query=SOURCE_IMPACT_GQL,
            operation_name="SourceImpact",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(SourceImpact, data)

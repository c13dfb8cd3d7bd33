"""Entities with what their kind adds: lists of attributes, the best first, each with its hedge, grade and speakers.

Their lists of links are asked for when they are read, under the lens that the entity itself was read under.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .records import Attribute, Brief, Casualties, Entity, PartialDate, Toll

if TYPE_CHECKING:
    from .lists import LinkList


class related(property):
    """A property that asks for the links of one of the schema's lists."""

    def __init__(self, field_name: str, doc: str) -> None:
        def get(self: Entity) -> LinkList:
            return self._related(field_name)

        super().__init__(get, doc=doc)
        self.field_name = field_name


@dataclass(frozen=True)
class Group(Entity):
    """An armed or militant group, or a part of one."""

    founded: tuple[Attribute, ...] = ()
    dissolved: tuple[Attribute, ...] = ()
    statuses: tuple[Attribute, ...] = ()
    ideologies: tuple[Attribute, ...] = ()
    denomination: tuple[Attribute, ...] = ()

    allies = related("allies", "Alliances and cooperation.")
    rivals = related("rivals", "Rivalries.")
    members = related("members", "Its members.")
    leaders = related("leaders", "Who leads or led it.")
    founders = related("founders", "Who founded it.")
    spokesmen = related("spokesmen", "Who speaks or spoke for it.")
    madressahs = related("madressahs", "Madressahs it is linked to.")
    parents = related("parents", "What it is a part or branch of.")
    factions = related("factions", "Its factions and branches.")
    claimed_incidents = related("claimedIncidents", "Incidents that it claimed.")
    denied_incidents = related("deniedIncidents", "Incidents of which it denied responsibility.")
    condemned_incidents = related("condemnedIncidents", "Incidents that it condemned.")
    attributed_incidents = related("attributedIncidents", "Incidents that somebody attributes to it.")
    places = related("places", "Where it is based or operates.")
    designations = related("designations", "Entries about it on lists.")
    party_to = related("partyTo", "Incidents to which it was a party, in the role given.")
    owns = related("owns", "What it owns or owned.")
    trained_at = related("trainedAt", "Where it trained.")
    may_include = related("mayInclude", "What it may include, where it stands for a class that the source does not tell apart.")
    may_be_among = related("mayBeAmong", "Classes of which a source speaks, among which it may be.")


@dataclass(frozen=True)
class Individual(Entity):
    """A person."""

    birth: tuple[Attribute, ...] = ()
    death: tuple[Attribute, ...] = ()
    nationality: tuple[Attribute, ...] = ()
    father_name: tuple[Attribute, ...] = ()
    posts: tuple[Attribute, ...] = ()

    kin = related("kin", "Relatives, as claims have them; no evidence of conduct. Client.kin derives further ones.")
    associates = related("associates", "Associates.")
    groups = related("groups", "Groups that the person belongs to or leads.")
    roles = related("roles", "Roles in bodies.")
    madressahs = related("madressahs", "Madressahs; attendance is no evidence of conduct.")
    incidents = related("incidents", "Incidents that the person is said to have taken part in.")
    custody = related("custody", "Arrests, detention, charges, verdicts, escapes.")
    designations = related("designations", "Entries about the person on lists.")
    party_to = related("partyTo", "Incidents to which the individual was a party, in the role given.")
    commands = related("commands", "Individuals whom he or she commands or commanded.")
    commanded_by = related("commandedBy", "Individuals by whom he or she is or was commanded.")
    arrests = related("arrests", "By whom and where he or she was arrested.")
    owns = related("owns", "What he or she owns or owned.")
    trained_at = related("trainedAt", "Where he or she trained.")
    may_include = related("mayInclude", "Whom it may include, where it stands for a class that the source does not tell apart.")
    may_be_among = related("mayBeAmong", "Classes of which a source speaks, among which he or she may be.")


@dataclass(frozen=True)
class Madressah(Entity):
    """A religious school."""

    board: tuple[Attribute, ...] = ()
    denomination: tuple[Attribute, ...] = ()
    founded: tuple[Attribute, ...] = ()

    founders = related("founders", "Who founded it.")
    leaders = related("leaders", "Who leads or led it.")
    administrators = related("administrators", "Who ran it.")
    teachers = related("teachers", "Who taught at it.")
    patrons = related("patrons", "Who was a patron of it.")
    students = related("students", "Who attended it; no evidence of conduct.")
    places = related("places", "Where it is.")
    groups = related("groups", "Groups it is linked to.")
    incidents = related("incidents", "Incidents it is linked to.")
    organisations = related("organisations", "Organisations associated with it, such as a party whose school it is.")
    owners = related("owners", "Who owns or owned it.")
    trainees = related("trainees", "Who trained there.")
    funders = related("funders", "Who funded it.")
    designations = related("designations", "The lists that it is on.")
    may_include = related("mayInclude", "What it may include, where it stands for a class that the source does not tell apart.")
    may_be_among = related("mayBeAmong", "Classes of which a source speaks, among which it may be.")


@dataclass(frozen=True)
class Organisation(Entity):
    """A party, force, state body, charity, outlet or other body."""

    founded: tuple[Attribute, ...] = ()
    statuses: tuple[Attribute, ...] = ()

    members = related("members", "Its members.")
    leaders = related("leaders", "Who leads or led it.")
    founders = related("founders", "Who founded it.")
    spokesmen = related("spokesmen", "Who speaks or spoke for it.")
    incidents = related("incidents", "Incidents it is linked to.")
    places = related("places", "Where it is.")
    designations = related("designations", "Entries about it on lists.")
    party_to = related("partyTo", "Incidents to which it was a party, in the role given.")
    madressahs = related("madressahs", "Madressahs that it founded or owns, or with which it is associated.")
    owns = related("owns", "What it owns or owned.")
    owners = related("owners", "Who owns or owned it.")
    trainees = related("trainees", "Who trained there.")
    may_include = related("mayInclude", "What it may include, where it stands for a class that the source does not tell apart.")
    may_be_among = related("mayBeAmong", "Classes of which a source speaks, among which it may be.")


@dataclass(frozen=True)
class Incident(Entity):
    """An attack, a clash, or a series of them."""

    attack_types: tuple[Attribute, ...] = ()
    weapons: tuple[Attribute, ...] = ()
    target_types: tuple[Attribute, ...] = ()
    tolls: tuple[Toll, ...] = ()
    claimed: str = "UNKNOWN"
    """SOMEBODY where a claim says that somebody claimed it, NOBODY where claims say that nobody had."""
    claimed_stated: PartialDate | None = None
    """When the source that says so was published."""
    places: tuple[Brief, ...] = ()
    """Where it happened, the best evidenced place first; ``place`` has the links that say so."""

    @property
    def casualties(self) -> tuple[Casualties, ...]:
        """The figures by role."""
        return tuple(c for t in self.tolls for c in t.casualties)

    place = related("place", "Where it happened.")
    claimed_by = related("claimedBy", "Who claimed it.")
    denied_by = related("deniedBy", "Who denied it.")
    condemned_by = related("condemnedBy", "Who condemned it.")
    attributions = related("attributions", "Who is said to have done it, by whom, on what grounds.")
    targets = related("targets", "Who or what it was aimed at.")
    participants = related("participants", "Who is said to have taken part.")
    traced_to = related("tracedTo", "What it was traced to.")
    parties = related(
        "parties",
        "Who was a party to it, in the role given: who attacked and who was attacked, the sides of a clash, mediators, signatories.",
    )
    part_of = related("partOf", "Campaigns, series and operations of which it was a part.")
    parts = related("parts", "Incidents that were part of it.")
    retaliation_for = related("retaliationFor", "Incidents for which it was a retaliation.")
    retaliations = related("retaliations", "Incidents that were a retaliation for it.")
    may_include = related("mayInclude", "What it may include, where it stands for a class that the source does not tell apart.")
    may_be_among = related("mayBeAmong", "Classes of which a source speaks, among which it may be.")


@dataclass(frozen=True)
class Place(Entity):
    """A place. ``tolls`` are what claims state of it; ``Client.sums`` has what its incidents come to."""

    tolls: tuple[Toll, ...] = ()

    within = related("within", "The places that it lies in; Client.around follows them upwards.")
    contains = related("contains", "The places that lie in it.")
    borders = related("borders", "Places that it borders on.")
    incidents = related("incidents", "What happened in it, or in a place that lies in it.")
    groups = related("groups", "Groups that are based or operate there.")
    arrests = related("arrests", "Who was arrested in it.")
    trainees = related("trainees", "Who trained there.")
    owners = related("owners", "Who owns or owned it.")
    may_include = related("mayInclude", "What it may include, where it stands for a class that the source does not tell apart.")
    may_be_among = related("mayBeAmong", "Classes of which a source speaks, among which it may be.")


KINDS: tuple[type[Entity], ...] = (Group, Individual, Madressah, Organisation, Incident, Place)


def lists_of(kind: type[Entity]) -> dict[str, str]:
    """The lists of links that entities of a kind have, by name, with their names in the schema."""
    return {name: member.field_name for name, member in vars(kind).items() if isinstance(member, related)}

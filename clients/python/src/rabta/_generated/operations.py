__all__ = [
    "AGGREGATE_INCIDENTS_GQL",
    "AGGREGATE_LINKS_GQL",
    "AROUND_GQL",
    "ATTRIBUTES_GQL",
    "BALANCE_GQL",
    "BROKERS_GQL",
    "CLAIMS_GQL",
    "COMMITS_GQL",
    "COMMUNITIES_GQL",
    "DIFF_GQL",
    "DYAD_GQL",
    "ENTITIES_GQL",
    "ENTITY_GQL",
    "GROUP_GQL",
    "HISTORY_GQL",
    "INCIDENTS_GQL",
    "INCIDENT_GQL",
    "INDIVIDUAL_GQL",
    "KEY_PLAYERS_GQL",
    "KIN_GQL",
    "KNOWN_GQL",
    "LINKS_GQL",
    "LINKS_WITH_CLAIMS_GQL",
    "LINK_CLAIMS_GQL",
    "MADRESSAH_GQL",
    "MATCH_GQL",
    "MEASURE_OF_GQL",
    "NEIGHBOURHOOD_GQL",
    "ORGANISATION_GQL",
    "PATHS_GQL",
    "PLACE_GQL",
    "PREDICT_LINKS_GQL",
    "RECORDED_GQL",
    "REVISION_GQL",
    "SEARCH_GQL",
    "SIMILAR_GQL",
    "SOURCES_GQL",
    "SOURCE_GQL",
    "SOURCE_IMPACT_GQL",
    "STRUCTURE_GQL",
    "SUBGRAPH_GQL",
    "SUMS_GQL",
    "TIMELINE_GQL",
    "TWINS_GQL",
]

AGGREGATE_INCIDENTS_GQL = """
query AggregateIncidents($where: IncidentWhere, $by: [GroupBy!]!, $orderBy: RowOrder!, $first: Int!, $dates: Boolean!, $date: DatedBy!, $ids: Boolean!, $killed: Boolean!, $wounded: Boolean!, $abducted: Boolean!, $lens: LensInput) {
  list: incidents(first: 0, where: $where, lens: $lens) {
    aggregate(by: $by, orderBy: $orderBy, first: $first) {
      rows {
        ...AggregationRowFields
        ...TolledRowFields
      }
      more
      all {
        ...AggregationRowFields
        ...TolledRowFields
      }
      excluded {
        ...ExclusionFields
      }
    }
  }
}

fragment AggregatedTollFields on TollSum {
  low
  best
  high
  circa
  withoutFigure
  partial
  possiblySame
  withinOthers
  hedges {
    hedge
    count
  }
  least {
    low
    best
    high
    circa
  }
  greatest {
    low
    best
    high
    circa
  }
  mean {
    low
    best
    high
    of
  }
}

fragment AggregationRowFields on AggregationRow {
  keys {
    key
    value
    entity {
      ...BriefFields
    }
    source {
      id
      title
      reliability
    }
    part
    certain
    from
    to
  }
  count
  possible
  byGazetteer
  ids @include(if: $ids)
  dates(of: $date) @include(if: $dates) {
    least {
      from
      to
    }
    greatest {
      from
      to
    }
    mean {
      from
      to
    }
    dated
    undated
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment ExclusionFields on Exclusion {
  reason
  bearing
  claims
  links
  paths
}

fragment TolledRowFields on AggregationRow {
  killed: toll(effect: KILLED) @include(if: $killed) {
    ...AggregatedTollFields
  }
  wounded: toll(effect: WOUNDED) @include(if: $wounded) {
    ...AggregatedTollFields
  }
  abducted: toll(effect: ABDUCTED) @include(if: $abducted) {
    ...AggregatedTollFields
  }
}
"""

AGGREGATE_LINKS_GQL = """
query AggregateLinks($where: LinkWhere, $by: [GroupBy!]!, $orderBy: RowOrder!, $first: Int!, $dates: Boolean!, $date: DatedBy!, $ids: Boolean!, $lens: LensInput) {
  list: links(first: 0, where: $where, lens: $lens) {
    aggregate(by: $by, orderBy: $orderBy, first: $first) {
      ...AggregationFields
    }
  }
}

fragment AggregationFields on Aggregation {
  rows {
    ...AggregationRowFields
  }
  more
  all {
    ...AggregationRowFields
  }
  excluded {
    ...ExclusionFields
  }
}

fragment AggregationRowFields on AggregationRow {
  keys {
    key
    value
    entity {
      ...BriefFields
    }
    source {
      id
      title
      reliability
    }
    part
    certain
    from
    to
  }
  count
  possible
  byGazetteer
  ids @include(if: $ids)
  dates(of: $date) @include(if: $dates) {
    least {
      from
      to
    }
    greatest {
      from
      to
    }
    mean {
      from
      to
    }
    dated
    undated
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment ExclusionFields on Exclusion {
  reason
  bearing
  claims
  links
  paths
}
"""

ENTITY_GQL = """
query Entity($by: EntityBy!, $lens: LensInput) {
  entity(by: $by, lens: $lens) {
    __typename
    ...EntityFields
  }
}

fragment AttributeFields on Attribute {
  predicate
  polarity
  value {
    ...ValueFields
  }
  credibility
  hedge
  speakers {
    ...SpeakerFields
  }
  independentSources
  disputed
  contested
  rivalled
  marking
  claims {
    id
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment EntityFields on Entity {
  __typename
  id
  kind
  name
  names {
    ...NameFields
  }
  sameIds
  description {
    ...AttributeFields
  }
  subtype {
    ...AttributeFields
  }
  representation
  external {
    ...AttributeFields
  }
  marking
  retired {
    reason
    successor {
      ...BriefFields
    }
  }
  retiredBelow
  placed: attributes(predicates: [COORDINATES, DATE]) {
    ...AttributeFields
  }
}

fragment NameFields on Name {
  value
  lang
  primary
  form
  hedge
  credibility
  disputed
  contested
  speakers {
    ...SpeakerFields
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

GROUP_GQL = """
query Group($by: EntityBy!, $lens: LensInput) {
  group(by: $by, lens: $lens) {
    id
    kind
    name
    names {
      ...NameFields
    }
    sameIds
    description {
      ...AttributeFields
    }
    subtype {
      ...AttributeFields
    }
    representation
    external {
      ...AttributeFields
    }
    marking
    retired {
      reason
      successor {
        __typename
        ...BriefFields
      }
    }
    retiredBelow
    placed: attributes(predicates: [COORDINATES, DATE]) {
      ...AttributeFields
    }
    founded {
      ...AttributeFields
    }
    dissolved {
      ...AttributeFields
    }
    statuses {
      ...AttributeFields
    }
    ideologies {
      ...AttributeFields
    }
    denomination {
      ...AttributeFields
    }
  }
}

fragment AttributeFields on Attribute {
  predicate
  polarity
  value {
    ...ValueFields
  }
  credibility
  hedge
  speakers {
    ...SpeakerFields
  }
  independentSources
  disputed
  contested
  rivalled
  marking
  claims {
    id
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment NameFields on Name {
  value
  lang
  primary
  form
  hedge
  credibility
  disputed
  contested
  speakers {
    ...SpeakerFields
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

INDIVIDUAL_GQL = """
query Individual($by: EntityBy!, $lens: LensInput) {
  individual(by: $by, lens: $lens) {
    id
    kind
    name
    names {
      ...NameFields
    }
    sameIds
    description {
      ...AttributeFields
    }
    subtype {
      ...AttributeFields
    }
    representation
    external {
      ...AttributeFields
    }
    marking
    retired {
      reason
      successor {
        __typename
        ...BriefFields
      }
    }
    retiredBelow
    placed: attributes(predicates: [COORDINATES, DATE]) {
      ...AttributeFields
    }
    birth {
      ...AttributeFields
    }
    death {
      ...AttributeFields
    }
    nationality {
      ...AttributeFields
    }
    fatherName {
      ...AttributeFields
    }
    posts {
      ...AttributeFields
    }
  }
}

fragment AttributeFields on Attribute {
  predicate
  polarity
  value {
    ...ValueFields
  }
  credibility
  hedge
  speakers {
    ...SpeakerFields
  }
  independentSources
  disputed
  contested
  rivalled
  marking
  claims {
    id
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment NameFields on Name {
  value
  lang
  primary
  form
  hedge
  credibility
  disputed
  contested
  speakers {
    ...SpeakerFields
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

MADRESSAH_GQL = """
query Madressah($by: EntityBy!, $lens: LensInput) {
  madressah(by: $by, lens: $lens) {
    id
    kind
    name
    names {
      ...NameFields
    }
    sameIds
    description {
      ...AttributeFields
    }
    subtype {
      ...AttributeFields
    }
    representation
    external {
      ...AttributeFields
    }
    marking
    retired {
      reason
      successor {
        __typename
        ...BriefFields
      }
    }
    retiredBelow
    placed: attributes(predicates: [COORDINATES, DATE]) {
      ...AttributeFields
    }
    board {
      ...AttributeFields
    }
    denomination {
      ...AttributeFields
    }
    founded {
      ...AttributeFields
    }
  }
}

fragment AttributeFields on Attribute {
  predicate
  polarity
  value {
    ...ValueFields
  }
  credibility
  hedge
  speakers {
    ...SpeakerFields
  }
  independentSources
  disputed
  contested
  rivalled
  marking
  claims {
    id
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment NameFields on Name {
  value
  lang
  primary
  form
  hedge
  credibility
  disputed
  contested
  speakers {
    ...SpeakerFields
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

ORGANISATION_GQL = """
query Organisation($by: EntityBy!, $lens: LensInput) {
  organisation(by: $by, lens: $lens) {
    id
    kind
    name
    names {
      ...NameFields
    }
    sameIds
    description {
      ...AttributeFields
    }
    subtype {
      ...AttributeFields
    }
    representation
    external {
      ...AttributeFields
    }
    marking
    retired {
      reason
      successor {
        __typename
        ...BriefFields
      }
    }
    retiredBelow
    placed: attributes(predicates: [COORDINATES, DATE]) {
      ...AttributeFields
    }
    founded {
      ...AttributeFields
    }
    statuses {
      ...AttributeFields
    }
  }
}

fragment AttributeFields on Attribute {
  predicate
  polarity
  value {
    ...ValueFields
  }
  credibility
  hedge
  speakers {
    ...SpeakerFields
  }
  independentSources
  disputed
  contested
  rivalled
  marking
  claims {
    id
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment NameFields on Name {
  value
  lang
  primary
  form
  hedge
  credibility
  disputed
  contested
  speakers {
    ...SpeakerFields
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

INCIDENT_GQL = """
query Incident($by: EntityBy!, $lens: LensInput) {
  incident(by: $by, lens: $lens) {
    ...IncidentFields
  }
}

fragment AttributeFields on Attribute {
  predicate
  polarity
  value {
    ...ValueFields
  }
  credibility
  hedge
  speakers {
    ...SpeakerFields
  }
  independentSources
  disputed
  contested
  rivalled
  marking
  claims {
    id
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment IncidentFields on Incident {
  id
  kind
  name
  names {
    ...NameFields
  }
  sameIds
  description {
    ...AttributeFields
  }
  subtype {
    ...AttributeFields
  }
  representation
  external {
    ...AttributeFields
  }
  marking
  retired {
    reason
    successor {
      ...BriefFields
    }
  }
  retiredBelow
  placed: attributes(predicates: [COORDINATES, DATE]) {
    ...AttributeFields
  }
  date {
    ...AttributeFields
  }
  place(first: 50) {
    nodes {
      target {
        ...BriefFields
      }
      hedge
      credibility
      disputed
      contested
    }
  }
  attackTypes {
    ...AttributeFields
  }
  weapons {
    ...AttributeFields
  }
  targetTypes {
    ...AttributeFields
  }
  claimed {
    by
    stated {
      ...DateFields
    }
  }
  tolls {
    ...TollFields
  }
}

fragment NameFields on Name {
  value
  lang
  primary
  form
  hedge
  credibility
  disputed
  contested
  speakers {
    ...SpeakerFields
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}

fragment TollFields on Toll {
  effect
  validFrom {
    ...DateFields
  }
  validTo {
    ...DateFields
  }
  low
  best
  high
  circa
  ofParts
  partial
  parts {
    low
    best
    high
    circa
  }
  disagree
  casualties {
    role
    effect
    validFrom {
      ...DateFields
    }
    validTo {
      ...DateFields
    }
    low
    best
    high
    circa
    claims {
      id
    }
  }
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

PLACE_GQL = """
query Place($by: EntityBy!, $lens: LensInput) {
  place(by: $by, lens: $lens) {
    id
    kind
    name
    names {
      ...NameFields
    }
    sameIds
    description {
      ...AttributeFields
    }
    subtype {
      ...AttributeFields
    }
    representation
    external {
      ...AttributeFields
    }
    marking
    retired {
      reason
      successor {
        __typename
        ...BriefFields
      }
    }
    retiredBelow
    placed: attributes(predicates: [COORDINATES, DATE]) {
      ...AttributeFields
    }
    tolls {
      ...TollFields
    }
  }
}

fragment AttributeFields on Attribute {
  predicate
  polarity
  value {
    ...ValueFields
  }
  credibility
  hedge
  speakers {
    ...SpeakerFields
  }
  independentSources
  disputed
  contested
  rivalled
  marking
  claims {
    id
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment NameFields on Name {
  value
  lang
  primary
  form
  hedge
  credibility
  disputed
  contested
  speakers {
    ...SpeakerFields
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}

fragment TollFields on Toll {
  effect
  validFrom {
    ...DateFields
  }
  validTo {
    ...DateFields
  }
  low
  best
  high
  circa
  ofParts
  partial
  parts {
    low
    best
    high
    circa
  }
  disagree
  casualties {
    role
    effect
    validFrom {
      ...DateFields
    }
    validTo {
      ...DateFields
    }
    low
    best
    high
    circa
    claims {
      id
    }
  }
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

AROUND_GQL = """
query Around($by: EntityBy!, $on: EDTF, $gazetteer: Boolean!, $lens: LensInput) {
  place(by: $by, lens: $lens) {
    id
    around(on: $on, gazetteer: $gazetteer) {
      place {
        id
        kind
        name
      }
      containedBy
      links {
        ...LinkFields
      }
    }
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment LinkFields on Link {
  id
  kind
  sourceId
  targetId
  source {
    ...BriefFields
  }
  target {
    ...BriefFields
  }
  status
  credibility
  reliability
  hedge
  validFrom {
    ...DateFields
  }
  validTo {
    ...DateFields
  }
  held {
    from {
      ...DateFields
    }
    to {
      ...DateFields
    }
    cutByLife
    claims {
      id
    }
  }
  interrupted
  outsideLife
  datesDisagree
  undated
  direction
  bearing
  role
  basis
  attributor {
    ...BriefFields
  }
  speakers {
    ...SpeakerFields
  }
  modes
  grade
  sourceIs
  otherIs
  amounts {
    low
    best
    high
    unit
    hedge
    credibility
    disputed
    contested
  }
  stage
  nature
  channel
  independentSources
  affirmedCount
  deniedCount
  noEvidenceCount
  disputed
  contested
  contradictedBy {
    id
  }
  marking
  claims(first: 90) {
    totalCount
    nodes {
      source {
        id
      }
    }
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}
"""

SUMS_GQL = """
query Sums($id: ID!, $within: Boolean!, $boundaries: Boundaries!, $gazetteer: Boolean!, $lens: LensInput) {
  place(id: $id, lens: $lens) {
    happened: incidentSum(
      within: $within
      boundaries: $boundaries
      gazetteer: $gazetteer
    ) {
      ...WholeSumFields
    }
  }
  group(id: $id, lens: $lens) {
    incidentSums {
      ...ActorSumFields
    }
  }
  individual(id: $id, lens: $lens) {
    incidentSums {
      ...ActorSumFields
    }
  }
  organisation(id: $id, lens: $lens) {
    incidentSums {
      ...ActorSumFields
    }
  }
}

fragment ActorSumFields on IncidentSums {
  claimed {
    ...WholeSumFields
  }
  attributed {
    ...WholeSumFields
  }
  attributedAndDenied {
    ...WholeSumFields
  }
}

fragment SumTollFields on TollSum {
  low
  best
  high
  circa
  withoutFigure
  possiblySame
}

fragment WholeSumFields on IncidentSum {
  count
  byGazetteer
  incidents {
    id
    kind
    name
  }
  killed: toll(effect: KILLED) {
    ...SumTollFields
  }
  wounded: toll(effect: WOUNDED) {
    ...SumTollFields
  }
}
"""

KNOWN_GQL = """
query Known($by: EntityBy!, $lens: LensInput) {
  entity(by: $by, lens: $lens) {
    __typename
    ...BriefFields
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}
"""

SEARCH_GQL = """
query Search($text: String!, $kinds: [EntityKind!], $first: Int!, $after: String, $lens: LensInput) {
  search(text: $text, kinds: $kinds, first: $first, after: $after, lens: $lens) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      match
      name
      score
      entity {
        __typename
        ...EntityFields
      }
    }
  }
}

fragment AttributeFields on Attribute {
  predicate
  polarity
  value {
    ...ValueFields
  }
  credibility
  hedge
  speakers {
    ...SpeakerFields
  }
  independentSources
  disputed
  contested
  rivalled
  marking
  claims {
    id
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment EntityFields on Entity {
  __typename
  id
  kind
  name
  names {
    ...NameFields
  }
  sameIds
  description {
    ...AttributeFields
  }
  subtype {
    ...AttributeFields
  }
  representation
  external {
    ...AttributeFields
  }
  marking
  retired {
    reason
    successor {
      ...BriefFields
    }
  }
  retiredBelow
  placed: attributes(predicates: [COORDINATES, DATE]) {
    ...AttributeFields
  }
}

fragment NameFields on Name {
  value
  lang
  primary
  form
  hedge
  credibility
  disputed
  contested
  speakers {
    ...SpeakerFields
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

ENTITIES_GQL = """
query Entities($where: EntityWhere, $orderBy: [EntityOrder!], $first: Int!, $after: String, $lens: LensInput) {
  entities(
    where: $where
    orderBy: $orderBy
    first: $first
    after: $after
    lens: $lens
  ) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      __typename
      ...EntityFields
    }
  }
}

fragment AttributeFields on Attribute {
  predicate
  polarity
  value {
    ...ValueFields
  }
  credibility
  hedge
  speakers {
    ...SpeakerFields
  }
  independentSources
  disputed
  contested
  rivalled
  marking
  claims {
    id
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment EntityFields on Entity {
  __typename
  id
  kind
  name
  names {
    ...NameFields
  }
  sameIds
  description {
    ...AttributeFields
  }
  subtype {
    ...AttributeFields
  }
  representation
  external {
    ...AttributeFields
  }
  marking
  retired {
    reason
    successor {
      ...BriefFields
    }
  }
  retiredBelow
  placed: attributes(predicates: [COORDINATES, DATE]) {
    ...AttributeFields
  }
}

fragment NameFields on Name {
  value
  lang
  primary
  form
  hedge
  credibility
  disputed
  contested
  speakers {
    ...SpeakerFields
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

ATTRIBUTES_GQL = """
query Attributes($where: EntityWhere, $predicates: [Predicate!], $first: Int!, $after: String, $lens: LensInput) {
  entities(where: $where, first: $first, after: $after, lens: $lens) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      __typename
      ...BriefFields
      attributes(predicates: $predicates) {
        ...AttributeFields
      }
    }
  }
}

fragment AttributeFields on Attribute {
  predicate
  polarity
  value {
    ...ValueFields
  }
  credibility
  hedge
  speakers {
    ...SpeakerFields
  }
  independentSources
  disputed
  contested
  rivalled
  marking
  claims {
    id
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

INCIDENTS_GQL = """
query Incidents($where: IncidentWhere, $orderBy: [IncidentOrder!], $first: Int!, $after: String, $lens: LensInput) {
  incidents(
    where: $where
    orderBy: $orderBy
    first: $first
    after: $after
    lens: $lens
  ) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...IncidentFields
    }
  }
}

fragment AttributeFields on Attribute {
  predicate
  polarity
  value {
    ...ValueFields
  }
  credibility
  hedge
  speakers {
    ...SpeakerFields
  }
  independentSources
  disputed
  contested
  rivalled
  marking
  claims {
    id
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment IncidentFields on Incident {
  id
  kind
  name
  names {
    ...NameFields
  }
  sameIds
  description {
    ...AttributeFields
  }
  subtype {
    ...AttributeFields
  }
  representation
  external {
    ...AttributeFields
  }
  marking
  retired {
    reason
    successor {
      ...BriefFields
    }
  }
  retiredBelow
  placed: attributes(predicates: [COORDINATES, DATE]) {
    ...AttributeFields
  }
  date {
    ...AttributeFields
  }
  place(first: 50) {
    nodes {
      target {
        ...BriefFields
      }
      hedge
      credibility
      disputed
      contested
    }
  }
  attackTypes {
    ...AttributeFields
  }
  weapons {
    ...AttributeFields
  }
  targetTypes {
    ...AttributeFields
  }
  claimed {
    by
    stated {
      ...DateFields
    }
  }
  tolls {
    ...TollFields
  }
}

fragment NameFields on Name {
  value
  lang
  primary
  form
  hedge
  credibility
  disputed
  contested
  speakers {
    ...SpeakerFields
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}

fragment TollFields on Toll {
  effect
  validFrom {
    ...DateFields
  }
  validTo {
    ...DateFields
  }
  low
  best
  high
  circa
  ofParts
  partial
  parts {
    low
    best
    high
    circa
  }
  disagree
  casualties {
    role
    effect
    validFrom {
      ...DateFields
    }
    validTo {
      ...DateFields
    }
    low
    best
    high
    circa
    claims {
      id
    }
  }
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

LINKS_GQL = """
query Links($kinds: [LinkKind!], $where: LinkWhere, $orderBy: [LinkOrder!], $first: Int!, $after: String, $counted: Boolean!, $lens: LensInput) {
  links(
    kinds: $kinds
    where: $where
    orderBy: $orderBy
    first: $first
    after: $after
    lens: $lens
  ) {
    totalCount
    excluded @include(if: $counted) {
      ...ExclusionFields
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...LinkFields
    }
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment ExclusionFields on Exclusion {
  reason
  bearing
  claims
  links
  paths
}

fragment LinkFields on Link {
  id
  kind
  sourceId
  targetId
  source {
    ...BriefFields
  }
  target {
    ...BriefFields
  }
  status
  credibility
  reliability
  hedge
  validFrom {
    ...DateFields
  }
  validTo {
    ...DateFields
  }
  held {
    from {
      ...DateFields
    }
    to {
      ...DateFields
    }
    cutByLife
    claims {
      id
    }
  }
  interrupted
  outsideLife
  datesDisagree
  undated
  direction
  bearing
  role
  basis
  attributor {
    ...BriefFields
  }
  speakers {
    ...SpeakerFields
  }
  modes
  grade
  sourceIs
  otherIs
  amounts {
    low
    best
    high
    unit
    hedge
    credibility
    disputed
    contested
  }
  stage
  nature
  channel
  independentSources
  affirmedCount
  deniedCount
  noEvidenceCount
  disputed
  contested
  contradictedBy {
    id
  }
  marking
  claims(first: 90) {
    totalCount
    nodes {
      source {
        id
      }
    }
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}
"""

CLAIMS_GQL = """
query Claims($where: ClaimWhere, $orderBy: [ClaimOrder!], $first: Int!, $after: String, $counted: Boolean!, $lens: LensInput) {
  claims(
    where: $where
    orderBy: $orderBy
    first: $first
    after: $after
    lens: $lens
  ) {
    totalCount
    excluded @include(if: $counted) {
      ...ExclusionFields
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...ClaimFields
    }
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment ClaimFields on Claim {
  id
  label
  subjectId
  subject {
    ...BriefFields
  }
  predicate
  objectId
  object {
    ...BriefFields
  }
  value {
    ...ValueFields
  }
  hedge
  credibility
  polarity
  speaker {
    ...BriefFields
  }
  speakerText
  attributor {
    ...BriefFields
  }
  source {
    ...SourceFields
  }
  origin {
    ...SourceFields
  }
  locator
  excerpt
  text
  role
  stage
  nature
  channel
  basis
  grade
  degree
  amount {
    low
    best
    high
    unit
  }
  modes
  rule
  validFrom {
    ...DateFields
  }
  validTo {
    ...DateFields
  }
  recordedAt
  sequence
  marking
  retracted
  withdrawnBelow
  link {
    id
  }
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment ExclusionFields on Exclusion {
  reason
  bearing
  claims
  links
  paths
}

fragment SourceFields on Source {
  id
  kind
  title
  publisher
  authors
  published {
    ...DateFields
  }
  url
  language
  licence
  note
  reliability
  marking
  withdrawn
  derivedFrom {
    id
  }
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

LINK_CLAIMS_GQL = """
query LinkClaims($id: ID!, $first: Int!, $after: String, $counted: Boolean!, $lens: LensInput) {
  link(id: $id, lens: $lens) {
    claims(first: $first, after: $after) {
      totalCount
      excluded @include(if: $counted) {
        ...ExclusionFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...ClaimFields
      }
    }
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment ClaimFields on Claim {
  id
  label
  subjectId
  subject {
    ...BriefFields
  }
  predicate
  objectId
  object {
    ...BriefFields
  }
  value {
    ...ValueFields
  }
  hedge
  credibility
  polarity
  speaker {
    ...BriefFields
  }
  speakerText
  attributor {
    ...BriefFields
  }
  source {
    ...SourceFields
  }
  origin {
    ...SourceFields
  }
  locator
  excerpt
  text
  role
  stage
  nature
  channel
  basis
  grade
  degree
  amount {
    low
    best
    high
    unit
  }
  modes
  rule
  validFrom {
    ...DateFields
  }
  validTo {
    ...DateFields
  }
  recordedAt
  sequence
  marking
  retracted
  withdrawnBelow
  link {
    id
  }
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment ExclusionFields on Exclusion {
  reason
  bearing
  claims
  links
  paths
}

fragment SourceFields on Source {
  id
  kind
  title
  publisher
  authors
  published {
    ...DateFields
  }
  url
  language
  licence
  note
  reliability
  marking
  withdrawn
  derivedFrom {
    id
  }
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

LINKS_WITH_CLAIMS_GQL = """
query LinksWithClaims($ids: [ID!]!, $first: Int!, $lens: LensInput) {
  links(where: {id: {in: $ids}}, first: $first, lens: $lens) {
    nodes {
      id
      claims(first: 500) {
        totalCount
        nodes {
          ...ClaimFields
        }
      }
      contradictedBy {
        ...ClaimFields
      }
    }
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment ClaimFields on Claim {
  id
  label
  subjectId
  subject {
    ...BriefFields
  }
  predicate
  objectId
  object {
    ...BriefFields
  }
  value {
    ...ValueFields
  }
  hedge
  credibility
  polarity
  speaker {
    ...BriefFields
  }
  speakerText
  attributor {
    ...BriefFields
  }
  source {
    ...SourceFields
  }
  origin {
    ...SourceFields
  }
  locator
  excerpt
  text
  role
  stage
  nature
  channel
  basis
  grade
  degree
  amount {
    low
    best
    high
    unit
  }
  modes
  rule
  validFrom {
    ...DateFields
  }
  validTo {
    ...DateFields
  }
  recordedAt
  sequence
  marking
  retracted
  withdrawnBelow
  link {
    id
  }
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment SourceFields on Source {
  id
  kind
  title
  publisher
  authors
  published {
    ...DateFields
  }
  url
  language
  licence
  note
  reliability
  marking
  withdrawn
  derivedFrom {
    id
  }
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

SOURCES_GQL = """
query Sources($where: SourceWhere, $orderBy: [SourceOrder!], $first: Int!, $after: String, $lens: LensInput) {
  sources(
    where: $where
    orderBy: $orderBy
    first: $first
    after: $after
    lens: $lens
  ) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...SourceFields
    }
  }
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment SourceFields on Source {
  id
  kind
  title
  publisher
  authors
  published {
    ...DateFields
  }
  url
  language
  licence
  note
  reliability
  marking
  withdrawn
  derivedFrom {
    id
  }
}
"""

SOURCE_GQL = """
query Source($id: ID!, $lens: LensInput) {
  source(id: $id, lens: $lens) {
    ...SourceFields
  }
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment SourceFields on Source {
  id
  kind
  title
  publisher
  authors
  published {
    ...DateFields
  }
  url
  language
  licence
  note
  reliability
  marking
  withdrawn
  derivedFrom {
    id
  }
}
"""

REVISION_GQL = """
query Revision($lens: LensInput) {
  revision(lens: $lens) {
    sequence
    recordedAt
    entities
    links
    claims
    sources
    store
    storeReached
    storeAnswers
  }
}
"""

MATCH_GQL = """
query Match($query: [MatchQuery!]!, $limit: Int!, $lens: LensInput) {
  match(query: $query, limit: $limit, lens: $lens) {
    candidates {
      entity {
        __typename
        ...BriefFields
      }
      name
      score
      suggested
      reasons {
        name
        text
        weight
      }
    }
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}
"""

COMMITS_GQL = """
query Commits($where: LoggedCommitWhere, $order: OrderDirection!, $first: Int!, $after: String, $lens: LensInput) {
  commits(where: $where, order: $order, first: $first, after: $after, lens: $lens) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...CommitFields
    }
  }
}

fragment CommitFields on LoggedCommit {
  sequence
  recordedAt
  actor
  reason
  batch
  sources
  entities
  claims
  markingsChanged
  redacted
}
"""

RECORDED_GQL = """
query Recorded($sequence: Int!, $first: Int!, $after: String, $lens: LensInput) {
  commits(where: {sequence: {eq: $sequence}}, lens: $lens) {
    nodes {
      records(first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...EventFields
        }
      }
    }
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment ClaimFields on Claim {
  id
  label
  subjectId
  subject {
    ...BriefFields
  }
  predicate
  objectId
  object {
    ...BriefFields
  }
  value {
    ...ValueFields
  }
  hedge
  credibility
  polarity
  speaker {
    ...BriefFields
  }
  speakerText
  attributor {
    ...BriefFields
  }
  source {
    ...SourceFields
  }
  origin {
    ...SourceFields
  }
  locator
  excerpt
  text
  role
  stage
  nature
  channel
  basis
  grade
  degree
  amount {
    low
    best
    high
    unit
  }
  modes
  rule
  validFrom {
    ...DateFields
  }
  validTo {
    ...DateFields
  }
  recordedAt
  sequence
  marking
  retracted
  withdrawnBelow
  link {
    id
  }
}

fragment CommitFields on LoggedCommit {
  sequence
  recordedAt
  actor
  reason
  batch
  sources
  entities
  claims
  markingsChanged
  redacted
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment EventFields on HistoryEvent {
  what
  id
  fields
  reason
  markedFrom
  markedTo
  claim {
    ...ClaimFields
  }
  commit {
    ...CommitFields
  }
}

fragment SourceFields on Source {
  id
  kind
  title
  publisher
  authors
  published {
    ...DateFields
  }
  url
  language
  licence
  note
  reliability
  marking
  withdrawn
  derivedFrom {
    id
  }
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

HISTORY_GQL = """
query History($id: ID!, $first: Int!, $after: String, $lens: LensInput) {
  history(id: $id, first: $first, after: $after, lens: $lens) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...EventFields
    }
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment ClaimFields on Claim {
  id
  label
  subjectId
  subject {
    ...BriefFields
  }
  predicate
  objectId
  object {
    ...BriefFields
  }
  value {
    ...ValueFields
  }
  hedge
  credibility
  polarity
  speaker {
    ...BriefFields
  }
  speakerText
  attributor {
    ...BriefFields
  }
  source {
    ...SourceFields
  }
  origin {
    ...SourceFields
  }
  locator
  excerpt
  text
  role
  stage
  nature
  channel
  basis
  grade
  degree
  amount {
    low
    best
    high
    unit
  }
  modes
  rule
  validFrom {
    ...DateFields
  }
  validTo {
    ...DateFields
  }
  recordedAt
  sequence
  marking
  retracted
  withdrawnBelow
  link {
    id
  }
}

fragment CommitFields on LoggedCommit {
  sequence
  recordedAt
  actor
  reason
  batch
  sources
  entities
  claims
  markingsChanged
  redacted
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment EventFields on HistoryEvent {
  what
  id
  fields
  reason
  markedFrom
  markedTo
  claim {
    ...ClaimFields
  }
  commit {
    ...CommitFields
  }
}

fragment SourceFields on Source {
  id
  kind
  title
  publisher
  authors
  published {
    ...DateFields
  }
  url
  language
  licence
  note
  reliability
  marking
  withdrawn
  derivedFrom {
    id
  }
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

TWINS_GQL = """
query Twins($first: Int!, $after: String, $lens: LensInput) {
  integrity(lens: $lens) {
    twins(first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        entities {
          __typename
          ...BriefFields
        }
      }
    }
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}
"""

MEASURE_OF_GQL = """
query MeasureOf($measure: Measure!, $view: ViewInput, $of: [ID!], $first: Int!, $seed: Int!, $samples: Int!, $bySource: Int!) {
  measure(
    measure: $measure
    view: $view
    of: $of
    first: $first
    seed: $seed
    samples: $samples
    bySource: $bySource
  ) {
    measure
    rows {
      rank
      nodeId
      node {
        __typename
        ...BriefFields
      }
      value
      interval {
        median
        low
        high
        topTen
      }
      bySource {
        source {
          ...SourceFields
        }
        value
        rank
        change
      }
    }
    nodeCount
    linkCount
    exact
    error
    excluded {
      ...ExclusionFields
    }
    partial {
      ...TruncationFields
    }
    revision
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment ExclusionFields on Exclusion {
  reason
  bearing
  claims
  links
  paths
}

fragment SourceFields on Source {
  id
  kind
  title
  publisher
  authors
  published {
    ...DateFields
  }
  url
  language
  licence
  note
  reliability
  marking
  withdrawn
  derivedFrom {
    id
  }
}

fragment TruncationFields on Truncation {
  reason
  limit
  depth
}
"""

COMMUNITIES_GQL = """
query Communities($view: ViewInput, $method: CommunityMethod!, $resolution: Float!, $seed: Int!, $first: Int!) {
  communities(
    view: $view
    method: $method
    resolution: $resolution
    seed: $seed
    first: $first
  ) {
    rows {
      number
      size
      members {
        __typename
        ...BriefFields
      }
    }
    count
    modularity
    nodeCount
    linkCount
    excluded {
      ...ExclusionFields
    }
    partial {
      ...TruncationFields
    }
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment ExclusionFields on Exclusion {
  reason
  bearing
  claims
  links
  paths
}

fragment TruncationFields on Truncation {
  reason
  limit
  depth
}
"""

STRUCTURE_GQL = """
query Structure($view: ViewInput, $seed: Int!) {
  structure(view: $view, seed: $seed) {
    nodes
    edges
    isolates
    components
    largest
    density
    reciprocity
    assortativity
    centralisation
    inCentralisation
    fragmentation
    distances {
      diameter
      atMost
      mean
      low
      high
      exact
      sources
      joined
    }
    maxCore
    core {
      __typename
      ...BriefFields
    }
    cutpoints {
      node {
        __typename
        ...BriefFields
      }
      fragmentation
    }
    bridges {
      a {
        __typename
        ...BriefFields
      }
      b {
        __typename
        ...BriefFields
      }
    }
    blocks {
      size
      members {
        __typename
        ...BriefFields
      }
    }
    blockCount
    coreSize
    coreFit
    nodeCount
    linkCount
    excluded {
      ...ExclusionFields
    }
    partial {
      ...TruncationFields
    }
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment ExclusionFields on Exclusion {
  reason
  bearing
  claims
  links
  paths
}

fragment TruncationFields on Truncation {
  reason
  limit
  depth
}
"""

KEY_PLAYERS_GQL = """
query KeyPlayers($size: Int!, $goal: KeyPlayerGoal!, $steps: Int!, $view: ViewInput, $seed: Int!) {
  keyPlayers(size: $size, goal: $goal, steps: $steps, view: $view, seed: $seed) {
    goal
    members {
      __typename
      ...BriefFields
    }
    value
    before
    exact
    ties
    candidates
    nodeCount
    linkCount
    excluded {
      ...ExclusionFields
    }
    partial {
      ...TruncationFields
    }
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment ExclusionFields on Exclusion {
  reason
  bearing
  claims
  links
  paths
}

fragment TruncationFields on Truncation {
  reason
  limit
  depth
}
"""

BROKERS_GQL = """
query Brokers($groupedBy: Grouping!, $view: ViewInput, $first: Int!) {
  brokers(groupedBy: $groupedBy, view: $view, first: $first) {
    groupedBy
    groups
    rows {
      node {
        __typename
        ...BriefFields
      }
      total
      roles {
        role
        count
        expected
        deviation
        z
      }
    }
    nodeCount
    linkCount
    excluded {
      ...ExclusionFields
    }
    partial {
      ...TruncationFields
    }
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment ExclusionFields on Exclusion {
  reason
  bearing
  claims
  links
  paths
}

fragment TruncationFields on Truncation {
  reason
  limit
  depth
}
"""

BALANCE_GQL = """
query Balance($view: ViewInput, $first: Int!, $seed: Int!) {
  balance(view: $view, first: $first, seed: $seed) {
    census {
      ppp
      ppm
      pmm
      mmm
    }
    degree
    unbalanced {
      a {
        __typename
        ...BriefFields
      }
      b {
        __typename
        ...BriefFields
      }
      c {
        __typename
        ...BriefFields
      }
      ab
      ac
      bc
    }
    frenemies {
      a {
        __typename
        ...BriefFields
      }
      b {
        __typename
        ...BriefFields
      }
    }
    frustration
    lowerBound
    exact
    campA {
      __typename
      ...BriefFields
    }
    campB {
      __typename
      ...BriefFields
    }
    against {
      a {
        __typename
        ...BriefFields
      }
      b {
        __typename
        ...BriefFields
      }
    }
    nodeCount
    linkCount
    excluded {
      ...ExclusionFields
    }
    partial {
      ...TruncationFields
    }
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment ExclusionFields on Exclusion {
  reason
  bearing
  claims
  links
  paths
}

fragment TruncationFields on Truncation {
  reason
  limit
  depth
}
"""

PREDICT_LINKS_GQL = """
query PredictLinks($of: [ID!]!, $method: Predictor!, $first: Int!, $concurrent: Boolean!, $includeDisputed: Boolean!, $view: ViewInput) {
  predictLinks(
    of: $of
    method: $method
    first: $first
    concurrent: $concurrent
    includeDisputed: $includeDisputed
    view: $view
  ) {
    source {
      __typename
      ...BriefFields
    }
    target {
      __typename
      ...BriefFields
    }
    score
    shared {
      __typename
      ...BriefFields
    }
    restsOn {
      id
    }
    joinedBy {
      id
    }
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}
"""

SIMILAR_GQL = """
query Similar($of: ID!, $method: Similarity!, $first: Int!, $includeDisputed: Boolean!, $view: ViewInput) {
  similar(
    of: $of
    method: $method
    first: $first
    includeDisputed: $includeDisputed
    view: $view
  ) {
    node {
      __typename
      ...BriefFields
    }
    score
    shared {
      kind
      bearing
      direction
      node {
        __typename
        ...BriefFields
      }
      restsOn {
        id
      }
      together
    }
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}
"""

NEIGHBOURHOOD_GQL = """
query Neighbourhood($of: [ID!]!, $depth: Int!, $kinds: [LinkKind!], $direction: Direction!, $maxNodes: Int!, $lens: LensInput) {
  neighbourhood(
    of: $of
    depth: $depth
    kinds: $kinds
    direction: $direction
    maxNodes: $maxNodes
    lens: $lens
  ) {
    nodes {
      __typename
      ...EntityFields
    }
    links {
      ...LinkFields
    }
    truncated {
      ...TruncationFields
    }
    excluded {
      ...ExclusionFields
    }
  }
}

fragment AttributeFields on Attribute {
  predicate
  polarity
  value {
    ...ValueFields
  }
  credibility
  hedge
  speakers {
    ...SpeakerFields
  }
  independentSources
  disputed
  contested
  rivalled
  marking
  claims {
    id
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment EntityFields on Entity {
  __typename
  id
  kind
  name
  names {
    ...NameFields
  }
  sameIds
  description {
    ...AttributeFields
  }
  subtype {
    ...AttributeFields
  }
  representation
  external {
    ...AttributeFields
  }
  marking
  retired {
    reason
    successor {
      ...BriefFields
    }
  }
  retiredBelow
  placed: attributes(predicates: [COORDINATES, DATE]) {
    ...AttributeFields
  }
}

fragment ExclusionFields on Exclusion {
  reason
  bearing
  claims
  links
  paths
}

fragment LinkFields on Link {
  id
  kind
  sourceId
  targetId
  source {
    ...BriefFields
  }
  target {
    ...BriefFields
  }
  status
  credibility
  reliability
  hedge
  validFrom {
    ...DateFields
  }
  validTo {
    ...DateFields
  }
  held {
    from {
      ...DateFields
    }
    to {
      ...DateFields
    }
    cutByLife
    claims {
      id
    }
  }
  interrupted
  outsideLife
  datesDisagree
  undated
  direction
  bearing
  role
  basis
  attributor {
    ...BriefFields
  }
  speakers {
    ...SpeakerFields
  }
  modes
  grade
  sourceIs
  otherIs
  amounts {
    low
    best
    high
    unit
    hedge
    credibility
    disputed
    contested
  }
  stage
  nature
  channel
  independentSources
  affirmedCount
  deniedCount
  noEvidenceCount
  disputed
  contested
  contradictedBy {
    id
  }
  marking
  claims(first: 90) {
    totalCount
    nodes {
      source {
        id
      }
    }
  }
}

fragment NameFields on Name {
  value
  lang
  primary
  form
  hedge
  credibility
  disputed
  contested
  speakers {
    ...SpeakerFields
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}

fragment TruncationFields on Truncation {
  reason
  limit
  depth
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

SUBGRAPH_GQL = """
query Subgraph($view: ViewInput!, $maxNodes: Int!) {
  subgraph(view: $view, maxNodes: $maxNodes) {
    nodes {
      __typename
      ...EntityFields
    }
    links {
      ...LinkFields
      combined {
        in
      }
    }
    truncated {
      ...TruncationFields
    }
    excluded {
      ...ExclusionFields
    }
  }
}

fragment AttributeFields on Attribute {
  predicate
  polarity
  value {
    ...ValueFields
  }
  credibility
  hedge
  speakers {
    ...SpeakerFields
  }
  independentSources
  disputed
  contested
  rivalled
  marking
  claims {
    id
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment EntityFields on Entity {
  __typename
  id
  kind
  name
  names {
    ...NameFields
  }
  sameIds
  description {
    ...AttributeFields
  }
  subtype {
    ...AttributeFields
  }
  representation
  external {
    ...AttributeFields
  }
  marking
  retired {
    reason
    successor {
      ...BriefFields
    }
  }
  retiredBelow
  placed: attributes(predicates: [COORDINATES, DATE]) {
    ...AttributeFields
  }
}

fragment ExclusionFields on Exclusion {
  reason
  bearing
  claims
  links
  paths
}

fragment LinkFields on Link {
  id
  kind
  sourceId
  targetId
  source {
    ...BriefFields
  }
  target {
    ...BriefFields
  }
  status
  credibility
  reliability
  hedge
  validFrom {
    ...DateFields
  }
  validTo {
    ...DateFields
  }
  held {
    from {
      ...DateFields
    }
    to {
      ...DateFields
    }
    cutByLife
    claims {
      id
    }
  }
  interrupted
  outsideLife
  datesDisagree
  undated
  direction
  bearing
  role
  basis
  attributor {
    ...BriefFields
  }
  speakers {
    ...SpeakerFields
  }
  modes
  grade
  sourceIs
  otherIs
  amounts {
    low
    best
    high
    unit
    hedge
    credibility
    disputed
    contested
  }
  stage
  nature
  channel
  independentSources
  affirmedCount
  deniedCount
  noEvidenceCount
  disputed
  contested
  contradictedBy {
    id
  }
  marking
  claims(first: 90) {
    totalCount
    nodes {
      source {
        id
      }
    }
  }
}

fragment NameFields on Name {
  value
  lang
  primary
  form
  hedge
  credibility
  disputed
  contested
  speakers {
    ...SpeakerFields
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}

fragment TruncationFields on Truncation {
  reason
  limit
  depth
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

PATHS_GQL = """
query Paths($from: ID!, $to: ID!, $rank: PathRank!, $first: Int!, $maxLength: Int!, $via: [ID!], $avoid: [ID!], $concurrent: Boolean!, $view: ViewInput) {
  paths(
    from: $from
    to: $to
    rank: $rank
    first: $first
    maxLength: $maxLength
    via: $via
    avoid: $avoid
    concurrent: $concurrent
    view: $view
  ) {
    paths {
      ...PathFields
    }
    excluded {
      ...ExclusionFields
    }
    partial {
      ...TruncationFields
    }
  }
}

fragment AttributeFields on Attribute {
  predicate
  polarity
  value {
    ...ValueFields
  }
  credibility
  hedge
  speakers {
    ...SpeakerFields
  }
  independentSources
  disputed
  contested
  rivalled
  marking
  claims {
    id
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment EntityFields on Entity {
  __typename
  id
  kind
  name
  names {
    ...NameFields
  }
  sameIds
  description {
    ...AttributeFields
  }
  subtype {
    ...AttributeFields
  }
  representation
  external {
    ...AttributeFields
  }
  marking
  retired {
    reason
    successor {
      ...BriefFields
    }
  }
  retiredBelow
  placed: attributes(predicates: [COORDINATES, DATE]) {
    ...AttributeFields
  }
}

fragment ExclusionFields on Exclusion {
  reason
  bearing
  claims
  links
  paths
}

fragment HopFields on Hop {
  from {
    ...EntityFields
  }
  to {
    ...EntityFields
  }
  forward
  link {
    ...LinkFields
  }
}

fragment LinkFields on Link {
  id
  kind
  sourceId
  targetId
  source {
    ...BriefFields
  }
  target {
    ...BriefFields
  }
  status
  credibility
  reliability
  hedge
  validFrom {
    ...DateFields
  }
  validTo {
    ...DateFields
  }
  held {
    from {
      ...DateFields
    }
    to {
      ...DateFields
    }
    cutByLife
    claims {
      id
    }
  }
  interrupted
  outsideLife
  datesDisagree
  undated
  direction
  bearing
  role
  basis
  attributor {
    ...BriefFields
  }
  speakers {
    ...SpeakerFields
  }
  modes
  grade
  sourceIs
  otherIs
  amounts {
    low
    best
    high
    unit
    hedge
    credibility
    disputed
    contested
  }
  stage
  nature
  channel
  independentSources
  affirmedCount
  deniedCount
  noEvidenceCount
  disputed
  contested
  contradictedBy {
    id
  }
  marking
  claims(first: 90) {
    totalCount
    nodes {
      source {
        id
      }
    }
  }
}

fragment NameFields on Name {
  value
  lang
  primary
  form
  hedge
  credibility
  disputed
  contested
  speakers {
    ...SpeakerFields
  }
}

fragment PathFields on Path {
  length
  weakestCredibility
  when {
    from {
      ...DateFields
    }
    to {
      ...DateFields
    }
  }
  undatedHops
  prose
  hops {
    ...HopFields
  }
  carriedBy {
    ...SourceFields
  }
  excluded {
    ...ExclusionFields
  }
}

fragment SourceFields on Source {
  id
  kind
  title
  publisher
  authors
  published {
    ...DateFields
  }
  url
  language
  licence
  note
  reliability
  marking
  withdrawn
  derivedFrom {
    id
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}

fragment TruncationFields on Truncation {
  reason
  limit
  depth
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

KIN_GQL = """
query Kin($of: ID!, $degree: Int!, $lens: LensInput) {
  kin(of: $of, degree: $degree, lens: $lens) {
    other {
      __typename
      ...EntityFields
    }
    term
    degree
    derived
    legs {
      ...HopFields
    }
    credibility
    conflicting
  }
}

fragment AttributeFields on Attribute {
  predicate
  polarity
  value {
    ...ValueFields
  }
  credibility
  hedge
  speakers {
    ...SpeakerFields
  }
  independentSources
  disputed
  contested
  rivalled
  marking
  claims {
    id
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment EntityFields on Entity {
  __typename
  id
  kind
  name
  names {
    ...NameFields
  }
  sameIds
  description {
    ...AttributeFields
  }
  subtype {
    ...AttributeFields
  }
  representation
  external {
    ...AttributeFields
  }
  marking
  retired {
    reason
    successor {
      ...BriefFields
    }
  }
  retiredBelow
  placed: attributes(predicates: [COORDINATES, DATE]) {
    ...AttributeFields
  }
}

fragment HopFields on Hop {
  from {
    ...EntityFields
  }
  to {
    ...EntityFields
  }
  forward
  link {
    ...LinkFields
  }
}

fragment LinkFields on Link {
  id
  kind
  sourceId
  targetId
  source {
    ...BriefFields
  }
  target {
    ...BriefFields
  }
  status
  credibility
  reliability
  hedge
  validFrom {
    ...DateFields
  }
  validTo {
    ...DateFields
  }
  held {
    from {
      ...DateFields
    }
    to {
      ...DateFields
    }
    cutByLife
    claims {
      id
    }
  }
  interrupted
  outsideLife
  datesDisagree
  undated
  direction
  bearing
  role
  basis
  attributor {
    ...BriefFields
  }
  speakers {
    ...SpeakerFields
  }
  modes
  grade
  sourceIs
  otherIs
  amounts {
    low
    best
    high
    unit
    hedge
    credibility
    disputed
    contested
  }
  stage
  nature
  channel
  independentSources
  affirmedCount
  deniedCount
  noEvidenceCount
  disputed
  contested
  contradictedBy {
    id
  }
  marking
  claims(first: 90) {
    totalCount
    nodes {
      source {
        id
      }
    }
  }
}

fragment NameFields on Name {
  value
  lang
  primary
  form
  hedge
  credibility
  disputed
  contested
  speakers {
    ...SpeakerFields
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

DYAD_GQL = """
query Dyad($a: ID!, $b: ID!, $bearings: [BearingChoice!], $lens: LensInput) {
  dyad(a: $a, b: $b, bearings: $bearings, lens: $lens) {
    a {
      __typename
      ...BriefFields
    }
    b {
      __typename
      ...BriefFields
    }
    years {
      year
      friendly {
        ...LinkFields
      }
      hostile {
        ...LinkFields
      }
      possiblyFriendly {
        ...LinkFields
      }
      possiblyHostile {
        ...LinkFields
      }
      modes
      disagreement
      clashes {
        __typename
        ...BriefFields
      }
      joint {
        __typename
        ...BriefFields
      }
    }
    spans {
      ...LinkFields
    }
    undated {
      ...LinkFields
    }
    incidentsWithoutYear {
      __typename
      ...BriefFields
    }
    outsideLife
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment LinkFields on Link {
  id
  kind
  sourceId
  targetId
  source {
    ...BriefFields
  }
  target {
    ...BriefFields
  }
  status
  credibility
  reliability
  hedge
  validFrom {
    ...DateFields
  }
  validTo {
    ...DateFields
  }
  held {
    from {
      ...DateFields
    }
    to {
      ...DateFields
    }
    cutByLife
    claims {
      id
    }
  }
  interrupted
  outsideLife
  datesDisagree
  undated
  direction
  bearing
  role
  basis
  attributor {
    ...BriefFields
  }
  speakers {
    ...SpeakerFields
  }
  modes
  grade
  sourceIs
  otherIs
  amounts {
    low
    best
    high
    unit
    hedge
    credibility
    disputed
    contested
  }
  stage
  nature
  channel
  independentSources
  affirmedCount
  deniedCount
  noEvidenceCount
  disputed
  contested
  contradictedBy {
    id
  }
  marking
  claims(first: 90) {
    totalCount
    nodes {
      source {
        id
      }
    }
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}
"""

TIMELINE_GQL = """
query Timeline($of: [ID!]!, $by: Period!, $within: Boolean!, $boundaries: Boundaries!, $gazetteer: Boolean!, $lens: LensInput) {
  timeline(
    of: $of
    by: $by
    within: $within
    boundaries: $boundaries
    gazetteer: $gazetteer
    lens: $lens
  ) {
    rows {
      label
      from
      to
      incidents {
        __typename
        ...BriefFields
      }
      started {
        ...LinkFields
      }
      ended {
        ...LinkFields
      }
      possiblyStarted {
        ...LinkFields
      }
      possiblyEnded {
        ...LinkFields
      }
      happened {
        ...SumFields
      }
      claimed {
        ...SumFields
      }
      attributed {
        ...SumFields
      }
      attributedAndDenied {
        ...SumFields
      }
    }
    spans {
      ...LinkFields
    }
    spanningIncidents {
      __typename
      ...BriefFields
    }
    undatedIncidents
    undatedLinks
    outsideLife
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment LinkFields on Link {
  id
  kind
  sourceId
  targetId
  source {
    ...BriefFields
  }
  target {
    ...BriefFields
  }
  status
  credibility
  reliability
  hedge
  validFrom {
    ...DateFields
  }
  validTo {
    ...DateFields
  }
  held {
    from {
      ...DateFields
    }
    to {
      ...DateFields
    }
    cutByLife
    claims {
      id
    }
  }
  interrupted
  outsideLife
  datesDisagree
  undated
  direction
  bearing
  role
  basis
  attributor {
    ...BriefFields
  }
  speakers {
    ...SpeakerFields
  }
  modes
  grade
  sourceIs
  otherIs
  amounts {
    low
    best
    high
    unit
    hedge
    credibility
    disputed
    contested
  }
  stage
  nature
  channel
  independentSources
  affirmedCount
  deniedCount
  noEvidenceCount
  disputed
  contested
  contradictedBy {
    id
  }
  marking
  claims(first: 90) {
    totalCount
    nodes {
      source {
        id
      }
    }
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}

fragment SumFields on IncidentSum {
  count
  byGazetteer
  toll {
    ...SumTollFields
  }
}

fragment SumTollFields on TollSum {
  low
  best
  high
  circa
  withoutFigure
  possiblySame
}
"""

DIFF_GQL = """
query Diff($before: LensInput!, $after: LensInput!, $view: ViewInput, $first: Int!) {
  diff(before: $before, after: $after, view: $view, first: $first) {
    addedNodes {
      __typename
      ...EntityFields
    }
    addedNodeCount
    removedNodes {
      __typename
      ...EntityFields
    }
    removedNodeCount
    addedLinks {
      ...LinkFields
    }
    addedLinkCount
    removedLinks {
      ...LinkFields
    }
    removedLinkCount
    changed {
      ...ChangeFields
    }
    changedCount
    partial {
      ...TruncationFields
    }
  }
}

fragment AttributeFields on Attribute {
  predicate
  polarity
  value {
    ...ValueFields
  }
  credibility
  hedge
  speakers {
    ...SpeakerFields
  }
  independentSources
  disputed
  contested
  rivalled
  marking
  claims {
    id
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment ChangeFields on LinkChange {
  before {
    ...LinkFields
  }
  after {
    ...LinkFields
  }
  what
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment EntityFields on Entity {
  __typename
  id
  kind
  name
  names {
    ...NameFields
  }
  sameIds
  description {
    ...AttributeFields
  }
  subtype {
    ...AttributeFields
  }
  representation
  external {
    ...AttributeFields
  }
  marking
  retired {
    reason
    successor {
      ...BriefFields
    }
  }
  retiredBelow
  placed: attributes(predicates: [COORDINATES, DATE]) {
    ...AttributeFields
  }
}

fragment LinkFields on Link {
  id
  kind
  sourceId
  targetId
  source {
    ...BriefFields
  }
  target {
    ...BriefFields
  }
  status
  credibility
  reliability
  hedge
  validFrom {
    ...DateFields
  }
  validTo {
    ...DateFields
  }
  held {
    from {
      ...DateFields
    }
    to {
      ...DateFields
    }
    cutByLife
    claims {
      id
    }
  }
  interrupted
  outsideLife
  datesDisagree
  undated
  direction
  bearing
  role
  basis
  attributor {
    ...BriefFields
  }
  speakers {
    ...SpeakerFields
  }
  modes
  grade
  sourceIs
  otherIs
  amounts {
    low
    best
    high
    unit
    hedge
    credibility
    disputed
    contested
  }
  stage
  nature
  channel
  independentSources
  affirmedCount
  deniedCount
  noEvidenceCount
  disputed
  contested
  contradictedBy {
    id
  }
  marking
  claims(first: 90) {
    totalCount
    nodes {
      source {
        id
      }
    }
  }
}

fragment NameFields on Name {
  value
  lang
  primary
  form
  hedge
  credibility
  disputed
  contested
  speakers {
    ...SpeakerFields
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}

fragment TruncationFields on Truncation {
  reason
  limit
  depth
}

fragment ValueFields on Value {
  text
  date {
    ...DateFields
  }
  role
  effect
  low
  best
  high
  circa
  unit
  lat
  lon
  precision
  marking
  stamp
  lang
  form
}
"""

SOURCE_IMPACT_GQL = """
query SourceImpact($source: ID!, $view: ViewInput, $first: Int!) {
  sourceImpact(source: $source, view: $view, first: $first) {
    source {
      ...SourceFields
    }
    lost {
      ...LinkFields
    }
    lostCount
    gained {
      ...LinkFields
    }
    gainedCount
    weakened {
      ...ChangeFields
    }
    weakenedCount
    changed {
      ...ChangeFields
    }
    changedCount
    moved {
      node {
        __typename
        ...BriefFields
      }
      before
      after
    }
    partial {
      ...TruncationFields
    }
  }
}

fragment BriefFields on Entity {
  __typename
  id
  kind
  name
}

fragment ChangeFields on LinkChange {
  before {
    ...LinkFields
  }
  after {
    ...LinkFields
  }
  what
}

fragment DateFields on PartialDate {
  edtf
  earliest
  latest
  precision
  circa
  uncertain
}

fragment LinkFields on Link {
  id
  kind
  sourceId
  targetId
  source {
    ...BriefFields
  }
  target {
    ...BriefFields
  }
  status
  credibility
  reliability
  hedge
  validFrom {
    ...DateFields
  }
  validTo {
    ...DateFields
  }
  held {
    from {
      ...DateFields
    }
    to {
      ...DateFields
    }
    cutByLife
    claims {
      id
    }
  }
  interrupted
  outsideLife
  datesDisagree
  undated
  direction
  bearing
  role
  basis
  attributor {
    ...BriefFields
  }
  speakers {
    ...SpeakerFields
  }
  modes
  grade
  sourceIs
  otherIs
  amounts {
    low
    best
    high
    unit
    hedge
    credibility
    disputed
    contested
  }
  stage
  nature
  channel
  independentSources
  affirmedCount
  deniedCount
  noEvidenceCount
  disputed
  contested
  contradictedBy {
    id
  }
  marking
  claims(first: 90) {
    totalCount
    nodes {
      source {
        id
      }
    }
  }
}

fragment SourceFields on Source {
  id
  kind
  title
  publisher
  authors
  published {
    ...DateFields
  }
  url
  language
  licence
  note
  reliability
  marking
  withdrawn
  derivedFrom {
    id
  }
}

fragment SpeakerFields on Speaker {
  entity {
    ...BriefFields
  }
  text
  role
  polarity
  count
}

fragment TruncationFields on Truncation {
  reason
  limit
  depth
}
"""

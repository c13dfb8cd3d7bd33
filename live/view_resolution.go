package live

import (
	"cmp"
	"maps"
	"slices"

	"github.com/rabta/rabta/graph"
)

// resolution is what a view holds for the same thing: clusters of entities that
// SAME_AS judgements join, and the links of their members read together.
//
//	claims:    a SAME_AS b      link 1: a --> x      link 2: b --> x      link 3: a --> b
//	clusters:  {a, b}, a was recorded first and stands for both
//	links:     {1, 2}: a --> x, 1 stands for both    {3}: a --> a, which vanishes
//
// What is said of a retired entity and fits its successor is read together with what is said
// of that; the entity is no member of any cluster. A nil resolution is of a view in which
// nothing is the same as anything, and nothing is retired.
type resolution struct {
	representative map[EntityRow]EntityRow   // of each member of a cluster of two and more
	members        map[EntityRow][]EntityRow // of each representative, in the order of recording: itself first
	links          map[LinkRow]*linkCluster  // of each link of a member, and of what is retired
	linksByID      map[graph.ID]*linkCluster
	sameBy         map[EntityRow][]ClaimRow // of each representative, the claims that join its members
	retired        *retirements             // nil: nothing is
}

// linkCluster is one link that several rows are read as.
type linkCluster struct {
	key   linkKey // in representatives
	id    graph.ID
	rows  []LinkRow // of which a claim is visible, in the order of recording; the first stands for all
	order ClaimRow  // that of the first
	lost  bool      // it is read at retired entities alone
}

// nothing is the cluster of rows that are read nowhere: others stand for them, or a retired
// entity of which something else stays.
var nothing = &linkCluster{lost: true}

// isLink reports whether the cluster is a link between two entities; not an attribute,
// and not a link inside a cluster of entities.
func (c *linkCluster) isLink() bool {
	return c.key.kind.isLink() && c.key.source != c.key.target
}

// resolve joins what the view's judgements say is the same, best judgement first, where
// nothing that counts stands against it, and never across a NOT_SAME_AS. It notes what is
// kept apart so.
func (v *View) resolve() *resolution {
	judgements := v.judgements()
	if len(judgements) == 0 && v.retired == nil {
		return nil
	}
	apart := v.notTheSame()
	slices.SortFunc(judgements, func(x, y judgement) int { return x.best.Compare(&y.best) })
	s := v.newResolution()
	var joined []judgement
	for _, j := range judgements {
		if len(j.against) > 0 || len(s.apart(j.a, j.b, apart)) > 0 {
			v.keptApart = append(v.keptApart, j)
			continue
		}
		s.join(j.a, j.b)
		joined = append(joined, j)
	}
	for i := range joined {
		at := s.of(joined[i].a)
		s.sameBy[at] = append(s.sameBy[at], joined[i].same...)
	}
	for i := range v.keptApart { // with what keeps apart all that they stand for
		j := &v.keptApart[i]
		j.against = append(j.against, s.apart(j.a, j.b, apart)...)
	}
	if len(s.representative) == 0 && v.retired == nil {
		return nil
	}
	v.resolveLinks(s)
	return s
}

func (v *View) newResolution() *resolution {
	return &resolution{
		representative: map[EntityRow]EntityRow{}, members: map[EntityRow][]EntityRow{},
		links: map[LinkRow]*linkCluster{}, linksByID: map[graph.ID]*linkCluster{}, retired: v.retired,
		sameBy: map[EntityRow][]ClaimRow{},
	}
}

// resolveAs joins what another view holds for the same, as far as it is there.
func (v *View) resolveAs(judge *View) *resolution {
	s := v.newResolution()
	for at, members := range v.clustersOf(judge) {
		s.members[at] = members
		for _, m := range members {
			s.representative[m] = at
		}
		if first, ok := judge.g.entityIndex.get(v.g.entities.at(at).id); ok && judge.resolution != nil {
			for _, r := range judge.resolution.sameBy[judge.resolution.of(first)] {
				if here, ok := v.claimRow(judge.record(r).ID); ok {
					s.sameBy[at] = append(s.sameBy[at], here)
				}
			}
		}
	}
	if len(s.representative) == 0 && v.retired == nil {
		return nil
	}
	v.resolveLinks(s)
	return s
}

// clustersOf are the clusters of another view, as far as their members are there, each by the
// member that was recorded first.
func (v *View) clustersOf(judge *View) map[EntityRow][]EntityRow {
	out := map[EntityRow][]EntityRow{}
	if judge.resolution == nil {
		return out
	}
	for _, members := range judge.resolution.members {
		var here []EntityRow
		for _, m := range members {
			if row, ok := v.g.entityIndex.get(judge.g.entities.at(m).id); ok && v.entityExists(row) && !v.gone(row) {
				here = append(here, row)
			}
		}
		if len(here) > 1 {
			slices.Sort(here)
			out[here[0]] = here
		}
	}
	return out
}

// judgesAs reports whether the view holds the same for one as another does.
func (v *View) judgesAs(judge *View) bool {
	var own map[EntityRow][]EntityRow
	if v.resolution != nil {
		own = v.resolution.members
	}
	return maps.EqualFunc(own, v.clustersOf(judge), slices.Equal[[]EntityRow])
}

// judgement is two entities that claims say are the same.
type judgement struct {
	a, b          EntityRow
	best          graph.Evidence
	same, against []ClaimRow
}

// judgements are the pairs that SAME_AS affirms, and not as an opinion alone, with the
// claims that stand against them: that deny it, and that CONTRADICTS claims name.
func (v *View) judgements() (out []judgement) {
	v.eachIdentity(graph.SameAs, func(key linkKey, claims []graph.Evidence) {
		var f graph.Fold
		j := judgement{a: key.source, b: key.target}
		for i := range claims {
			r := rowOf(claims[i])
			switch f.Add(claims[i]); graph.Polarities[claims[i].Polarity] {
			case graph.Affirmed:
				j.same = append(j.same, r)
				v.contradictions(r, func(other ClaimRow) { j.against = append(j.against, other) })
			case graph.Denied:
				j.against = append(j.against, r)
			}
		}
		j.best, _ = f.Best()
		if f.Affirmed > 0 && graph.Hedges[j.best.Hedge] != graph.Assessment {
			out = append(out, j)
		}
	})
	return out
}

// notTheSame are the pairs that claims say are not the same, be it as an opinion, either
// way round, with these claims.
func (v *View) notTheSame() map[entityPair][]ClaimRow {
	out := map[entityPair][]ClaimRow{}
	v.eachIdentity(graph.NotSameAs, func(key linkKey, claims []graph.Evidence) {
		for i := range claims {
			if graph.Polarities[claims[i].Polarity] == graph.Affirmed {
				for _, pair := range []entityPair{{key.source, key.target}, {key.target, key.source}} {
					out[pair] = append(out[pair], rowOf(claims[i]))
				}
			}
		}
	})
	return out
}

// eachIdentity calls f for each link of a kind of identity, with its claims that count.
func (v *View) eachIdentity(kind graph.Predicate, f func(key linkKey, claims []graph.Evidence)) {
	var room [1]placement
	for _, row := range v.g.byPredicate[codeOf[kind]].all() {
		if row >= v.sizes.links {
			break
		}
		for _, p := range v.placements(row, &room) {
			if p.lost {
				continue
			}
			var claims []graph.Evidence
			for r := v.g.links.at(row).newest.Load(); r != none; r = v.g.claims.at(r).older {
				if e, reason, known := v.assess(r); known && reason == "" && p.levels.has(v.g.claims.at(r).marking) {
					claims = append(claims, e)
				}
			}
			f(p.key, claims)
		}
	}
}

// apart are the claims that keep what two entities stand for apart.
func (s *resolution) apart(a, b EntityRow, apart map[entityPair][]ClaimRow) (by []ClaimRow) {
	for _, x := range s.cluster(s.of(a)) {
		for _, y := range s.cluster(s.of(b)) {
			by = append(by, apart[entityPair{x, y}]...)
		}
	}
	return by
}

// join makes one cluster of those of two entities. The member that was recorded first
// stands for all.
func (s *resolution) join(a, b EntityRow) {
	a, b = s.of(a), s.of(b)
	if a == b {
		return
	}
	joined := append(slices.Clone(s.cluster(a)), s.cluster(b)...)
	slices.Sort(joined) // rows are in the order of recording
	delete(s.members, a)
	delete(s.members, b)
	s.members[joined[0]] = joined
	for _, m := range joined {
		s.representative[m] = joined[0]
	}
}

// entityPair is two entities.
type entityPair [2]EntityRow

// resolver gives links keys in representatives.
type resolver struct {
	*resolution
	v     *View
	byKey map[placedKey]*linkCluster
	parts []partToPlace
}

// placedKey is the key of a cluster: links that are lost are not read with others.
type placedKey struct {
	linkKey
	lost bool
}

// partToPlace is a part of a row and where it is read.
type partToPlace struct {
	linkPart
	placement
}

// resolveLinks gives the links of all members, those that members discriminate, and those
// of what is retired and of what these are read at, keys in representatives. Links inside a
// cluster of entities are clusters too.
func (v *View) resolveLinks(s *resolution) {
	r := resolver{s, v, map[placedKey]*linkCluster{}, nil}
	for member := range s.representative {
		r.linksOf(member)
	}
	if v.retired != nil {
		for e := range v.retired.of {
			r.linksOf(e)
		}
		for e := range v.retired.silent {
			r.linksOf(e)
		}
		r.placeParts()
	}
	for _, c := range r.byKey {
		slices.SortFunc(c.rows, func(a, b LinkRow) int { return cmp.Compare(v.order(a), v.order(b)) })
		c.order = v.order(c.rows[0])
	}
}

func (r *resolver) linksOf(member EntityRow) {
	e := r.v.g.entities.at(member)
	for _, p := range e.postings.all() {
		r.resolveOne(p.link)
	}
	for _, row := range e.discriminated.all() {
		r.resolveOne(row)
	}
}

// resolveOne puts a link into its cluster, or its parts aside.
func (r *resolver) resolveOne(row LinkRow) {
	if row >= r.v.sizes.links || r.links[row] != nil || r.v.order(row) == none {
		return
	}
	places := r.v.placements(row, new([1]placement))
	if len(places) == 1 {
		r.put(row, places[0])
		return
	}
	r.links[row] = nothing
	for _, p := range places {
		part := linkPart{row, p.levels, r.v.firstOf(row, p.levels)}
		r.parts = append(r.parts, partToPlace{part, p})
	}
}

// firstOf is the first claim of some levels of a row of the graph.
func (v *View) firstOf(row LinkRow, of levelSet) (first ClaimRow) {
	for r := v.g.links.at(row).newest.Load(); r != none; r = v.g.claims.at(r).older {
		if of.has(v.g.claims.at(r).marking) {
			first = r
		}
	}
	return first
}

// placeParts gives the parts of links rows of the view, in the order of recording.
func (r *resolver) placeParts() {
	slices.SortFunc(r.parts, func(a, b partToPlace) int { return cmp.Compare(a.order, b.order) })
	s := r.v.retired
	for _, p := range r.parts {
		row := r.v.sizes.links + LinkRow(len(s.parts))
		s.parts = append(s.parts, p.linkPart)
		s.split[p.row] = append(s.split[p.row], row)
		r.put(row, p.placement)
	}
}

// put puts a row into the cluster of its key. What is lost, and of which a retired end has
// something else that stays, is read nowhere.
func (r *resolver) put(row LinkRow, p placement) {
	if p.lost && !r.retired.gone(p.key.source) && !r.retired.gone(p.key.target) {
		r.links[row] = nothing
		return
	}
	key := r.resolvedKey(r.v, p.key)
	c := r.byKey[placedKey{key, p.lost}]
	if c == nil {
		c = &linkCluster{key: key, id: r.v.keyID(key), lost: p.lost}
		r.byKey[placedKey{key, p.lost}] = c
		r.linksByID[c.id] = c
	}
	c.rows = append(c.rows, row)
	r.links[row] = c
}

// resolvedKey is the key of a link in representatives.
func (s *resolution) resolvedKey(v *View, key linkKey) linkKey {
	key.source, key.target = s.of(key.source), s.of(key.target)
	spec := key.kind.spec()
	if key.target != none && spec.Symmetric && v.g.entities.at(key.source).id > v.g.entities.at(key.target).id {
		key.source, key.target = key.target, key.source
	}
	if spec.Name == graph.AttributedTo && key.discriminator != "" {
		if row, ok := v.g.entityIndex.get(graph.ID(key.discriminator)); ok {
			key.discriminator = string(v.g.entities.at(s.of(row)).id)
		}
	}
	return key
}

// attributorOf is the entity that tells an attribution apart from others; none where none
// does.
func (v *View) attributorOf(l *linkRecord) EntityRow {
	if l.kind != attributedTo || l.discriminator == "" {
		return none
	}
	return v.g.entityRow(graph.ID(l.discriminator))
}

var (
	attributedTo = codeOf[graph.AttributedTo]
	sameAs       = codeOf[graph.SameAs]
	subtypeOf    = codeOf[graph.SubtypeOf]
	// deniedIncident is the kind by which an actor denies an incident.
	deniedIncident = codeOf[graph.DeniedResponsibility]
)

// placement is where claims of some levels of a link are read: its key, in entities that
// may be the same as others.
type placement struct {
	key    linkKey
	levels levelSet
	lost   bool // at its own ends alone
}

// placements are where the claims of a link are read, the least strict first, with room for
// those of a link of nothing that is retired.
func (v *View) placements(row LinkRow, room *[1]placement) (out []placement) {
	l := v.g.links.at(row)
	if v.retired == nil || !v.retired.touches(v, l) {
		room[0] = placement{key: l.key(), levels: allLevels}
		return room[:]
	}
	there := v.levelsOf(row)
	for m := range level(levels) {
		if !there.has(m) {
			continue
		}
		p := v.retired.place(v, l, m)
		i := slices.IndexFunc(out, func(o placement) bool { return o.key == p.key && o.lost == p.lost })
		if i < 0 {
			i, out = len(out), append(out, p)
		}
		out[i].levels |= 1 << m
	}
	if len(out) == 1 {
		out[0].levels = allLevels
	}
	return out
}

func (l *linkRecord) key() linkKey { return linkKey{l.kind, l.source, l.target, l.discriminator} }

// place is where what is of a level and said by a link is read. That two are the same is a
// judgement of these two: it is read nowhere else.
func (s *retirements) place(v *View, l *linkRecord, m level) placement {
	key := l.key()
	if attributor := v.attributorOf(l); attributor != none {
		if at, ok := s.at(attributor, m); ok {
			key.discriminator = string(v.g.entities.at(at).id)
		}
	}
	source, ok := s.at(l.source, m)
	target, fine := l.target, true
	if target != none {
		target, fine = s.at(target, m)
	}
	moved := source != l.source || target != l.target
	if !ok || !fine || moved && !v.fits(l, source, target) {
		return placement{key: l.key(), lost: true}
	}
	key.source, key.target = source, target
	return placement{key: key}
}

// fits reports whether a link could join two entities, none for the second of an attribute.
func (v *View) fits(l *linkRecord, source, target EntityRow) bool {
	spec, kind := l.kind.spec(), v.g.kindOf(source)
	switch {
	case l.kind == sameAs || source == target:
		return false
	case target == none:
		return slices.Contains(spec.From, kind) && (l.kind != subtypeOf || kind == v.g.kindOf(l.source))
	}
	other := v.g.kindOf(target)
	return (spec.Joins(kind, other) || spec.Symmetric && spec.Joins(other, kind)) && (!spec.SameKind || kind == other)
}

// keyID is the id of the link with a key.
func (v *View) keyID(key linkKey) graph.ID {
	k := graph.LinkKey{
		Kind: key.kind.predicate(), Source: v.g.entities.at(key.source).id, Discriminator: key.discriminator,
	}
	if key.target != none {
		k.Target = v.g.entities.at(key.target).id
	}
	return k.ID()
}

// linkCluster is the cluster that an id names: by its own key, or by that of one of its
// rows; nil when it names none.
func (v *View) linkCluster(id graph.ID) *linkCluster {
	if v.resolution == nil {
		return nil
	}
	if c := v.resolution.linksByID[id]; c != nil {
		return c
	}
	row, ok := v.g.linkIDs.get(id)
	if !ok {
		return nil
	}
	if v.retired != nil && v.retired.split[row] != nil {
		row = v.retired.split[row][0]
	}
	return v.resolution.links[row]
}

// of is the representative of an entity: itself when nothing is the same.
func (s *resolution) of(e EntityRow) EntityRow {
	if s == nil {
		return e
	}
	if r, ok := s.representative[e]; ok {
		return r
	}
	return e
}

// cluster lists the entities that e stands for.
func (s *resolution) cluster(e EntityRow) []EntityRow {
	if s != nil {
		if m := s.members[e]; m != nil {
			return m
		}
	}
	return []EntityRow{e}
}

// alone reports whether e stands for nothing but itself, and nothing else is read at it, nor
// it elsewhere.
func (s *resolution) alone(e EntityRow) bool {
	return s == nil || s.members[e] == nil && (s.retired == nil || s.retired.of[e] == nil && s.retired.silent[e] == nil)
}

package live

import (
	"cmp"
	"slices"
	"sync"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
)

// addAgain notes a record of what was there before.
func (g *Graph) addAgain(r renewal) {
	g.renewals.add(r)
	g.revised++
}

func (g *Graph) addSource(s *graph.Source, commit commitRow) {
	row, known := g.sourceIndex.get(s.ID)
	var record *sourceRecord
	if known {
		record = g.sources.at(row)
		g.addAgain(renewal{row, none, len(record.versions.all())})
	} else {
		record, row = g.sources.grow()
		record.id = s.ID
		record.newest.Store(none)
	}
	recorded := *s
	record.add(commit, sourceVersion{recorded: &recorded, own: levelOf(s.InForce)})
	if !known {
		g.sourceIndex.put(s.ID, row)
	}
}

// add adds a version, merged with those before: what is stricter, and of that what is
// later, comes first.
func (r *sourceRecord) add(commit commitRow, v sourceVersion) {
	merged := graph.Source{}.Merge(*v.recorded)
	v.marking = v.own
	if before := r.versions.all(); len(before) > 0 {
		last := r.versions.newest()
		v.marking = max(last.marking, v.own)
		if v.own >= last.marking {
			merged = last.merged.Merge(merged)
		} else {
			merged = graph.Source{}
			for _, version := range inOrder(append(slices.Clone(before), version[sourceVersion]{commit, v}),
				func(v sourceVersion) level { return v.own }) {
				merged = merged.Merge(*version.recorded)
			}
		}
	}
	v.merged, v.published = &merged, merged.FirstPublished()
	v.reliability = graph.Code(graph.Reliabilities, merged.Letter())
	r.versions.add(version[sourceVersion]{commit, v})
}

func (g *Graph) addEntity(e *graph.Entity, commit commitRow) {
	row, known := g.entityIndex.get(e.ID)
	var record *entityRecord
	if known {
		record = g.entities.at(row)
		g.addAgain(renewal{none, row, len(record.versions.all())})
	} else {
		record, row = g.entities.grow()
		record.id, record.kind, record.stamp = e.ID, e.Kind, e.Stamp
	}
	recorded := *e
	for _, n := range e.Names {
		g.names.Add(uint32(row), n.Value)
	}
	for _, id := range e.External {
		g.externals.add(id, row)
	}
	record.add(commit, entityVersion{recorded: &recorded, own: levelOf(e.InForce)})
	if !known {
		g.entityIndex.put(e.ID, row)
		g.byKind[e.Kind].add(row)
	}
}

// add adds a version, merged with those before: what is stricter, and of that what is
// later, comes first.
func (r *entityRecord) add(commit commitRow, v entityVersion) {
	bare := graph.Entity{ID: r.id, Kind: r.kind}
	merged := bare.Merge(*v.recorded) // it may give a name twice
	v.marking = v.own
	if before := r.versions.all(); len(before) > 0 {
		last := r.versions.newest()
		v.marking = max(last.marking, v.own)
		if v.own >= last.marking {
			merged = last.merged.Merge(merged)
		} else {
			merged = bare
			for _, version := range inOrder(append(slices.Clone(before), version[entityVersion]{commit, v}),
				func(v entityVersion) level { return v.own }) {
				merged = merged.Merge(*version.recorded)
			}
		}
	}
	v.merged, v.sortName = &merged, names.Folded(merged.Primary())
	r.versions.add(version[entityVersion]{commit, v})
}

// inOrder are versions in the order in which they are merged.
func inOrder[T any](list []version[T], of func(T) level) []T {
	slices.SortStableFunc(list, func(a, b version[T]) int { return cmp.Compare(of(a.is), of(b.is)) })
	out := make([]T, len(list))
	for i, v := range list {
		out[i] = v.is
	}
	return out
}

func (g *Graph) addClaim(c *graph.Claim, commit commitRow) {
	record, r := g.claims.grow()
	details, _ := g.details.grow()
	row, _ := g.sourceIndex.get(c.Source)
	source := g.sources.at(row)
	e := graph.EvidenceOf(c, source.versions.newest().merged)
	*details = claimDetails{
		text: g.texts.add(graph.Encode(c)), fromLast: int32(e.From.Latest), toFirst: int32(e.To.Earliest),
		subject: g.entityRow(c.Subject), speaker: g.entityRow(c.Speaker), attributor: g.entityRow(c.Attributor),
		commit: commit, olderOfSource: source.newest.Load(), first: r,
		about: none, against: none, withdraws: none, kind: codeOf[c.Predicate],
	}
	record.source = row
	g.fill(record, c, &e)
	if before, ok := g.claimIndex.get(c.ID); ok {
		g.recordAgain(before, r)
	}
	if spec := c.Predicate.Spec(); spec.IsLink() || spec.IsAttribute() {
		g.attach(c, record, r)
	}
	source.newest.Store(r)
	g.claimIndex.put(c.ID, r)
}

// fill sets all of a claim's record but its source.
func (g *Graph) fill(record *claimRecord, c *graph.Claim, e *graph.Evidence) {
	record.origin = none
	if c.Origin != "" {
		record.origin, _ = g.sourceIndex.get(c.Origin)
	}
	record.from, record.to = int32(e.From.Earliest), int32(e.To.Latest)
	record.grade = packGrade(e)
	record.marking = levelOf(c.InForce)
	record.state.Store(unsuperseded)
	record.link, record.older = none, none
}

// entityRow is the row of an entity; none for the id of nothing or of a record.
func (g *Graph) entityRow(id graph.ID) EntityRow {
	if id == "" || id.IsClaim() || id.IsSource() {
		return none
	}
	row, ok := g.entityIndex.get(id)
	if !ok {
		return none
	}
	return row
}

// attach puts a claim on the chain of its link, which it makes if need be.
func (g *Graph) attach(c *graph.Claim, record *claimRecord, r ClaimRow) {
	k := c.Key()
	key := linkKey{codeOf[k.Kind], g.entityRow(k.Source), g.entityRow(k.Target), k.Discriminator}
	row, known := g.linkIndex.get(key)
	if !known {
		var l *linkRecord
		l, row = g.links.grow()
		l.source, l.target, l.kind, l.first, l.discriminator = key.source, key.target, key.kind, r, key.discriminator
		l.newest.Store(none)
		g.exclude(l, row, key)
	}
	l := g.links.at(row)
	record.link, record.older = row, l.newest.Load()
	l.newest.Store(r)
	if known {
		return
	}
	g.linkIndex.put(key, row)
	g.linkIDs.put(k.ID(), row)
	g.byPredicate[key.kind].add(row)
	g.entities.at(key.source).postings.add(posting{row, key.target, key.kind, true})
	if key.target != none {
		g.entities.at(key.target).postings.add(posting{row, key.source, key.kind, false})
	}
	if attributor := g.entityRow(c.Attributor); attributor != none && k.Kind == graph.AttributedTo {
		g.entities.at(attributor).discriminated.add(row)
	}
}

// exclude notes that two links of one pair cannot both hold.
func (g *Graph) exclude(l *linkRecord, row LinkRow, key linkKey) {
	l.excluding.Store(none)
	other := key.kind.spec().Excludes
	if other == "" {
		return
	}
	key.kind = codeOf[other]
	if rival, ok := g.linkIndex.get(key); ok {
		l.excluding.Store(rival)
		g.links.at(rival).excluding.Store(row)
	}
}

// addReferences notes what a claim about claims or about a source does to them.
func (g *Graph) addReferences(c *graph.Claim, r ClaimRow) {
	d := g.details.at(r)
	switch c.Predicate {
	case graph.Withdraws:
		d.withdraws, _ = g.sourceIndex.get(c.Subject)
		g.withdrawals.add(r)
	case graph.Retracts:
		d.about, _ = g.claimIndex.get(c.Subject)
		g.addRevisions(g.details.at(d.about).first).retractions.add(r)
		g.supersede(d.about, r)
	case graph.Contradicts:
		d.about = g.contradict(c.Subject, r)
		d.against = g.contradict(c.Object, r)
	}
}

// contradict notes a claim that contradicts another, and returns the other's row.
func (g *Graph) contradict(id graph.ID, by ClaimRow) ClaimRow {
	r, _ := g.claimIndex.get(id)
	first := g.details.at(r).first
	loadOrAdd[list[ClaimRow]](&g.contradicted, first).add(by)
	g.claims.at(first).state.Or(contradictedBit)
	if revisions := g.revisionsOf(first); revisions != nil {
		for _, again := range revisions.rerecorded.all() {
			g.claims.at(again).state.Or(contradictedBit)
		}
	}
	return r
}

// loadOrAdd is what a map holds of a claim, new if it holds nothing.
func loadOrAdd[T any](m *sync.Map, first ClaimRow) *T {
	if is, ok := m.Load(first); ok {
		return is.(*T)
	}
	is, _ := m.LoadOrStore(first, new(T))
	return is.(*T)
}

// revisions is what became of a claim that was retracted or recorded again. Claims
// of which neither is true have none.
type revisions struct {
	rerecorded  list[ClaimRow] // rows that record it after the first
	retractions list[ClaimRow] // rows that retract it
}

// addRevisions are the revisions of a claim by its first row; only the writer asks.
func (g *Graph) addRevisions(first ClaimRow) *revisions {
	return loadOrAdd[revisions](&g.revisions, first)
}

// revisionsOf are the revisions of a claim by its first row, or nil.
func (g *Graph) revisionsOf(first ClaimRow) *revisions {
	is, ok := g.revisions.Load(first)
	if !ok {
		return nil
	}
	return is.(*revisions)
}

// recordAgain notes that a row records what an earlier one did.
func (g *Graph) recordAgain(before, r ClaimRow) {
	first, record := g.details.at(before).first, g.claims.at(r)
	g.details.at(r).first = first
	record.grade |= rerecorded
	if g.claims.at(before).isContradicted() {
		record.state.Or(contradictedBit)
	}
	g.addRevisions(first).rerecorded.add(r)
	g.supersede(before, r)
}

// supersede notes the first row that retracts a claim or records it again; only the
// writer does.
func (g *Graph) supersede(r, by ClaimRow) {
	if c := g.claims.at(r); c.supersededBy() == unsuperseded {
		c.state.Store(uint32(by) | c.state.Load()&contradictedBit)
	}
}

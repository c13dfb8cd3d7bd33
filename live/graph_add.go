package live

import (
	"sync"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
)

func (g *Graph) raise(to level) {
	if uint32(to) > g.strictest.Load() {
		g.strictest.Store(uint32(to))
	}
}

func (g *Graph) addSource(s *graph.Source, commit commitRow) {
	at, known := g.sourceIndex.get(s.ID)
	var row *sourceRecord
	record := graph.Source{}.Merge(*s)
	if known {
		g.revised++
		row = g.sources.at(at)
		record = row.versions.newest().merged.Merge(record)
	} else {
		row, at = g.sources.grow()
		row.id = s.ID
		row.newest.Store(none)
	}
	marking := levelOf(record.Marking)
	g.raise(marking)
	row.versions.add(version[sourceVersion]{commit, sourceVersion{
		merged: &record, reliability: graph.Code(graph.Reliabilities, record.Letter()), marking: marking, published: record.FirstPublished(),
	}})
	if !known {
		g.sourceIndex.put(s.ID, at)
	}
}

func (g *Graph) addEntity(e *graph.Entity, commit commitRow) {
	at, known := g.entityIndex.get(e.ID)
	var row *entityRecord
	record := graph.Entity{ID: e.ID, Kind: e.Kind}.Merge(*e) // it may give a name twice
	if known {
		g.revised++
		row = g.entities.at(at)
		record = row.versions.newest().merged.Merge(record)
	} else {
		row, at = g.entities.grow()
		row.id, row.kind = e.ID, e.Kind
	}
	g.raise(levelOf(record.Marking))
	recorded := *e
	for _, n := range e.Names {
		g.names.Add(uint32(at), n.Value)
	}
	for _, id := range e.External {
		g.externals.add(id, at)
	}
	row.versions.add(version[entityVersion]{commit, entityVersion{&recorded, &record, names.Folded(record.Primary())}})
	if !known {
		g.entityIndex.put(e.ID, at)
		g.byKind[e.Kind].add(at)
	}
}

func (g *Graph) addClaim(c *graph.Claim, commit commitRow) {
	row, at := g.claims.grow()
	rest, _ := g.details.grow()
	source, _ := g.sourceIndex.get(c.Source)
	src := g.sources.at(source)
	e := graph.EvidenceOf(c, src.versions.newest().merged)
	*rest = claimDetails{
		text: g.text.add(graph.Encode(c)), fromLast: int32(e.From.Latest), toFirst: int32(e.To.Earliest),
		subject: g.entityRow(c.Subject), speaker: g.entityRow(c.Speaker), attributor: g.entityRow(c.Attributor),
		commit: commit, olderOfSource: src.newest.Load(), first: at, about: none, against: none, withdraws: none, kind: codeOf[c.Predicate],
	}
	row.source, row.origin = source, none
	if c.Origin != "" {
		row.origin, _ = g.sourceIndex.get(c.Origin)
	}
	row.from, row.to = int32(e.From.Earliest), int32(e.To.Latest)
	row.grade = packGrade(&e)
	if c.Origin != "" || c.Speaker != "" || c.Attributor != "" {
		row.grade |= mentions
	}
	own := levelOf(c.Marking)
	g.raise(own)
	row.marking = own
	row.state.Store(unsuperseded)
	row.link, row.older = none, none

	if before, ok := g.claimIndex.get(c.ID); ok {
		g.recordAgain(before, at)
	}
	if spec := c.Predicate.Spec(); spec.IsLink() || spec.IsAttribute() {
		g.attach(c, row, at)
	}
	src.newest.Store(at)
	src.claims.Add(1)
	g.claimIndex.put(c.ID, at)
}

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
func (g *Graph) attach(c *graph.Claim, row *claimRecord, at ClaimRow) {
	k := c.Key()
	key := linkKey{codeOf[k.Kind], g.entityRow(k.Source), g.entityRow(k.Target), k.Discriminator}
	number, known := g.linkIndex.get(key)
	if !known {
		var l *linkRecord
		l, number = g.links.grow()
		l.source, l.target, l.kind, l.first, l.discriminator = key.source, key.target, key.kind, at, key.discriminator
		l.newest.Store(none)
		g.exclude(l, number, key)
	}
	l := g.links.at(number)
	row.link, row.older = number, l.newest.Load()
	l.newest.Store(at)
	if !known {
		g.linkIndex.put(key, number)
		g.linkIDs.put(k.ID(), number)
		g.byPredicate[key.kind].add(number)
		g.entities.at(key.source).postings.add(posting{number, key.target, key.kind, true})
		if key.target != none {
			g.entities.at(key.target).postings.add(posting{number, key.source, key.kind, false})
		}
		if row := g.entityRow(c.Attributor); row != none && k.Kind == graph.AttributedTo {
			g.entities.at(row).discriminated.add(number)
		}
	}
}

// exclude notes that two links of one pair cannot both hold.
func (g *Graph) exclude(l *linkRecord, number LinkRow, key linkKey) {
	l.excluding.Store(none)
	other := key.kind.spec().Excludes
	if other == "" {
		return
	}
	key.kind = codeOf[other]
	if against, ok := g.linkIndex.get(key); ok {
		l.excluding.Store(against)
		g.links.at(against).excluding.Store(number)
	}
}

// addMeta notes a claim about a claim or a source.
func (g *Graph) addMeta(c *graph.Claim, at ClaimRow) {
	rest := g.details.at(at)
	switch c.Predicate {
	case graph.Withdraws:
		rest.withdraws, _ = g.sourceIndex.get(c.Subject)
		g.withdrawals.add(at)
	case graph.Retracts:
		rest.about, _ = g.claimIndex.get(c.Subject)
		g.revisions(g.details.at(rest.about).first).retractions.add(at)
		g.supersede(rest.about, at)
	case graph.Contradicts:
		rest.about = g.contradict(c.Subject, at)
		rest.against = g.contradict(c.Object, at)
	}
}

// contradict notes a claim that contradicts another, and returns the other's row.
func (g *Graph) contradict(id graph.ID, by ClaimRow) ClaimRow {
	row, _ := g.claimIndex.get(id)
	first := g.details.at(row).first
	side(&g.contradicted, first).add(by)
	g.claims.at(first).state.Or(contradictedBit)
	if h := g.revisionsOf(first); h != nil {
		for _, r := range h.rerecorded.all() {
			g.claims.at(r).state.Or(contradictedBit)
		}
	}
	return row
}

func side(m *sync.Map, row ClaimRow) *list[ClaimRow] {
	if l, ok := m.Load(row); ok {
		return l.(*list[ClaimRow])
	}
	l, _ := m.LoadOrStore(row, new(list[ClaimRow]))
	return l.(*list[ClaimRow])
}

// revisions is that of the claim which the row recorded first; only the writer asks.
func (g *Graph) revisions(first ClaimRow) *revisions {
	h, _ := g.revisionsByClaim.LoadOrStore(first, new(revisions))
	return h.(*revisions)
}

// revisionsOf is the history of a claim by its first row, or nil.
func (g *Graph) revisionsOf(first ClaimRow) *revisions {
	h, ok := g.revisionsByClaim.Load(first)
	if !ok {
		return nil
	}
	return h.(*revisions)
}

// revisions is what became of a claim that was retracted or recorded again. Claims
// of which neither is true have none.
type revisions struct {
	rerecorded  list[ClaimRow] // rows that record it after the first
	retractions list[ClaimRow] // rows that retract it
}

// recordAgain notes that a row records what an earlier one did.
func (g *Graph) recordAgain(before, at ClaimRow) {
	first := g.details.at(before).first
	row := g.claims.at(at)
	g.details.at(at).first = first
	row.grade |= rerecorded
	if g.claims.at(before).isContradicted() {
		row.state.Or(contradictedBit)
	}
	g.revisions(first).rerecorded.add(at)
	g.supersede(before, at)
}

// supersede notes the first row that retracts a claim or records it again; only the
// writer does.
func (g *Graph) supersede(target, by ClaimRow) {
	if row := g.claims.at(target); row.supersededBy() == unsuperseded {
		row.state.Store(uint32(by) | row.state.Load()&contradictedBit)
	}
}

package live

import (
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
)

// Graph is everything that a store holds, in memory. One goroutine at a time
// adds changes; any number read. Every moment of it stays readable.
type Graph struct {
	write sync.Mutex

	entities   table[EntityRow, entityRecord]
	revised    uint32 // see counts
	visibility visibilityCache
	names      *names.Index // of entities, by their rows
	externals  externals
	excerpts   textIndex
	sources    table[sourceRow, sourceRecord]
	claims     table[ClaimRow, claimRecord]
	details    table[ClaimRow, claimDetails]
	links      table[LinkRow, linkRecord]
	commits    table[commitRow, commitRecord]
	text       texts

	entityIndex index[graph.ID, EntityRow]
	sourceIndex index[graph.ID, sourceRow]
	claimIndex  index[graph.ID, ClaimRow]
	linkIndex   index[linkKey, LinkRow]
	linkIDs     index[graph.ID, LinkRow]

	byKind           map[graph.EntityKind]*list[EntityRow]
	byPredicate      []list[LinkRow] // links and attributes, by place in the vocabulary
	revisionsByClaim sync.Map        // first row of a claim -> *history
	contradicted     sync.Map        // first row of a claim -> *list[ClaimRow], CONTRADICTS claims that name it
	withdrawals      list[ClaimRow]  // claims that withdraw sources

	strictest atomic.Uint32 // the strictest marking of any record
	snapshot  atomic.Pointer[snapshot]
}

// snapshot is a published state; next is closed when there is a newer one.
type snapshot struct {
	tableSizes
	sequence graph.Sequence
	next     chan struct{}
}

type linkKey struct {
	kind           KindCode
	source, target EntityRow
	discriminator  string
}

// NewGraph returns an empty graph.
func NewGraph() *Graph {
	g := &Graph{names: names.NewIndex(), byKind: map[graph.EntityKind]*list[EntityRow]{}, byPredicate: make([]list[LinkRow], len(vocabulary))}
	for _, k := range graph.EntityKinds {
		g.byKind[k] = new(list[EntityRow])
	}
	g.snapshot.Store(&snapshot{next: make(chan struct{})})
	return g
}

// Sequence is the commit up to which the graph holds everything.
func (g *Graph) Sequence() graph.Sequence { return g.snapshot.Load().sequence }

// Add takes the next change of a feed. Changes that the graph already has are
// passed over; one that leaves a gap is an error, and so is one that refers to
// what never came: the feed is then to be read again from Sequence.
func (g *Graph) Add(ch graph.Change) error {
	g.write.Lock()
	defer g.write.Unlock()
	switch at := g.Sequence(); {
	case ch.Sequence <= at:
		return nil
	case ch.Sequence != at+1:
		return fmt.Errorf("the feed jumps from %d to %d", at, ch.Sequence)
	}
	if err := g.complete(&ch); err != nil {
		return err
	}
	g.append(&ch)
	g.publish(&ch)
	return nil
}

// complete checks that all the change refers to is known, before anything of it
// is added.
func (g *Graph) complete(ch *graph.Change) error {
	entities, sources, claims := map[graph.ID]bool{}, map[graph.ID]bool{}, map[graph.ID]bool{}
	for i := range ch.Sources {
		sources[ch.Sources[i].ID] = true
	}
	for i := range ch.Entities {
		e := &ch.Entities[i]
		if g.byKind[e.Kind] == nil {
			return fmt.Errorf("commit %d, entity %s: the kind %q is not known here", ch.Sequence, e.ID, e.Kind)
		}
		entities[e.ID] = true
	}
	for i := range ch.Claims {
		claims[ch.Claims[i].ID] = true
	}
	for i := range ch.Claims {
		c := &ch.Claims[i]
		for _, id := range []graph.ID{c.Source, c.Origin, c.Subject, c.Object, c.Speaker, c.Attributor} {
			var missing bool
			switch {
			case id.IsClaim():
				missing = g.claimIndex.lacks(id, claims)
			case id.IsSource():
				missing = g.sourceIndex.lacks(id, sources)
			default:
				missing = g.entityIndex.lacks(id, entities)
			}
			if missing || !c.Predicate.Known() {
				return fmt.Errorf("commit %d, claim %s: %s %q is not known here", ch.Sequence, c.ID, c.Predicate, id)
			}
		}
	}
	return nil
}

func (g *Graph) append(ch *graph.Change) {
	commit := g.commits.n
	for i := range ch.Sources {
		g.addSource(&ch.Sources[i], commit)
	}
	for i := range ch.Entities {
		g.addEntity(&ch.Entities[i], commit)
	}
	first := g.claims.n
	for i := range ch.Claims {
		g.addClaim(&ch.Claims[i], commit)
	}
	for i := range ch.Claims { // what they refer to may stand later in the batch
		g.addMeta(&ch.Claims[i], first+ClaimRow(i))
	}
}

func (g *Graph) publish(ch *graph.Change) {
	row, _ := g.commits.grow()
	*row = commitRecord{sequence: ch.Sequence, recorded: ch.Recorded, batch: ch.Batch, actor: ch.Actor}
	row.sizes = tableSizes{g.claims.n, g.links.n, g.entities.n, g.sources.n, g.commits.n, g.revised}
	old := g.snapshot.Load()
	g.snapshot.Store(&snapshot{row.sizes, ch.Sequence, make(chan struct{})})
	close(old.next)
}

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

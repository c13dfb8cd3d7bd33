package neo4j

import (
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
)

// state is what a part of the log adds up to, in memory, with all that the links in
// it depend on: enough to fold them for a reader of one clearance under the default
// lens. A write holds the part that it affects, Verify and Rebuild hold everything.
type state struct {
	clearance uint8
	filter    graph.LensFilter
	// known is what is held of the ids of all records that were added.
	known    graph.Known
	kinds    map[graph.ID][]kindSeen
	claims   map[graph.ID]*claim
	lines    map[graph.ID]*line // by the id of the claim that is retracted
	links    map[graph.ID][]*claim
	sources  map[graph.ID]*source
	entities map[graph.ID]*entity // by the id in the native graph
	// retiring are the claims that retire an entity, by its id there, and gone is what is
	// retired by what the state does not hold.
	retiring map[graph.ID][]graph.ID
	gone     map[graph.ID]goneEntity
	// Of a state that holds all, moved are the claims that are read at a link beside its own,
	// silent the retired entities of which something is read at an entity, stays those of which
	// something stays, and disputed the claims of lines that others contradict, with the entity
	// of each.
	moved    map[graph.ID][]*claim
	silent   map[graph.ID][]graph.ID
	stays    map[graph.ID]bool
	disputed map[graph.ID]graph.ID
	// unsure is set where a state that holds a part came upon what asks for all.
	unsure bool
	// order is that of all logs, where others recorded any of this one. Places are by it,
	// but for that where a claim was first recorded.
	order *ranking
}

// kindSeen is a kind of which an entity was recorded, with a stamp; an entity has them in
// the order in which each was first there.
type kindSeen struct {
	kind  graph.EntityKind
	stamp graph.Marking
}

// claim is a claim and what later ones made of it.
type claim struct {
	graph.Claim
	// seq and n are where it was first recorded in this log, last where it was last
	// recorded.
	seq  graph.Sequence
	n    int
	last position
	// lasts are where it was last recorded under each marking in force.
	lasts map[graph.Marking]recording
	// ends are its subject, object, speaker and attributor by their ids in the native
	// graph; nil where these are the ids that it has.
	ends []graph.ID
	// records are where a claim was recorded that names an entity, or takes something back.
	records []record
	// retractedBy and contradictedBy are claims about this one.
	retractedBy, contradictedBy []graph.ID
}

// recording is where a claim was recorded, and the level of the writer's clearance where
// the claim takes something back.
type recording struct {
	at     position
	writer uint8
}

// position is a position in the log: the commit and the record in it, as one number.
type position int64

func positionOf(seq graph.Sequence, n int) position { return position(seq)<<20 | position(n) }

func (p position) commit() graph.Sequence { return graph.Sequence(p >> 20) }

func (p position) place() int64 { return int64(p & (1<<20 - 1)) }

// line is a claim that lines of entities alone say, and that claims retract.
type line struct{ retractedBy []graph.ID }

// source is what a source's records add up to, with the claims that withdraw it.
type source struct {
	graph.Source
	digest      string
	withdrawnBy []graph.ID
	versions    []sourceVersion // its records, where what it is called is asked for
	last        graph.Sequence  // that recorded it; 0 when it was not read from the log
}

// entity is what the records of an entity of one kind add up to.
type entity struct {
	record *graph.Entity
	digest string
	lines  []entityLine   // its records, in order, where what it is called is asked for
	last   graph.Sequence // that recorded it; 0 when it was not read from the log
}

func newState(clearance graph.Marking) *state {
	return &state{
		clearance: clearance.Level(), filter: new(graph.Lens).Filter(), known: graph.Known{}, kinds: map[graph.ID][]kindSeen{},
		claims: map[graph.ID]*claim{}, lines: map[graph.ID]*line{}, links: map[graph.ID][]*claim{},
		sources: map[graph.ID]*source{}, entities: map[graph.ID]*entity{}, retiring: map[graph.ID][]graph.ID{},
	}
}

// addClaim adds a claim that is not yet in the state.
func (st *state) addClaim(c *claim) {
	st.claims[c.ID] = c
	if c.Predicate == graph.Retires {
		st.retiring[c.subject()] = append(st.retiring[c.subject()], c.ID)
	}
	if link, ok := c.link(); ok {
		st.links[link] = append(st.links[link], c)
	}
}

// link is the link that a claim is about, if it is about one, or what it has together with
// others that name the same entity, or say when it began or ended.
func (c *claim) link() (graph.ID, bool) {
	if spec := c.Predicate.Spec(); !spec.IsLink() && !spec.Naming && !isVital(c.Predicate) {
		return "", false
	}
	return c.key().ID(), true
}

// key is the identity of the link by the ids of the native graph.
func (c *claim) key() graph.LinkKey {
	if c.ends == nil {
		return c.Key()
	}
	named := c.Claim
	named.Subject, named.Object, named.Speaker, named.Attributor = c.ends[0], c.ends[1], c.ends[2], c.ends[3]
	return named.Key()
}

// apply adds a commit.
func (st *state) apply(c *graph.Change) {
	st.known.Note(&graph.Batch{Clearance: c.Writer, Sources: c.Sources, Entities: c.Entities, Claims: c.Claims})
	for _, p := range c.Records() {
		switch at := st.order.ranked(positionOf(c.Sequence, int(p.Place))); {
		case p.Source != nil:
			st.recordSource(p.Source, at, c.Sequence)
		case p.Entity != nil:
			st.recordEntity(p.Entity, at, c.Sequence)
		default:
			st.recordClaim(p.Claim, c, int(p.Place))
		}
	}
	for i := range c.Claims {
		st.recordReference(&c.Claims[i])
	}
}

// recordSource adds a record of a source to the others, of which all are there that come after
// it.
func (st *state) recordSource(r *graph.Source, at position, in graph.Sequence) {
	s := &source{Source: *r, last: in}
	if old := st.sources[r.ID]; old != nil {
		s.Source, s.withdrawnBy, s.versions = old.Source.Merge(*r), old.withdrawnBy, old.versions
	}
	i := len(s.versions)
	for i > 0 && s.versions[i-1].at > at {
		i--
	}
	early := i < len(s.versions)
	s.versions = slices.Insert(slices.Clip(s.versions), i, sourceVersion{*r, at})
	for i := range s.versions {
		if v := s.versions[i].Source; early && i == 0 {
			s.Source = v
		} else if early {
			s.Source = s.Source.Merge(v)
		}
	}
	s.digest = graph.Digest(&s.versions[len(s.versions)-1].Source)
	st.sources[r.ID] = s
}

// recordEntity does that with one of an entity.
func (st *state) recordEntity(r *graph.Entity, at position, in graph.Sequence) {
	st.noteKind(r)
	id, record := st.nativeID(r.ID, r.Kind), *r
	var lines []entityLine
	if old := st.entities[id]; old != nil && old.record != nil {
		record, lines = old.record.Merge(record), old.lines
	}
	i := len(lines)
	for i > 0 && lines[i-1].at > at {
		i--
	}
	early := i < len(lines)
	lines = slices.Insert(slices.Clip(lines), i, entityLine{*r, at})
	for i := range lines {
		if e := lines[i].Entity; early && i == 0 {
			record = e
		} else if early {
			record = record.Merge(e)
		}
	}
	st.entities[id] = &entity{&record, graph.Digest(&lines[len(lines)-1].Entity), lines, in}
}

func (st *state) noteKind(r *graph.Entity) {
	if now := (kindSeen{r.Kind, r.Stamp}); !slices.Contains(st.kinds[r.ID], now) {
		st.kinds[r.ID] = append(slices.Clip(st.kinds[r.ID]), now)
	}
}

// nativeID is the id of an entity of a kind in the native graph: its own, or id~kind where
// an entity of another kind was there first.
func (st *state) nativeID(id graph.ID, kind graph.EntityKind) graph.ID {
	if kinds := st.kinds[id]; len(kinds) == 0 || kinds[0].kind == kind {
		return id
	}
	return id + "~" + graph.ID(strings.ToLower(string(kind)))
}

// named are the entities that a claim names by their ids in the native graph, each being
// of the kind that its writer saw; nil where these are the ids that it has.
func (st *state) named(c *graph.Claim, writer graph.Marking) []graph.ID {
	own := []graph.ID{c.Subject, c.Object, c.Speaker, c.Attributor}
	ends := slices.Clone(own)
	for i, id := range own {
		kinds := st.kinds[id]
		if at := slices.IndexFunc(kinds, func(k kindSeen) bool { return k.stamp.Level() <= writer.Level() }); at > 0 {
			ends[i] = st.nativeID(id, kinds[at].kind)
		}
	}
	if slices.Equal(own, ends) {
		return nil
	}
	return ends
}

// recordClaim notes a claim. It belongs to the entities that its first writer saw under
// their ids; where another means others by them, that counts for nothing here.
func (st *state) recordClaim(c *graph.Claim, in *graph.Change, n int) {
	ends, at := st.named(c, in.Writer), st.order.ranked(positionOf(in.Sequence, n))
	own := st.claims[c.ID]
	if own == nil {
		own = &claim{Claim: *c, seq: in.Sequence, n: n, ends: ends, lasts: map[graph.Marking]recording{}}
		if said := st.lines[c.ID]; said != nil {
			own.retractedBy = said.retractedBy
			delete(st.lines, c.ID)
		}
		st.addClaim(own)
	}
	if positionOf(in.Sequence, n) < positionOf(own.seq, own.n) {
		own.Claim, own.seq, own.n = *c, in.Sequence, n
	}
	own.last = max(own.last, at)
	if own.hasHistory() {
		again := record{recording: recording{at, in.Writer.Level()}, marking: c.InForce}
		own.records = append(slices.Clip(own.records), again)
	}
	switch {
	case at < own.lasts[c.InForce].at:
	case takesBack(c):
		own.lasts[c.InForce] = recording{at, in.Writer.Level()}
	case slices.Equal(own.ends, ends):
		own.lasts[c.InForce] = recording{at: at}
	}
}

// hasHistory reports whether all records of the claim are asked for.
func (c *claim) hasHistory() bool { return c.Predicate.Spec().Naming || takesBack(&c.Claim) }

func takesBack(c *graph.Claim) bool {
	return c.Predicate == graph.Retracts || c.Predicate == graph.Withdraws || c.Predicate == graph.Retires
}

// recordReference notes with a claim or a source what another claim says of it, which
// may stand later in the batch.
func (st *state) recordReference(c *graph.Claim) {
	switch c.Predicate {
	case graph.Retracts:
		of := st.retractedBy(c.Subject)
		*of = withID(*of, c.ID)
	case graph.Contradicts:
		for _, id := range []graph.ID{c.Subject, c.Object} {
			if of := st.claims[id]; of != nil {
				of.contradictedBy = withID(of.contradictedBy, c.ID)
			}
		}
	case graph.Withdraws:
		of := st.sources[c.Subject]
		of.withdrawnBy = withID(of.withdrawnBy, c.ID)
	}
}

// retracting are the claims that retract one, which lines may stand for.
func (st *state) retracting(id graph.ID) []graph.ID {
	if of := st.claims[id]; of != nil {
		return of.retractedBy
	}
	if of := st.lines[id]; of != nil {
		return of.retractedBy
	}
	return nil
}

// retractedBy are those, to be changed.
func (st *state) retractedBy(id graph.ID) *[]graph.ID {
	if of := st.claims[id]; of != nil {
		return &of.retractedBy
	}
	if st.lines[id] == nil {
		st.lines[id] = new(line)
	}
	return &st.lines[id].retractedBy
}

// lastCommit is the last commit that recorded what has an id, of a link the last of its
// claims; 0 when none did.
func (st *state) lastCommit(id graph.ID) (last graph.Sequence) {
	switch {
	case st.claims[id] != nil:
		return st.order.located(st.claims[id].last).commit()
	case st.sources[id] != nil:
		return st.sources[id].last
	case st.entities[id] != nil:
		return st.entities[id].last
	case st.lines[id] != nil:
		for _, by := range st.lines[id].retractedBy {
			last = max(last, st.lastCommit(by))
		}
		return last
	}
	for _, c := range st.readers(id) {
		last = max(last, st.order.located(c.last).commit())
	}
	return last
}

// marking is the least strict marking in force of what is recorded of an id, of an entity
// of one kind.
func (st *state) marking(id graph.ID, kind graph.EntityKind) graph.Marking {
	out := graph.Red
	for _, h := range st.known[id] {
		if h.Kind == kind && !(id.IsClaim() && onLine(h)) && h.Marking.Level() < out.Level() {
			out = h.Marking
		}
	}
	return out
}

// counts reports whether a claim counts for somebody.
func (st *state) counts(id graph.ID) bool {
	return slices.ContainsFunc(st.known[id], func(h graph.Held) bool { return h.Retracted == "" })
}

// withID is the list, which is in order, with the id in it.
func withID(list []graph.ID, id graph.ID) []graph.ID {
	i, found := slices.BinarySearch(list, id)
	if found {
		return list
	}
	return slices.Insert(slices.Clip(list), i, id)
}

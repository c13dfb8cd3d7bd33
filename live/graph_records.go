package live

import (
	"slices"
	"sync/atomic"
	"time"

	"github.com/rabta/rabta/graph"
)

// Rows of the tables have numbers, in the order of recording. Those that others hold
// are good for one view and mean nothing to a client.
type (
	// EntityRow is the number of an entity.
	EntityRow uint32
	// LinkRow is the number of a link or of an attribute.
	LinkRow uint32
	// ClaimRow is the number of a claim. That of its first visible claim says where a
	// link comes in the order of recording.
	ClaimRow  uint32
	sourceRow uint32
	commitRow uint32
)

// asRecorded is the row of graph.AsRecorded in every graph. Sources that are recorded come
// behind it.
const (
	asRecorded  sourceRow = 0
	firstSource sourceRow = 1
)

// claimRecord is all that a lens asks of a claim.
type claimRecord struct {
	link           LinkRow
	older          ClaimRow // the next older claim of that link
	source, origin sourceRow
	from, to       int32 // earliest of the start, latest of the end
	grade          grade
	marking        level
	// state is the first row that retracts the claim or records it again, or
	// unsuperseded; its top bit is set once a CONTRADICTS claim names it.
	state atomic.Uint32
}

const (
	unsuperseded    = 1<<31 - 1
	contradictedBit = 1 << 31
)

// supersededBy is the first row that retracts the claim or records it again, or
// unsuperseded, which is after all rows.
func (c *claimRecord) supersededBy() ClaimRow { return ClaimRow(c.state.Load() &^ contradictedBit) }

// isContradicted reports whether a CONTRADICTS claim names the row.
func (c *claimRecord) isContradicted() bool { return c.state.Load()&contradictedBit != 0 }

// times is the span within which what the claim says may hold.
func (c *claimRecord) times() graph.Span {
	return graph.Span{Earliest: graph.Day(c.from), Latest: graph.Day(c.to)}
}

// claimDetails is what only answers ask of a claim.
type claimDetails struct {
	text          textRef   // canonical form
	fromLast      int32     // latest of the start
	toFirst       int32     // earliest of the end
	subject       EntityRow // none for claims about records
	speaker       EntityRow
	attributor    EntityRow
	speakerText   wordNumber // in Graph.said
	commit        commitRow
	olderOfSource ClaimRow
	first         ClaimRow // the row that first recorded the same claim
	// about and against are the claims that a claim about claims is about, withdraws
	// the source that one about a source is about.
	about, against ClaimRow
	withdraws      sourceRow
	kind           KindCode
}

// linkRecord is the identity of a link or of an attribute, and its claims.
type linkRecord struct {
	source, target EntityRow // target none for an attribute
	kind           KindCode
	bearing        uint8    // place in graph.Bearings
	first          ClaimRow // its first claim
	discriminator  string
	newest         atomicRow[ClaimRow] // its newest claim
	excluding      atomicRow[LinkRow]  // the link of one pair that it cannot hold beside, or none
}

// posting is a link or an attribute as one of its ends sees it. Under a resolution both
// ends are representatives.
type posting struct {
	link  LinkRow   // the row that stands for the link
	other EntityRow // the far end; none for an attribute
	kind  KindCode
	out   bool
}

// entityRecord is an entity and all its versions.
type entityRecord struct {
	id       graph.ID
	kind     graph.EntityKind
	stamp    graph.Marking // of its first record
	versions versions[entityVersion]
	postings list[posting]
	// discriminated are links that the entity tells apart from others: it is their
	// attributor.
	discriminated list[LinkRow]
	// renamed counts the commits up to the last that may have changed what it is called,
	// shown is what it was called then or since.
	renamed atomic.Uint32
	shown   atomic.Pointer[shownName]
	vital   list[vitalDate] // what claims say of when it began and ended, whether they count or not
}

// entityTraits is what reading very many links asks of their ends, close together.
type entityTraits struct {
	kind uint8 // that of the record: its place in graph.EntityKinds
	// begun is the last day on which some claim has the entity begin, lasting the first on which
	// one has it end.
	begun, lasting atomic.Int32
}

func (t *entityTraits) set(kind graph.EntityKind) {
	t.kind = graph.Code(graph.EntityKinds, kind)
	t.begun.Store(int32(graph.OpenStart))
	t.lasting.Store(int32(graph.OpenEnd))
}

// livesOn reports whether no claim puts a day outside the life of the entity.
func (t *entityTraits) livesOn(day graph.Day) bool {
	return t.begun.Load() <= int32(day) && int32(day) <= t.lasting.Load()
}

// isVital reports whether some claim bounds its life.
func (t *entityTraits) isVital() bool {
	return t.begun.Load() != int32(graph.OpenStart) || t.lasting.Load() != int32(graph.OpenEnd)
}

// kindOf is the kind of an entity.
func (g *Graph) kindOf(row EntityRow) graph.EntityKind {
	return graph.EntityKinds[g.traits.at(row).kind]
}

// vitalDate is what a claim says of when an entity began or ended.
type vitalDate struct {
	claim ClaimRow
	link  LinkRow
	kind  KindCode
	is    graph.Span
}

// addVital notes such a claim.
func (g *Graph) addVital(entity EntityRow, d vitalDate) {
	t := g.traits.at(entity)
	if p := d.kind.predicate(); p == graph.Birth || p == graph.FoundedOn {
		t.begun.Store(max(t.begun.Load(), int32(d.is.Latest)))
	} else {
		t.lasting.Store(min(t.lasting.Load(), int32(d.is.Earliest)))
	}
	g.entities.at(entity).vital.add(d)
	g.vital.Store(true)
}

// entityVersion is what a commit recorded of an entity.
type entityVersion struct {
	recorded *graph.Entity // in this commit
	merged   *graph.Entity // with what was recorded before
	own      level         // of what was recorded in this commit
	marking  level         // the strictest of all
	line     uint32        // its place in Graph.lines
	sources  []sourceRow   // of the names; nil when none has one of its own
}

// nameSource is the source of a name.
func (version *entityVersion) nameSource(i int) sourceRow {
	if version.sources == nil {
		return asRecorded
	}
	return version.sources[i]
}

// spoken is what of the lines of an entity has rows among the claims. Nil is nothing.
type spoken struct{ list[said] }

// by is what a row says for a line; nil when it says nothing for one.
func (s *spoken) by(row ClaimRow) *said {
	if s == nil {
		return nil
	}
	all := s.all()
	for i := range all {
		if all[i].row == row && !all[i].late {
			return &all[i]
		}
	}
	return nil
}

// on reports whether what a line says has a row, or needs none.
func (s *spoken) on(line *entityVersion, what said) bool {
	return s != nil && slices.ContainsFunc(s.all(), func(o said) bool { return o.is.Record == line.line && o.same(&what) })
}

// holds reports whether one of the rows before end says what a line says.
func (s *spoken) holds(what *said, end ClaimRow) bool {
	return s != nil && slices.ContainsFunc(s.all(), func(o said) bool { return o.row < end && o.same(what) })
}

// sourceRecord is a source and all its versions.
type sourceRecord struct {
	id       graph.ID
	versions versions[sourceVersion]
	newest   atomicRow[ClaimRow] // its newest claim
}

// sourceVersion is what a commit recorded of a source.
type sourceVersion struct {
	recorded    *graph.Source // in this commit
	merged      *graph.Source // with what was recorded before
	reliability uint8
	own         level // of what was recorded in this commit
	marking     level // the strictest of all
	published   graph.Day
}

// versions are what commits recorded of one thing, oldest first; there is always one.
type versions[T any] struct{ list[version[T]] }

type version[T any] struct {
	commit commitRow
	is     T
}

// asOf is the version before a commit; the first if all are later.
func (v *versions[T]) asOf(end commitRow) *T {
	all := v.all()
	i := len(all) - 1
	for i > 0 && all[i].commit >= end {
		i--
	}
	return &all[i].is
}

// newest is the last version that is recorded.
func (v *versions[T]) newest() *T {
	all := v.all()
	return &all[len(all)-1].is
}

// commitRecord is a commit and how long the tables were after it.
type commitRecord struct {
	sequence graph.Sequence
	recorded time.Time
	writer   level // what who recorded it saw
	marks    bool  // it changed the marking of what the clearance sees or saw
	redacts  bool  // it took out what the clearance saw
	sizes    tableSizes
	// actor and reason are in Graph.said, batch is the id that was given, in texts: 0 for
	// none.
	actor, reason wordNumber
	batch         textRef
	repeats       ClaimRow // how many of its claims repeat what stood
}

// tableSizes is how long the tables were after a commit: of each the first row that was
// not there yet. revised counts the records of entities and sources that were there
// before and were recorded anew.
type tableSizes struct {
	claims   ClaimRow
	links    LinkRow
	entities EntityRow
	sources  sourceRow
	commits  commitRow
	revised  uint32
}

// grade is what a lens first asks of a claim, packed:
//
//	15      14        13      12       11          10       9         8 7       6 5 4        3 2 1 0
//	ofLine  fromLine  naming  repeats  rerecorded  undated  inferred  polarity  credibility  hedge
//
// Hedge and polarity are places in graph.Hedges and graph.Polarities.
type grade uint16

const (
	inferred grade = 1 << (9 + iota)
	undated
	rerecorded
	repeats
	naming
	fromLine
	ofLine
)

// gradeKeys is how many keys of grades there are.
const gradeKeys = int(inferred) << 1

func packGrade(e *graph.Evidence) grade {
	g := grade(e.Hedge) | grade(e.Credibility)<<4 | grade(e.Polarity)<<7
	if e.Inferred {
		g |= inferred
	}
	if e.Undated {
		g |= undated
	}
	return g
}

// key is the part that a lens asks for whatever the dates: hedge, credibility, polarity,
// and whether a rule inferred the claim.
func (g grade) key() grade { return g & grade(gradeKeys-1) }

func (g grade) hedge() uint8 { return uint8(g & 15) }

func (g grade) credibility() uint8 { return uint8(g >> 4 & 7) }

func (g grade) polarity() uint8 { return uint8(g >> 7 & 3) }

// affirms reports whether the polarity is graph.Affirmed.
func (g grade) affirms() bool { return g.polarity() == affirmed }

func (g grade) inferred() bool { return g&inferred != 0 }

func (g grade) undated() bool { return g&undated != 0 }

// rerecorded reports whether an earlier row records the same claim.
func (g grade) rerecorded() bool { return g&rerecorded != 0 }

// repeats reports whether an earlier row records the same claim and stood when this one
// came: see Graph.repeats.
func (g grade) repeats() bool { return g&repeats != 0 }

// naming reports whether the claim names or describes its subject.
func (g grade) naming() bool { return g&naming != 0 }

// fromLine reports whether it says what a line of its subject says.
func (g grade) fromLine() bool { return g&fromLine != 0 }

// ofLine reports whether a line of its subject is all that the row records.
func (g grade) ofLine() bool { return g&ofLine != 0 }

var affirmed = graph.Code(graph.Polarities, graph.Affirmed)

// level is a marking's place in graph.Markings: the higher, the stricter.
type level uint8

func levelOf(m graph.Marking) level {
	if m == "" {
		return 0
	}
	return level(m.Level())
}

// KindCode is a predicate's place in graph.Predicates.
type KindCode uint16

var (
	vocabulary = graph.Predicates()
	codeOf     = codes()
	linkKinds  = kindsWhere(func(s *graph.PredicateSpec) bool { return s.IsLink() })
	// opposable are the kinds of link against which links of other kinds may stand.
	opposable = kindsWhere(func(s *graph.PredicateSpec) bool { return s.Excludes != "" })
	// namingKinds are those of claims that name or describe.
	namingKinds = namingCodes()
	retracts    = codeOf[graph.Retracts]
	marks       = codeOf[graph.Marks]
)

func codes() map[graph.Predicate]KindCode {
	m := make(map[graph.Predicate]KindCode, len(vocabulary))
	for i, s := range vocabulary {
		m[s.Name] = KindCode(i)
	}
	return m
}

func kindsWhere(is func(*graph.PredicateSpec) bool) (out [256]bool) {
	for i := range vocabulary {
		out[i] = is(&vocabulary[i])
	}
	return out
}

// spec is what the vocabulary says of the predicate.
func (k KindCode) spec() *graph.PredicateSpec { return &vocabulary[k] }

// predicate is the name of the predicate.
func (k KindCode) predicate() graph.Predicate { return vocabulary[k].Name }

// bearing is that of a link of the kind with a discriminator.
func (k KindCode) bearing(discriminator string) uint8 {
	return graph.Code(graph.Bearings, k.spec().BearingAs(discriminator))
}

// isLink reports whether the predicate is a kind of link between entities.
func (k KindCode) isLink() bool { return linkKinds[k] }

func namingCodes() (out []KindCode) {
	for i := range vocabulary {
		if vocabulary[i].Naming {
			out = append(out, KindCode(i))
		}
	}
	return out
}

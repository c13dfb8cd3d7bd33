package live

import (
	lru "container/list"
	"fmt"
	"hash/maphash"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
)

// Graph is everything of a store that one clearance sees, in memory: it holds nothing
// else, so no read asks who may see what. One goroutine at a time adds changes; any
// number read. Every snapshot of it stays readable.
//
// Rows refer to one another by their numbers, and what grows is a chain or a list:
//
//	entity A                           entity B
//	postings: link 3 --> B, link 5 ..  postings: link 3 <-- A, ..
//	               |                                  |
//	               +-----------> link 3 <-------------+
//	                             A --> B, first 10
//	                               | newest
//	                               v
//	source S -- newest --> claim 42 -- older --> claim 17 -- older --> claim 10
//	                               | olderOfSource
//	                               v
//	                       claim 40 -- olderOfSource --> ..
//
// Claim 42 is row 42 of claims, which is what a lens asks, and row 42 of details, which
// only answers need; its canonical text lies in texts. An attribute is a link without a
// target.
type Graph struct {
	clearance graph.Marking
	write     sync.Mutex

	entities table[EntityRow, entityRecord]
	traits   table[EntityRow, entityTraits]
	sources  table[sourceRow, sourceRecord]
	claims   table[ClaimRow, claimRecord]
	details  table[ClaimRow, claimDetails]
	links    table[LinkRow, linkRecord]
	commits  table[commitRow, commitRecord]
	texts    texts
	said     words  // by commits of themselves
	revised  uint32 // see tableSizes

	entityIndex index[graph.ID, EntityRow]
	sourceIndex index[graph.ID, sourceRow]
	claimIndex  index[graph.ID, ClaimRow] // the newest row
	linkIndex   index[linkKey, LinkRow]
	linkIDs     index[graph.ID, LinkRow]
	names       *names.Index // of entities, by their rows
	externals   externals
	wording     textIndex

	byKind       map[graph.EntityKind]*list[EntityRow]
	byPredicate  []list[LinkRow]     // links and attributes, by KindCode
	twins        map[graph.ID][]twin // the writer's
	twinRows     list[EntityRow]     // of them those that are found under another id than their own
	revisions    sync.Map            // first row of a claim -> *revisions
	contradicted sync.Map            // first row of a claim -> *list[ClaimRow], CONTRADICTS claims that name it
	withdrawals  list[ClaimRow]      // claims that withdraw sources
	marks        list[ClaimRow]      // claims that change markings
	retired      list[retiring]      // claims that retire entities
	mentions     sync.Map            // EntityRow -> *list[ClaimRow], those above CLEAR that name it beside their ends
	renewals     list[renewal]       // sources and entities that came again
	lines        list[lineRef]       // of entities, in the order of recording
	lineIndex    lineIndex
	spoken       sync.Map      // EntityRow -> *spoken
	renamed      atomic.Uint32 // as that of an entity, of all

	snapshot   atomic.Pointer[snapshot]
	visibility visibilityCache
	kept       recent[keptKey, *keptOfLens]
	order      []commitRow // of the commits that were added in another order than that of their numbers
	earlier    earlier
	vital      atomic.Bool // claims say of some entity when it began or ended
}

// snapshot is how long the tables were after a commit.
//
//	          commit 1     commit 2     commit 3, being added
//	claims    0 1 2 3      4 5 6 7 8    9 10
//	links     0 1          2 3
//	          as of 1 ^    published ^
//
// Who reads it passes over rows that are not below its lengths: chains run from the
// newest row, which may have come since. next is closed when there is a newer one.
type snapshot struct {
	tableSizes
	sequence graph.Sequence
	next     chan struct{}
	known    knownPlaces
}

// linkKey is what makes a link one: claims with the same key are about the same.
type linkKey struct {
	kind           KindCode
	source, target EntityRow
	discriminator  string
}

// NewGraph returns an empty graph for what a clearance sees. An unknown clearance sees
// what is CLEAR only.
func NewGraph(clearance graph.Marking) *Graph {
	if int(clearance.Level()) >= len(graph.Markings) {
		clearance = graph.Clear
	}
	g := &Graph{
		clearance: clearance, names: names.NewIndex(), byKind: map[graph.EntityKind]*list[EntityRow]{},
		byPredicate: make([]list[LinkRow], len(vocabulary)),
	}
	for _, k := range graph.EntityKinds {
		g.byKind[k] = new(list[EntityRow])
	}
	builtIn := graph.AsRecordedSource()
	g.addSource(&builtIn, 0)
	g.snapshot.Store(&snapshot{next: make(chan struct{})})
	return g
}

// Clearance is the strictest marking of what the graph holds.
func (g *Graph) Clearance() graph.Marking { return g.clearance }

// Sequence is the commit up to which the graph holds everything, by the number that it
// has for the clearance.
func (g *Graph) Sequence() graph.Sequence { return g.snapshot.Load().sequence }

// Add takes the next change of a feed, as graph.Sight gives it. Changes that the graph
// already has are passed over; one that leaves a gap is an error, and so is one that refers to
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

// AddMerged adds all changes up to a number of a log that is merged with others, in the
// order of all logs, to a graph that holds nothing. Their numbers are in another order: what
// was known before the last of them is in another graph, which at gives.
func (g *Graph) AddMerged(changes []graph.Change, at func(n graph.Sequence) (*Graph, error)) error {
	g.write.Lock()
	defer g.write.Unlock()
	g.order, g.earlier.at = make([]commitRow, len(changes)), at
	for i := range changes {
		ch := &changes[i]
		if err := g.complete(ch); err != nil {
			return err
		}
		g.order[ch.Sequence-1] = g.commits.n
		g.append(ch)
		g.publish(ch)
	}
	s := g.snapshot.Load()
	g.snapshot.Store(&snapshot{tableSizes: s.tableSizes, sequence: graph.Sequence(len(changes)), next: make(chan struct{})})
	return nil
}

// commitOf is the row of a commit.
func (g *Graph) commitOf(n graph.Sequence) commitRow {
	if int(n) <= len(g.order) {
		return g.order[n-1]
	}
	return commitRow(n - 1)
}

// holdsMoment reports whether the rows up to some are what was known after a commit.
func (g *Graph) holdsMoment(n graph.Sequence) bool { return n == 0 || int(n) >= len(g.order) }

// earlier gives graphs of what was known before logs were merged, the one asked for last
// without making it anew.
type earlier struct {
	mu   sync.Mutex
	at   func(n graph.Sequence) (*Graph, error)
	n    graph.Sequence
	last *Graph
}

func (p *earlier) graph(n graph.Sequence) (*Graph, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.last == nil || p.n != n {
		g, err := p.at(n)
		if err != nil {
			return nil, err
		}
		p.n, p.last = n, g
	}
	return p.last, nil
}

// complete checks that all the change refers to is known, before anything of it
// is added.
func (g *Graph) complete(ch *graph.Change) error {
	own := changed{map[graph.ID]bool{}, map[graph.ID]bool{}, map[graph.ID]bool{}}
	for i := range ch.Sources {
		own.sources[ch.Sources[i].ID] = true
	}
	for i := range ch.Entities {
		e := &ch.Entities[i]
		if g.byKind[e.Kind] == nil {
			return fmt.Errorf("commit %d, entity %s: the kind %q is not known here", ch.Sequence, e.ID, e.Kind)
		}
		own.entities[e.ID] = true
	}
	for i := range ch.Claims {
		own.claims[ch.Claims[i].ID] = true
	}
	for i := range ch.Claims {
		c := &ch.Claims[i]
		for _, id := range []graph.ID{c.Source, c.Origin, c.Subject, c.Object, c.Speaker, c.Attributor} {
			if g.lacks(id, &own) && !(aboutClaims(codeOf[c.Predicate].spec()) && id.IsClaim() && g.onLines(id, ch)) || !c.Predicate.Known() {
				return fmt.Errorf("commit %d, claim %s: %s %q is not known here", ch.Sequence, c.ID, c.Predicate, id)
			}
		}
	}
	return nil
}

// changed are the records of a change.
type changed struct{ sources, entities, claims map[graph.ID]bool }

// lacks reports whether what an id names is neither in the graph nor in a change.
func (g *Graph) lacks(id graph.ID, own *changed) bool {
	switch {
	case id.IsClaim():
		return g.claimIndex.lacks(id, own.claims)
	case id.IsSource():
		return g.sourceIndex.lacks(id, own.sources)
	}
	return g.entityIndex.lacks(id, own.entities)
}

// append adds the rows of a change, which no reader sees yet.
func (g *Graph) append(ch *graph.Change) {
	g.separate(ch)
	commit := g.commits.n
	for i := range ch.Sources {
		g.addSource(&ch.Sources[i], commit)
	}
	for i := range ch.Entities {
		g.addEntity(&ch.Entities[i], commit)
	}
	g.speak(ch)
	first := g.claims.n
	for i := range ch.Claims {
		g.addClaim(&ch.Claims[i], commit)
	}
	for i := range ch.Claims { // what they refer to may stand later in the batch
		g.addReferences(&ch.Claims[i], first+ClaimRow(i))
	}
}

// publish lets readers see what was added.
func (g *Graph) publish(ch *graph.Change) {
	commit, _ := g.commits.grow()
	commit.sequence, commit.recorded, commit.writer, commit.marks = ch.Sequence, ch.Recorded, levelOf(ch.Writer), ch.Marked
	commit.redacts = len(ch.Redacts) > 0
	g.audit(commit, ch)
	commit.sizes = tableSizes{g.claims.n, g.links.n, g.entities.n, g.sources.n, g.commits.n, g.revised}
	old := g.snapshot.Load()
	g.snapshot.Store(&snapshot{tableSizes: commit.sizes, sequence: ch.Sequence, next: make(chan struct{})})
	close(old.next)
}

// none stands for "no row", of whatever table.
const none = 1<<32 - 1

const pageRows = 4096

// table is an append-only table of rows in pages. One goroutine appends; any
// number read the rows that a snapshot counts.
type table[R ~uint32, T any] struct {
	pages atomic.Pointer[[]*[pageRows]T]
	n     R // the writer's
}

// at is the row i. Rows hold atomic fields: use the pointer, never a copy.
func (t *table[R, T]) at(i R) *T { return &(*t.pages.Load())[i/pageRows][i%pageRows] }

// grow makes room for one row more and returns it with its number.
func (t *table[R, T]) grow() (*T, R) {
	i := t.n
	if i%pageRows == 0 {
		var pages []*[pageRows]T
		if old := t.pages.Load(); old != nil {
			pages = append(pages, *old...)
		}
		pages = append(pages, new([pageRows]T))
		t.pages.Store(&pages)
	}
	t.n++
	return t.at(i), i
}

// atomicRow is the number of a row that one goroutine writes and others read.
type atomicRow[R ~uint32] struct{ n atomic.Uint32 }

func (a *atomicRow[R]) Load() R { return R(a.n.Load()) }

func (a *atomicRow[R]) Store(row R) { a.n.Store(uint32(row)) }

// list is an append-only list with one writer and any number of readers.
type list[T any] struct {
	n    atomic.Uint32
	data atomic.Pointer[[]T]
}

func (l *list[T]) add(v T) {
	n := int(l.n.Load())
	var data []T
	if p := l.data.Load(); p != nil {
		data = *p
	}
	if n == len(data) {
		grown := make([]T, max(2, 2*n))
		copy(grown, data)
		data = grown
		l.data.Store(&grown)
	}
	data[n] = v
	l.n.Store(uint32(n + 1))
}

// all is the list as it stands.
func (l *list[T]) all() []T {
	n := l.n.Load()
	if n == 0 {
		return nil
	}
	return (*l.data.Load())[:n]
}

// textRef says where a string lies in texts: page, place in it and length.
type textRef uint64

// texts is an append-only heap of byte strings in pages without pointers.
type texts struct {
	pages atomic.Pointer[[][]byte]
	used  int
}

const textPage = 1 << 20

// add keeps a copy of b and returns where it is.
func (t *texts) add(b []byte) textRef {
	var pages [][]byte
	if p := t.pages.Load(); p != nil {
		pages = *p
	}
	if len(pages) == 0 || t.used+len(b) > len(pages[len(pages)-1]) {
		pages = append(append([][]byte(nil), pages...), make([]byte, max(textPage, len(b))))
		t.pages.Store(&pages)
		t.used = 0
	}
	last := len(pages) - 1
	copy(pages[last][t.used:], b)
	at := textRef(last)<<44 | textRef(t.used)<<22 | textRef(len(b))
	t.used += len(b)
	return at
}

// get is the string that add put at ref. It must not be changed.
func (t *texts) get(ref textRef) []byte {
	page := (*t.pages.Load())[ref>>44]
	from, n := ref>>22&(1<<22-1), ref&(1<<22-1)
	return page[from : from+n]
}

// index finds rows by key. It is split so that its growth stops nobody for long.
type index[K comparable, R ~uint32] struct {
	shards [64]struct {
		sync.RWMutex
		rows map[K]R
	}
}

var indexSeed = maphash.MakeSeed()

func (x *index[K, R]) get(k K) (R, bool) {
	s := &x.shards[maphash.Comparable(indexSeed, k)%uint64(len(x.shards))]
	s.RLock()
	defer s.RUnlock()
	row, ok := s.rows[k]
	return row, ok
}

func (x *index[K, R]) put(k K, row R) {
	s := &x.shards[maphash.Comparable(indexSeed, k)%uint64(len(x.shards))]
	s.Lock()
	defer s.Unlock()
	if s.rows == nil {
		s.rows = map[K]R{}
	}
	s.rows[k] = row
}

// lacks reports whether a key that is given stands neither in the index nor among
// others.
func (x *index[K, R]) lacks(k K, others map[K]bool) bool {
	var zero K
	if k == zero || others[k] {
		return false
	}
	_, ok := x.get(k)
	return !ok
}

// bitset is a set of rows, a bit each. none is in no set.
type bitset[R ~uint32] []uint64

func newBitset[R ~uint32](rows R) bitset[R] { return make(bitset[R], rows/64+1) }

func (b bitset[R]) set(row R) {
	if row != none {
		b[row/64] |= 1 << (row % 64)
	}
}

func (b bitset[R]) unset(row R) { b[row/64] &^= 1 << (row % 64) }

func (b bitset[R]) has(row R) bool { return b[row/64]&(1<<(row%64)) != 0 }

// externals are the entities of ids under which others know them, whenever that was
// recorded.
type externals struct {
	mu sync.RWMutex
	of map[string][]EntityRow
}

func (x *externals) add(id string, row EntityRow) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.of == nil {
		x.of = map[string][]EntityRow{}
	}
	if !slices.Contains(x.of[id], row) {
		x.of[id] = append(x.of[id], row)
	}
}

func (x *externals) get(id string) []EntityRow {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return slices.Clone(x.of[id])
}

// recent keeps what was asked for last, by key.
type recent[K comparable, T any] struct {
	mu    sync.Mutex
	byKey map[K]*lru.Element
	order lru.List // of recentItem, most recent first
}

type recentItem[K comparable, T any] struct {
	key  K
	item T
}

// get is what is kept; the zero T where nothing is.
func (c *recent[K, T]) get(key K) (item T) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.byKey[key]; e != nil {
		c.order.MoveToFront(e)
		item = e.Value.(recentItem[K, T]).item
	}
	return item
}

// put keeps an item in the place of another, and no more than most.
func (c *recent[K, T]) put(key K, item T, most int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.byKey[key]; e != nil {
		c.order.Remove(e)
	}
	c.add(key, item, most)
}

// getOr is what is kept, or what is made where nothing is, which is kept from then on.
func (c *recent[K, T]) getOr(key K, most int, made func() T) T {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.byKey[key]; e != nil {
		c.order.MoveToFront(e)
		return e.Value.(recentItem[K, T]).item
	}
	item := made()
	c.add(key, item, most)
	return item
}

func (c *recent[K, T]) add(key K, item T, most int) {
	if c.byKey == nil {
		c.byKey = map[K]*lru.Element{}
	}
	c.byKey[key] = c.order.PushFront(recentItem[K, T]{key, item})
	for c.order.Len() > most {
		delete(c.byKey, c.order.Remove(c.order.Back()).(recentItem[K, T]).key)
	}
}

package live

import (
	lru "container/list"
	"maps"
	"slices"
	"sync"

	"github.com/rabta/rabta/graph"
)

// verdict is what a lens makes of a link.
type verdict uint8

const (
	// undecided is to be asked.
	undecided verdict = iota
	// isVisible is a link of which no claim is left out.
	isVisible
	// excludedFor and the place of a reason in graph.Reasons stand for a link of a single
	// claim that is refused for it.
	excludedFor
)

// visibleLinks is what a lens makes of each link, by row: what searches that meet very
// many links ask. It never changes.
type visibleLinks struct {
	view     *View
	visible  bitset[LinkRow] // those that are shown, which most searches ask for alone
	verdicts []verdict       // of all
}

func newVisibleLinks(v *View) *visibleLinks {
	return &visibleLinks{view: v, visible: newBitset(v.sizes.links), verdicts: make([]verdict, v.sizes.links)}
}

// of is the verdict on a link that is there.
func (s *visibleLinks) of(row LinkRow) verdict {
	if s.visible.has(row) {
		return isVisible
	}
	return s.verdicts[row]
}

func (s *visibleLinks) set(row LinkRow, how verdict) {
	s.verdicts[row] = how
	if how == isVisible {
		s.visible.set(row)
	} else {
		s.visible[row/64] &^= 1 << (row % 64)
	}
}

// linkClassifier judges links one by one.
type linkClassifier struct {
	v      *View
	single *singleClaimFilter
	one    [1]LinkRow // room
	left   int        // claims of a link that do not count
	note   func(graph.ExclusionReason)
}

func newLinkClassifier(v *View) *linkClassifier {
	j := &linkClassifier{v: v, single: v.singleClaims()}
	j.note = func(graph.ExclusionReason) { j.left++ }
	return j
}

// classify is unknown for a link of which the lens leaves a claim out, shown or not:
// that is to be counted.
func (j *linkClassifier) classify(row LinkRow) verdict {
	l := j.v.g.links.at(row)
	if !l.kind.isLink() {
		return undecided
	}
	if j.single != nil {
		if _, shown, known := j.single.ofOne(j.v, row, l); known {
			if shown {
				return isVisible
			}
			return excludedBy(j.single.exclusion(j.v, l))
		}
	}
	j.left = 0
	if _, shown := j.v.assessLink(row, &j.one, j.note); shown && j.left == 0 {
		return isVisible
	}
	return undecided
}

func excludedBy(why graph.ExclusionReason) verdict {
	if place := slices.Index(graph.ExclusionReasons, why); place >= 0 {
		return excludedFor + verdict(place)
	}
	return undecided
}

// visibilityCache keeps the sets of the lenses and clearances that were asked for last,
// each as of the moment when it was.
type visibilityCache struct {
	mu    sync.Mutex
	byKey map[string]*lru.Element
	order lru.List // of *visibleLinks, most recent first
}

// maxCachedLenses is how many sets are kept.
const maxCachedLenses = 16

// cached is the set of the view's lens and clearance, brought up to the view; nil when
// none is kept, or when more has changed than links. What is left out of a view of the
// past as not yet recorded grows with the graph.
func (c *visibilityCache) cached(v *View) *visibleLinks {
	old := c.get(v.key)
	if old == nil || old.view.sizes == v.sizes && old.view.r.snapshot.tableSizes == v.r.snapshot.tableSizes {
		return old
	}
	rows, ok := v.ChangedSince(old.view)
	if !ok || v.sizes != v.r.snapshot.tableSizes || old.view.sizes != old.view.r.snapshot.tableSizes {
		return nil
	}
	s := newVisibleLinks(v)
	copy(s.visible, old.visible)
	copy(s.verdicts, old.verdicts)
	j := newLinkClassifier(v)
	for _, row := range rows {
		s.set(row, j.classify(row))
	}
	c.put(s)
	return s
}

// build reads all links.
func (c *visibilityCache) build(v *View) *visibleLinks {
	s := newVisibleLinks(v)
	j := newLinkClassifier(v)
	for row := range v.sizes.links {
		s.set(row, j.classify(row))
	}
	c.put(s)
	return s
}

func (c *visibilityCache) get(key string) *visibleLinks {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.byKey[key]
	if e == nil {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*visibleLinks)
}

func (c *visibilityCache) put(s *visibleLinks) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byKey == nil {
		c.byKey = map[string]*lru.Element{}
	}
	if e := c.byKey[s.view.key]; e != nil {
		c.order.Remove(e)
	}
	c.byKey[s.view.key] = c.order.PushFront(s)
	for c.order.Len() > maxCachedLenses {
		oldest := c.order.Remove(c.order.Back()).(*visibleLinks)
		delete(c.byKey, oldest.view.key)
	}
}

// ChangedSince lists the rows of links that the view may show otherwise than an
// older view of the same clearance and lens, ascending; it may list more. It is
// false when that cannot be told by links: an entity came, a record was told anew,
// a source was withdrawn or is so no more, or entities are judged the same.
func (v *View) ChangedSince(old *View) ([]LinkRow, bool) {
	if v.g != old.g || v.clearance != old.clearance || v.resolution != nil || old.resolution != nil ||
		old.sizes.claims > v.sizes.claims || old.sizes.entities != v.sizes.entities || old.sizes.revised != v.sizes.revised {
		return nil, false
	}
	t := changes{g: v.g, end: v.sizes.claims, claims: map[ClaimRow]bool{}, links: map[LinkRow]bool{}}
	for r := old.sizes.claims; r < v.sizes.claims; r++ {
		t.claim(r)
	}
	if t.withdrawn {
		return nil, false
	}
	return slices.Sorted(maps.Keys(t.links)), true
}

// changes is what claims may change: their links, and those of the claims that they
// are about, and of what is set against these.
type changes struct {
	g         *Graph
	end       ClaimRow // rows from here on are not for the view
	claims    map[ClaimRow]bool
	links     map[LinkRow]bool
	withdrawn bool // a source may be, or may be no more
}

func (t *changes) claim(r ClaimRow) {
	if r >= t.end || t.claims[r] {
		return
	}
	t.claims[r] = true
	row, rest := t.g.claims.at(r), t.g.details.at(r)
	t.claim(rest.first)
	if row.link != none {
		t.link(row.link)
	}
	switch rest.kind.predicate() {
	case graph.Withdraws:
		t.withdrawn = true
	case graph.Retracts, graph.Contradicts:
		t.claim(rest.about)
		t.claim(rest.against)
	}
	if l, ok := t.g.contradicted.Load(rest.first); ok {
		for _, by := range l.(*list[ClaimRow]).all() {
			t.claim(by)
		}
	}
}

// link is touched, and so is the link that cannot hold beside it.
func (t *changes) link(number LinkRow) {
	t.links[number] = true
	if other := t.g.links.at(number).excluding.Load(); other != none {
		t.links[other] = true
	}
}

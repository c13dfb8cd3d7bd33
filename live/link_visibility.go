package live

import (
	lru "container/list"
	"maps"
	"math"
	"slices"
	"sync"

	"github.com/rabta/rabta/graph"
)

// verdict is what a view makes of a link.
type verdict uint8

const (
	// undecided is to be asked of visibleLink.
	undecided verdict = iota
	// isVisible is a visible link of which all claims count.
	isVisible
	// excludedFor and a reason's place in graph.ExclusionReasons stand for a link with a
	// single claim, which does not count for that reason.
	excludedFor
)

// visibleLinks is what a view makes of each link, by row: what searches that meet very
// many links ask. It never changes.
type visibleLinks struct {
	view     *View
	visible  bitset[LinkRow] // those that are visible, which most searches ask for alone
	verdicts []verdict       // of all
}

func newVisibleLinks(v *View) *visibleLinks {
	return &visibleLinks{view: v.Within(nil), visible: newBitset(v.LinkRows()), verdicts: make([]verdict, v.LinkRows())}
}

// of is the verdict on a link that is there.
func (s *visibleLinks) of(row LinkRow) verdict {
	if s.visible.has(row) {
		return isVisible
	}
	return s.verdicts[row]
}

func (s *visibleLinks) set(row LinkRow, is verdict) {
	s.verdicts[row] = is
	if is == isVisible {
		s.visible.set(row)
	} else {
		s.visible.unset(row)
	}
}

// linkClassifier gives links their verdicts one by one.
type linkClassifier struct {
	v        *View
	single   *singleClaimFilter
	room     [1]LinkRow
	excluded int // claims of a link that do not count
	count    func(graph.ExclusionReason)
}

func newLinkClassifier(v *View) *linkClassifier {
	c := &linkClassifier{v: v, single: v.singleClaims()}
	c.count = func(graph.ExclusionReason) { c.excluded++ }
	return c
}

// classify leaves a link undecided of which some claims do not count: they are to be
// counted, be the link visible or not.
func (c *linkClassifier) classify(row LinkRow) verdict {
	l := c.v.linkRecord(row)
	if !l.kind.isLink() {
		return undecided
	}
	if c.single != nil {
		if _, visible, ok := c.single.ofOne(c.v, row, l); ok {
			if visible {
				return isVisible
			}
			return excludedBy(c.single.exclusion(c.v, l))
		}
	}
	c.excluded = 0
	if _, visible := c.v.visibleLinkInto(row, &c.room, c.count); visible && c.excluded == 0 {
		return isVisible
	}
	return undecided
}

func excludedBy(reason graph.ExclusionReason) verdict {
	if i := slices.Index(graph.ExclusionReasons, reason); i >= 0 {
		return excludedFor + verdict(i)
	}
	return undecided
}

// visibilityCache keeps the visible links of the lenses that were asked for last, each as of the view that asked.
type visibilityCache struct {
	mu    sync.Mutex
	byKey map[string]*lru.Element
	order lru.List // of *visibleLinks, most recent first
}

// maxCachedLenses is how many are kept.
const maxCachedLenses = 16

// cached is what is kept of the view's lens, brought up to the view; nil
// when nothing is, or when more has changed than links. A view of the past is not
// brought up: what it excludes as not yet recorded grows with the graph.
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
	classifier := newLinkClassifier(v)
	for _, row := range rows {
		s.set(row, classifier.classify(row))
	}
	c.put(s)
	return s
}

// build reads all links.
func (c *visibilityCache) build(v *View) *visibleLinks {
	s := newVisibleLinks(v)
	classifier := newLinkClassifier(v)
	for row := range v.LinkRows() {
		s.set(row, classifier.classify(row))
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
// older view of the same lens, ascending; it may list more. It is
// false when links alone do not say what changed: an entity came, a record was recorded
// anew, a source was withdrawn or is so no more, or entities are the same as others.
func (v *View) ChangedSince(old *View) ([]LinkRow, bool) {
	if v.g != old.g || v.resolution != nil || old.resolution != nil ||
		old.sizes.claims > v.sizes.claims || old.sizes.entities != v.sizes.entities ||
		old.sizes.revised != v.sizes.revised {
		return nil, false
	}
	x := changes{g: v.g, end: v.sizes.claims, claims: map[ClaimRow]bool{}, links: map[LinkRow]bool{}}
	for r := old.sizes.claims; r < v.sizes.claims; r++ {
		x.claim(r)
	}
	if x.withdrawn {
		return nil, false
	}
	return slices.Sorted(maps.Keys(x.links)), true
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

func (x *changes) claim(r ClaimRow) {
	if r >= x.end || x.claims[r] {
		return
	}
	x.claims[r] = true
	c, d := x.g.claims.at(r), x.g.details.at(r)
	x.claim(d.first)
	if c.link != none {
		x.link(c.link)
	}
	switch d.kind.predicate() {
	case graph.Withdraws:
		x.withdrawn = true
	case graph.Retracts, graph.Contradicts:
		x.claim(d.about)
		x.claim(d.against)
	}
	if l, ok := x.g.contradicted.Load(d.first); ok {
		for _, by := range l.(*list[ClaimRow]).all() {
			x.claim(by)
		}
	}
}

// link may change, and so may the link that cannot hold beside it.
func (x *changes) link(row LinkRow) {
	x.links[row] = true
	if rival := x.g.links.at(row).excluding.Load(); rival != none {
		x.links[rival] = true
	}
}

// singleClaimFilter tells of links with one claim, which most links of most graphs are,
// whether a view shows them. All that it asks of a claim's grade and source is worked
// out beforehand.
type singleClaimFilter struct {
	grades  [gradeKeys]graph.ExclusionReason // by grade.key: why the lens excludes it, "" when it does not
	sources []graph.ExclusionReason          // by row: the same of the source
	asOf    *graph.Day                       // nil is any day
}

// singleClaims is the view's filter of such links; nil when they are not simple: when
// something is the same as something else, or the lens leaves sources out, or asks for speakers,
// certain dates or several sources.
func (v *View) singleClaims() *singleClaimFilter {
	v.singleOnce.Do(func() {
		certain := v.lens.AsOfMode != nil && *v.lens.AsOfMode == graph.Certain
		if v.resolution == nil && v.withdrawn == nil && v.withoutSources == nil && v.heard == nil && !certain &&
			v.lens.MinIndependentSources == nil {
			v.single = v.newSingleClaimFilter()
		}
	})
	return v.single
}

func (v *View) newSingleClaimFilter() *singleClaimFilter {
	f := &singleClaimFilter{asOf: v.lens.AsOf, sources: make([]graph.ExclusionReason, v.sizes.sources)}
	perfect := graph.Evidence{Credibility: 1, Undated: true, Published: graph.OpenStart, From: openStart, To: openEnd}
	for perfect.Hedge = range uint8(len(graph.Hedges)) { // to one that the lens reads, if it reads any
		if v.filter.Excludes(&perfect) == "" {
			break
		}
	}
	for row := range v.sizes.sources {
		e, source := perfect, v.sourceVersion(row)
		e.Reliability, e.Published = source.reliability, source.published
		e.Barred = v.onlySources != nil && !v.onlySources[row]
		f.sources[row] = v.filter.Excludes(&e)
	}
	for key := range grade(gradeKeys) {
		f.grades[key] = graph.ByHedge
		e := perfect
		e.Hedge, e.Credibility, e.Polarity, e.Inferred = key.hedge(), key.credibility(), key.polarity(), key.inferred()
		if int(e.Hedge) < len(graph.Hedges) {
			f.grades[key] = v.filter.Excludes(&e)
		}
	}
	return f
}

// ofOne is the link of a single claim that affirms it and that no other claim is about,
// and whether it is visible; ok is false when the link is not so simple.
func (f *singleClaimFilter) ofOne(v *View, row LinkRow, l *linkRecord) (s LinkSummary, visible, ok bool) {
	r := l.newest.Load()
	if r >= v.sizes.claims || l.excluding.Load() != none {
		return s, false, false
	}
	c := v.g.claims.at(r)
	if c.older != none || !c.plainlyAffirms() {
		return s, false, false
	}
	if f.grades[c.grade.key()] != "" || f.sources[c.source] != "" || f.dateExcludes(c) {
		return s, false, true
	}
	return LinkSummary{row, l.source, l.target, l.kind, l.bearing, c.grade.credibility(), c.times()}, true, true
}

// ofSeveral is the link of claims that all affirm it and that no other claim is about,
// and whether it is visible; ok is false when the link is not so simple.
func (f *singleClaimFilter) ofSeveral(v *View, row LinkRow, l *linkRecord) (s LinkSummary, visible, ok bool) {
	if l.excluding.Load() != none {
		return s, false, false
	}
	never := graph.Span{Earliest: graph.OpenEnd, Latest: graph.OpenStart}
	s = LinkSummary{row, l.source, l.target, l.kind, l.bearing, noCredibility, never}
	for r := l.newest.Load(); r != none; {
		if r >= v.sizes.claims {
			return s, false, false
		}
		c := v.g.claims.at(r)
		if !c.plainlyAffirms() {
			return s, false, false
		}
		r = c.older
		if f.grades[c.grade.key()] != "" || f.sources[c.source] != "" || f.dateExcludes(c) {
			continue
		}
		s.Credibility = min(s.Credibility, c.grade.credibility())
		if !c.grade.undated() { // an open start is before all days, an open end after
			s.Times.Earliest = min(s.Times.Earliest, graph.Day(c.from))
			s.Times.Latest = max(s.Times.Latest, graph.Day(c.to))
		}
	}
	if s.Times.Earliest == graph.OpenEnd {
		s.Times = graph.Span{Earliest: graph.OpenStart, Latest: graph.OpenEnd}
	}
	return s, s.Credibility != noCredibility, true
}

// noCredibility is worse than that of any claim.
const noCredibility = math.MaxUint8

// plainlyAffirms reports whether the claim affirms its link, was recorded once, and no
// claim retracts or contradicts it.
func (c *claimRecord) plainlyAffirms() bool {
	return c.state.Load() == unsuperseded && !c.grade.rerecorded() && c.grade.affirms()
}

// times is the span within which what the claim says may hold.
func (c *claimRecord) times() graph.Span {
	return graph.Span{Earliest: graph.Day(c.from), Latest: graph.Day(c.to)}
}

// dateExcludes reports whether the claim cannot hold on the day that the lens asks for.
func (f *singleClaimFilter) dateExcludes(c *claimRecord) bool {
	return f.asOf != nil && (graph.Day(c.from) > *f.asOf || *f.asOf > graph.Day(c.to))
}

// exclusion is why the claim of a link with a single one does not count: the first
// reason in the order in which a graph.LensFilter asks.
func (f *singleClaimFilter) exclusion(v *View, l *linkRecord) graph.ExclusionReason {
	c := v.g.claims.at(l.newest.Load())
	source := f.sources[c.source]
	switch grade := f.grades[c.grade.key()]; {
	case source != "" && source != graph.ByPublication:
		return source
	case grade != "":
		return grade
	case f.dateExcludes(c):
		return graph.ByDate
	}
	return source
}

var (
	openStart = graph.Span{Earliest: graph.OpenStart, Latest: graph.OpenStart}
	openEnd   = graph.Span{Earliest: graph.OpenEnd, Latest: graph.OpenEnd}
)

package live

import (
	"maps"
	"math"
	"slices"
	"sync"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
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
type visibilityCache struct{ recent[string, *visibleLinks] }

// maxCachedLenses is how many are kept.
const maxCachedLenses = 16

// cached is what is kept of the view's lens, brought up to the view; nil
// when nothing is, or when more has changed than links. A view of the past is not
// brought up: what it excludes as not yet recorded grows with the graph.
func (c *visibilityCache) cached(v *View) *visibleLinks {
	if v.less != nil {
		return nil
	}
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
	c.put(s.view.key, s, maxCachedLenses)
	return s
}

// build reads all links.
func (c *visibilityCache) build(v *View) *visibleLinks {
	s := newVisibleLinks(v)
	classifier := newLinkClassifier(v)
	for row := range v.LinkRows() {
		s.set(row, classifier.classify(row))
	}
	if v.less == nil { // what is asked once is not worth keeping
		c.put(s.view.key, s, maxCachedLenses)
	}
	return s
}

// ChangedSince lists the rows of links that the view may show otherwise than an
// older view of the same lens, ascending; it may list more. It is
// false when links alone do not say what changed: an entity came, a record was recorded
// anew, a source was withdrawn or is so no more, entities are the same as others, or the lens asks for a day and
// another is said of when something lived.
func (v *View) ChangedSince(old *View) ([]LinkRow, bool) {
	if v.g != old.g || v.resolution != nil || old.resolution != nil ||
		old.sizes.claims > v.sizes.claims || old.sizes.entities != v.sizes.entities ||
		old.sizes.revised != v.sizes.revised {
		return nil, false
	}
	x := v.changesSince(old)
	if x.withdrawn || x.lives && v.lens.AsOf != nil {
		return nil, false
	}
	return slices.Sorted(maps.Keys(x.links)), true
}

// LivesChangedSince reports whether claims that came since an older view may say otherwise when
// something lived.
func (v *View) LivesChangedSince(old *View) bool { return v.changesSince(old).lives }

func (v *View) changesSince(old *View) changes {
	x := changes{g: v.g, end: v.sizes.claims, claims: map[ClaimRow]bool{}, links: map[LinkRow]bool{}}
	for r := old.sizes.claims; r < v.sizes.claims; r++ {
		x.claim(r)
	}
	return x
}

// changes is what claims may change: their links, and those of the claims that they
// are about, and of what is set against these.
type changes struct {
	g         *Graph
	end       ClaimRow // rows from here on are not for the view
	claims    map[ClaimRow]bool
	links     map[LinkRow]bool
	withdrawn bool // a source may be, or may be no more
	lives     bool // when something lived may have changed
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
	x.lives = x.lives || slices.Contains(vitals, d.kind.predicate())
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
	*claimFilter
	asOf *graph.Day // nil is any day
}

// claimFilter is what a lens makes of claims, whatever day it asks for.
type claimFilter struct {
	grades  [gradeKeys]graph.ExclusionReason // by grade.key: why the lens excludes it, "" when it does not
	sources []graph.ExclusionReason          // by row: the same of the source
}

// keptFilter is that of a lens, once it is asked for.
type keptFilter struct {
	once sync.Once
	is   *claimFilter
}

// singleClaims is the view's filter of such links; nil when they are not simple: when
// something is the same as something else, or the lens leaves sources out, or asks for speakers,
// certain dates or several sources.
func (v *View) singleClaims() *singleClaimFilter {
	v.singleOnce.Do(func() {
		if v.resolution == nil && v.withdrawn == nil && v.withoutSources == nil && v.less == nil && v.heard == nil && !certainly(&v.lens) &&
			v.lens.MinIndependentSources == nil {
			kept := &v.kept.single
			kept.once.Do(func() { kept.is = v.newClaimFilter() })
			v.single = &singleClaimFilter{kept.is, v.lens.AsOf}
		}
	})
	return v.single
}

func (v *View) newClaimFilter() *claimFilter {
	f := &claimFilter{sources: make([]graph.ExclusionReason, v.sizes.sources)}
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
	if f.cuts(v, l, c) {
		return s, false, false // that is no reason why its claim would not count
	}
	return LinkSummary{row, l.source, l.target, l.kind, l.bearing, c.grade.credibility(), c.grade.undated()}, true, true
}

// ofSeveral is the link of claims that all affirm it and that no other claim is about,
// and whether it is visible; ok is false when the link is not so simple.
func (f *singleClaimFilter) ofSeveral(v *View, row LinkRow, l *linkRecord) (s LinkSummary, visible, ok bool) {
	if l.excluding.Load() != none || f.cuts(v, l, nil) {
		return s, false, false
	}
	s = LinkSummary{row, l.source, l.target, l.kind, l.bearing, noCredibility, true}
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
		s.Undated = s.Undated && c.grade.undated()
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

// dateExcludes reports whether the claim cannot hold on the day that the lens asks for.
func (f *singleClaimFilter) dateExcludes(c *claimRecord) bool {
	return f.asOf != nil && (graph.Day(c.from) > *f.asOf || *f.asOf > graph.Day(c.to))
}

// cuts reports whether the day that the lens asks for lies outside the life of an end that is
// not worse graded than the best claim; where that is nil, whatever its grade.
func (f *singleClaimFilter) cuts(v *View, l *linkRecord, best *claimRecord) bool {
	if f.asOf == nil || v.surelyLives(l.source, *f.asOf) && v.surelyLives(l.target, *f.asOf) {
		return false
	}
	c := interval.Cutting{Anyhow: best == nil}
	if c.Begin, c.End = l.kind.spec().Bearing.CutByLife(); !c.Begin {
		return false
	}
	if best != nil {
		c.Grade = interval.Grade{Credibility: best.grade.credibility(), Reliability: v.sourceVersion(best.source).reliability}
	}
	return !c.Keeps(v.livesOf(l.source), *f.asOf) || !c.Keeps(v.livesOf(l.target), *f.asOf)
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

// Interval is some time in which a link held.
type Interval struct {
	v  *View
	is interval.Interval
}

// Held are the intervals in which the link held: those of the claims that affirm it, within
// the lives of its ends, joined where they touch and that is known to within 366 days. They
// are in the order in which the link is first known to have held. Claims that do not say when
// give none.
func (l *Link) Held() []*Interval {
	out := []*Interval{}
	for _, i := range l.intervals() {
		out = append(out, &Interval{l.v, i})
	}
	return out
}

// From is when the interval began; nil where nothing says.
func (i *Interval) From() *graph.PartialDate {
	return i.end(i.is.FromGiven, i.is.FromCut, ClaimRow(i.is.FromOrder), "validFrom", i.is.From)
}

// To is when the interval ended; nil where nothing says.
func (i *Interval) To() *graph.PartialDate {
	return i.end(i.is.ToGiven, i.is.ToCut, ClaimRow(i.is.ToOrder), "validTo", i.is.To)
}

// end is an end as the claim wrote it that gives it, or as a life leaves it.
func (i *Interval) end(given, cut bool, by ClaimRow, name string, within graph.Span) *graph.PartialDate {
	switch {
	case cut && given:
		return date(graph.DateWithin(within))
	case cut && name == "validFrom":
		return date(graph.DateWithin(graph.Span{Earliest: within.Earliest, Latest: graph.OpenEnd}))
	case cut:
		return date(graph.DateWithin(graph.Span{Earliest: graph.OpenStart, Latest: within.Latest}))
	case given:
		return date(i.v.encoded(by).date(name))
	}
	return nil
}

// Began is the span within which the interval began; false where nothing says.
func (i *Interval) Began() (graph.Span, bool) { return i.is.From, i.is.FromGiven || i.is.FromCut }

// Ended is the span within which the interval ended; false where nothing says.
func (i *Interval) Ended() (graph.Span, bool) { return i.is.To, i.is.ToGiven || i.is.ToCut }

// CutByLife reports whether a claim's own time reaches out of the life of an end.
func (i *Interval) CutByLife() bool { return i.is.FromCut || i.is.ToCut }

// Claims are those that give the interval, oldest first.
func (i *Interval) Claims() []*Claim {
	out := make([]*Claim, len(i.is.Orders))
	for k, order := range i.is.Orders {
		out[k] = i.v.claim(ClaimRow(order))
	}
	return out
}

// Interrupted reports whether the link is known to have ended before it held again.
func (l *Link) Interrupted() bool { return interval.Interrupted(l.intervals()) }

// ValidFrom is the start of the first of the intervals in which the link held; nil where
// nothing says when that was.
func (l *Link) ValidFrom() *graph.PartialDate {
	if e, ok := l.onlyUncut(); ok {
		return l.givenBy(&e, "validFrom", e.From)
	}
	if held := l.intervals(); len(held) > 0 {
		return (&Interval{l.v, held[0]}).From()
	}
	return nil
}

// ValidTo is the end of the last of the intervals in which the link held; nil when it may be
// going on.
func (l *Link) ValidTo() *graph.PartialDate {
	if e, ok := l.onlyUncut(); ok {
		return l.givenBy(&e, "validTo", e.To)
	}
	if held := l.intervals(); len(held) > 0 {
		return (&Interval{l.v, held[interval.Last(held)]}).To()
	}
	return nil
}

// onlyUncut is the single claim that affirms a link of which no life cuts anything, as most
// links are.
func (l *Link) onlyUncut() (e graph.Evidence, ok bool) {
	if l.fold.Affirmed != 1 || l.Undated() {
		return e, false
	}
	e, _ = l.fold.Best()
	i, ok := interval.Of(&e)
	return e, ok && (l.uncut(i.Bounds()) || l.alive(interval.Cutting{}).IsAlways())
}

// givenBy is an end as a claim gives it; nil where it does not.
func (l *Link) givenBy(e *graph.Evidence, name string, within graph.Span) *graph.PartialDate {
	if within.Earliest.Open() && within.Latest.Open() {
		return nil
	}
	return date(l.v.encoded(rowOf(*e)).date(name))
}

// Times are the spans of days in which the link may have held: any time where no claim says
// when, none where it lies outside the lives of its ends.
func (l *Link) Times() []graph.Span {
	if l.fold.Affirmed == 0 || l.Undated() {
		return interval.Always
	}
	var out []graph.Span
	for _, i := range l.Given() {
		out = append(out, i.Bounds())
	}
	return out
}

// Edges are the first and the last day that an end may be which a claim gives, within the
// lives of the link's ends; Earliest is after Latest where none is bounded.
func (l *Link) Edges() graph.Span {
	return interval.Edges(l.Given())
}

// Spans reports whether the link may have held at times that no claim names.
func (l *Link) Spans() bool {
	return slices.ContainsFunc(l.intervals(), func(i interval.Interval) bool { return i.Spans() })
}

// Given are the intervals in which the claims have the link hold, within the lives of its ends.
func (l *Link) Given() []interval.Interval {
	return l.lived(l.own())
}

// HeldIn says whether the link held at some time within a span of days, by any one claim.
func (l *Link) HeldIn(span graph.Span) interval.Certainty { return interval.HeldIn(l.Given(), span) }

// OutsideLife reports whether all claims that say when have the link hold at times at which
// an end of it did not live: then it held on no day. A link is outside, too, of which a claim
// does so that is better graded than that life, and so stands.
func (l *Link) OutsideLife() bool {
	own, day := l.own(), l.v.lens.AsOf
	if l.allUncut(own) && (day == nil || l.uncut(graph.Span{Earliest: *day, Latest: *day})) {
		return false
	}
	all := l.alive(interval.Cutting{Anyhow: true})
	if all.IsAlways() {
		return false
	}
	if day != nil && !all.Has(*day) {
		return true
	}
	if len(own) == 0 {
		return false
	}
	held := l.lived(own)
	return len(held) == 0 || slices.ContainsFunc(held, func(i interval.Interval) bool {
		return len(interval.Cut([]interval.Interval{i}, all)) == 0
	})
}

// intervals are Held as values.
func (l *Link) intervals() []interval.Interval {
	_, list := l.datedIntervals()
	return list
}

// datedIntervals are Held as values; dated is false where no claim says when. Of what a life
// cuts to nothing there are none.
func (l *Link) datedIntervals() (dated bool, list []interval.Interval) {
	own := l.own()
	if len(own) == 0 {
		return false, nil
	}
	list = l.lived(own)
	if len(list) > 1 {
		list = interval.Merge(list)
	}
	return true, list
}

// own are the intervals that the claims give which affirm the link, one each.
func (l *Link) own() (out []interval.Interval) {
	if l.fold.Affirmed == 0 || l.Undated() {
		return nil
	}
	if best, _ := l.fold.Best(); l.fold.Affirmed == 1 {
		if i, ok := interval.Of(&best); ok {
			out = append(out, i)
		}
		return out
	}
	for _, e := range l.evidence(graph.Affirmed) {
		if i, ok := interval.Of(&e); ok {
			out = append(out, i)
		}
	}
	return out
}

// hidden says why the lens does not show the link, or "" when it does.
func (l *Link) hidden() graph.ExclusionReason {
	lens := &l.v.lens
	if reason := l.fold.Hidden(lens, l.IndependentSources); reason != "" || lens.AsOf == nil {
		return reason
	}
	if !l.livesOn(*lens.AsOf, certainly(lens)) {
		return graph.OutsideLife
	}
	return ""
}

func certainly(l *graph.Lens) bool { return l.AsOfMode != nil && *l.AsOfMode == graph.Certain }

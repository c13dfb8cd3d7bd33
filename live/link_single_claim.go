package live

import (
	"math"

	"github.com/rabta/rabta/graph"
)

// singleClaimFilter tells of links with one claim, which most links of most graphs are,
// whether a view shows them. All that it asks of a claim's grade and source is worked
// out beforehand.
type singleClaimFilter struct {
	grades  [gradeKeys]graph.ExclusionReason // by grade.key: why the lens excludes it, "" when it does not
	sources []graph.ExclusionReason          // by row: the same of the source
	asOf    *graph.Day                       // nil is any day
}

// singleClaims is the view's filter of such links; nil when they are not simple: when
// something is the same as something else, or the lens leaves sources out or asks for
// certain dates or several sources.
func (v *View) singleClaims() *singleClaimFilter {
	v.singleOnce.Do(func() {
		certain := v.lens.AsOfMode != nil && *v.lens.AsOfMode == graph.Certain
		if v.resolution == nil && v.withdrawn == nil && v.withoutSources == nil && !certain &&
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
	return LinkSummary{row, l.source, l.target, l.kind, c.grade.credibility(), c.times()}, true, true
}

// ofSeveral is the link of claims that all affirm it and that no other claim is about,
// and whether it is visible; ok is false when the link is not so simple.
func (f *singleClaimFilter) ofSeveral(v *View, row LinkRow, l *linkRecord) (s LinkSummary, visible, ok bool) {
	if l.excluding.Load() != none {
		return s, false, false
	}
	never := graph.Span{Earliest: graph.OpenEnd, Latest: graph.OpenStart}
	s = LinkSummary{row, l.source, l.target, l.kind, noCredibility, never}
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

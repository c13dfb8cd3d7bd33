package live

import (
	"math"

	"github.com/rabta/rabta/graph"
)

// singleClaimFilter judges links that one claim tells: most links of most graphs. All that
// it asks of a claim's grade and source is worked out beforehand.
type singleClaimFilter struct {
	grades  [gradeKeys]graph.ExclusionReason // by grade.key: why the lens refuses it, "" when it does not
	sources []graph.ExclusionReason          // by row: the same of the source
	asOf    *graph.Day                       // nil is any day
}

// singleClaims is the view's judge of such links; nil when they are not simple: when
// something is kept from the reader or judged the same, or the lens leaves sources
// out or asks for certain dates or several sources.
func (v *View) singleClaims() *singleClaimFilter {
	v.singleOnce.Do(func() {
		certain := v.lens.AsOfMode != nil && *v.lens.AsOfMode == graph.Certain
		if v.seesAll && v.resolution == nil && v.withdrawn == nil && v.withoutSources == nil && !certain && v.lens.MinIndependentSources == nil {
			v.single = v.newSingleClaimFilter()
		}
	})
	return v.single
}

func (v *View) newSingleClaimFilter() *singleClaimFilter {
	j := &singleClaimFilter{asOf: v.lens.AsOf, sources: make([]graph.ExclusionReason, v.sizes.sources)}
	perfect := graph.Evidence{Credibility: 1, Undated: true, Published: graph.OpenStart, From: openStart, To: openEnd}
	for perfect.Hedge = range uint8(len(graph.Hedges)) { // to one that the lens reads, if it reads any
		if v.filter.Excludes(&perfect) == "" {
			break
		}
	}
	for row := range j.sources {
		e, src := perfect, v.sourceVersion(sourceRow(row))
		e.Reliability, e.Published = src.reliability, src.published
		e.Barred = v.onlySources != nil && !v.onlySources[sourceRow(row)]
		j.sources[row] = v.filter.Excludes(&e)
	}
	for key := range grade(gradeKeys) {
		j.grades[key] = graph.ByHedge
		e := perfect
		e.Hedge, e.Credibility, e.Polarity, e.Inferred = key.hedge(), key.credibility(), key.polarity(), key.inferred()
		if int(e.Hedge) < len(graph.Hedges) {
			j.grades[key] = v.filter.Excludes(&e)
		}
	}
	return j
}

// ofOne is the link of a single claim that affirms it and that no other claim is
// about; ok is false when the link is not so simple.
func (j *singleClaimFilter) ofOne(v *View, number LinkRow, l *linkRecord) (f LinkSummary, shown, ok bool) {
	r := l.newest.Load()
	if r >= v.sizes.claims || l.excluding.Load() != none {
		return f, false, false
	}
	c := v.g.claims.at(r)
	if c.older != none || c.state.Load() != unsuperseded || c.grade.rerecorded() || !c.grade.affirms() {
		return f, false, false
	}
	if j.grades[c.grade.key()] != "" || j.sources[c.source] != "" {
		return f, false, true
	}
	f = LinkSummary{number, l.source, l.target, l.kind, c.grade.credibility(), graph.Span{Earliest: graph.OpenStart, Latest: graph.OpenEnd}}
	if !c.grade.undated() {
		f.Times = graph.Span{Earliest: graph.Day(c.from), Latest: graph.Day(c.to)}
	}
	return f, j.asOf == nil || f.Times.Earliest <= *j.asOf && *j.asOf <= f.Times.Latest, true
}

// ofSeveral is the link of claims that all affirm it and that no other claim is about,
// each of which it judges as fact does; ok is false when the link is not so simple.
func (j *singleClaimFilter) ofSeveral(v *View, number LinkRow, l *linkRecord) (f LinkSummary, shown, ok bool) {
	if l.excluding.Load() != none {
		return f, false, false
	}
	f = LinkSummary{number, l.source, l.target, l.kind, none8, graph.Span{Earliest: graph.OpenEnd, Latest: graph.OpenStart}}
	for r := l.newest.Load(); r != none; {
		if r >= v.sizes.claims {
			return f, false, false
		}
		c := v.g.claims.at(r)
		if c.state.Load() != unsuperseded || c.grade.rerecorded() || !c.grade.affirms() {
			return f, false, false
		}
		r = c.older
		dated := !c.grade.undated()
		if j.grades[c.grade.key()] != "" || j.sources[c.source] != "" || dated && j.asOf != nil && (graph.Day(c.from) > *j.asOf || *j.asOf > graph.Day(c.to)) {
			continue
		}
		f.Credibility = min(f.Credibility, c.grade.credibility())
		if dated { // an open start is before all days, an open end after
			f.Times.Earliest, f.Times.Latest = min(f.Times.Earliest, graph.Day(c.from)), max(f.Times.Latest, graph.Day(c.to))
		}
	}
	if f.Times.Earliest == graph.OpenEnd {
		f.Times = graph.Span{Earliest: graph.OpenStart, Latest: graph.OpenEnd}
	}
	return f, f.Credibility != none8, true
}

// none8 is a credibility of no claim.
const none8 = math.MaxUint8

// exclusion is why fact found a link of a single claim not to be shown: the first reason
// in the order in which a graph.LensFilter asks.
func (j *singleClaimFilter) exclusion(v *View, l *linkRecord) graph.ExclusionReason {
	c := v.g.claims.at(l.newest.Load())
	of := j.sources[c.source]
	switch grade := j.grades[c.grade.key()]; {
	case of != "" && of != graph.ByPublication:
		return of
	case grade != "":
		return grade
	case j.asOf != nil && !c.grade.undated() && (graph.Day(c.from) > *j.asOf || *j.asOf > graph.Day(c.to)):
		return graph.ByDate
	}
	return of
}

var (
	openStart = graph.Span{Earliest: graph.OpenStart, Latest: graph.OpenStart}
	openEnd   = graph.Span{Earliest: graph.OpenEnd, Latest: graph.OpenEnd}
)

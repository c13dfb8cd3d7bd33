package analysis

import (
	"slices"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
	"github.com/rabta/rabta/live"
)

// Dyad is how two groups or bodies stood to each other, year by year.
type Dyad struct {
	A, B live.Entity
	// Years has a row for each year in which a claim certainly or possibly has a link
	// hold, or that names a shared incident, ascending. Links that may have held in years
	// that no row names for them are in Spans, those without dates in Undated.
	Years          []*DyadYear
	Spans, Undated []*live.Link
	// IncidentsWithoutYear are clashes and joint incidents of which no date names one year.
	IncidentsWithoutYear []live.Entity
	// OutsideLife counts links that held on no day, for want of a life to hold in.
	OutsideLife int
}

// DyadYear is one year of a dyad.
type DyadYear struct {
	Year int
	// Friendly and Hostile are the links that held in the year wherever in their spans
	// the dates of one of their claims lie, PossiblyFriendly and PossiblyHostile those of
	// which these dates are known to within 366 days; folded over the claims that say so.
	Friendly, Hostile                 []*live.Link
	PossiblyFriendly, PossiblyHostile []*live.Link
	Modes                             []graph.Mode
	// Disagreement is set when links of both sorts, or a disputed one, held or
	// possibly did.
	Disagreement bool
	// Clashes are incidents of the year that one claimed against the other, Joint those
	// that both claimed. Where attributions are asked for, what one is said to have
	// carried out against the other is a clash too. What may have been in another year
	// is in no row.
	Clashes, Joint []live.Entity

	asked *dyadAsked
}

// dyadAsked is what a dyad answers.
type dyadAsked struct {
	view     *live.View
	a, b     graph.ID
	bearings []graph.Bearing
}

// View is that of the dyad.
func (y *DyadYear) View() *live.View { return y.asked.view }

// In is the year of the same dyad in another view of the same snapshot; one of no links where that has none.
func (y *DyadYear) In(v *live.View) *DyadYear {
	if d, err := DyadOf(v, y.asked.a, y.asked.b, y.asked.bearings); err == nil {
		for _, year := range d.Years {
			if year.Year == y.Year {
				return year
			}
		}
	}
	return &DyadYear{Year: y.Year}
}

// RestsOn gathers the claims on which it rests which links of the dyad held in the year.
func (y *DyadYear) RestsOn(on *live.Resting) {
	on.Between(y.asked.a, y.asked.b, slices.Concat(friendly, hostile))
}

// friendly and hostile are the kinds of link between groups that count as ties of
// either sort, acts those that lay an incident to an actor.
var (
	friendly = graph.LinkKinds(graph.PredicateSpec.Friendly)
	hostile  = graph.LinkKinds(graph.PredicateSpec.Hostile)
	acts     = graph.LinkKinds(graph.PredicateSpec.Act)
)

// dyadBearings are those that a dyad takes unless others are asked for.
var dyadBearings = append(slices.Clone(graph.UsualBearings), graph.BearingHostility)

// firstYear and lastYear bound the years of a dyad.
const (
	firstYear = 1900
	lastYear  = 2100
)

// DyadOf is the dyad of two entities, by links of some bearings; nil is the usual ones and
// hostility.
func DyadOf(v *live.View, a, b graph.ID, bearings []graph.Bearing) (*Dyad, error) {
	if bearings == nil {
		bearings = dyadBearings
	}
	ea, err := v.Living("a", a)
	if err != nil {
		return nil, err
	}
	eb, err := v.Living("b", b)
	if err != nil {
		return nil, err
	}
	if ea.Base().ID() == eb.Base().ID() {
		return nil, graph.Invalid("SAME_ENTITY", "b", "both ends are the same", "name two different entities")
	}
	d := &dyadBuilder{
		dyad:  &Dyad{A: ea, B: eb, Spans: []*live.Link{}, Undated: []*live.Link{}, IncidentsWithoutYear: []live.Entity{}},
		years: map[int]*DyadYear{}, bearings: graph.BearingsAsked(bearings),
	}
	d.gather()
	d.incidents()
	d.build()
	for _, y := range d.dyad.Years {
		y.asked = &dyadAsked{v, a, b, bearings}
	}
	return d.dyad, nil
}

type dyadBuilder struct {
	bearings graph.BearingSet
	dyad     *Dyad
	dated    []*live.Link
	years    map[int]*DyadYear
}

func (d *dyadBuilder) gather() {
	kinds := d.bearings.Of(slices.Concat(friendly, hostile))
	d.dyad.A.Base().EachLink(kinds, live.Both, func(l *live.Link) bool {
		switch {
		case l.Other().Base().ID() != d.dyad.B.Base().ID():
		case l.Undated():
			d.dyad.Undated = append(d.dyad.Undated, l)
		case len(l.Times()) == 0:
			d.dyad.OutsideLife++
		default:
			d.dated = append(d.dated, l)
		}
		return true
	})
}

func (d *dyadBuilder) year(y int) *DyadYear {
	if d.years[y] == nil {
		d.years[y] = &DyadYear{
			Year: y, Friendly: []*live.Link{}, Hostile: []*live.Link{}, PossiblyFriendly: []*live.Link{},
			PossiblyHostile: []*live.Link{}, Modes: []graph.Mode{}, Clashes: []live.Entity{}, Joint: []live.Entity{},
		}
	}
	return d.years[y]
}

// incidents sorts the incidents of either by what the other has to do with them.
func (d *dyadBuilder) incidents() {
	byA, byB := d.incidentsOf(d.dyad.A), d.incidentsOf(d.dyad.B)
	placed := map[graph.ID]bool{}
	for _, e := range slices.Concat(byA.acted, byB.acted) {
		id := e.Base().ID()
		if placed[id] {
			continue
		}
		placed[id] = true
		switch {
		case byA.has(byA.claimed, id) && byB.has(byB.claimed, id):
			d.place(e, func(y *DyadYear) { y.Joint = append(y.Joint, e) })
		case byA.has(byA.acted, id) && byB.has(byB.suffered, id), byB.has(byB.acted, id) && byA.has(byA.suffered, id):
			d.place(e, func(y *DyadYear) { y.Clashes = append(y.Clashes, e) })
		}
	}
}

type incidentList struct{ acted, claimed, suffered []live.Entity }

func (incidentList) has(list []live.Entity, id graph.ID) bool {
	return slices.ContainsFunc(list, func(e live.Entity) bool { return e.Base().ID() == id })
}

func (d *dyadBuilder) incidentsOf(e live.Entity) (out incidentList) {
	e.Base().EachLink(d.bearings.Of(acts), live.Both, func(l *live.Link) bool {
		o := l.Other()
		if o.Base().Kind() != graph.Incident {
			return true
		}
		if !out.has(out.acted, o.Base().ID()) {
			out.acted = append(out.acted, o)
		}
		if l.Bearing() == graph.BearingResponsibility {
			out.claimed = append(out.claimed, o)
		}
		return true
	})
	e.Base().EachLink(d.bearings.Of([]graph.Predicate{graph.Targeted}), live.In, func(l *live.Link) bool {
		out.suffered = append(out.suffered, l.Other())
		return true
	})
	return out
}

// place puts an incident into the year that its date names.
func (d *dyadBuilder) place(e live.Entity, put func(*DyadYear)) {
	date := (&live.Incident{EntityBase: e.Base()}).BestDate()
	if date != nil && !date.Earliest.Open() {
		y := yearOf(date.Earliest)
		if interval.When(graph.Span{Earliest: date.Earliest, Latest: date.Latest}, spanOf(y)) == interval.Certain {
			put(d.year(y))
			return
		}
	}
	d.dyad.IncidentsWithoutYear = append(d.dyad.IncidentsWithoutYear, e)
}

func (d *dyadBuilder) build() {
	for _, l := range d.dated {
		if l.Spans() {
			d.dyad.Spans = append(d.dyad.Spans, l)
		}
		edges := l.Edges()
		for y := max(yearOf(edges.Earliest), firstYear); y <= min(yearOf(edges.Latest), lastYear); y++ {
			held := l.HeldIn(spanOf(y))
			if held == interval.Unsaid {
				continue
			}
			if during := l.NamedFor(spanOf(y)); during != nil {
				d.put(d.year(y), during, held)
			}
		}
	}
	for _, row := range d.years {
		d.judge(row)
		d.dyad.Years = append(d.dyad.Years, row)
	}
	slices.SortFunc(d.dyad.Years, func(a, b *DyadYear) int { return a.Year - b.Year })
}

func (d *dyadBuilder) put(row *DyadYear, l *live.Link, held interval.Certainty) {
	list := &row.Friendly
	switch hostile := slices.Contains(hostile, l.Kind()); {
	case hostile && held == interval.Certain:
		list = &row.Hostile
	case hostile:
		list = &row.PossiblyHostile
	case held != interval.Certain:
		list = &row.PossiblyFriendly
	}
	*list = append(*list, l)
}

func (d *dyadBuilder) judge(row *DyadYear) {
	friends, foes := slices.Concat(row.Friendly, row.PossiblyFriendly), slices.Concat(row.Hostile, row.PossiblyHostile)
	row.Disagreement = len(friends) > 0 && len(foes) > 0
	for _, l := range slices.Concat(friends, foes) {
		row.Disagreement = row.Disagreement || l.Disputed() || l.Contested()
		row.Modes = append(row.Modes, l.Modes()...)
	}
	slices.Sort(row.Modes)
	row.Modes = slices.Compact(row.Modes)
}

// spanOf is a year as a span of days.
func spanOf(year int) graph.Span {
	return graph.Span{Earliest: graph.DayOf(year, 1, 1), Latest: graph.DayOf(year, 12, 31)}
}

func yearOf(d graph.Day) int { return d.Time().In(time.UTC).Year() }

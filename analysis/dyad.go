package analysis

import (
	"slices"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// Dyad is how two groups or bodies stood to each other, year by year.
type Dyad struct {
	A, B live.Entity
	// Years has a row for each year in which a dated claim or a shared incident
	// lies, ascending; links without dates are in Undated.
	Years   []*DyadYear
	Undated []*live.Link
}

// DyadYear is one year of a dyad.
type DyadYear struct {
	Year int
	// Friendly and Hostile are the links that may have held in the year, folded
	// over the claims that may.
	Friendly, Hostile []*live.Link
	Modes             []graph.Mode
	// Disagreement is set when links of both sorts, or a disputed one, may have
	// held.
	Disagreement bool
	// Clashes are incidents of the year that one claimed against the other, Joint those
	// that both claimed. Where attributions are asked for, what one is said to have
	// carried out against the other is a clash too.
	Clashes, Joint []live.Entity
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

// firstYear and lastYear bound the years of a dyad; open ends run
// to the year of the newest dated claim of the dyad.
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
		dyad: &Dyad{A: ea, B: eb, Undated: []*live.Link{}}, years: map[int]*DyadYear{},
		bearings: graph.BearingsAsked(bearings),
	}
	d.gather()
	d.incidents()
	d.build()
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
		default:
			d.dated = append(d.dated, l)
		}
		return true
	})
}

func (d *dyadBuilder) year(y int) *DyadYear {
	if d.years[y] == nil {
		d.years[y] = &DyadYear{
			Year: y, Friendly: []*live.Link{}, Hostile: []*live.Link{}, Modes: []graph.Mode{}, Clashes: []live.Entity{},
			Joint: []live.Entity{},
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

// place puts an incident into its year; one without a date has none.
func (d *dyadBuilder) place(e live.Entity, put func(*DyadYear)) {
	date := (&live.Incident{EntityBase: e.Base()}).Date()
	if date == nil || date.Earliest.Open() {
		return
	}
	put(d.year(date.Earliest.Time().Year()))
}

func (d *dyadBuilder) build() {
	first, last := d.span()
	for y := first; y <= last; y++ {
		span := graph.Span{Earliest: graph.DayOf(y, 1, 1), Latest: graph.DayOf(y, 12, 31)}
		for _, l := range d.dated {
			if during := l.During(span); during != nil {
				d.put(d.year(y), during)
			}
		}
	}
	for _, row := range d.years {
		d.judge(row)
		d.dyad.Years = append(d.dyad.Years, row)
	}
	slices.SortFunc(d.dyad.Years, func(a, b *DyadYear) int { return a.Year - b.Year })
}

func (d *dyadBuilder) put(row *DyadYear, l *live.Link) {
	if slices.Contains(hostile, l.Kind()) {
		row.Hostile = append(row.Hostile, l)
	} else {
		row.Friendly = append(row.Friendly, l)
	}
}

func (d *dyadBuilder) judge(row *DyadYear) {
	row.Disagreement = len(row.Friendly) > 0 && len(row.Hostile) > 0
	for _, l := range slices.Concat(row.Friendly, row.Hostile) {
		row.Disagreement = row.Disagreement || l.Disputed() || l.Contested()
		row.Modes = append(row.Modes, l.Modes()...)
	}
	slices.Sort(row.Modes)
	row.Modes = slices.Compact(row.Modes)
}

// span is the years from the first to the last day that a dated link names.
func (d *dyadBuilder) span() (first, last int) {
	first, last = lastYear, firstYear
	for _, l := range d.dated {
		for _, date := range []*graph.PartialDate{l.ValidFrom(), l.ValidTo()} {
			if date == nil {
				continue
			}
			for _, day := range []graph.Day{date.Earliest, date.Latest} {
				if !day.Open() {
					first, last = min(first, yearOf(day)), max(last, yearOf(day))
				}
			}
		}
	}
	for y := range d.years {
		first, last = min(first, y), max(last, y)
	}
	return max(first, firstYear), min(last, lastYear)
}

func yearOf(d graph.Day) int { return d.Time().In(time.UTC).Year() }

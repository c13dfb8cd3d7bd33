package analysis

import (
	"fmt"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// Period is how long the rows of a timeline are.
type Period string

// The periods.
const (
	ByYear    Period = "YEAR"
	ByQuarter Period = "QUARTER"
	ByMonth   Period = "MONTH"
)

// Timeline is what happened around some entities, period by period.
type Timeline struct {
	// Rows are the periods in which something lies, ascending.
	Rows []*TimelineRow
	// Undated counts the incidents and links of which no claim says a day that
	// they began at or after, or ended at or before.
	UndatedIncidents, UndatedLinks int
}

// TimelineRow is one period.
type TimelineRow struct {
	// Label names the period, as 2023, 2023-Q3 or 2023-09.
	Label    string
	From, To graph.Day
	// Incidents began in the period, as far as their dates say.
	Incidents []live.Entity
	// Started and Ended are links of which the earliest start or the latest end
	// lies in the period.
	Started, Ended []*live.Link
	// KilledLow and KilledHigh add up the tolls of the incidents, over roles;
	// KilledHigh is nil when one of them has no upper bound. WithoutFigure counts
	// incidents that have no toll at all: unknown is not 0.
	KilledLow     int
	KilledHigh    *int
	WithoutFigure int
}

// TimelineOf is what the links of some entities, and incidents linked to them,
// say of each period.
func TimelineOf(v *live.View, of []graph.ID, by Period) (*Timeline, error) {
	t := &timelineBuilder{by: by, rows: map[string]*TimelineRow{}, seen: map[graph.ID]bool{}, out: &Timeline{}}
	for i, id := range of {
		e, err := v.Living(fmt.Sprintf("of[%d]", i), id)
		if err != nil {
			return nil, err
		}
		if e.Base().Kind() == graph.Incident {
			t.incident(e)
		}
		e.Base().EachLink(nil, live.Both, func(l *live.Link) bool {
			t.link(l)
			return true
		})
	}
	t.finish()
	return t.out, nil
}

type timelineBuilder struct {
	by   Period
	rows map[string]*TimelineRow
	seen map[graph.ID]bool
	out  *Timeline
}

func (t *timelineBuilder) row(d graph.Day) *TimelineRow {
	when := d.Time()
	year, month := when.Year(), int(when.Month())
	label := fmt.Sprintf("%04d", year)
	first, months := 1, 12
	switch t.by {
	case ByMonth:
		label, first, months = fmt.Sprintf("%04d-%02d", year, month), month, 1
	case ByQuarter:
		quarter := (month - 1) / 3
		label, first, months = fmt.Sprintf("%04d-Q%d", year, quarter+1), quarter*3+1, 3
	}
	if t.rows[label] == nil {
		t.rows[label] = &TimelineRow{
			Label: label, From: graph.DayOf(year, first, 1), To: graph.DayOf(year, first+months, 1) - 1,
			Incidents: []live.Entity{}, Started: []*live.Link{}, Ended: []*live.Link{},
		}
	}
	return t.rows[label]
}

func (t *timelineBuilder) link(l *live.Link) {
	if t.seen[l.ID()] {
		return
	}
	t.seen[l.ID()] = true
	for _, end := range []live.Entity{l.Source(), l.Target()} {
		if end.Base().Kind() == graph.Incident {
			t.incident(end)
			return
		}
	}
	from, to := begin(l.ValidFrom()), end(l.ValidTo())
	if from == nil && to == nil {
		t.out.UndatedLinks++
	}
	if from != nil {
		row := t.row(*from)
		row.Started = append(row.Started, l)
	}
	if to != nil {
		row := t.row(*to)
		row.Ended = append(row.Ended, l)
	}
}

// begin is the first day of a date, nil when it is open or not said.
func begin(d *graph.PartialDate) *graph.Day {
	if d == nil {
		return nil
	}
	return d.EarliestDay()
}

// end is the last day of a date, nil when it is open or not said.
func end(d *graph.PartialDate) *graph.Day {
	if d == nil {
		return nil
	}
	return d.LatestDay()
}

func (t *timelineBuilder) incident(e live.Entity) {
	if t.seen[e.Base().ID()] {
		return
	}
	t.seen[e.Base().ID()] = true
	day := begin((&live.Incident{EntityBase: e.Base()}).Date())
	if day == nil {
		t.out.UndatedIncidents++
		return
	}
	row := t.row(*day)
	row.Incidents = append(row.Incidents, e)
}

func (t *timelineBuilder) finish() {
	t.out.Rows = make([]*TimelineRow, 0, len(t.rows))
	for _, row := range t.rows {
		row.addTolls()
		t.out.Rows = append(t.out.Rows, row)
	}
	slices.SortFunc(t.out.Rows, func(a, b *TimelineRow) int { return int(a.From) - int(b.From) })
}

// addTolls adds up those killed. Where a toll names no role it stands for all
// roles; else the roles are added.
func (r *TimelineRow) addTolls() {
	high, bounded := 0, true
	for _, e := range r.Incidents {
		low, up, known := killed((&live.Incident{EntityBase: e.Base()}).Casualties())
		if !known {
			r.WithoutFigure++
			continue
		}
		r.KilledLow += low
		if up == nil {
			bounded = false
		} else {
			high += *up
		}
	}
	if bounded && r.WithoutFigure < len(r.Incidents) {
		r.KilledHigh = &high
	}
}

func killed(tolls []*live.Casualties) (low int, high *int, known bool) {
	up, bounded := 0, true
	for _, t := range tolls {
		if t.Effect != graph.EffectKilled {
			continue
		}
		l := 0
		if t.Low != nil {
			l = *t.Low
		}
		if t.Role == graph.RoleUnknown {
			return l, t.High, true
		}
		known = true
		low += l
		if t.High == nil {
			bounded = false
		} else {
			up += *t.High
		}
	}
	if known && bounded {
		high = &up
	}
	return low, high, known
}

package analysis

import (
	"fmt"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/incidents"
	"github.com/rabta/rabta/interval"
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
	// Spans and SpanningIncidents are links and incidents of which a date is given that
	// names no period: it lies in one of several.
	Spans             []*live.Link
	SpanningIncidents []live.Entity
	// UndatedIncidents and UndatedLinks count those of which no claim says when they
	// happened, began or ended, OutsideLife links that held on no day, for want of a life
	// to hold in.
	UndatedIncidents, UndatedLinks, OutsideLife int
}

// TimelineRow is one period.
type TimelineRow struct {
	// Label names the period, as 2023, 2023-Q3 or 2023-09.
	Label    string
	From, To graph.Day
	// Incidents happened in the period, wherever in it their dates lie; not those that the
	// actors only denied or condemned.
	Incidents []live.Entity
	// Started and Ended are links of which an interval began or ended in the period,
	// PossiblyStarted and PossiblyEnded those of which that is possible, the day being
	// known to within 366 days.
	Started, Ended                 []*live.Link
	PossiblyStarted, PossiblyEnded []*live.Link
	// Happened are the incidents that were asked for, and those in the places that were.
	Happened *incidents.IncidentSum
	// The sums of the actors that were asked for: an incident is in one of them, the one
	// that is closest to one of the actors.
	*incidents.IncidentSums
}

// TimelineOf is what the links of some entities, and incidents linked to them or in them,
// say of each period.
func TimelineOf(v *live.View, of []graph.ID, by Period, how live.Inside) (*Timeline, error) {
	t := &timelineBuilder{by: by, how: how, rows: map[string]*TimelineRow{}, links: map[graph.ID]bool{}, at: map[graph.ID]int{}}
	t.out = &Timeline{Spans: []*live.Link{}, SpanningIncidents: []live.Entity{}}
	for i, id := range of {
		e, err := v.Living(fmt.Sprintf("of[%d]", i), id)
		if err != nil {
			return nil, err
		}
		t.entity(e)
	}
	t.finish()
	return t.out, nil
}

type timelineBuilder struct {
	by        Period
	how       live.Inside
	rows      map[string]*TimelineRow
	links     map[graph.ID]bool
	incidents []found
	at        map[graph.ID]int
	out       *Timeline
}

// found is an incident: whether it was asked for or happened in a place that was, and the
// closest part that an actor has in it.
type found struct {
	incidents.Linked
	happened bool
}

func (t *timelineBuilder) entity(e live.Entity) {
	switch e := e.(type) {
	case *live.Incident:
		t.incident(e).happened = true
	case *live.Place:
		for l := range e.Happened(t.how) {
			t.incident(l.Source().(*live.Incident)).happened = true
		}
	default:
		for _, l := range incidents.Of(e.Base()) {
			f := t.incident(l.Incident)
			f.Part = min(f.Part, l.Part)
		}
	}
	e.Base().EachLink(nil, live.Both, func(l *live.Link) bool {
		t.link(l)
		return true
	})
}

// incident is the entry of an incident.
func (t *timelineBuilder) incident(i *live.Incident) *found {
	at, known := t.at[i.ID()]
	if !known {
		at = len(t.incidents)
		t.at[i.ID()] = at
		t.incidents = append(t.incidents, found{Linked: incidents.Linked{Incident: i, Part: incidents.Disowned}})
	}
	return &t.incidents[at]
}

// period is the row of a day, and its label; a new one where there is none yet.
func (t *timelineBuilder) period(d graph.Day) (string, *TimelineRow) {
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
		return label, &TimelineRow{
			Label: label, From: graph.DayOf(year, first, 1), To: graph.DayOf(year, first+months, 1) - 1,
			Incidents: []live.Entity{}, Started: []*live.Link{}, Ended: []*live.Link{},
			Happened: incidents.NewSum(), IncidentSums: incidents.NewSums(),
			PossiblyStarted: []*live.Link{}, PossiblyEnded: []*live.Link{},
		}
	}
	return label, t.rows[label]
}

func (t *timelineBuilder) link(l *live.Link) {
	if t.links[l.ID()] || l.Source().Base().Kind() == graph.Incident || l.Target().Base().Kind() == graph.Incident {
		return
	}
	t.links[l.ID()] = true
	switch {
	case l.Undated():
		t.out.UndatedLinks++
	case len(l.Times()) == 0:
		t.out.OutsideLife++
	}
	spans := false
	for _, i := range l.Held() {
		if from, ok := i.Began(); ok {
			spans = t.place(l, from, func(r *TimelineRow) (sure, perhaps *[]*live.Link) { return &r.Started, &r.PossiblyStarted }) || spans
		}
		if to, ok := i.Ended(); ok {
			spans = t.place(l, to, func(r *TimelineRow) (sure, perhaps *[]*live.Link) { return &r.Ended, &r.PossiblyEnded }) || spans
		}
	}
	if spans {
		t.out.Spans = append(t.out.Spans, l)
	}
}

// place puts a link into the period in which a date lies, or those in which it may if it is
// known well enough; it reports whether it is not.
func (t *timelineBuilder) place(l *live.Link, date graph.Span, lists func(*TimelineRow) (sure, perhaps *[]*live.Link)) (spans bool) {
	if date.Earliest.Open() || date.Latest.Open() {
		return true
	}
	for day := date.Earliest; day <= date.Latest; {
		label, row := t.period(day)
		sure, perhaps := lists(row)
		switch interval.When(date, graph.Span{Earliest: row.From, Latest: row.To}) {
		case interval.Unsaid:
			return true
		case interval.Possible:
			sure = perhaps
		}
		t.rows[label] = row
		if !slices.Contains(*sure, l) {
			*sure = append(*sure, l)
		}
		day = row.To + 1
	}
	return false
}

// put puts an incident into the row in which its date lies.
func (t *timelineBuilder) put(f found) {
	date := f.Incident.BestDate()
	if date == nil {
		t.out.UndatedIncidents++
		return
	}
	label, row := "", (*TimelineRow)(nil)
	if !date.Earliest.Open() {
		label, row = t.period(date.Earliest)
	}
	if row == nil || date.Latest > row.To {
		t.out.SpanningIncidents = append(t.out.SpanningIncidents, f.Incident)
		return
	}
	t.rows[label] = row
	row.Incidents = append(row.Incidents, f.Incident)
	if f.happened {
		row.Happened.Add(f.Incident)
	}
	row.IncidentSums.Add(f.Incident, f.Part)
}

func (t *timelineBuilder) finish() {
	for _, f := range t.incidents {
		if f.happened || f.Part != incidents.Disowned {
			t.put(f)
		}
	}
	t.out.Rows = make([]*TimelineRow, 0, len(t.rows))
	for _, row := range t.rows {
		t.out.Rows = append(t.out.Rows, row)
	}
	slices.SortFunc(t.out.Rows, func(a, b *TimelineRow) int { return int(a.From) - int(b.From) })
}

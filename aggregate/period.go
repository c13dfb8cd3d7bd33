package aggregate

import (
	"fmt"
	"iter"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
)

// months is how long the periods of a key are.
var months = map[GroupKey]int{ByYear: 12, ByMonth: 1, ByPublished: 12}

// period is the year or the month of a day.
type period struct {
	label string
	graph.Span
}

func periodOf(day graph.Day, key GroupKey) period {
	when, n := day.Time(), months[key]
	first := (int(when.Month())-1)/n*n + 1
	p := period{label: fmt.Sprintf("%04d", when.Year())}
	if key == ByMonth {
		p.label += fmt.Sprintf("-%02d", first)
	}
	p.Earliest = graph.DayOf(when.Year(), first, 1)
	p.Latest = graph.DayOf(when.Year(), first+n, 1) - 1
	return p
}

// group is the group of what lies in the period.
func (p period) group(key GroupKey) group {
	label, from, to := p.label, p.Earliest, p.Latest
	return group{
		value:    AggregationValue{Key: key, Value: &label, Certain: true, From: &from, To: &to},
		identity: label, order: order{number: float64(from)},
	}
}

// between is the group of what lies somewhere from a first period to a last one, none of which
// is said.
func between(days graph.Span, key GroupKey) group {
	first, last := "..", ".."
	value := AggregationValue{Key: key}
	number := float64(days.Earliest)
	if !days.Earliest.Open() {
		p := periodOf(days.Earliest, key)
		first, value.From, number = p.label, &p.Earliest, float64(p.Earliest)
	}
	if !days.Latest.Open() {
		p := periodOf(days.Latest, key)
		last, value.To = p.label, &p.Latest
	}
	label := first + "/" + last
	value.Value = &label
	return group{value: value, identity: label, order: order{number: number, text: label}}
}

// when are the periods in which a date lies, of which there is one, or between which.
func when(date *graph.PartialDate, key GroupKey) groups {
	if date == nil || date.Earliest.Open() && date.Latest.Open() {
		return none(key)
	}
	days := graph.Span{Earliest: date.Earliest, Latest: date.Latest}
	if !days.Earliest.Open() {
		if p := periodOf(days.Earliest, key); interval.When(days, p.Span) == interval.Certain {
			return groups{in: []group{p.group(key)}}
		}
	}
	out := groups{in: []group{between(days, key)}}
	if interval.Known(days) {
		for day := days.Earliest; day <= days.Latest; {
			p := periodOf(day, key)
			out.may, day = append(out.may, p.label), p.Latest+1
		}
	}
	return out
}

// published are the years in which sources were published, and those in which they may have been.
func published(dates iter.Seq[*graph.PartialDate]) (out groups) {
	for date := range dates {
		g := when(date, ByPublished)
		if g.in[0].order.unknown {
			continue
		}
		out.in, out.may = addOnce(out.in, g.in[0]), append(out.may, g.may...)
	}
	return groups{orNone(out.in, ByPublished).in, out.may}
}

// periodsOf is in how many periods during looks at intervals.
func periodsOf(given []interval.Interval, key GroupKey) int {
	edges := interval.Edges(given)
	if edges.Earliest > edges.Latest {
		return 0
	}
	first, last := edges.Earliest.Time(), edges.Latest.Time()
	years := last.Year() - first.Year()
	if key == ByMonth {
		return 12*years + int(last.Month()) - int(first.Month()) + 1
	}
	return years + 1
}

// during are the periods in which something held, by any one of its intervals, and those in
// which it may have. What certainly held in none is between the first and the last.
func during(given []interval.Interval, key GroupKey) (out groups) {
	edges := interval.Edges(given)
	if edges.Earliest > edges.Latest {
		return none(key)
	}
	for day := edges.Earliest; day <= edges.Latest; {
		p := periodOf(day, key)
		switch interval.HeldIn(given, p.Span) {
		case interval.Certain:
			out.in = append(out.in, p.group(key))
		case interval.Possible:
			out.may = append(out.may, p.label)
		}
		day = p.Latest + 1
	}
	if out.in != nil {
		return out
	}
	days := named(given)
	if days.Earliest.Open() && days.Latest.Open() {
		days = seen(given)
	}
	if days.Earliest > days.Latest {
		out.in = none(key).in
	} else {
		out.in = []group{between(days, key)}
	}
	return out
}

// named is between which days intervals are said to have begun and ended.
func named(given []interval.Interval) graph.Span {
	days := given[0].Named()
	for k := range given {
		d := given[k].Named()
		days = graph.Span{Earliest: min(days.Earliest, d.Earliest), Latest: max(days.Latest, d.Latest)}
	}
	return days
}

// seen is between which days something held, of intervals that had begun by a day and had not
// ended before another: nobody says more than that it was so then. Earliest is after Latest where
// none has both.
func seen(given []interval.Interval) graph.Span {
	days := graph.Span{Earliest: graph.OpenEnd, Latest: graph.OpenStart}
	for k := range given {
		if begun, lasted := given[k].From.Latest, given[k].To.Earliest; !begun.Open() && !lasted.Open() {
			days = graph.Span{Earliest: min(days.Earliest, lasted), Latest: max(days.Latest, begun)}
		}
	}
	return days
}

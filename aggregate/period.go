package aggregate

import (
	"fmt"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
)

// months is how long the periods of a key are.
var months = map[GroupKey]int{ByYear: 12, ByMonth: 1}

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

// undated is the groups of what nothing says the time of.
func undated(key GroupKey) groups { return none(key) }

// when are the periods in which a date lies, of which there is one, or between which.
func when(date *graph.PartialDate, key GroupKey) groups {
	if date == nil || date.Earliest.Open() && date.Latest.Open() {
		return undated(key)
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

// during are the periods in which something held, by any one of its intervals, and those in
// which it may have. What certainly held in none is between the first and the last.
func during(given []interval.Interval, key GroupKey) (out groups) {
	edges := interval.Edges(given)
	if edges.Earliest > edges.Latest {
		return undated(key)
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
	if days := named(given); !days.Earliest.Open() || !days.Latest.Open() {
		out.in = []group{between(days, key)}
	} else {
		out.in = undated(key).in
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

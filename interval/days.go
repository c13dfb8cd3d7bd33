package interval

import (
	"slices"

	"github.com/rabta/rabta/graph"
)

// Days are some days: spans that do not touch, ascending. Nil is none.
type Days []graph.Span

// Always is every day.
var Always = Days{{Earliest: graph.OpenStart, Latest: graph.OpenEnd}}

// tidy sorts spans and joins those that touch.
func (d Days) tidy() Days {
	slices.SortFunc(d, compareSpans)
	out := d[:0]
	for _, s := range d {
		if n := len(out); n > 0 && (out[n-1].Latest == graph.OpenEnd || s.Earliest <= out[n-1].Latest+1) {
			out[n-1].Latest = max(out[n-1].Latest, s.Latest)
		} else {
			out = append(out, s)
		}
	}
	return out
}

// IsAlways reports whether they are all days.
func (d Days) IsAlways() bool { return len(d) == 1 && d[0] == Always[0] }

// Has reports whether a day is among them.
func (d Days) Has(day graph.Day) bool {
	return slices.ContainsFunc(d, func(s graph.Span) bool { return s.Earliest <= day && day <= s.Latest })
}

// Or are the days that are in either.
func (d Days) Or(o Days) Days { return slices.Concat(d, o).tidy() }

// And are the days that are in both.
func (d Days) And(o Days) Days {
	switch {
	case d.IsAlways():
		return o
	case o.IsAlways():
		return d
	}
	var out Days
	for i, j := 0, 0; i < len(d) && j < len(o); {
		s := graph.Span{Earliest: max(d[i].Earliest, o[j].Earliest), Latest: min(d[i].Latest, o[j].Latest)}
		if s.Earliest <= s.Latest {
			out = append(out, s)
		}
		if d[i].Latest < o[j].Latest {
			i++
		} else {
			j++
		}
	}
	return out
}

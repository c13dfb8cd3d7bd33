package interval

import (
	"cmp"
	"slices"

	"github.com/rabta/rabta/graph"
)

// Span are the days on which it may have held, of some intervals.
func Span(list []Interval) Days {
	out := make(Days, len(list))
	for k := range list {
		out[k] = list[k].Bounds()
	}
	return out.tidy()
}

// Onwards are the days from the first of some days on.
func (d Days) Onwards() Days {
	if len(d) == 0 {
		return nil
	}
	return Days{{Earliest: d[0].Earliest, Latest: graph.OpenEnd}}
}

// Cover reports whether all of some other days are among them.
func (d Days) Cover(o Days) bool {
	if d.IsAlways() {
		return true
	}
	k := 0
	for _, s := range o {
		for k < len(d) && d[k].Latest < s.Latest {
			k++
		}
		if k == len(d) || d[k].Earliest > s.Earliest {
			return false
		}
	}
	return true
}

// Meet reports whether a day is in both.
func (d Days) Meet(o Days) bool {
	for i, j := 0, 0; i < len(d) && j < len(o); {
		switch {
		case d[i].Latest < o[j].Earliest:
			i++
		case o[j].Latest < d[i].Earliest:
			j++
		default:
			return true
		}
	}
	return false
}

// End is an end of an overlap.
type End struct {
	// Date is where it may lie.
	Date graph.Span
	// Given is set where something that overlaps says when it began, or ended; Open where
	// something does not, so that the end may lie further in than Date says.
	Given, Open bool
}

// Overlap is some time in which several things may have held together.
type Overlap struct{ From, To End }

// Together is when several things held, each at some time or from some day on. The zero
// Together is of nothing yet.
type Together struct {
	overlaps []Overlap
	some     bool
}

// While is when they and something else held, which held in some intervals.
func (t Together) While(list []Interval) Together {
	out := make([]Overlap, len(list))
	for k := range list {
		i := &list[k]
		out[k] = Overlap{
			From: End{i.From, i.FromGiven || i.FromCut, !i.FromGiven},
			To:   End{i.To, i.ToGiven || i.ToCut, !i.ToGiven},
		}
	}
	return t.and(out)
}

// Since is when they and something else held, which held from the first of some intervals on.
func (t Together) Since(list []Interval) Together {
	if len(list) == 0 {
		return t.and(nil)
	}
	first := slices.MinFunc(list, func(a, b Interval) int { return compareSpans(a.From, b.From) })
	from := End{first.From, first.FromGiven || first.FromCut, !first.FromGiven}
	return t.and([]Overlap{{from, End{Date: graph.Span{Earliest: graph.OpenEnd, Latest: graph.OpenEnd}}}})
}

func (t Together) and(list []Overlap) Together {
	if !t.some {
		return Together{list, true}
	}
	var out []Overlap
	for _, a := range t.overlaps {
		for _, b := range list {
			o := Overlap{a.From.later(b.From), a.To.earlier(b.To)}
			if o.From.Date.Earliest <= o.To.Date.Latest {
				out = append(out, o)
			}
		}
	}
	return Together{out, true}
}

func (e End) later(o End) End {
	return End{
		graph.Span{Earliest: max(e.Date.Earliest, o.Date.Earliest), Latest: max(e.Date.Latest, o.Date.Latest)},
		e.Given || o.Given, e.Open || o.Open,
	}
}

func (e End) earlier(o End) End {
	return End{
		graph.Span{Earliest: min(e.Date.Earliest, o.Date.Earliest), Latest: min(e.Date.Latest, o.Date.Latest)},
		e.Given || o.Given, e.Open || o.Open,
	}
}

// Overlaps are the times in which all of them may have held together, ascending; those that
// may have days in common are one. Nil where nothing was said of any.
func (t Together) Overlaps() []Overlap {
	if !t.some {
		return nil
	}
	slices.SortFunc(t.overlaps, func(a, b Overlap) int {
		return cmp.Or(compareSpans(a.From.Date, b.From.Date), compareSpans(a.To.Date, b.To.Date))
	})
	out := []Overlap{}
	for _, o := range t.overlaps {
		if n := len(out); n == 0 || o.From.Date.Earliest > out[n-1].To.Date.Latest {
			out = append(out, o)
		} else if compareSpans(latestFirst(o.To.Date), latestFirst(out[n-1].To.Date)) > 0 {
			out[n-1].To = o.To
		}
	}
	return out
}

// latestFirst has spans ordered by their last days.
func latestFirst(s graph.Span) graph.Span { return graph.Span{Earliest: s.Latest, Latest: s.Earliest} }

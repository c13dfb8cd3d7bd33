package interval

import (
	"cmp"
	"slices"

	"github.com/rabta/rabta/graph"
)

// Interval is some time in which something held, as one claim or several give it.
type Interval struct {
	// From and To are where its ends may lie: From.Earliest and To.Latest bound it. Of an
	// end that nobody gives they say what follows from the other.
	From, To graph.Span
	// FromOrder and ToOrder are the claims that give the ends, as Evidence.Order; they hold
	// where FromGiven and ToGiven are set.
	FromOrder, ToOrder uint32
	FromGiven, ToGiven bool
	// FromCut and ToCut are set where a life moved the end.
	FromCut, ToCut bool
	// Orders are the claims that give the interval, ascending.
	Orders []uint32
}

// Of is the interval that a claim gives; false when it says nothing of when.
func Of(e *graph.Evidence) (Interval, bool) {
	i := Interval{
		From: e.From, To: e.To, FromOrder: e.Order, ToOrder: e.Order, Orders: []uint32{e.Order},
		FromGiven: !open(e.From), ToGiven: !open(e.To),
	}
	if !i.FromGiven {
		i.From = Always[0]
	}
	if !i.ToGiven {
		i.To = Always[0]
	}
	i.settle()
	return i, !e.Undated && (i.FromGiven || i.ToGiven)
}

// open reports whether a span bounds nothing, at either side.
func open(s graph.Span) bool { return s.Earliest.Open() && s.Latest.Open() }

// settle bounds each end by the other: what holds begins before it ends.
func (i *Interval) settle() {
	i.From.Latest, i.To.Earliest = min(i.From.Latest, i.To.Latest), max(i.To.Earliest, i.From.Earliest)
}

// Bounds are the first and the last day on which it may have held.
func (i *Interval) Bounds() graph.Span {
	return graph.Span{Earliest: i.From.Earliest, Latest: i.To.Latest}
}

// Named is between which days the ends lie that are given: where one is not, both are those of
// the other.
func (i *Interval) Named() graph.Span {
	from, to := i.From, i.To
	if !i.FromGiven && !i.FromCut {
		from = i.To
	}
	if !i.ToGiven && !i.ToCut {
		to = i.From
	}
	return graph.Span{Earliest: from.Earliest, Latest: to.Latest}
}

// Edges are the first and the last day that an end may be, where it is bounded; Earliest is
// after Latest where nothing is.
func Edges(list []Interval) graph.Span {
	edges := graph.Span{Earliest: graph.OpenEnd, Latest: graph.OpenStart}
	for k := range list {
		i := &list[k]
		for _, day := range []graph.Day{i.From.Earliest, i.From.Latest, i.To.Earliest, i.To.Latest} {
			if !day.Open() {
				edges.Earliest, edges.Latest = min(edges.Earliest, day), max(edges.Latest, day)
			}
		}
	}
	return edges
}

// Spans reports whether it may have held at times that it does not name.
func (i *Interval) Spans() bool { return !Known(i.From) || !Known(i.To) }

// first is where it is first known to have held, last where it is so last. Of an end that may
// lie as far away as any that is the day by which it had begun, or to which it lasted.
func (i *Interval) first() graph.Span {
	switch {
	case !i.FromGiven && !i.FromCut:
		return i.To
	case i.From.Earliest.Open():
		return graph.Span{Earliest: i.From.Latest, Latest: i.From.Latest}
	}
	return i.From
}

func (i *Interval) last() graph.Span {
	switch {
	case !i.ToGiven && !i.ToCut:
		return i.From
	case i.To.Latest.Open():
		return graph.Span{Earliest: i.To.Earliest, Latest: i.To.Earliest}
	}
	return i.To
}

// knownWithin is how many days an end may be uncertain by and still be known well enough to
// join another, or to make a year possible.
const knownWithin = 366

// Known reports whether a day is known to within 366 days.
func Known(s graph.Span) bool {
	return !s.Earliest.Open() && !s.Latest.Open() && s.Latest-s.Earliest <= knownWithin
}

// Merge joins the intervals that touch where their ends are known well enough, and those that
// are the same; in the order in which they are first known to have held.
func Merge(list []Interval) []Interval {
	slices.SortFunc(list, func(a, b Interval) int { return a.compare(&b) })
	var out []Interval
next:
	for _, i := range list {
		for k := len(out) - 1; k >= 0; k-- {
			if out[k].joins(&i) {
				out[k].join(&i)
				continue next
			}
		}
		out = append(out, i)
	}
	return out
}

func (i *Interval) compare(o *Interval) int {
	return cmp.Or(compareSpans(i.first(), o.first()), compareSpans(i.last(), o.last()), slices.Compare(i.Orders, o.Orders))
}

func compareSpans(a, b graph.Span) int {
	return cmp.Or(cmp.Compare(a.Earliest, b.Earliest), cmp.Compare(a.Latest, b.Latest))
}

// joins reports whether one that begins no earlier goes on from it, or is the same.
func (i *Interval) joins(next *Interval) bool {
	if i.From == next.From && i.To == next.To {
		return true
	}
	ends, begins := i.last(), next.first()
	if i.From.Latest <= begins.Earliest && begins.Latest <= i.To.Earliest {
		return true // it had begun, and had not ended
	}
	return Known(ends) && Known(begins) && begins.Earliest <= ends.Latest+1
}

// join takes in one that begins no earlier: its start stands, the later end does too.
func (i *Interval) join(next *Interval) {
	if i.From == next.From && next.FromGiven && (!i.FromGiven || next.FromOrder < i.FromOrder) {
		i.FromGiven, i.FromOrder = true, next.FromOrder
	}
	if next.endsAfter(i) {
		i.To, i.ToOrder, i.ToGiven, i.ToCut = next.To, next.ToOrder, next.ToGiven, next.ToCut
	}
	i.Orders = append(slices.Clone(i.Orders), next.Orders...)
	slices.Sort(i.Orders)
	i.Orders = slices.Compact(i.Orders)
	i.From.Latest, i.To.Earliest = min(i.From.Latest, i.To.Latest), max(i.To.Earliest, i.From.Earliest)
}

// endsAfter reports whether the end takes the place of another's: what is known to have held
// later; then what is given, the finer, and that of the earlier claim.
func (i *Interval) endsAfter(o *Interval) bool {
	a, b := i.last(), o.last()
	if a.Latest != b.Latest {
		return a.Latest > b.Latest
	}
	if i.ToGiven != o.ToGiven {
		return i.ToGiven
	}
	if a.Earliest != b.Earliest {
		return a.Earliest > b.Earliest
	}
	return i.ToOrder < o.ToOrder
}

// Last is the place of the interval that is last known to have held; -1 in none.
func Last(list []Interval) int {
	last := -1
	for k := range list {
		if last < 0 || list[k].endsAfter(&list[last]) {
			last = k
		}
	}
	return last
}

// Interrupted reports whether merged intervals leave a gap: one that is known to have ended
// before the next began.
func Interrupted(list []Interval) bool {
	last := graph.OpenStart
	for k := range list {
		i := &list[k]
		if k > 0 && i.From.Earliest > last && !last.Open() {
			return true
		}
		last = max(last, i.To.Latest)
	}
	return false
}

// Certainty says whether something held at some time in a span of days.
type Certainty uint8

// The certainties.
const (
	// Unsaid is of a time that is not named: the interval only spans it, or not even that.
	Unsaid Certainty = iota
	// Possible is where the ends that make it uncertain are known to within 366 days.
	Possible
	// Certain is where it held at some day of the span, wherever its ends lie.
	Certain
)

// Held says whether it held at some time in a span of days. Of one of which an end is unknown
// only the other says so.
func (i *Interval) Held(in graph.Span) Certainty {
	switch {
	case !i.ToGiven && !i.ToCut:
		return When(i.From, in)
	case !i.FromGiven && !i.FromCut:
		return When(i.To, in)
	}
	begun, lasted := i.From.Latest <= in.Latest, i.To.Earliest >= in.Earliest
	switch {
	case begun && lasted:
		return Certain
	case !i.Bounds().Overlaps(in), !begun && !Known(i.From), !lasted && !Known(i.To):
		return Unsaid
	}
	return Possible
}

// HeldIn says whether something held at some time in a span of days, by any one of the
// intervals that are given.
func HeldIn(list []Interval, in graph.Span) (best Certainty) {
	for k := range list {
		best = max(best, list[k].Held(in))
	}
	return best
}

// When says whether a day that lies somewhere within a date lies within a span of days.
func When(date, in graph.Span) Certainty {
	switch {
	case in.Earliest <= date.Earliest && date.Latest <= in.Latest:
		return Certain
	case Known(date) && date.Overlaps(in):
		return Possible
	}
	return Unsaid
}

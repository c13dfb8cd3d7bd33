package gazetteer

import "github.com/rabta/rabta/graph"

// Now is the day that stands for the present: what has no end holds.
const Now = graph.OpenEnd

// period is a time, open where a date is nil. Its end does not belong to it, unless that
// is given no finer than a month.
type period struct{ From, Until *graph.PartialDate }

// holds reports whether a day may be in the period.
func (p period) holds(day graph.Day) bool {
	return (p.From == nil || p.From.Earliest <= day) && (p.Until == nil || day < p.Until.Latest)
}

// dated is a value that holds for a period.
type dated[T any] struct {
	period
	value T
}

// asOf is the first value of a list that holds on a day; the zero value for none.
func asOf[T any](list []dated[T], day graph.Day) (value T) {
	for _, d := range list {
		if d.holds(day) {
			return d.value
		}
	}
	return value
}

package aggregate

import "github.com/rabta/rabta/graph"

// DatedBy is a date that items have.
type DatedBy string

// The dates.
const (
	DateHappened  DatedBy = "DATE"
	DateFounded   DatedBy = "FOUNDED"
	DateDissolved DatedBy = "DISSOLVED"
	DateBirth     DatedBy = "BIRTH"
	DateDeath     DatedBy = "DEATH"
	DateFrom      DatedBy = "VALID_FROM"
	DateTo        DatedBy = "VALID_TO"
	DatePublished DatedBy = "PUBLISHED"
)

// DayRange is between which days a date lies; an end that is nil is not bounded.
type DayRange struct{ From, To *graph.Day }

// DateAggregation is what dates come to, each between the days that claims give for it.
type DateAggregation struct {
	// Least, Greatest and Mean are nil where nothing is dated.
	Least, Greatest, Mean *DayRange
	// Dated and Undated count the items.
	Dated, Undated int
}

// datesOf is what some dates come to; nil is that of an item without one.
func datesOf(dates []*graph.PartialDate) *DateAggregation {
	out := &DateAggregation{}
	var spans []graph.Span
	for _, d := range dates {
		if d == nil {
			out.Undated++
			continue
		}
		spans = append(spans, graph.Span{Earliest: d.Earliest, Latest: d.Latest})
	}
	if out.Dated = len(spans); out.Dated == 0 {
		return out
	}
	least, greatest := spans[0], spans[0]
	var from, to int64
	for _, s := range spans {
		least = graph.Span{Earliest: min(least.Earliest, s.Earliest), Latest: min(least.Latest, s.Latest)}
		greatest = graph.Span{Earliest: max(greatest.Earliest, s.Earliest), Latest: max(greatest.Latest, s.Latest)}
		from, to = from+int64(s.Earliest), to+int64(s.Latest)
	}
	mean := graph.Span{Earliest: down(from, out.Dated), Latest: -down(-to, out.Dated)}
	for _, s := range spans {
		if s.Earliest.Open() {
			mean.Earliest = graph.OpenStart
		}
		if s.Latest.Open() {
			mean.Latest = graph.OpenEnd
		}
	}
	out.Least, out.Greatest, out.Mean = rangeOf(least), rangeOf(greatest), rangeOf(mean)
	return out
}

// down is a sum of days by a number, rounded down to the day.
func down(sum int64, by int) graph.Day {
	n := int64(by)
	mean := sum / n
	if sum%n < 0 {
		mean--
	}
	return graph.Day(mean)
}

// rangeOf is a span without the ends that are open.
func rangeOf(s graph.Span) *DayRange {
	r := &DayRange{}
	if !s.Earliest.Open() {
		r.From = &s.Earliest
	}
	if !s.Latest.Open() {
		r.To = &s.Latest
	}
	return r
}

package filter

import (
	"time"

	"github.com/rabta/rabta/graph"
)

// TextFilter tests text, without regard to case and accents. A condition that is
// nil filters nothing; an empty In matches nothing.
type TextFilter struct {
	Eq, Contains, StartsWith *string
	In                       []string
}

// NumberFilter tests a number.
type NumberFilter struct {
	Eq, Lt, Lte, Gt, Gte *float64
	In                   []float64
}

// IntFilter tests a whole number.
type IntFilter struct {
	Eq, Lt, Lte, Gt, Gte *int
	In                   []int
}

// DateFilter tests a span of days: On, the span holds the day; Before and After,
// the span lies wholly before or after it; Overlaps, the two share a day.
type DateFilter struct {
	On, Before, After *graph.Day
	Overlaps          *graph.PartialDate
}

// MomentFilter tests a moment: From it on, and Before it.
type MomentFilter struct{ From, Before *time.Time }

// ValueFilter tests a value of a closed list, or an id.
type ValueFilter[T ~string] struct {
	Eq *T
	In []T
}

// The filters for ids and for each enumeration.
type (
	IDFilter             struct{ ValueFilter[graph.ID] }
	EntityKindFilter     struct{ ValueFilter[graph.EntityKind] }
	RepresentationFilter struct {
		ValueFilter[graph.Representation]
	}
	LinkKindFilter    struct{ ValueFilter[graph.Predicate] }
	PredicateFilter   struct{ ValueFilter[graph.Predicate] }
	LinkStatusFilter  struct{ ValueFilter[graph.LinkStatus] }
	HedgeFilter       struct{ ValueFilter[graph.Hedge] }
	PolarityFilter    struct{ ValueFilter[graph.Polarity] }
	ReliabilityFilter struct {
		ValueFilter[graph.Reliability]
	}
	BasisFilter struct {
		ValueFilter[graph.AttributionBasis]
	}
	BearingFilter    struct{ ValueFilter[graph.Bearing] }
	SourceKindFilter struct{ ValueFilter[graph.SourceKind] }
	ClaimedByFilter  struct{ ValueFilter[graph.ClaimedBy] }
)

// optional tests a figure that may be unknown; an unknown one passes no test.
// date tests a date; one that is not said passes no test.
// branches tests the branches of a condition: all of "and", one of "or", and not "not".
// An absent one filters nothing, an empty "or" matches nothing.

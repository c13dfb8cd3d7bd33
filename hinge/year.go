package hinge

import (
	"fmt"

	"github.com/rabta/rabta/analysis"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// YearHolding is whether links of a sort held in a year.
type YearHolding string

// Whether they held.
const (
	HeldCertainly YearHolding = "CERTAIN"
	HeldPossibly  YearHolding = "POSSIBLE"
	HeldNever     YearHolding = "NONE"
)

// HingeYear is how two stood to each other in a year.
type HingeYear struct {
	Friendly, Hostile YearHolding
	Disagreement      bool
}

// DyadYearHinges finds what would change how two stood to each other in a year: whether friendly and hostile
// links held, certainly or possibly, and whether claims disagree.
func DyadYearHinges(y *analysis.DyadYear, q HingeRequest, m *work.Meter) (*Hinge, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	is := *yearOf(y)
	h := hanging{
		view: y.View(),
		outcome: func(v *live.View) (*HingeOutcome, error) {
			at := yearOf(y.In(v))
			return &HingeOutcome{Shown: at.Friendly != HeldNever || at.Hostile != HeldNever, Year: at}, nil
		},
		flips: func(o *HingeOutcome) bool { return *o.Year != is },
		rests: func(_ *live.View, on *live.Resting) { y.RestsOn(on) },
		words: func(o *HingeOutcome) string {
			text := fmt.Sprintf("friendly links are %s and hostile ones %s, not %s and %s", o.Year.Friendly, o.Year.Hostile,
				is.Friendly, is.Hostile)
			switch {
			case o.Year.Friendly == is.Friendly && o.Year.Hostile == is.Hostile && is.Disagreement:
				return "claims of the year do not disagree"
			case o.Year.Friendly == is.Friendly && o.Year.Hostile == is.Hostile:
				return "claims of the year disagree"
			}
			return text
		},
	}
	return h.find(q, m)
}

func yearOf(y *analysis.DyadYear) *HingeYear {
	return &HingeYear{
		Friendly: holding(y.Friendly, y.PossiblyFriendly), Hostile: holding(y.Hostile, y.PossiblyHostile),
		Disagreement: y.Disagreement,
	}
}

func holding(certain, possible []*live.Link) YearHolding {
	switch {
	case len(certain) > 0:
		return HeldCertainly
	case len(possible) > 0:
		return HeldPossibly
	}
	return HeldNever
}

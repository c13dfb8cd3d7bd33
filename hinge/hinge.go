// Package hinge finds what would change an answer: the least sets of claims, or of sources, whose fall does. It asks
// the same question again in views that read them as if they were not there.
package hinge

import (
	"errors"
	"fmt"
	"slices"

	"github.com/rabta/rabta/algo/flip"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// HingeMember is what may fall.
type HingeMember string

// What may fall.
const (
	HingeClaims  HingeMember = "CLAIMS"
	HingeSources HingeMember = "SOURCES"
)

// HingeRequest asks what would change an answer.
type HingeRequest struct {
	By HingeMember
	// First is how many sets are told, Tries how often is asked.
	First, Tries int
}

// The most that may be asked for.
const (
	maxHingeSets  = 100
	maxHingeTries = 20_000
	maxHingeSize  = 64
)

func (q HingeRequest) check() error {
	if q.First < 0 || q.First > maxHingeSets {
		return graph.Invalid("OUT_OF_RANGE", "first",
			fmt.Sprintf("%d is not 0 to %d", q.First, maxHingeSets), "ask for fewer sets")
	}
	if q.Tries < 1 || q.Tries > maxHingeTries {
		return graph.Invalid("OUT_OF_RANGE", "tries",
			fmt.Sprintf("%d is not 1 to %d", q.Tries, maxHingeTries), "ask for fewer tries")
	}
	return nil
}

// Hinge is what would change an answer.
type Hinge struct {
	// Size is of how many members the sets are; nil where there is none.
	Size *int
	// Exact is set where no fewer members change it, or, with no sets, nothing does. Complete is set where
	// the sets are all of the least size.
	Exact, Complete bool
	RuledOut, Tried int
	Sets            []*HingeSet
	CarriesMost     *HingeClaim
	Prose           string
	Partial         *live.Truncation
}

// HingeSet are members without which an answer is another.
type HingeSet struct {
	Claims  []*live.Claim
	Sources []*live.Source
	Becomes *HingeOutcome
}

// HingeOutcome is what an answer is without some claims or sources.
type HingeOutcome struct {
	Shown  bool
	Status *graph.LinkStatus
	Hedge  *graph.Hedge
	Length *int
	Year   *HingeYear
	First  []live.Entity
}

// HingeClaim is a claim on which an answer hangs.
type HingeClaim struct {
	Claim             *live.Claim
	Sets              int
	Contested, Unread bool
}

// hanging is an answer that is asked anew in views that lack something: what it is there, whether that
// is another, and, to a gatherer, on which claims it rests there.
type hanging struct {
	view    *live.View
	outcome func(v *live.View) (*HingeOutcome, error)
	flips   func(o *HingeOutcome) bool
	rests   func(v *live.View, on *live.Resting)
	words   func(o *HingeOutcome) string
}

// fallen are the members of a search by number: claims by row, or sources in the order in which they
// were met.
type fallen struct {
	by      HingeMember
	sources []graph.ID
}

// number is that of a source.
func (f *fallen) number(id graph.ID) int {
	i := slices.Index(f.sources, id)
	if i < 0 {
		i, f.sources = len(f.sources), append(f.sources, id)
	}
	return i
}

// without is a view without members.
func (f *fallen) without(v *live.View, members []int) (*live.View, error) {
	if f.by == HingeSources {
		return v.LessSources(f.named(members)...)
	}
	return v.Less(rows(members)...)
}

func (f *fallen) named(members []int) []graph.ID {
	ids := make([]graph.ID, len(members))
	for i, m := range members {
		ids[i] = f.sources[m]
	}
	return ids
}

func rows(members []int) []live.ClaimRow {
	out := make([]live.ClaimRow, len(members))
	for i, m := range members {
		out[i] = live.ClaimRow(m)
	}
	return out
}

// gathered are the numbers of what was gathered.
func (f *fallen) gathered(on *live.Resting) (out []int) {
	if f.by == HingeSources {
		for _, id := range on.Sources() {
			out = append(out, f.number(id))
		}
		return out
	}
	for _, r := range on.Claims() {
		out = append(out, int(r))
	}
	return out
}

// What asking once costs in slots, and each claim that an answer rests on.
const (
	trySlots   = 2000
	claimSlots = 30
)

// find searches, within what the meter lets it.
func (h *hanging) find(q HingeRequest, m *work.Meter) (*Hinge, error) {
	f := &fallen{by: q.By}
	quiet := h.view.Within(nil)
	ask := func(without []int) (bool, []int, error) {
		if err := m.Spend(trySlots); err != nil {
			return false, nil, err
		}
		v, err := f.without(quiet, without)
		if err != nil {
			return false, nil, err
		}
		o, err := h.outcome(v)
		if err != nil || h.flips(o) {
			return err == nil, nil, err
		}
		on := quiet.Resting()
		h.rests(v, on)
		next := f.gathered(on)
		return false, next, m.Spend(claimSlots * len(next))
	}
	found := flip.Least(ask, flip.Limits{Size: maxHingeSize, Tries: q.Tries, Sets: maxHingeSets})
	out := &Hinge{
		Exact: found.Exact, Complete: found.Exact && found.Whole, RuledOut: found.RuledOut, Tried: found.Tried,
		Sets: []*HingeSet{},
	}
	if err := out.ended(found.Err); err != nil {
		return nil, err
	}
	return out, h.tell(out, f, found.Sets, q)
}

// ended says that the search ended early because a budget was used up; other errors stay errors.
func (out *Hinge) ended(err error) error {
	over, ok := errors.AsType[*work.BudgetError](err)
	switch {
	case ok:
		out.Partial = &live.Truncation{Reason: over.Code, Limit: int(over.Limit)}
	case errors.Is(err, work.ErrBudget):
		out.Partial = &live.Truncation{Reason: work.WorkBudget.Code, Limit: out.Tried}
	default:
		return err
	}
	return nil
}

// tell says what was found.
func (h *hanging) tell(out *Hinge, f *fallen, sets [][]int, q HingeRequest) error {
	for _, members := range sets {
		v, err := f.without(h.view.Within(nil), members)
		if err != nil {
			return err
		}
		becomes, err := h.outcome(v)
		if err != nil {
			return err
		}
		set := &HingeSet{Claims: []*live.Claim{}, Sources: []*live.Source{}, Becomes: becomes}
		if f.by == HingeSources {
			for _, id := range f.named(members) {
				if s, ok := h.view.Source(id); ok {
					set.Sources = append(set.Sources, s)
				}
			}
		} else {
			for _, r := range rows(members) {
				set.Claims = append(set.Claims, h.view.ClaimAt(r))
			}
		}
		out.Sets = append(out.Sets, set)
	}
	if len(sets) > 0 {
		size := len(sets[0])
		out.Size = &size
	}
	if f.by == HingeClaims && out.Exact {
		out.CarriesMost = carriesMost(out.Sets)
	}
	out.Prose = h.prose(out, q)
	if len(out.Sets) > q.First {
		out.Sets, out.Complete = out.Sets[:q.First], false
	}
	return nil
}

package hinge

import (
	"fmt"

	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// LinkHinge is what of a link a claim's fall may change.
type LinkHinge string

// What of a link may change.
const (
	HingeShown  LinkHinge = "SHOWN"
	HingeStatus LinkHinge = "STATUS"
	HingeHedge  LinkHinge = "HEDGE"
)

// LinkHinges finds what would change what a link's view says of it.
func LinkHinges(l *live.Link, of LinkHinge, q HingeRequest, m *work.Meter) (*Hinge, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	status, hedge := l.Status(), l.Hedge()
	h := hanging{view: l.View(), outcome: func(v *live.View) (*HingeOutcome, error) {
		at := l.In(v)
		if at == nil {
			return &HingeOutcome{}, nil
		}
		status, hedge := at.Status(), at.Hedge()
		return &HingeOutcome{Shown: true, Status: &status, Hedge: &hedge}, nil
	}}
	h.flips = func(o *HingeOutcome) bool {
		return !o.Shown || of == HingeStatus && *o.Status != status || of == HingeHedge && *o.Hedge != hedge
	}
	h.rests = func(v *live.View, on *live.Resting) {
		if at := l.In(v); of == HingeShown {
			on.Holding(at)
		} else {
			on.Link(at)
		}
	}
	h.words = func(o *HingeOutcome) string {
		switch {
		case !o.Shown:
			return "the link is not shown"
		case of == HingeStatus:
			return fmt.Sprintf("its status is %s, not %s", *o.Status, status)
		}
		return fmt.Sprintf("its hedge is %s, not %s", *o.Hedge, hedge)
	}
	return h.find(q, m)
}

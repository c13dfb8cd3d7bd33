package hinge

import (
	"fmt"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// PathHinge is what of a path a claim's fall may change.
type PathHinge string

// What of a path may change.
const (
	HingeStands  PathHinge = "STANDS"
	HingeJoined  PathHinge = "JOINED"
	HingeAsShort PathHinge = "AS_SHORT"
)

// PathHinges finds what would break a path, or part its ends.
func PathHinges(p *live.Path, of PathHinge, q HingeRequest, m *work.Meter) (*Hinge, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	if len(p.Hops) == 0 || p.Asked == nil {
		return &Hinge{Sets: []*HingeSet{}, Prose: "A path without hops rests on no link."}, nil
	}
	view := p.Hops[0].Link.View()
	if of == HingeStands {
		return standing(view, p).find(q, m)
	}
	if p.Asked.Of == nil {
		return nil, graph.Invalid("NOT_TAKEN", "of", "whether others join the ends is not asked of a part of the graph that "+
			"where, around or combine draws", "ask of: STANDS, or for paths of a view without these")
	}
	atMost := p.Asked.MaxLength
	if of == HingeAsShort {
		atMost = p.Length()
	}
	return joining(view, p.Asked, atMost, m).find(q, m)
}

// standing is whether this very path stands.
func standing(view *live.View, p *live.Path) *hanging {
	return &hanging{
		view: view,
		outcome: func(v *live.View) (*HingeOutcome, error) {
			return &HingeOutcome{Shown: p.StandsIn(v, p.Asked.Concurrent)}, nil
		},
		flips: func(o *HingeOutcome) bool { return !o.Shown },
		rests: func(v *live.View, on *live.Resting) {
			for _, h := range p.Hops {
				on.Link(h.Link.In(v))
			}
		},
		words: func(*HingeOutcome) string { return "the path does not stand" },
	}
}

// joining is whether some path of at most so many hops joins what the question names.
func joining(view *live.View, asked *live.PathAsked, atMost int, m *work.Meter) *hanging {
	var last *live.Path // what was found last, for rests
	return &hanging{
		view: view,
		outcome: func(v *live.View) (*HingeOutcome, error) {
			if one(v, asked.Named[0], asked.Named[1]) {
				last = &live.Path{}
				return joinedBy(last), nil
			}
			var err error
			last, err = asked.Of(v, atMost, m)
			return joinedBy(last), err
		},
		flips: func(o *HingeOutcome) bool { return !o.Shown },
		rests: func(_ *live.View, on *live.Resting) {
			on.Path(last)
			for _, id := range asked.Named {
				on.Entity(id)
			}
		},
		words: func(*HingeOutcome) string {
			return fmt.Sprintf("no path of at most %s joins the two", counted(atMost, "hop"))
		},
	}
}

// one reports whether two are the same in a view.
func one(v *live.View, a, b graph.ID) bool {
	x, ok := v.Entity(a)
	y, fine := v.Entity(b)
	return ok && fine && x.Base().ID() == y.Base().ID()
}

func joinedBy(p *live.Path) *HingeOutcome {
	if p == nil {
		return &HingeOutcome{}
	}
	length := p.Length()
	return &HingeOutcome{Shown: true, Length: &length}
}

package analysis

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// Kinship says how another individual is related, and by which legs.
type Kinship struct {
	Other live.AnyEntity
	// Term says what the other is, seen from the individual: "uncle or aunt".
	Term string
	// Derived is set when no claim says so itself.
	Derived bool
	// Legs are the links that lead there, each with its claims.
	Legs []*live.Hop
	// Credibility is that of the least credible leg, each as far as the degree goes:
	// that of the best claim that gives it.
	Credibility int
	// Conflicting is set when other legs give the same individual a term that cannot
	// mean the same: cousin and sibling do, cousin and spouse may both be.
	Conflicting bool
}

// Degree is how many legs there are.
func (k *Kinship) Degree() int { return len(k.Legs) }

// MaxKin is the greatest degree of kinship that is derived.
const MaxKin = 4

// Kin derives the relatives of an individual up to a degree, from the degrees of
// kinship that claims give: nearest first, then by name. From an unspecified
// degree nothing is derived. Different terms for one relative stand side by side;
// that somebody is some relative is derived only where nothing as well credited says
// which.
func Kin(v *live.View, id graph.ID, degree int, m *Meter) ([]*Kinship, error) {
	if degree < 1 || degree > MaxKin {
		return nil, graph.Invalid("OUT_OF_RANGE", "degree", fmt.Sprintf("%d is not 1 to %d", degree, MaxKin), "ask for a nearer degree")
	}
	e, ok := v.Entity(id)
	if !ok {
		return nil, graph.NotFound("of", id)
	}
	k := &kinSearch{start: e, degree: degree, meter: m, found: map[kinKey]*Kinship{}}
	err := k.walk(kinPath{at: e})
	return k.result(), err
}

type kinKey struct {
	other graph.ID
	term  string
}

type kinSearch struct {
	start  live.AnyEntity
	degree int
	meter  *Meter
	found  map[kinKey]*Kinship
}

// kinPath is a way from the individual to a relative: what each leg makes of the
// next person, and the legs.
type kinPath struct {
	at   live.AnyEntity
	word string // a letter a leg, see letters
	legs []*live.Hop
	// credibility is that of the least credible degree so far.
	credibility int
}

// letters write what the next person is to the one before.
var letters = map[graph.Degree]string{
	"PARENT": "P", "CHILD": "C", "SIBLING": "S", "SPOUSE": "M", "IN_LAW": "I", "NEPHEW_UNCLE": "N", "COUSIN": "K", "UNSPECIFIED": "?",
}

func (k *kinSearch) walk(p kinPath) error {
	page, err := p.at.Base().LinkPage(live.LinkQuery{Kinds: []graph.Predicate{graph.KinOf}, Page: wholePage})
	if err != nil {
		return err
	}
	if err := k.meter.Spend(len(page.Edges)); err != nil {
		return err
	}
	for _, l := range page.Nodes() {
		other := l.Other()
		if k.walked(p, other) {
			continue
		}
		forward := l.SourceID() == p.at.Base().ID()
		legs := append(slices.Clone(p.legs), &live.Hop{From: p.at, To: other, Link: l, Forward: forward})
		for _, d := range degreesOf(l) {
			next := kinPath{other, p.word + letterFor(d.Degree, forward), legs, max(p.credibility, d.Credibility)}
			if err := k.step(next); err != nil {
				return err
			}
		}
	}
	return nil
}

// wholePage takes all that a page can hold.
var wholePage = live.Page{First: ptr(live.MaxPage)}

func ptr[T any](v T) *T { return &v }

func (k *kinSearch) walked(p kinPath, other live.AnyEntity) bool {
	id := other.Base().ID()
	return id == k.start.Base().ID() || slices.ContainsFunc(p.legs, func(h *live.Hop) bool { return h.To.Base().ID() == id })
}

func degreesOf(l *live.Link) []live.DegreeGiven {
	if d := l.DegreesGiven(); len(d) > 0 {
		return d
	}
	return []live.DegreeGiven{{Degree: "UNSPECIFIED", Credibility: l.Credibility()}}
}

// letterFor is what the next person is: a link's degree says what its source is to
// its target.
func letterFor(d graph.Degree, forward bool) string {
	letter := letters[d]
	if !forward {
		return letter
	}
	switch letter {
	case "P":
		return "C"
	case "C":
		return "P"
	}
	return letter
}

func (k *kinSearch) step(p kinPath) error {
	if p.at.Base().Kind() != graph.Individual {
		k.keep(p, ofFamily)
		return nil
	}
	term, named := terms[p.word]
	if !named && strings.ContainsAny(p.word, "MI") {
		term = someByMarriage
	} else if !named {
		term = someRelative
	}
	k.keep(p, term)
	if len(p.legs) == k.degree || strings.Contains(p.word, "?") {
		return nil
	}
	return k.walk(p)
}

// keep keeps the shortest and best credited way to each term.
func (k *kinSearch) keep(p kinPath, term string) {
	if len(p.legs) > 1 && strings.Contains(p.word, "?") {
		return
	}
	found := &Kinship{Other: p.at, Term: term, Derived: len(p.legs) > 1, Legs: p.legs, Credibility: p.credibility}
	key := kinKey{p.at.Base().ID(), term}
	if old := k.found[key]; old == nil || compareKin(found, old) < 0 {
		k.found[key] = found
	}
}

func compareKin(a, b *Kinship) int {
	return cmp.Or(cmp.Compare(a.Degree(), b.Degree()), cmp.Compare(a.Credibility, b.Credibility))
}

func (k *kinSearch) result() []*Kinship {
	of := map[graph.ID][]*Kinship{}
	for _, f := range k.found {
		id := f.Other.Base().ID()
		of[id] = append(of[id], f)
	}
	out := make([]*Kinship, 0, len(k.found))
	for _, list := range of {
		for _, f := range list {
			if f.idle(list) {
				continue
			}
			f.Conflicting = slices.ContainsFunc(list, func(other *Kinship) bool { return conflict(f.Term, other.Term) })
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b *Kinship) int {
		return cmp.Or(compareKin(a, b), cmp.Compare(a.Other.Base().Name(), b.Other.Base().Name()), cmp.Compare(a.Other.Base().ID(), b.Other.Base().ID()), cmp.Compare(a.Term, b.Term))
	})
	return out
}

// idle reports whether a derived term says nothing that another of the same individual
// does not say better.
func (k *Kinship) idle(list []*Kinship) bool {
	return k.Derived && vague(k.Term) && slices.ContainsFunc(list, func(other *Kinship) bool {
		return !vague(other.Term) && other.Credibility <= k.Credibility
	})
}

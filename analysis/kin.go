package analysis

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// Kinship says how another individual is related, and by which legs.
type Kinship struct {
	Other live.Entity
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
// which. With an error of the meter the relatives found so far are returned beside it,
// the nearest degrees whole.
func Kin(v *live.View, id graph.ID, degree int, m *work.Meter) ([]*Kinship, error) {
	if degree < 1 || degree > MaxKin {
		return nil, graph.Invalid("OUT_OF_RANGE", "degree", fmt.Sprintf("%d is not 1 to %d", degree, MaxKin),
			"ask for a nearer degree")
	}
	e, err := v.Living("of", id)
	if err != nil {
		return nil, err
	}
	k := &kinSearch{
		start: e, meter: m.Within(pathsBudget, maxKinLegs), work: m, found: map[kinKey]*Kinship{}, near: map[graph.ID][]kinLeg{},
	}
	for k.degree = 1; k.degree <= degree && err == nil; k.degree++ {
		err = k.walk(kinPath{at: e})
	}
	return k.result(), err
}

// maxKinLegs bounds the legs that are tried: large families have very many paths.
const maxKinLegs = 2_000_000

// legSlots is what a leg costs that is tried.
const legSlots = 512

type kinKey struct {
	other graph.ID
	term  string
}

// kinSearch walks all paths of one length after another, so that what it finds before
// the work runs out is the nearest.
type kinSearch struct {
	start  live.Entity
	degree int         // how many legs the paths have now
	meter  *work.Meter // of legs
	work   *work.Meter
	found  map[kinKey]*Kinship
	near   map[graph.ID][]kinLeg // by the entity they start from
}

// kinLeg is a link of kinship as one of its ends sees it.
type kinLeg struct {
	hop     *live.Hop
	letters []kinLetter
}

// kinLetter is what a degree makes of the far end.
type kinLetter struct {
	letter      string
	credibility int
}

// kinPath is a path from the individual to a relative: what each leg makes of the
// next person, and the legs.
type kinPath struct {
	at   live.Entity
	word string // see letters
	legs []*live.Hop
	// credibility is that of the least credible degree so far.
	credibility int
}

// letters write what the next person is to the one before. What an uncle is by one leg he is not
// by the two that make him one: whom these pass by may be somebody on the way.
var letters = map[graph.KinDegree]string{
	graph.DegreeParent: "P", graph.DegreeChild: "C", graph.DegreeSibling: "S", graph.DegreeSpouse: "M",
	graph.DegreeUncleAunt: "U", graph.DegreeNephewNiece: "V", graph.DegreeGrandparent: "G", graph.DegreeGrandchild: "R",
	graph.DegreeHalfSibling: "H", graph.DegreeCousin: "K", graph.DegreeParentInLaw: "A", graph.DegreeChildInLaw: "B",
	graph.DegreeSiblingInLaw: "L", graph.DegreeStepParent: "T", graph.DegreeStepChild: "D",
	graph.DegreeInLaw: "I", graph.DegreeNephewUncle: "N", graph.DegreeUnspecified: "?",
}

func (k *kinSearch) walk(p kinPath) error {
	legs := k.legsOf(p.at)
	if err := k.meter.Spend(len(legs)); err != nil {
		return err
	}
	if err := k.work.Spend(legSlots * len(legs)); err != nil {
		return err
	}
	for _, leg := range legs {
		if k.walked(p, leg.hop.To) {
			continue
		}
		path := append(slices.Clone(p.legs), leg.hop)
		for _, l := range leg.letters {
			if err := k.step(kinPath{leg.hop.To, p.word + l.letter, path, max(p.credibility, l.credibility)}); err != nil {
				return err
			}
		}
	}
	return nil
}

// legsOf are the legs that start from an entity.
func (k *kinSearch) legsOf(e live.Entity) []kinLeg {
	id := e.Base().ID()
	legs, known := k.near[id]
	if known {
		return legs
	}
	e.Base().EachLink([]graph.Predicate{graph.KinOf}, live.Both, func(l *live.Link) bool {
		leg := kinLeg{hop: &live.Hop{From: e, To: l.Other(), Link: l, Forward: l.SourceID() == id}}
		for _, d := range degreesOf(l) {
			leg.letters = append(leg.letters, kinLetter{letterFor(d.Degree, leg.hop.Forward), d.Credibility})
		}
		legs = append(legs, leg)
		return true
	})
	k.near[id] = legs
	return legs
}

func (k *kinSearch) walked(p kinPath, other live.Entity) bool {
	id := other.Base().ID()
	return id == k.start.Base().ID() ||
		slices.ContainsFunc(p.legs, func(h *live.Hop) bool { return h.To.Base().ID() == id })
}

func degreesOf(l *live.Link) []live.DegreeGiven {
	if d := l.DegreesGiven(); len(d) > 0 {
		return d
	}
	return []live.DegreeGiven{{Degree: graph.DegreeUnspecified, Credibility: l.Credibility()}}
}

// letterFor is what the next person is: a link's degree says what its source is to
// its target.
func letterFor(d graph.KinDegree, forward bool) string {
	if forward {
		d = d.Inverse()
	}
	return letters[d]
}

func (k *kinSearch) step(p kinPath) error {
	switch last := len(p.legs) == k.degree; {
	case last:
		k.keep(p, p.term())
		return nil
	case p.at.Base().Kind() != graph.Individual, strings.Contains(p.word, "?"):
		return nil // nothing follows from a family, nor from an unspecified degree
	}
	return k.walk(p)
}

// term is what a path makes of the one that it leads to.
func (p *kinPath) term() string {
	if p.at.Base().Kind() != graph.Individual {
		return ofFamily
	}
	term, named := terms[p.word]
	switch {
	case named:
		return term
	case strings.ContainsAny(p.word, "MIABLTD"):
		return someByMarriage
	}
	return someRelative
}

// keep keeps the shortest and best credited path to each term, of equal ones the first
// by the ids on it.
func (k *kinSearch) keep(p kinPath, term string) {
	if len(p.legs) > 1 && strings.Contains(p.word, "?") {
		return
	}
	found := &Kinship{Other: p.at, Term: term, Derived: len(p.legs) > 1, Legs: p.legs, Credibility: p.credibility}
	key := kinKey{p.at.Base().ID(), term}
	if old := k.found[key]; old == nil ||
		cmp.Or(compareKin(found, old), slices.CompareFunc(found.Legs, old.Legs, compareHops)) < 0 {
		k.found[key] = found
	}
}

func compareHops(a, b *live.Hop) int {
	return cmp.Or(cmp.Compare(a.To.Base().ID(), b.To.Base().ID()), cmp.Compare(a.Link.ID(), b.Link.ID()))
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
			if f.redundant(list) {
				continue
			}
			f.Conflicting = slices.ContainsFunc(list, func(other *Kinship) bool { return conflict(f.Term, other.Term) })
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b *Kinship) int {
		return cmp.Or(compareKin(a, b), cmp.Compare(a.Other.Base().Name(), b.Other.Base().Name()),
			cmp.Compare(a.Other.Base().ID(), b.Other.Base().ID()), cmp.Compare(a.Term, b.Term))
	})
	return out
}

// redundant reports whether a derived term says nothing that another of the same individual
// does not say better: what relative he is, or that he is one by blood as a claim has it.
func (k *Kinship) redundant(list []*Kinship) bool {
	return k.Derived && slices.ContainsFunc(list, func(other *Kinship) bool {
		return other.Credibility <= k.Credibility && !vague(other.Term) &&
			(vague(k.Term) || !other.Derived && byMarriage(k.Term) && !byMarriage(other.Term))
	})
}

// terms are the words that have a name. All others are only relatives.
var terms = map[string]string{
	"P": "parent", "C": "child", "S": "sibling", "M": "spouse", "I": "relative by marriage",
	"N": "uncle, aunt, nephew or niece", "K": "cousin", "?": "relative",
	"H": "half-sibling", "L": "brother- or sister-in-law", "T": "step-parent", "D": "step-child",
	"U": "uncle or aunt", "V": "nephew or niece", "G": "grandparent",
	"R": "grandchild", "A": "parent-in-law", "B": "child-in-law",
	"HC": "nephew or niece", "PH": "uncle or aunt", "US": "uncle, aunt or parent",
	"UC": "cousin", "PV": "cousin", "UM": "uncle or aunt by marriage",
	"PU": "great-uncle or great-aunt", "GS": "great-uncle or great-aunt",
	"VC": "grand-nephew or grand-niece", "SR": "grand-nephew or grand-niece", "VM": "spouse of a nephew or niece",
	"MU": "uncle or aunt of a spouse", "AS": "uncle or aunt of a spouse", "MV": "nephew or niece by marriage",
	"PG": "great-grandparent", "GP": "great-grandparent", "CR": "great-grandchild",
	"RC": "great-grandchild", "RM": "spouse of a grandchild",
	"MG": "grandparent of a spouse", "AP": "grandparent of a spouse",
	"UR": "child of a cousin", "GV": "cousin of a parent",
	"KM": "spouse of a cousin", "MK": "cousin of a spouse", "PUC": "cousin of a parent", "UCC": "child of a cousin",
	"PP": "grandparent", "CC": "grandchild", "PS": "uncle or aunt", "SC": "nephew or niece",
	"PC": "sibling or half-sibling", "SS": "sibling or half-sibling", "SP": "parent or step-parent",
	"CS": "child or step-child", "CP": "other parent of a child", "MP": "parent-in-law", "CM": "child-in-law",
	"MS": "brother- or sister-in-law", "SM": "brother- or sister-in-law", "MC": "child or step-child",
	"PM": "parent or step-parent",
	"PK": "cousin of a parent", "KC": "child of a cousin", "SK": "cousin", "KS": "cousin",
	"NS": "uncle, aunt, nephew, niece, or their sibling", "SN": "uncle, aunt, nephew, niece, or a child",
	"PPP": "great-grandparent", "CCC": "great-grandchild", "PPS": "great-uncle or great-aunt",
	"SCC": "grand-nephew or grand-niece", "PSC": "cousin", "PSM": "uncle or aunt by marriage",
	"MSC": "nephew or niece by marriage", "MPS": "uncle or aunt of a spouse",
	"PPC": "uncle or aunt", "PCC": "nephew or niece", "MSM": "spouse of a brother- or sister-in-law",
	"SCM": "spouse of a nephew or niece", "CCM": "spouse of a grandchild", "MPP": "grandparent of a spouse",
	"PPSC": "cousin of a parent", "PSCC": "child of a cousin", "PPCC": "cousin", "PSCM": "spouse of a cousin",
	"MPSC": "cousin of a spouse", "PPPP": "great-great-grandparent", "CCCC": "great-great-grandchild",
	"SCCC": "great-grand-nephew or -niece", "PPPS": "great-grand-uncle or -aunt",
}

// The terms of those of whom no more is known.
const (
	someRelative   = "relative"
	someByMarriage = "relative by marriage"
	ofFamily       = "family"
)

// readings are what a term of several meanings may mean; any other means itself.
var readings = map[string][]string{
	"sibling or half-sibling":                      {"sibling"},
	"parent or step-parent":                        {"parent", "step-parent"},
	"child or step-child":                          {"child", "step-child"},
	"other parent of a child":                      {"spouse"},
	"half-sibling":                                 {"sibling"},
	"uncle, aunt or parent":                        {"uncle or aunt", "parent"},
	"uncle, aunt, nephew or niece":                 {"uncle or aunt", "nephew or niece"},
	"uncle, aunt, nephew, niece, or their sibling": {"uncle or aunt", "nephew or niece", "parent"},
	"uncle, aunt, nephew, niece, or a child":       {"uncle or aunt", "nephew or niece", "child"},
}

func readingsOf(term string) []string {
	if r, ok := readings[term]; ok {
		return r
	}
	return []string{term}
}

// conflict reports whether two terms cannot both be right of one individual: both are
// of blood or both of marriage, and no reading of one is a reading of the other. Cousins
// do marry.
func conflict(a, b string) bool {
	if vague(a) || vague(b) {
		return false
	}
	as, bs := readingsOf(a), readingsOf(b)
	return !slices.ContainsFunc(as, func(r string) bool {
		return slices.ContainsFunc(bs, func(q string) bool { return r == q || byMarriage(r) != byMarriage(q) })
	})
}

func vague(term string) bool {
	return term == someRelative || term == someByMarriage || term == ofFamily
}

func byMarriage(reading string) bool {
	return slices.ContainsFunc([]string{"spouse", "step-", "-in-law", "by marriage"},
		func(word string) bool { return strings.Contains(reading, word) })
}

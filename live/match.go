package live

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
)

// Description is what is known of somebody or something that is looked for.
type Description struct {
	Names       []string
	Kinds       []graph.EntityKind // nil is all kinds
	Father      *string
	Birth       *graph.Date
	Nationality *string
}

// Candidate is an entity that a description may be of, and why.
type Candidate struct {
	Entity  AnyEntity
	Name    string // the one most like those of the description
	Score   float64
	Reasons []names.Feature
}

// Matched is the candidates for one description, best first.
type Matched struct{ Candidates []*Candidate }

// Suggested reports whether the candidate is worth a look.
func (c *Candidate) Suggested() bool { return c.Score >= names.Suggested }

// The limits of matching.
const (
	MaxDescriptions = 50
	MaxCandidates   = 20
	leastCandidate  = 0.5
)

// Match lists the entities that a description may be of: at most limit of them, best
// first, equal ones by id. What a reader may not see changes nothing.
func (v *View) Match(path string, d Description, limit int) ([]*Candidate, error) {
	if limit < 1 || limit > MaxCandidates {
		return nil, graph.Invalid("OUT_OF_RANGE", "limit", fmt.Sprintf("%d is not 1 to %d", limit, MaxCandidates), "ask for fewer candidates")
	}
	if len(d.Names) == 0 {
		return nil, graph.Invalid("MISSING", path+".names", "there is no name", "give at least one")
	}
	if d.Kinds != nil && len(d.Kinds) == 0 {
		return []*Candidate{}, nil
	}
	out := []*Candidate{}
	for _, c := range v.candidates(&d) {
		if c.weigh(&d); c.Score >= leastCandidate {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b *Candidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Entity.Base().ID(), b.Entity.Base().ID()))
	})
	return out[:min(limit, len(out))], nil
}

// candidates compares the names alone, and lists the entities that have something in
// common with the description.
func (v *View) candidates(d *Description) []*Candidate {
	var out []*Candidate
	found := map[uint32]*Candidate{}
	for _, n := range d.Names {
		left := mostAlike
		v.g.names.Alike(names.LikeQuery{Name: names.Parse(n), Least: leastCandidate}, func(l names.Like) bool {
			row, name, ok := v.named(l.Owner, l.Hash, d.Kinds)
			if !ok {
				return true
			}
			class := classOf[v.g.entities.at(row).kind]
			c := found[row]
			if value := l.Value(class, false); value >= leastCandidate && (c == nil || value > c.Score) {
				s := l.Score(class, false)
				if c == nil {
					c = &Candidate{Entity: v.entity(row)}
					found[row], out = c, append(out, c)
				}
				c.Name, c.Score, c.Reasons = name, s.Value, s.Features
			}
			left--
			return left > 0
		})
	}
	return out
}

var classOf = map[graph.EntityKind]names.Class{graph.Individual: names.Person, graph.Group: names.Group, graph.Madressah: names.School, graph.Place: names.Place}

// weigh lets what else is known of a person speak for or against.
func (c *Candidate) weigh(d *Description) {
	i, ok := c.Entity.(*Individual)
	if !ok {
		return
	}
	if father := i.FatherName(); d.Father != nil && father != nil {
		switch s := names.Compare(names.Person, *d.Father, *father).Value; {
		case s >= names.Suggested:
			c.add("same-father", fmt.Sprintf("The father's name is like %q.", *father), 1.1)
		case s < 0.6:
			c.add("father-differs", fmt.Sprintf("The father is named %q.", *father), 0.5)
		}
	}
	if birth := i.Birth(); d.Birth != nil && birth != nil {
		if birth.Earliest <= d.Birth.Latest && d.Birth.Earliest <= birth.Latest {
			c.add("same-birth", fmt.Sprintf("Born %s, which may be the same.", birth.EDTF), 1.05)
		} else {
			c.add("birth-differs", fmt.Sprintf("Born %s.", birth.EDTF), 0.6)
		}
	}
	if of := i.Nationality(); d.Nationality != nil && of != nil && names.Folded(*of) != names.Folded(*d.Nationality) {
		c.add("nationality-differs", fmt.Sprintf("The nationality is %q.", *of), 0.9)
	}
}

// add multiplies the score, which stays below 1, and says why.
func (c *Candidate) add(name, text string, factor float64) {
	before := c.Score
	c.Score = min(0.99, c.Score*factor)
	c.Reasons = append(c.Reasons, names.Feature{Name: name, Text: text, Weight: c.Score - before})
}

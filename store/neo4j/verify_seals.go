package neo4j

import (
	"fmt"
	"slices"

	"github.com/rabta/rabta/graph"
)

// sealVerifier looks for stamps and numbers of commits that are not sealed, and for
// markings in force, that are not what the log gives: no digest is over these.
type sealVerifier struct {
	older []commit // that are not sealed
	// stamps are those that are not CLEAR, inForce the markings that are not the stamp,
	// and marked those that commits set, by the place of the record.
	stamps, inForce, marked map[position]graph.Marking
}

// add adds a commit whose records were read.
func (v *sealVerifier) add(c *commit) {
	if v.stamps == nil {
		v.stamps, v.inForce, v.marked = map[position]graph.Marking{}, map[position]graph.Marking{}, map[position]graph.Marking{}
	}
	if !c.sealed {
		v.older = append(v.older, *c)
	}
	for n, s := range c.Seals() {
		at := positionOf(c.Sequence, n)
		if s.Stamp != graph.Clear {
			v.stamps[at] = s.Stamp
		}
		if s.InForce != s.Stamp {
			v.inForce[at] = s.InForce
		}
	}
	for _, m := range c.marked {
		v.marked[position(m.Place)] = m.InForce
	}
}

// check tells of what was added and is not as it should be.
func (v *sealVerifier) check(fault func(at graph.Sequence, what string)) {
	older := graph.NewOlder()
	for i := range v.older {
		older.Note(&v.older[i].Change)
	}
	for i := range v.older {
		if c := &v.older[i]; !c.sealedAs(older) {
			fault(c.Sequence, "its numbers, its writer or the stamps of its records are not what the markings in it give")
		}
	}
	for at, m := range v.inForce {
		if v.marked[at] != m {
			fault(at.commit(), fmt.Sprintf("its record %d is %s, and nothing made it so", at.place()+1, m))
		}
	}
	for at, m := range v.marked {
		if _, ok := v.inForce[at]; !ok && m != v.stamp(at) {
			fault(at.commit(), fmt.Sprintf("its record %d was made %s, and is %s", at.place()+1, m, v.stamp(at)))
		}
	}
}

func (v *sealVerifier) stamp(at position) graph.Marking {
	if m, ok := v.stamps[at]; ok {
		return m
	}
	return graph.Clear
}

// sealedAs reports whether a commit has the stamps, numbers and writer that it gets where
// it is older than these.
func (c *commit) sealedAs(older *graph.Older) bool {
	want := commit{Change: c.Change}
	want.Sources, want.Entities, want.Claims = slices.Clone(c.Sources), slices.Clone(c.Entities), slices.Clone(c.Claims)
	older.Seal(&want.Change)
	same := want.Numbers == c.Numbers && want.Writer == c.Writer
	got := c.Seals()
	for n, s := range want.Seals() {
		same = same && s.Stamp == got[n].Stamp
	}
	return same
}

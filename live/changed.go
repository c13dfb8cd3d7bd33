package live

import (
	"maps"
	"slices"

	"github.com/rabta/rabta/graph"
)

// ChangedSince lists the rows of links that the view may show otherwise than an
// older view of the same clearance and lens, ascending; it may list more. It is
// false when that cannot be told by links: an entity came, a record was told anew,
// a source was withdrawn or is so no more, or entities are judged the same.
func (v *View) ChangedSince(old *View) ([]LinkRow, bool) {
	if v.g != old.g || v.clearance != old.clearance || v.resolution != nil || old.resolution != nil ||
		old.sizes.claims > v.sizes.claims || old.sizes.entities != v.sizes.entities || old.sizes.revised != v.sizes.revised {
		return nil, false
	}
	t := changes{g: v.g, end: v.sizes.claims, claims: map[ClaimRow]bool{}, links: map[LinkRow]bool{}}
	for r := old.sizes.claims; r < v.sizes.claims; r++ {
		t.claim(r)
	}
	if t.withdrawn {
		return nil, false
	}
	return slices.Sorted(maps.Keys(t.links)), true
}

// changes is what claims may change: their links, and those of the claims that they
// are about, and of what is set against these.
type changes struct {
	g         *Graph
	end       ClaimRow // rows from here on are not for the view
	claims    map[ClaimRow]bool
	links     map[LinkRow]bool
	withdrawn bool // a source may be, or may be no more
}

func (t *changes) claim(r ClaimRow) {
	if r >= t.end || t.claims[r] {
		return
	}
	t.claims[r] = true
	row, rest := t.g.claims.at(r), t.g.details.at(r)
	t.claim(rest.first)
	if row.link != none {
		t.link(row.link)
	}
	switch rest.kind.predicate() {
	case graph.Withdraws:
		t.withdrawn = true
	case graph.Retracts, graph.Contradicts:
		t.claim(rest.about)
		t.claim(rest.against)
	}
	if l, ok := t.g.contradicted.Load(rest.first); ok {
		for _, by := range l.(*list[ClaimRow]).all() {
			t.claim(by)
		}
	}
}

// link is touched, and so is the link that cannot hold beside it.
func (t *changes) link(number LinkRow) {
	t.links[number] = true
	if other := t.g.links.at(number).excluding.Load(); other != none {
		t.links[other] = true
	}
}

package live

import (
	"cmp"
	"iter"
	"slices"

	"github.com/rabta/rabta/graph"
)

// order is where a link or an attribute stands in the order of recording: the row
// of the first of its claims that the reader may see. It is none when the reader
// may see none of them; there is no such link then. Rows of links are in the order
// of first claims, whoever may see those: that order would tell of what is hidden.
func (v *View) order(number LinkRow) ClaimRow {
	l := v.g.links.at(number)
	if v.seesAll || v.claimVisible(l.first, v.g.claims.at(l.first)) {
		return l.first
	}
	first := ClaimRow(none)
	for r := l.newest.Load(); r != none; {
		row := v.g.claims.at(r)
		if r < v.sizes.claims && v.claimVisible(r, row) {
			first = r
		}
		r = row.older
	}
	return first
}

// orderOf is the place of the link that an id names, and false for an id of
// nothing that the reader may see.
func (v *View) orderOf(id graph.ID) (ClaimRow, bool) {
	if g := v.linkCluster(id); g != nil {
		return g.order, g.isLink()
	}
	number, ok := v.g.linkIDs.get(id)
	if !ok || number >= v.sizes.links || !v.g.links.at(number).kind.isLink() {
		return 0, false
	}
	place := v.order(number)
	return place, place != none
}

// linkCluster is the group that an id names: by its own key, or by that of one of its
// rows; nil when it names none.
func (v *View) linkCluster(id graph.ID) *linkCluster {
	if v.resolution == nil {
		return nil
	}
	if g := v.resolution.linksByID[id]; g != nil {
		return g
	}
	number, ok := v.g.linkIDs.get(id)
	if !ok {
		return nil
	}
	return v.resolution.links[number]
}

// isLink reports whether the group is a link between two entities; not an
// attribute, and not a link inside a cluster.
func (g *linkCluster) isLink() bool {
	return g.key.kind.isLink() && g.key.source != g.key.target
}

// numbers yields the rows of links and attributes that the reader may see, by
// place.
func (v *View) numbers() iter.Seq[LinkRow] {
	return func(yield func(LinkRow) bool) {
		if v.seesAll {
			for number := range v.sizes.links {
				if !yield(number) {
					return
				}
			}
			return
		}
		for r := range v.sizes.claims {
			row := v.g.claims.at(r)
			if row.link != none && v.claimVisible(r, row) && v.order(row.link) == r && !yield(row.link) {
				return
			}
		}
	}
}

// ownPostings are the links and attributes of an entity as of the view, by row.
func (v *View) ownPostings(row EntityRow) []posting {
	list := v.g.entities.at(row).postings.all()
	n, _ := slices.BinarySearchFunc(list, v.sizes.links, func(p posting, links LinkRow) int { return cmp.Compare(p.link, links) })
	return list[:n]
}

// degree is how many links and attributes of an entity the reader may see, by row.
func (v *View) degree(row EntityRow) int {
	postings := v.ownPostings(row)
	if v.seesAll {
		return len(postings)
	}
	seen := 0
	for _, p := range postings {
		if v.order(p.link) != none {
			seen++
		}
	}
	return seen
}

package live

import (
	"cmp"
	"iter"
	"slices"

	"github.com/rabta/rabta/graph"
)

// LinkSummary is a link that the lens shows, in numbers: what computing over the whole
// graph needs of it. Rows are good for this view only and mean nothing to a
// client.
type LinkSummary struct {
	// Row stands for the link; LinkAt gives it back.
	Row LinkRow
	// Source and Target stand for the entities; EntityAt gives them back.
	Source, Target EntityRow
	// Kind is the kind of link.
	Kind KindCode
	// Credibility is 1 to 6.
	Credibility uint8
	// Times is the span within which the link may hold.
	Times graph.Span
}

// LinkRows is how many rows of links there are; Facts takes ranges below it, so that
// several goroutines can share the work.
func (v *View) LinkRows() LinkRow { return v.sizes.links }

// EntityRows is how many rows of entities there are.
func (v *View) EntityRows() EntityRow { return v.sizes.entities }

// LinkSummaries calls f for each link of rows from (included) to to (excluded) that the
// lens shows, in ascending order of rows.
func (v *View) LinkSummaries(from, to LinkRow, f func(LinkSummary)) {
	one, lone := new([1]LinkRow), v.singleClaims()
	for number := from; number < min(to, v.sizes.links); number++ {
		if fact, ok := v.linkSummary(number, lone, one); ok {
			f(fact)
		}
	}
}

// LinkSummary is the link that a row stands for; false, and nothing of it, when the lens
// shows none.
func (v *View) LinkSummary(row LinkRow) (LinkSummary, bool) {
	f, shown := v.linkSummary(row, v.singleClaims(), new([1]LinkRow))
	if !shown {
		return LinkSummary{}, false
	}
	return f, true
}

func (v *View) linkSummary(number LinkRow, lone *singleClaimFilter, one *[1]LinkRow) (LinkSummary, bool) {
	if number >= v.sizes.links {
		return LinkSummary{}, false
	}
	row := v.g.links.at(number)
	if !row.kind.isLink() {
		return LinkSummary{}, false
	}
	if lone != nil {
		if f, shown, ok := lone.ofOne(v, number, row); ok {
			return f, shown
		}
		if f, shown, ok := lone.ofSeveral(v, number, row); ok {
			return f, shown
		}
	}
	l, ok := v.assessLink(number, one, nil)
	if !ok {
		return LinkSummary{}, false
	}
	best, _ := l.fold.Best()
	return LinkSummary{number, l.key.source, l.key.target, l.key.kind, best.Credibility, l.fold.Times()}, true
}

// LinkSummariesOf calls f for each link of the entity of a row that the lens shows, in the
// order of recording. It need not be one that the view yields: a row that another
// stands for has the links of both.
func (v *View) LinkSummariesOf(entity EntityRow, f func(LinkSummary)) {
	one, lone := new([1]LinkRow), v.singleClaims()
	for h := range v.postings(v.resolution.of(entity)) {
		if h.other == none {
			continue
		}
		if fact, ok := v.linkSummary(h.link, lone, one); ok {
			f(fact)
		}
	}
}

// assessLink is shown without an allocation: the link's rows may lie in one. left, if
// not nil, hears why claims are left out.
func (v *View) assessLink(number LinkRow, one *[1]LinkRow, left func(graph.ExclusionReason)) (l Link, ok bool) {
	of, ok := v.resolveLinkInto(number, one)
	if !ok {
		return l, false
	}
	l = v.link(of, left)
	return l, l.fold.Status() != "" && l.fold.Hidden(&v.lens, l.IndependentSources) == ""
}

// LinkOrderOf says where the link that a summary's row stands for comes in the order of
// recording, as far as the reader may know it: of two links, the one that he saw
// recorded first comes lower. Rows are in the order of first claims,
// whoever may see those.
func (v *View) LinkOrderOf(row LinkRow) ClaimRow {
	if v.resolution != nil {
		if g := v.resolution.links[row]; g != nil {
			return g.order
		}
	}
	return v.order(row)
}

// SeesAll reports whether nothing in the graph is kept from the reader; rows are
// then in the order of places.
func (v *View) SeesAll() bool { return v.seesAll }

// LinkAt is the link that a summary's row stands for; nil when the lens shows none.
func (v *View) LinkAt(row LinkRow) *Link {
	l, _ := v.visibleLink(row, nil)
	return l
}

// EntityAt is the entity that a summary's row stands for.
func (v *View) EntityAt(row EntityRow) Entity { return v.entity(row) }

// EntityRow is the row that stands for an entity; false when it is not there.
func (v *View) EntityRow(id graph.ID) (EntityRow, bool) {
	e, ok := v.Entity(id)
	if !ok {
		return 0, false
	}
	return e.Base().row, true
}

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

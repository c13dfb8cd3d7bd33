package live

import (
	"cmp"
	"iter"
	"slices"

	"github.com/rabta/rabta/graph"
)

// LinkSummary is a visible link in numbers: what computing over the whole graph needs
// of it. Rows are good for this view only and mean nothing to a client.
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

// LinkRows is how many rows of links there are; LinkSummaries takes ranges below it, so
// that several goroutines can share the work.
func (v *View) LinkRows() LinkRow { return v.sizes.links }

// EntityRows is how many rows of entities there are.
func (v *View) EntityRows() EntityRow { return v.sizes.entities }

// LinkSummaries calls f for each link of rows from (included) to to (excluded) that the
// view shows, in ascending order of rows.
func (v *View) LinkSummaries(from, to LinkRow, f func(LinkSummary)) {
	room, single := new([1]LinkRow), v.singleClaims()
	for row := from; row < min(to, v.sizes.links); row++ {
		if s, ok := v.linkSummary(row, single, room); ok {
			f(s)
		}
	}
}

// LinkSummary is the link that a row stands for; false, and nothing of it, when the view
// shows none.
func (v *View) LinkSummary(row LinkRow) (LinkSummary, bool) {
	s, visible := v.linkSummary(row, v.singleClaims(), new([1]LinkRow))
	if !visible {
		return LinkSummary{}, false
	}
	return s, true
}

// linkSummary is LinkSummary, but for what it says of a link that is not visible. room
// is for the rows of the link.
func (v *View) linkSummary(row LinkRow, single *singleClaimFilter, room *[1]LinkRow) (LinkSummary, bool) {
	if row >= v.sizes.links {
		return LinkSummary{}, false
	}
	record := v.g.links.at(row)
	if !record.kind.isLink() {
		return LinkSummary{}, false
	}
	if single != nil {
		if s, visible, ok := single.ofOne(v, row, record); ok {
			return s, visible
		}
		if s, visible, ok := single.ofSeveral(v, row, record); ok {
			return s, visible
		}
	}
	l, ok := v.visibleLinkInto(row, room, nil)
	if !ok {
		return LinkSummary{}, false
	}
	best, _ := l.fold.Best()
	return LinkSummary{row, l.key.source, l.key.target, l.key.kind, best.Credibility, l.fold.Times()}, true
}

// LinkSummariesOf calls f for each visible link of the entity of a row, in the order of
// recording. It need not be one that the view yields: a row that another stands for has
// the links of both.
func (v *View) LinkSummariesOf(entity EntityRow, f func(LinkSummary)) {
	room, single := new([1]LinkRow), v.singleClaims()
	for p := range v.postings(v.resolution.of(entity)) {
		if p.other == none {
			continue
		}
		if s, ok := v.linkSummary(p.link, single, room); ok {
			f(s)
		}
	}
}

// LinkAt is the link that a summary's row stands for; nil when the view shows none.
func (v *View) LinkAt(row LinkRow) *Link {
	l, _ := v.visibleLink(row, nil)
	return l
}

// EntityAt is the entity that a summary's row stands for.
func (v *View) EntityAt(row EntityRow) Entity { return v.entity(row) }

// EntityRow is the row that stands for an entity; false when it does not exist.
func (v *View) EntityRow(id graph.ID) (EntityRow, bool) {
	e, ok := v.Entity(id)
	if !ok {
		return 0, false
	}
	return e.Base().row, true
}

// SummarySlots is what summing up a link costs: much less where most links have a single
// claim of which the lens asks nothing but its grade.
func (v *View) SummarySlots() int {
	if v.singleClaims() != nil {
		return LinkSlots / 40
	}
	return LinkSlots
}

// LinkOrderOf says where the link that a summary's row stands for comes in the order of
// recording, as far as the reader may know it: of two links, the one that he saw
// recorded first comes lower.
func (v *View) LinkOrderOf(row LinkRow) ClaimRow {
	if v.resolution != nil {
		if c := v.resolution.links[row]; c != nil {
			return c.order
		}
	}
	return v.order(row)
}

// order is where a link or an attribute comes in the order of recording: the row of its
// first claim.
func (v *View) order(row LinkRow) ClaimRow { return v.g.links.at(row).first }

// orderOf is where the link that an id names comes in the order of recording; false for
// an id of nothing that the reader may see.
func (v *View) orderOf(id graph.ID) (ClaimRow, bool) {
	if c := v.linkCluster(id); c != nil {
		return c.order, c.isLink()
	}
	row, ok := v.linkRow(id)
	if !ok {
		return 0, false
	}
	return v.order(row), true
}

// linkRow is the row of the link, not of an attribute, that an id names.
func (v *View) linkRow(id graph.ID) (LinkRow, bool) {
	row, ok := v.g.linkIDs.get(id)
	return row, ok && row < v.sizes.links && v.g.links.at(row).kind.isLink()
}

// rowsInOrder yields the rows of links and attributes, in the order of recording.
func (v *View) rowsInOrder() iter.Seq[LinkRow] {
	return func(yield func(LinkRow) bool) {
		for row := range v.sizes.links {
			if !v.meter.Continue(1) || !yield(row) {
				return
			}
		}
	}
}

// ownPostings are the links and attributes of an entity as of the view, by row.
func (v *View) ownPostings(row EntityRow) []posting {
	list := v.g.entities.at(row).postings.all()
	end, _ := slices.BinarySearchFunc(list, v.sizes.links, func(p posting, links LinkRow) int {
		return cmp.Compare(p.link, links)
	})
	return list[:end]
}

// degree is how many links and attributes an entity has.
func (v *View) degree(row EntityRow) int { return len(v.ownPostings(row)) }

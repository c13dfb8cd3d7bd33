package analysis

import (
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// GraphDiff is what changed between two views of one graph.
type GraphDiff struct {
	// AddedNodes have links after and had none before; RemovedNodes the reverse.
	AddedNodes, RemovedNodes []live.AnyEntity
	AddedLinks, RemovedLinks []*live.Link
	// Changed are links of both whose status, grade, dates or claims differ.
	Changed []*LinkChange
}

// LinkChange is one link before and after.
type LinkChange struct {
	Before, After *live.Link
	// What names what differs: STATUS, CREDIBILITY, HEDGE, VALID_FROM, VALID_TO,
	// CLAIMS.
	What []string
}

// Diff compares the links of two networks, by id; nodes by whether they have any.
// Everything is in the order of the view that has it.
func Diff(before, after *Network) *GraphDiff {
	d := &GraphDiff{AddedNodes: []live.AnyEntity{}, RemovedNodes: []live.AnyEntity{}, AddedLinks: []*live.Link{}, RemovedLinks: []*live.Link{}, Changed: []*LinkChange{}}
	was, is := before.linksByID(), after.linksByID()
	for _, l := range is.order {
		old, there := was.byID[l.ID()]
		if !there {
			d.AddedLinks = append(d.AddedLinks, l)
		} else if what := differences(old, l); len(what) > 0 {
			d.Changed = append(d.Changed, &LinkChange{old, l, what})
		}
	}
	for _, l := range was.order {
		if _, there := is.byID[l.ID()]; !there {
			d.RemovedLinks = append(d.RemovedLinks, l)
		}
	}
	d.AddedNodes = lacking(after, was.ends)
	d.RemovedNodes = lacking(before, is.ends)
	return d
}

type linkSet struct {
	order []*live.Link
	byID  map[graph.ID]*live.Link
	ends  map[graph.ID]bool
}

func (n *Network) linksByID() linkSet {
	s := linkSet{byID: map[graph.ID]*live.Link{}, ends: map[graph.ID]bool{}}
	rows := slices.Clone(n.link)
	slices.Sort(rows)
	for _, row := range rows {
		l := n.view.LinkAt(row)
		s.order = append(s.order, l)
		s.byID[l.ID()] = l
		s.ends[l.SourceID()], s.ends[l.TargetID()] = true, true
	}
	return s
}

// lacking lists the network's entities that have links and are not among ends.
func lacking(n *Network, ends map[graph.ID]bool) []live.AnyEntity {
	out := []live.AnyEntity{}
	rows := slices.Clone(n.rows)
	slices.Sort(rows)
	for _, row := range rows {
		node := n.node[row]
		if e := n.Entity(node); n.Degree(node) > 0 && !ends[e.Base().ID()] {
			out = append(out, e)
		}
	}
	return out
}

func differences(a, b *live.Link) []string {
	var what []string
	note := func(name string, differs bool) {
		if differs {
			what = append(what, name)
		}
	}
	note("STATUS", a.Status() != b.Status())
	note("CREDIBILITY", a.Credibility() != b.Credibility())
	note("HEDGE", a.Hedge() != b.Hedge())
	note("VALID_FROM", edtf(a.ValidFrom()) != edtf(b.ValidFrom()))
	note("VALID_TO", edtf(a.ValidTo()) != edtf(b.ValidTo()))
	note("CLAIMS", !a.SameClaims(b))
	return what
}

func edtf(d *graph.Date) string {
	if d == nil {
		return ""
	}
	return d.EDTF
}

package analysis

import (
	"cmp"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// GraphDiff is what changed between two views of one graph. Of each list it has the first,
// as many as were asked for; the counts are whole.
type GraphDiff struct {
	// AddedNodes have links after and had none before; RemovedNodes the reverse.
	AddedNodes, RemovedNodes []live.Entity
	AddedLinks, RemovedLinks []*live.Link
	// Changed are links of both whose status, grade, dates or claims differ.
	Changed                                                                          []*LinkChange
	AddedNodeCount, RemovedNodeCount, AddedLinkCount, RemovedLinkCount, ChangedCount int
	// Partial says why the answer is not complete; nil when it is.
	Partial *live.Truncation
	// Work is the links compared.
	Work int
}

// LinkChange is one link before and after.
type LinkChange struct {
	Before, After *live.Link
	// What names what differs: STATUS, CREDIBILITY, HEDGE, VALID_FROM, VALID_TO,
	// CLAIMS.
	What []string
}

// maxCompared bounds the links that are compared: each is folded anew from its claims.
const maxCompared = 5_000_000

// Diff compares the links of two networks, by id; nodes by whether they have any.
// Links are in the order of recording, nodes in that of ids. first is how many of each
// list are wanted.
func Diff(before, after *Network, first int, m *work.Meter) (*GraphDiff, error) {
	d := newDiffer(first, m)
	err := d.compare(before, after, func(c *LinkChange) {
		d.out.ChangedCount++
		d.out.Changed = appendUpTo(first, d.out.Changed, c)
	})
	d.out.Work = int(d.meter.Used())
	d.out.Partial, err = partialBy(err)
	return d.out, err
}

// differ compares two networks.
type differ struct {
	out   *GraphDiff
	first int
	meter *work.Meter // of links
	work  *work.Meter
}

func newDiffer(first int, m *work.Meter) *differ {
	out := &GraphDiff{
		AddedNodes: []live.Entity{}, RemovedNodes: []live.Entity{}, AddedLinks: []*live.Link{}, RemovedLinks: []*live.Link{},
		Changed: []*LinkChange{},
	}
	return &differ{out: out, first: first, meter: m.Within(linksBudget, maxCompared), work: m}
}

// indexSlots is what a link costs that is put into an index.
const indexSlots = 200

// spend counts a link, and what it costs.
func (d *differ) spend(slots int) error {
	if err := d.meter.Spend(1); err != nil {
		return err
	}
	return d.work.Spend(slots)
}

// linkIndex finds the links of a network, and whether an entity has any.
type linkIndex struct {
	rows []live.LinkRow // in the order of recording
	at   map[live.LinkHandle]live.LinkRow
	ends map[graph.ID]bool
}

func (d *differ) index(n *Network) (*linkIndex, error) {
	x := &linkIndex{
		rows: slices.Clone(n.link), at: make(map[live.LinkHandle]live.LinkRow, len(n.link)), ends: map[graph.ID]bool{},
	}
	slices.SortFunc(x.rows,
		func(a, b live.LinkRow) int { return cmp.Compare(n.view.LinkOrderOf(a), n.view.LinkOrderOf(b)) })
	for _, row := range x.rows {
		if err := d.spend(indexSlots); err != nil {
			return nil, err
		}
		l := n.view.LinkAt(row)
		x.at[l.Handle()] = row
		x.ends[l.SourceID()], x.ends[l.TargetID()] = true, true
	}
	return x, nil
}

// compare calls changed for each link of both that differs, and gathers the rest.
func (d *differ) compare(before, after *Network, changed func(*LinkChange)) error {
	was, err := d.index(before)
	if err != nil {
		return err
	}
	is, err := d.index(after)
	if err != nil {
		return err
	}
	for _, row := range is.rows {
		l := after.view.LinkAt(row)
		old, there := was.at[l.Handle()]
		if !there {
			d.out.AddedLinkCount++
			d.out.AddedLinks = appendUpTo(d.first, d.out.AddedLinks, l)
			continue
		}
		if err := d.spend(2 * live.LinkSlots); err != nil {
			return err
		}
		o := before.view.LinkAt(old)
		if what := differences(o, l); len(what) > 0 {
			changed(&LinkChange{o, l, what})
		}
	}
	for _, row := range was.rows {
		l := before.view.LinkAt(row)
		if _, there := is.at[l.Handle()]; !there {
			d.out.RemovedLinkCount++
			d.out.RemovedLinks = appendUpTo(d.first, d.out.RemovedLinks, l)
		}
	}
	d.out.AddedNodes, d.out.AddedNodeCount = d.entitiesWithout(after, was.ends)
	d.out.RemovedNodes, d.out.RemovedNodeCount = d.entitiesWithout(before, is.ends)
	return nil
}

// appendUpTo adds to a list that holds fewer than first.
func appendUpTo[T any](first int, list []T, x T) []T {
	if len(list) < first {
		list = append(list, x)
	}
	return list
}

// entitiesWithout lists the network's entities that have links and are not among ends.
func (d *differ) entitiesWithout(n *Network, ends map[graph.ID]bool) (list []live.Entity, count int) {
	list = []live.Entity{}
	for node := range algo.Node(n.Len()) {
		if n.Degree(node) == 0 {
			continue
		}
		if e := n.Entity(node); !ends[e.Base().ID()] {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b live.Entity) int { return cmp.Compare(a.Base().ID(), b.Base().ID()) })
	return list[:min(d.first, len(list))], len(list)
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

func edtf(d *graph.PartialDate) string {
	if d == nil {
		return ""
	}
	return d.EDTF
}

package analysis

import (
	"cmp"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// SourceImpact is what a graph would be without one source. Of each list it has the first, as
// many as were asked for; the counts are whole.
type SourceImpact struct {
	Source *live.Source
	// Lost are the links that vanish; Gained those that are there only without the
	// source, which denied them, say, or judged entities the same.
	Lost, Gained []*live.Link
	// Weakened are the links whose credibility, hedge or status is worse or whose
	// independent sources are fewer; Changed the others that differ: of other dates,
	// say, or no longer disputed.
	Weakened, Changed                                   []*LinkChange
	LostCount, GainedCount, WeakenedCount, ChangedCount int
	// Moved are the nodes whose rank by degree changes, by how much, most first, of
	// those that have ties before and after.
	Moved []RankMove
	// Partial says why the answer is not complete; nil when it is.
	Partial *live.Truncation
	// Work is the links compared.
	Work int
}

// RankMove is how a node's rank by degree changes.
type RankMove struct {
	Node          live.Entity
	Before, After int
}

// maxMoves bounds how many moves are listed.
const maxMoves = 50

// Impact compares the part of the reader's graph that an input names with the
// same part under the same lens less a source: links of every bearing unless the input
// says of which, and ranks by those that it takes. first is how many of each list are
// wanted.
func Impact(reader *live.Reader, id graph.ID, r *ViewInput, first int, m *work.Meter) (*SourceImpact, error) {
	if err := r.linksOnly(); err != nil {
		return nil, err
	}
	r = r.orEverything()
	v, err := reader.View(r.Lens)
	if err != nil {
		return nil, err
	}
	source, ok := v.Source(id)
	if !ok {
		return nil, graph.NotFound("source", id)
	}
	before, err := NewNetwork(v, r.OfAll(), m)
	if err != nil {
		return nil, err
	}
	after, err := before.without(id, m)
	if err != nil {
		return nil, err
	}
	out := &SourceImpact{Source: source, Weakened: []*LinkChange{}, Changed: []*LinkChange{}, Moved: []RankMove{}}
	return out, out.compare(before, after, graph.BearingsAsked(r.Bearings), first, m)
}

func (out *SourceImpact) compare(before, after *Network, ranked graph.BearingSet, first int, m *work.Meter) error {
	d := newDiffer(first, m)
	err := d.compare(before, after, func(c *LinkChange) {
		if c.weakens() {
			out.WeakenedCount++
			out.Weakened = appendUpTo(first, out.Weakened, c)
		} else {
			out.ChangedCount++
			out.Changed = appendUpTo(first, out.Changed, c)
		}
	})
	out.Lost, out.LostCount = d.out.RemovedLinks, d.out.RemovedLinkCount
	out.Gained, out.GainedCount = d.out.AddedLinks, d.out.AddedLinkCount
	if err == nil {
		err = m.Spend(2 * (rankSlots*before.Len() + readSlots*before.Links()))
	}
	if err == nil {
		out.Moved = moves(before.only(ranked), after.only(ranked))
	}
	out.Work = int(d.meter.Used())
	out.Partial, err = partialBy(err)
	return err
}

// without is the network of the same part of its view less a source.
func (n *Network) without(source graph.ID, m *work.Meter) (*Network, error) {
	less, err := n.View().Without(source)
	if err != nil {
		return nil, err
	}
	network, err := NewNetwork(less, n.input.less(source), m)
	if err == nil && n.cut == nil {
		network = network.whole()
	}
	return network, err
}

// weakens reports whether the link stands worse after than before.
func (c *LinkChange) weakens() bool {
	return c.After.Credibility() > c.Before.Credibility() ||
		c.After.IndependentSources() < c.Before.IndependentSources() ||
		graph.Code(graph.Hedges, c.After.Hedge()) > graph.Code(graph.Hedges, c.Before.Hedge()) ||
		graph.Code(statusRank, c.After.Status()) > graph.Code(statusRank, c.Before.Status())
}

// standing is the statuses from the best to the worst.
var statusRank = []graph.LinkStatus{
	graph.StatusAsserted, graph.StatusReported, graph.StatusInferred, graph.StatusDisputed, graph.StatusDenied,
}

// moves compares ranks by degree of those who have ties both with the source and without it.
func moves(before, after *Network) []RankMove {
	was, is := algo.Degree(before.read(algo.Undirected, nil)), algo.Degree(after.read(algo.Undirected, nil))
	from, to := algo.Ranks(was), algo.Ranks(is)
	out := []RankMove{}
	for node, rank := range from {
		e := before.Entity(algo.Node(node))
		now, ok := after.Node(e.Base().ID())
		if !ok || after.ID(now) != e.Base().ID() || was[node] == 0 || is[now] == 0 || rank == to[now] {
			continue
		}
		out = append(out, RankMove{e, int(rank), int(to[now])})
	}
	slices.SortFunc(out, func(a, b RankMove) int {
		return cmp.Or(cmp.Compare(abs(b.After-b.Before), abs(a.After-a.Before)),
			cmp.Compare(a.Node.Base().ID(), b.Node.Base().ID()))
	})
	return out[:min(len(out), maxMoves)]
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

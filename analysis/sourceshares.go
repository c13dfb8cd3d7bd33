package analysis

import (
	"cmp"
	"math"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// SourceShare is how much of a value rests on one source.
type SourceShare struct {
	Source *live.Source
	// Value and Rank are what they are without the source; nil when the entity is
	// not there without it.
	Value *float64
	Rank  *int
	// Change is the value less the value without the source.
	Change float64
}

// SourceID is the id of the source.
func (s *SourceShare) SourceID() graph.ID { return s.Source.ID() }

// MaxShares is the greatest number of sources listed for a row.
const MaxShares = 20

// sources are the sources of the claims that affirm the network's links, those of
// most claims first.
func (n *Network) sources() []graph.ID {
	if n.base != nil {
		return n.base.sources()
	}
	counts := map[graph.ID]int{}
	for slot := range n.link {
		for id := range n.Link(Slot(slot)).AffirmedBy() {
			counts[id]++
		}
	}
	out := make([]graph.ID, 0, len(counts))
	for id := range counts {
		out = append(out, id)
	}
	slices.SortFunc(out, func(a, b graph.ID) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	return out
}

// share measures the network without each source in turn, and lists for each row which
// sources its value and rank rest on. When the meter stops the work, the sources
// left out so far are listed.
func (out *Ranking) share(n *Network, f measureFunc, o RankingOptions, m *work.Meter) error {
	if !out.Exact {
		return graph.Invalid("NOT_TAKEN", "bySource",
			"the values are estimates, and differ by chance with every source left out", "narrow the view until exact is true")
	}
	for _, row := range out.Rows {
		row.BySource = []*SourceShare{}
	}
	err := out.leaveOut(n, f, o, m)
	for _, row := range out.Rows {
		slices.SortStableFunc(row.BySource, func(a, b *SourceShare) int {
			return cmp.Or(cmp.Compare(math.Abs(b.Change), math.Abs(a.Change)), cmp.Compare(a.SourceID(), b.SourceID()))
		})
		row.BySource = row.BySource[:min(len(row.BySource), o.BySource)]
	}
	return err
}

func (out *Ranking) leaveOut(n *Network, f measureFunc, o RankingOptions, m *work.Meter) error {
	if err := m.Spend(n.Links() * live.LinkSlots); err != nil {
		return err
	}
	for _, id := range n.sources() {
		source, ok := n.view.Source(id)
		if !ok {
			continue
		}
		if err := m.Spend(n.Links()); err != nil {
			return err
		}
		less, err := n.without(id, m)
		if err != nil {
			return err
		}
		got, err := f.of(less, o.Seed, m)
		if err != nil {
			return err
		}
		out.compare(less, source, got.values)
	}
	return nil
}

// compare adds a share to each row whose value or rank is another without the
// source.
func (out *Ranking) compare(less *Network, source *live.Source, values []float64) {
	ranks := algo.Ranks(values)
	for _, row := range out.Rows {
		s := &SourceShare{Source: source, Change: row.Value}
		if node, ok := less.Node(row.NodeID()); ok {
			rank := int(ranks[node])
			s.Value, s.Rank, s.Change = &values[node], &rank, row.Value-values[node]
			if rank == row.Rank && math.Abs(s.Change) <= 1e-9*math.Max(1, math.Abs(row.Value)) {
				continue // rounding: sums are in another order
			}
		}
		row.BySource = append(row.BySource, s)
	}
}

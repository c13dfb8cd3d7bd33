package analysis

import (
	"cmp"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// Structure is the structure of a network, with its weak points by name.
type Structure struct {
	Answer
	*algo.Structure
	// MaxCore is the greatest core number, Core the members of that core.
	MaxCore int
	Core    []live.Entity
	// Cutpoints are the entities whose removal splits their part, those that
	// fragment most first, Bridges the ties that do; at most MaxMembers of each.
	Cutpoints []*Cutpoint
	Bridges   []*EntityPair
	// Blocks are the biconnected parts of three entities or more, largest first and
	// then by the ids of their members, at most MaxBlocks; BlockCount is how many
	// there are.
	Blocks     []*Block
	BlockCount int
	// CoreSize and CoreFit are those of the best core-periphery division found.
	CoreSize int
	CoreFit  float64
}

// Cutpoint is an entity whose removal splits its part of the network.
type Cutpoint struct {
	Node live.Entity
	// Fragmentation is the share of pairs of the others that cannot reach each
	// other without it.
	Fragmentation float64
}

// Block is a part that no single removal splits.
type Block struct {
	Size int
	// Members are at most MaxMembers, by id.
	Members []live.Entity
}

// MaxBlocks is how many blocks are listed.
const MaxBlocks = 20

// EntityPair is two entities.
type EntityPair struct{ A, B live.Entity }

// StructureOf measures a network's structure.
func StructureOf(n *Network, seed uint64, m *work.Meter) (*Structure, error) {
	s := &Structure{Core: []live.Entity{}, Cutpoints: []*Cutpoint{}, Bridges: []*EntityPair{}, Blocks: []*Block{}}
	g, err := n.Graph(m)
	if err == nil {
		err = s.measure(n, g, seed, m)
	}
	s.Answer, err = n.answer(m, err)
	return s, err
}

func (s *Structure) measure(n *Network, g *algo.Graph, seed uint64, m *work.Meter) (err error) {
	if s.Structure, err = algo.StructureOf(g, seed, m); err != nil {
		return err
	}
	cores, err := algo.Cores(g, m)
	if err != nil {
		return err
	}
	for _, c := range cores {
		s.MaxCore = max(s.MaxCore, c)
	}
	for node, c := range cores {
		if c == s.MaxCore && s.MaxCore > 0 && len(s.Core) < MaxMembers {
			s.Core = append(s.Core, n.Entity(algo.Node(node)))
		}
	}
	cut, err := algo.Cutpoints(g, m)
	if err != nil {
		return err
	}
	s.cuts(n, cut)
	division, err := algo.CoreAndPeriphery(g, seed, m)
	s.CoreSize, s.CoreFit = division.Size, division.Correlation
	return err
}

func (s *Structure) cuts(n *Network, cut *algo.Cut) {
	for _, node := range n.byValueAndName(cut.Fragmentation, n.Len()) {
		if cut.Points[node] && len(s.Cutpoints) < MaxMembers {
			s.Cutpoints = append(s.Cutpoints, &Cutpoint{n.Entity(node), cut.Fragmentation[node]})
		}
	}
	for _, b := range cut.Bridges[:min(len(cut.Bridges), MaxMembers)] {
		s.Bridges = append(s.Bridges, &EntityPair{n.Entity(b[0]), n.Entity(b[1])})
	}
	s.blocks(n, cut.Blocks)
}

func (s *Structure) blocks(n *Network, blocks [][]algo.Node) {
	byID := func(a, b algo.Node) int { return cmp.Compare(n.ID(a), n.ID(b)) }
	var wide [][]algo.Node
	for _, b := range blocks {
		if len(b) > 2 {
			wide = append(wide, slices.SortedFunc(slices.Values(b), byID))
		}
	}
	slices.SortFunc(wide,
		func(a, b []algo.Node) int { return cmp.Or(cmp.Compare(len(b), len(a)), slices.CompareFunc(a, b, byID)) })
	s.BlockCount = len(wide)
	for _, b := range wide[:min(len(wide), MaxBlocks)] {
		s.Blocks = append(s.Blocks, &Block{len(b), n.entities(b[:min(len(b), MaxMembers)])})
	}
}

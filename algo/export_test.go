package algo

// What tests look into.
var (
	DistancesFrom = distancesFrom
	DrawSources   = randomSources
	WeightAt      = weightAt
	Ratio         = ratio
	NewSetWalk    = newReach
)

// DistanceSources is distanceSources.
const DistanceSources = distanceSources

// Fragmentation is fragmentation, without what was read.
func (w *reach) Fragmentation(set []Node) float64 {
	value, _ := w.fragmentation(set)
	return value
}

// Reach is reach, without what was read.
func (w *reach) Reach(set []Node, steps int, byDistance bool) float64 {
	value, _ := w.share(set, steps, byDistance)
	return value
}

// Number gives the last walk a number.
func (w *reach) Number(walk uint32) { w.number = walk }

// SearchKeyPlayers searches as in a graph too large to compare all sets.
func SearchKeyPlayers(g *Graph, o KeyPlayerOptions) (*KeyPlayers, error) {
	s, err := newKeySearch(g, &o, nil)
	if err != nil {
		return nil, err
	}
	return s.out, s.search()
}

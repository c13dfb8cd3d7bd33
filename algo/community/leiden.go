// Package community divides graphs into communities: by the Leiden method, by labels.
package community

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/work"
)

// Communities divides the nodes: Of[node] is the community, Sizes their sizes
// from the largest.
type Communities struct {
	Of    []algo.Label
	Sizes []int
	// Modularity is how much more of the weight lies within communities than
	// chance would put there, at the resolution asked for.
	Modularity float64
}

// Leiden finds communities of high modularity by the Leiden method: each is
// connected, which Louvain does not promise. Resolution 1 is plain modularity,
// more makes smaller communities. The same seed gives the same answer. Directed
// graphs are read as undirected.
func Leiden(g *algo.Graph, resolution float64, seed uint64, m *work.Meter) (*Communities, error) {
	u := g.Undirected()
	l := newLeiden(u, resolution, seed, m)
	of, err := l.run(u)
	if err == nil {
		err = l.report()
	}
	return From(u, of, resolution), err
}

// From makes communities of sets that are named by small numbers.
func From(g *algo.Graph, of []algo.Label, resolution float64) *Communities {
	c := &Communities{}
	c.Of, c.Sizes = algo.BySize(of)
	c.Modularity = Modularity(g.Undirected(), c.Of, resolution)
	return c
}

type leiden struct {
	resolution float64
	random     *rand.Rand
	meter      *work.Meter
	unit       float64 // the mean weight of an edge
	read       int     // arcs, of which unreported are not yet counted by the meter
	unreported int
	first      *level
	weights    weights
	mover      mover
	levels     [2]level // room for the levels above the first, in turn
	refiner    refiner
}

// In a graph of more than leidenSmall arcs the communities are found once. In a smaller
// one the method is run again, each time from the division that it found before, as long
// as that gains, up to leidenPasses times; then anew, up to leidenTries times, of which
// the best counts; and no more once leidenArcs arcs were read.
const (
	leidenSmall  = 8_000
	leidenPasses = 10
	leidenTries  = 10
	leidenArcs   = 400_000
)

func newLeiden(g *algo.Graph, resolution float64, seed uint64, m *work.Meter) *leiden {
	first := firstLevel(g)
	return &leiden{
		resolution: resolution, random: rand.New(rand.NewPCG(seed, 0x6c656964656e)), meter: m,
		unit: first.total / max(float64(len(first.to)), 1), first: first,
		weights: newWeights(first.n), mover: newMover(first.n), refiner: newRefiner(first.n),
	}
}

// run is the only or the best of several tries.
func (l *leiden) run(g *algo.Graph) ([]algo.Label, error) {
	if len(l.first.to) > leidenSmall {
		return l.once()
	}
	best, quality, err := l.try(g)
	for i := 1; i < leidenTries && l.read < leidenArcs && err == nil; i++ {
		var of []algo.Label
		var q float64
		if of, q, err = l.try(g); q > quality+1e-12 {
			best, quality = of, q
		}
	}
	return best, err
}

// once makes a rough division, one by the method from there, and lets single nodes move
// once more; a community that falls to pieces by that is divided into them.
func (l *leiden) once() ([]algo.Label, error) {
	of := algo.Identity[algo.Label](l.first.n)
	for _, rough := range []bool{true, false} {
		var err error
		if of, err = l.pass(of, rough); err != nil {
			return l.pieces(of), err
		}
	}
	l.visit(l.first.n)
	_, err := l.move(l.first, of, math.MaxInt)
	return l.pieces(of), err
}

// pieces divides communities into what hangs together by edges within them.
func (l *leiden) pieces(of []algo.Label) []algo.Label {
	return algo.Pieces(&algo.Adjacency{Start: l.first.start, To: l.first.to}, of)
}

// spend counts arcs that were read, and reports them to the meter now and then.
func (l *leiden) spend(arcs int) error {
	const often = 1 << 12
	l.read += arcs
	if l.unreported += arcs; l.unreported < often {
		return nil
	}
	return l.report()
}

// visit counts what is done with each of so many nodes and is no reading of arcs.
func (l *leiden) visit(nodes int) { l.unreported += nodeSlots * nodes }

// nodeSlots is what a round of a pass costs for a node beside its arcs: it is put in order,
// looked at, and taken into the next round.
const nodeSlots = 16

// report counts on the meter what was not yet.
func (l *leiden) report() error {
	arcs := l.unreported
	l.unreported = 0
	return l.meter.Spend(arcs)
}

// try passes over the graph until that gains nothing more.
func (l *leiden) try(g *algo.Graph) (best []algo.Label, quality float64, err error) {
	best = algo.Identity[algo.Label](g.Len())
	quality = math.Inf(-1)
	for i := 0; i < leidenPasses && (i == 0 || l.read < leidenArcs); i++ {
		var of []algo.Label
		of, err = l.pass(slices.Clone(best), false)
		q := Modularity(g, of, l.resolution)
		if q <= quality+1e-12 {
			break
		}
		best, quality = of, q
		if err != nil {
			break
		}
	}
	return best, quality, err
}

// roughVisits is how often a node is looked at in a rough pass, in
// the mean and at most: later ones gain little that the next pass does not.
const roughVisits = 2

// pass moves nodes between the communities of part, then the parts that these are
// refined to, and so on, until there is nothing left to merge. A rough pass does not
// refine, and moves communities as they are.
func (l *leiden) pass(part []algo.Label, rough bool) ([]algo.Label, error) {
	lev := l.first
	algo.Compact(part)
	of := algo.Identity[algo.Label](lev.n) // node of the graph -> node of the level
	for round := 0; ; round++ {
		l.visit(lev.n)
		visits := math.MaxInt
		if rough {
			visits = roughVisits * lev.n
		}
		moved, err := l.move(lev, part, visits)
		if err != nil || !moved && lev.n == algo.Compact(part) {
			return through(of, part), err
		}
		refined := part
		if !rough {
			refined = l.refine(lev, part)
		}
		count := algo.Compact(refined)
		if count == lev.n { // nothing to merge: the division is final
			return through(of, part), nil
		}
		next := &l.levels[round%2]
		part = l.aggregate(lev, next, refined, count, part)
		of, lev = through(of, refined), next
	}
}

// through leads what of leads to on to what then leads to.
func through(of, then []algo.Label) []algo.Label {
	for i, x := range of {
		of[i] = then[x]
	}
	return of
}

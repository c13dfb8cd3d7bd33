package analysis

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Communities divides the nodes: Of[node] is the community, Sizes their sizes
// from the largest.
type Communities struct {
	Of    []uint32
	Sizes []int
	// Modularity is how much more of the weight lies within communities than
	// chance would put there, at the resolution asked for.
	Modularity float64
}

// Leiden finds communities of high modularity by the Leiden method: each is
// connected, which Louvain does not promise. Resolution 1 is plain modularity,
// more makes smaller communities. The same seed gives the same answer. Directed
// graphs are read as undirected.
func Leiden(g *Graph, resolution float64, seed uint64, m *Meter) (*Communities, error) {
	u := g.undirected()
	l := &leiden{resolution: resolution, random: rand.New(rand.NewPCG(seed, 0x6c656964656e)), meter: m}
	of, err := l.run(u)
	if err == nil {
		err = l.settle()
	}
	c := &Communities{}
	c.Of, c.Sizes = bySize(of)
	c.Modularity = Modularity(u, c.Of, resolution)
	return c, err
}

// Modularity of a division of an undirected graph at a resolution; 0 without
// edges.
func Modularity(g *Graph, of []uint32, resolution float64) float64 {
	strength := strengths(g)
	total := sum(strength)
	if total == 0 {
		return 0
	}
	inside := 0.0
	communities := make([]float64, len(of)+1)
	for v := range uint32(g.Len()) {
		communities[of[v]] += strength[v]
		inside += within(of, of[v], g.Out(v), g.OutWeights(v))
	}
	expected := 0.0
	for _, c := range communities {
		expected += c / total * (c / total)
	}
	return inside/total - resolution*expected
}

// within is the weight of the links to nodes of a community; of 1 each without weights.
func within(of []uint32, own uint32, near []uint32, weights []float64) (sum float64) {
	if weights == nil {
		count := 0
		for _, w := range near {
			if of[w] == own {
				count++
			}
		}
		return float64(count)
	}
	for i, w := range near {
		if of[w] == own {
			sum += weights[i]
		}
	}
	return sum
}

type leiden struct {
	resolution float64
	random     *rand.Rand
	meter      *Meter
	unit       float64 // the mean weight of an edge
	read       int     // slots, of which the meter was not told of unsaid
	unsaid     int
	sieve      weights
	options    []option
}

// A graph of more than leidenSmall slots is passed over once. On a smaller one the
// method is run again, each time from the division that it found before, as long as
// that gains, up to leidenPasses times; then anew, up to leidenTries times, of which
// the best counts; and no more once leidenSlots slots were read.
const (
	leidenSmall  = 8_000
	leidenPasses = 10
	leidenTries  = 10
	leidenSlots  = 400_000
)

// run is the best of several tries.
func (l *leiden) run(g *Graph) ([]uint32, error) {
	first := firstLevel(g)
	l.unit = ratio(first.total, float64(len(first.to)))
	l.sieve.to = make([]float64, first.n)
	best, quality, err := l.try(g, first)
	for i := 1; i < leidenTries && l.again(first) && err == nil; i++ {
		var of []uint32
		var q float64
		if of, q, err = l.try(g, first); q > quality+1e-12 {
			best, quality = of, q
		}
	}
	return best, err
}

// again reports whether there is room for another pass.
func (l *leiden) again(first *level) bool {
	return len(first.to) <= leidenSmall && l.read < leidenSlots
}

// spend counts slots that were read, and asks the meter now and then.
func (l *leiden) spend(slots int) error {
	const often = 1 << 12
	l.read += slots
	if l.unsaid += slots; l.unsaid < often {
		return nil
	}
	return l.settle()
}

// settle tells the meter what it was not told yet.
func (l *leiden) settle() error {
	slots := l.unsaid
	l.unsaid = 0
	return l.meter.Spend(slots)
}

// try passes over the graph until that gains nothing more.
func (l *leiden) try(g *Graph, first *level) (best []uint32, quality float64, err error) {
	best = identityOf(g.Len())
	quality = math.Inf(-1)
	for i := 0; i < leidenPasses && (i == 0 || l.again(first)); i++ {
		var of []uint32
		of, err = l.pass(first, slices.Clone(best))
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

// pass moves nodes between the communities of part, then the parts that these are
// refined to, and so on, until there is nothing left to merge.
func (l *leiden) pass(lev *level, part []uint32) ([]uint32, error) {
	of := identityOf(lev.n) // node of the graph -> node of the level
	for {
		moved, err := l.move(lev, part)
		if err != nil || !moved && lev.n == compact(part) {
			return through(of, part), err
		}
		refined := l.refine(lev, part)
		count := compact(refined)
		if count == lev.n { // nothing to merge: the division is final
			return through(of, part), nil
		}
		lev, part = l.aggregate(lev, refined, count, part)
		of = through(of, refined)
	}
}

func identityOf(n int) []uint32 {
	out := make([]uint32, n)
	for i := range out {
		out[i] = uint32(i)
	}
	return out
}

func through(of, then []uint32) []uint32 {
	out := make([]uint32, len(of))
	for i, x := range of {
		out[i] = then[x]
	}
	return out
}

// move lets nodes go to the neighbouring community that gains most, until none
// wants to; nodes wait in a queue that begins in random order.
func (l *leiden) move(lev *level, part []uint32) (moved bool, err error) {
	q := newMover(lev, part)
	q.queue = l.shuffled(lev.n)
	w := l.sieve.of(lev.n)
	for head := 0; head < len(q.queue); head++ {
		v := q.queue[head]
		q.waiting.remove(v)
		if head >= lev.n { // forget what has been taken from the queue
			q.queue, head = append(q.queue[:0], q.queue[head+1:]...), -1
		}
		w.gather(lev, v, part)
		if err := l.spend(int(lev.start[v+1] - lev.start[v])); err != nil {
			return moved, err
		}
		from := part[v]
		q.strength[from] -= lev.strength[v]
		to := l.best(lev, v, from, q.strength, w)
		if to == none32 && len(q.empty) > 0 {
			to = q.empty[len(q.empty)-1]
		}
		if to == none32 || to == from {
			q.strength[from] += lev.strength[v]
			continue
		}
		q.put(v, to)
		moved = true
	}
	return moved, nil
}

// mover is the state of a division while nodes move.
type mover struct {
	lev      *level
	part     []uint32
	strength []float64 // of the communities
	size     []uint32
	empty    []uint32 // communities
	queue    []uint32
	waiting  bitset
}

func newMover(lev *level, part []uint32) *mover {
	q := &mover{lev: lev, part: part, strength: make([]float64, lev.n), size: make([]uint32, lev.n), waiting: newBitset(lev.n)}
	for v, c := range part {
		q.strength[c] += lev.strength[v]
		q.size[c]++
		q.waiting.add(uint32(v))
	}
	for c := range q.size {
		if q.size[c] == 0 {
			q.empty = append(q.empty, uint32(c))
		}
	}
	return q
}

// put moves a node whose strength was taken from its community; neighbours
// elsewhere wait to be asked again.
func (q *mover) put(v, to uint32) {
	if n := len(q.empty); n > 0 && q.empty[n-1] == to {
		q.empty = q.empty[:n-1]
	}
	from := q.part[v]
	q.strength[to] += q.lev.strength[v]
	q.size[to]++
	if q.size[from]--; q.size[from] == 0 {
		q.empty = append(q.empty, from)
	}
	q.part[v] = to
	for _, u := range q.lev.near(v) {
		if q.part[u] != to && !q.waiting.has(u) {
			q.waiting.add(u)
			q.queue = append(q.queue, u)
		}
	}
}

// shuffled is the first n numbers in random order.
func (l *leiden) shuffled(n int) []uint32 {
	out := identityOf(n)
	for i := n - 1; i > 0; i-- {
		j := l.random.Uint32N(uint32(i + 1))
		out[i], out[j] = out[j], out[i]
	}
	return out
}

const none32 = ^uint32(0)

// best is the community that gains most by taking v, its own when nothing gains
// more; none32 when being alone is better than any.
func (l *leiden) best(lev *level, v, own uint32, strength []float64, w *weights) uint32 {
	k := l.resolution * lev.strength[v] / lev.total
	best, gain := own, w.to[own]-k*strength[own]
	for _, c := range w.touched {
		if g := w.to[c] - k*strength[c]; g > gain+1e-12 || g > gain-1e-12 && c < best && best != own {
			best, gain = c, g
		}
	}
	if gain < -1e-12 {
		return none32
	}
	return best
}

// refine divides each community again: nodes that are alone join, at random but
// rather where it gains, well connected parts of their community.
func (l *leiden) refine(lev *level, part []uint32) []uint32 {
	refined := identityOf(lev.n)
	whole := make([]float64, lev.n) // strength of the communities
	for v, c := range part {
		whole[c] += lev.strength[v]
	}
	strength := append([]float64(nil), lev.strength...) // of the parts
	outside := l.outside(lev, part)                     // weight from a part to the rest of its community
	alone := newBitset(lev.n)
	for v := range uint32(lev.n) {
		alone.add(v)
	}
	w := l.sieve.of(lev.n)
	for _, v := range l.shuffled(lev.n) {
		rest := whole[part[v]] - lev.strength[v]
		if !alone.has(v) || outside[v] < l.resolution*lev.strength[v]*rest/lev.total {
			continue
		}
		l.gatherWithin(lev, v, part, refined, w)
		to := l.drawPart(lev, v, part, whole, strength, outside, w)
		if to == v {
			continue
		}
		outside[to] += outside[v] - 2*w.to[to]
		strength[to] += lev.strength[v]
		refined[v] = to
		alone.remove(v)
		alone.remove(to)
	}
	return refined
}

func (l *leiden) outside(lev *level, part []uint32) []float64 {
	out := make([]float64, lev.n)
	for v := range uint32(lev.n) {
		near, weight := lev.slots(v)
		own, sum := part[v], 0.0
		for i, u := range near {
			if part[u] == own && u != v {
				sum += weight[i]
			}
		}
		out[v] = sum
	}
	return out
}

func (l *leiden) gatherWithin(lev *level, v uint32, part, refined []uint32, w *weights) {
	w.clear()
	near, weight := lev.slots(v)
	own := part[v]
	for i, u := range near {
		if part[u] != own || u == v {
			continue
		}
		c := refined[u]
		if w.to[c] == 0 {
			w.touched = append(w.touched, c)
		}
		w.to[c] += weight[i]
	}
}

// theta is the randomness of the refinement, the customary value, for gains in
// weights of edges.
const theta = 0.01

// option is a part that a node may join.
type option struct {
	part  uint32
	score float64
}

// drawPart draws a well connected part that does not lose by taking v.
func (l *leiden) drawPart(lev *level, v uint32, part []uint32, whole, strength, outside []float64, w *weights) uint32 {
	options := l.options[:0]
	most := 0.0
	for _, c := range w.touched {
		rest := whole[part[v]] - strength[c]
		if c == v || outside[c] < l.resolution*strength[c]*rest/lev.total {
			continue
		}
		gain := w.to[c] - l.resolution*lev.strength[v]*strength[c]/lev.total
		if gain >= 0 {
			options = append(options, option{c, gain})
			most = max(most, gain)
		}
	}
	l.options = options
	if len(options) < 2 {
		if len(options) == 0 {
			return v
		}
		return options[0].part
	}
	scores := 0.0
	for i := range options {
		options[i].score = math.Exp((options[i].score - most) / (theta * l.unit))
		scores += options[i].score
	}
	at := l.random.Float64() * scores
	for _, o := range options {
		if at -= o.score; at < 0 {
			return o.part
		}
	}
	return options[len(options)-1].part
}

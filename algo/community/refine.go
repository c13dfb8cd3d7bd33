package community

import (
	"math"

	"github.com/rabta/rabta/algo"
)

// refiner is the state of a finer division while it is made.
type refiner struct {
	refined  []algo.Label
	whole    []float64 // strength of the communities
	strength []float64 // of the parts
	outside  []float64 // weight from a part to the rest of its community
	joined   []bool    // nodes that are not alone
	order    []algo.Node
	options  []option
}

// newRefiner has room for levels of up to n nodes.
func newRefiner(n int) refiner {
	return refiner{
		refined: make([]algo.Label, n), order: make([]algo.Node, n), joined: make([]bool, n),
		whole: make([]float64, n), strength: make([]float64, n), outside: make([]float64, n),
	}
}

// begin makes a part of each node of a level.
func (r *refiner) begin(lev *level, part []algo.Label) {
	n := lev.n
	r.refined, r.order, r.joined = r.refined[:n], r.order[:n], r.joined[:n]
	r.whole, r.strength, r.outside = r.whole[:n], r.strength[:n], r.outside[:n]
	clear(r.whole)
	clear(r.joined)
	copy(r.strength, lev.strength)
	for v, c := range part {
		r.refined[v] = algo.Label(v)
		r.whole[c] += lev.strength[v]
		r.outside[v] = lev.weightWithin(algo.Node(v), part)
	}
}

// refine divides each community again: nodes that are alone join, at random but
// rather where it gains, well connected parts of their community. The answer is of use
// until the next.
func (l *leiden) refine(lev *level, part []algo.Label) []algo.Label {
	r := &l.refiner
	r.begin(lev, part)
	l.shuffle(r.order)
	w := l.weights.reset(lev.n)
	for _, v := range r.order {
		own := algo.Label(v) // a node that is alone has its own number
		if r.joined[v] || !l.connected(lev, own, r.whole[part[v]]) {
			continue
		}
		w.clear()
		w.gatherWithin(lev, v, part, r.refined)
		to := l.pickPart(lev, v, r.whole[part[v]], w)
		if to == own {
			continue
		}
		r.outside[to] += r.outside[v] - 2*w.to[to]
		r.strength[to] += lev.strength[v]
		r.refined[v] = to
		r.joined[v], r.joined[to] = true, true
	}
	return r.refined
}

// connected reports whether a part has as many edges to the rest of its community as
// chance would give it. Multiplied out, whole numbers stay exact.
func (l *leiden) connected(lev *level, part algo.Label, whole float64) bool {
	r := &l.refiner
	strength := r.strength[part]
	return r.outside[part]*lev.total >= l.resolution*strength*(whole-strength)
}

// theta is the randomness of the refinement, the customary value, for gains in
// weights of edges.
const theta = 0.01

// option is a part that a node may join.
type option struct {
	part  algo.Label
	score float64
}

// pickPart picks at random a well connected part that does not lose by taking v.
func (l *leiden) pickPart(lev *level, v algo.Node, whole float64, w *weights) algo.Label {
	r := &l.refiner
	options := r.options[:0]
	most := 0.0
	k, own := l.resolution*lev.strength[v], algo.Label(v)
	for _, c := range w.touched[:w.count] {
		gain := w.to[c]*lev.total - k*r.strength[c]
		if gain >= 0 && c != own && l.connected(lev, c, whole) {
			options = append(options, option{c, gain})
			most = max(most, gain)
		}
	}
	r.options = options
	switch len(options) {
	case 0:
		return own
	case 1:
		return options[0].part
	}
	return l.pickOption(options, most, theta*l.unit*lev.total)
}

// pickOption picks one of options at random, the better the more often.
func (l *leiden) pickOption(options []option, most, scale float64) algo.Label {
	const never = -40 // e to this is too little to count
	scores := 0.0
	for i := range options {
		score := 0.0
		if x := (options[i].score - most) / scale; x > never {
			score = math.Exp(x)
		}
		options[i].score = score
		scores += score
	}
	at := l.random.Float64() * scores
	for _, o := range options {
		if at -= o.score; at < 0 {
			return o.part
		}
	}
	return options[len(options)-1].part
}

package community

import "github.com/rabta/rabta/algo"

// mover is the state of a division while nodes move.
type mover struct {
	lev      *level
	part     []algo.Label
	strength []float64 // of the communities
	size     []uint32
	empty    []algo.Label
	ring     []algo.Node // the nodes that wait, from head until tail
	head     int
	tail     int
	waiting  []uint8 // 1 for those
}

// newMover has room for levels of up to n nodes.
func newMover(n int) mover {
	return mover{
		strength: make([]float64, n), size: make([]uint32, n), empty: make([]algo.Label, 0, n),
		ring: make([]algo.Node, n+1), waiting: make([]uint8, n),
	}
}

// begin lets all nodes of a level wait; their order is for the caller to give.
func (q *mover) begin(lev *level, part []algo.Label) (order []algo.Node) {
	q.lev, q.part = lev, part
	q.strength, q.size, q.empty = q.strength[:lev.n], q.size[:lev.n], q.empty[:0]
	q.ring, q.waiting = q.ring[:lev.n+1], q.waiting[:lev.n]
	clear(q.strength)
	clear(q.size)
	for v, c := range part {
		q.strength[c] += lev.strength[v]
		q.size[c]++
		q.waiting[v] = 1
	}
	for c := range q.size {
		if q.size[c] == 0 {
			q.empty = append(q.empty, algo.Label(c))
		}
	}
	q.head, q.tail = 0, lev.n
	return q.ring[:lev.n]
}

// next is the node that has waited longest.
func (q *mover) next() algo.Node {
	v := q.ring[q.head]
	if q.head++; q.head == len(q.ring) {
		q.head = 0
	}
	q.waiting[v] = 0
	return v
}

// put moves a node whose strength was taken from its community; neighbours
// elsewhere wait again.
func (q *mover) put(v algo.Node, to algo.Label) {
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
	q.wake(q.lev.near(v), to)
}

// wake lets those of nodes wait that are not in a community and do not wait yet. There
// is always a free place after the last, where a node is written before it is known
// whether it counts.
func (q *mover) wake(nodes []algo.Node, but algo.Label) {
	part, waiting, ring, tail := q.part, q.waiting, q.ring, q.tail
	for _, u := range nodes {
		ring[tail] = u
		elsewhere := uint8(0)
		if part[u] != but {
			elsewhere = 1
		}
		tail += int(elsewhere &^ waiting[u])
		waiting[u] |= elsewhere
		if tail == len(ring) {
			tail = 0
		}
	}
	q.tail = tail
}

// none is no community.
const none = ^algo.Label(0)

// move lets nodes go to the neighbouring community that gains most, until none
// wants to or as many as visits were looked at; they wait in an order that begins random.
func (l *leiden) move(lev *level, part []algo.Label, visits int) (moved bool, err error) {
	q := &l.mover
	l.shuffle(q.begin(lev, part))
	w := l.weights.reset(lev.n)
	for ; q.head != q.tail && visits > 0; visits-- {
		v := q.next()
		w.clear()
		w.gather(lev, v, part)
		if err := l.spend(int(lev.start[v+1] - lev.start[v])); err != nil {
			return moved, err
		}
		from := part[v]
		q.strength[from] -= lev.strength[v]
		to := l.best(lev, v, from, q.strength, w)
		if to == none && len(q.empty) > 0 {
			to = q.empty[len(q.empty)-1]
		}
		if to == none || to == from {
			q.strength[from] += lev.strength[v]
			continue
		}
		q.put(v, to)
		moved = true
	}
	return moved, nil
}

// shuffle puts the first numbers into a list in random order.
func (l *leiden) shuffle(list []algo.Node) {
	for i := range list {
		list[i] = algo.Node(i)
	}
	for i := len(list) - 1; i > 0; i-- {
		j := l.random.Uint32N(uint32(i + 1))
		list[i], list[j] = list[j], list[i]
	}
}

// best is the community that gains most by taking v, its own when nothing gains
// more; none when being alone is better than any.
func (l *leiden) best(lev *level, v algo.Node, own algo.Label, strength []float64, w *weights) algo.Label {
	k := l.resolution * lev.strength[v] / lev.total
	best, gain := own, w.to[own]-k*strength[own]
	for _, c := range w.touched[:w.count] {
		if g := w.to[c] - k*strength[c]; g > gain+1e-12 || g > gain-1e-12 && c < best && best != own {
			best, gain = c, g
		}
	}
	if gain < -1e-12 {
		return none
	}
	return best
}

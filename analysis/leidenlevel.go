package analysis

// level is a graph of one round: nodes are communities of the round before.
type level struct {
	n        int
	start    []uint32
	to       []uint32
	weight   []float64
	strength []float64 // with what lies inside the node
	total    float64
}

func firstLevel(g *Graph) *level {
	lev := &level{n: g.Len(), start: g.out.start, to: g.out.to, weight: g.out.weight, strength: strengths(g)}
	if lev.weight == nil {
		lev.weight = make([]float64, len(lev.to))
		for i := range lev.weight {
			lev.weight[i] = 1
		}
	}
	lev.total = sum(lev.strength)
	return lev
}

// weights gathers the weights from one node to communities; touched lists which.
type weights struct {
	to      []float64
	touched []uint32
}

// of is the sieve for n communities, empty.
func (w *weights) of(n int) *weights {
	w.clear()
	w.to = w.to[:n]
	return w
}

// room is the list of what is touched with room for one more than there are
// communities: each can be written before it is known whether it is new.
func (w *weights) room() []uint32 {
	if cap(w.touched) <= len(w.to) {
		w.touched = append(make([]uint32, 0, cap(w.to)+1), w.touched...)
	}
	return w.touched[:len(w.to)+1]
}

func (w *weights) gather(lev *level, v uint32, part []uint32) {
	w.clear()
	near, weight := lev.slots(v)
	sums, touched, count := w.to, w.room(), 0
	for i, u := range near {
		c := part[u]
		sum := sums[c]
		touched[count] = c
		if sum == 0 {
			count++
		}
		sums[c] = sum + weight[i]
	}
	w.touched = touched[:count]
}

// gatherOutside adds the weights from a node to the parts but its own.
func (w *weights) gatherOutside(lev *level, v uint32, part []uint32, own uint32) {
	near, weight := lev.slots(v)
	sums, touched, count := w.to, w.room(), len(w.touched)
	for i, u := range near {
		c := part[u]
		if c == own {
			continue
		}
		sum := sums[c]
		touched[count] = c
		if sum == 0 {
			count++
		}
		sums[c] = sum + weight[i]
	}
	w.touched = touched[:count]
}

func (w *weights) clear() {
	for _, c := range w.touched {
		w.to[c] = 0
	}
	w.touched = w.touched[:0]
}

// slots are the neighbours of a node and the weights to them.
func (lev *level) slots(v uint32) (near []uint32, weight []float64) {
	from, end := lev.start[v], lev.start[v+1]
	near = lev.to[from:end]
	return near, lev.weight[from:end][:len(near)]
}

// near lists the neighbours of a node.
func (lev *level) near(v uint32) []uint32 { return lev.to[lev.start[v]:lev.start[v+1]] }

// aggregate makes the level of the parts, and the communities that they are in.
func (l *leiden) aggregate(lev *level, refined []uint32, count int, part []uint32) (*level, []uint32) {
	next := &level{n: count, total: lev.total, strength: make([]float64, count), start: make([]uint32, count+1)}
	next.to, next.weight = make([]uint32, 0, len(lev.to)), make([]float64, 0, len(lev.to))
	above := make([]uint32, count)
	members := countingSort(count, identityOf(lev.n), func(v *uint32) uint32 { return refined[*v] })
	w := l.sieve.of(count)
	for i := 0; i < len(members); {
		c := refined[members[i]]
		w.clear()
		for ; i < len(members) && refined[members[i]] == c; i++ {
			v := members[i]
			next.strength[c] += lev.strength[v]
			above[c] = part[v]
			w.gatherOutside(lev, v, refined, c)
		}
		for _, d := range w.touched {
			next.to, next.weight = append(next.to, d), append(next.weight, w.to[d])
		}
		next.start[c+1] = uint32(len(next.to))
	}
	w.clear()
	compact(above)
	return next, above
}

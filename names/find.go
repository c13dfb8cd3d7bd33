package names

import (
	"cmp"
	"iter"
	"slices"
	"sync"
)

// Like is a name of an index that may be like one that is sought.
type Like struct {
	Owner uint32
	Hash  uint64 // of the name: see Index.Hash
	s     *search
	name  Name
	words []uint32
}

// search is one name that is sought in an index.
type search struct {
	x      *Index
	sought Name
	start  bool
	alike  []map[uint32]float64 // of each word of it, the words of the index that go together with it
}

// LikeQuery says what is sought.
type LikeQuery struct {
	Name Name
	// Start: the last word of the name may be the beginning of one.
	Start bool
	// Least is the score below which nothing is worth a look.
	Least float64
}

// mostWords bounds of how many words a name is looked for.
const mostWords = 12

// Alike calls visit with the names that may be like the one that is sought, the most
// promising first, those of one promise as they were added. It ends when visit
// returns false. Visit must not add to the index.
func (x *Index) Alike(q LikeQuery, visit func(Like) bool) {
	for _, reading := range append([]Name{q.Name}, q.Name.others...) {
		q.Name = reading
		if !x.alike(q, visit) {
			return
		}
	}
}

func (x *Index) alike(q LikeQuery, visit func(Like) bool) bool {
	q.Name.tokens = q.Name.tokens[:min(len(q.Name.tokens), mostWords)]
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := &search{x: x, sought: q.Name, start: q.Start, alike: make([]map[uint32]float64, len(q.Name.tokens))}
	seen := map[uint32]bool{}
	for e := range s.promising(&q) {
		if seen[e] {
			continue
		}
		seen[e] = true
		of := &x.entries[e]
		if !visit(Like{of.owner, of.hash, s, x.name(of), of.words.of(x.sounds.used)}) {
			return false
		}
	}
	return true
}

// promise is the most that an entry can score, roughly.
type promise struct {
	entry uint32
	value float32
}

// promising yields the entries that can reach the least score, best first.
func (s *search) promising(q *LikeQuery) iter.Seq[uint32] {
	m := s.x.marks()
	defer s.x.free(m)
	s.sum(m, q)
	all := float32(q.Name.total())
	least := leastPromise(q)
	out := s.short()
	for _, e := range m.touched {
		if p := promised(min(m.of[e].sum, all), all, s.x.totals[e]); p >= least {
			out = append(out, promise{e, p})
		}
	}
	return bestFirst(out)
}

// leastPromise is what an entry must promise for the least score of a query: promises
// are rough.
func leastPromise(q *LikeQuery) float32 { return float32(q.Least) - 0.04 }

// atOnce is how many promises are put in order before the first is looked at.
const atOnce = 4096

// bestFirst yields entries by falling promise. Few searches go through them all, so
// that the best are put in order first.
func bestFirst(all []promise) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		head, rest := all, []promise(nil)
		if len(all) > 2*atOnce {
			head, rest = parted(all, atOnce)
		}
		for _, part := range [][]promise{head, rest} {
			slices.SortFunc(part, func(a, b promise) int {
				return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.entry, b.entry))
			})
			for _, p := range part {
				if !yield(p.entry) {
					return
				}
			}
		}
	}
}

// parted parts promises so that none of the first part, of at least so many, is less
// than any of the second.
func parted(all []promise, least int) (head, rest []promise) {
	const steps = 1000
	var count [steps + 1]int
	step := func(p promise) int { return int(min(1, p.value) * steps) }
	for _, p := range all {
		count[step(p)]++
	}
	from, sum := steps, 0
	for ; from > 0; from-- {
		if sum += count[from]; sum >= least {
			break
		}
	}
	i := 0
	for k := range all {
		if step(all[k]) >= from {
			all[i], all[k] = all[k], all[i]
			i++
		}
	}
	return all[:i], all[i:]
}

// promised is the most that a name can score of which words of this weight are found.
func promised(found, sought, has float32) float32 {
	if sought == 0 || has == 0 {
		return 0
	}
	value := 2 * found / (sought + has)
	if least := min(sought, has); least >= leastCovered {
		value = covered(value, found/least)
	}
	return max(value, (mostFound-0.05)*found/sought+0.05*min(1, sought/has))
}

// heardWord is a word of an index that goes together with one that is sought.
type heardWord struct {
	id    uint32
	worth float32
}

// soughtWord is a word of the sought name, with those of the index that go together
// with it.
type soughtWord struct {
	at     int
	weight float32
	heard  []heardWord
	count  int // of names that have one of them
}

// sum adds up, for the entries that can reach the least score, what of the sought name
// they have. Words that so many names have that the rest of the sought name is needed
// as well are only looked at in names that have some of the rest.
func (s *search) sum(m *marks, q *LikeQuery) {
	words := s.hear(q.Start)
	slices.SortStableFunc(words, func(a, b soughtWord) int { return cmp.Compare(a.count, b.count) })
	left := float32(0)
	for _, w := range words {
		left += w.weight
	}
	all := left
	for _, w := range words {
		needed := promised(left, all, left) >= leastPromise(q)
		left -= w.weight
		if !needed && 8*len(m.touched) < w.count {
			s.complete(m, &w)
			continue
		}
		for _, h := range w.heard {
			m.add(s.x.sounds.names[h.id], 1<<w.at, h.worth, needed)
		}
	}
}

// complete looks for a word in the names that are touched already.
func (s *search) complete(m *marks, w *soughtWord) {
	for _, h := range w.heard {
		m.words[h.id] = h.worth
	}
	for _, e := range m.touched {
		best := float32(0)
		for _, id := range s.x.entries[e].words.of(s.x.sounds.used) {
			best = max(best, m.words[id])
		}
		m.of[e].sum += best
	}
	for _, h := range w.heard {
		m.words[h.id] = 0
	}
}

// hear finds the words of the index that go together with those of the sought name, for
// all of its words at once.
func (s *search) hear(start bool) (out []soughtWord) {
	words := make([]soughtWord, len(s.sought.tokens))
	var wg sync.WaitGroup
	for i := range words {
		words[i] = soughtWord{at: i, weight: float32(s.sought.weight(i))}
		if words[i].weight > 0 {
			wg.Go(func() { s.hearWord(&words[i], start && i == len(words)-1) })
		}
	}
	wg.Wait()
	return slices.DeleteFunc(words, func(w soughtWord) bool { return w.weight == 0 })
}

func (s *search) hearWord(w *soughtWord, start bool) {
	v, alike := &s.x.sounds, map[uint32]float64{}
	v.like(s.sought.tokens[w.at], start, func(id uint32, sim float64) { alike[id] = max(sim, alike[id]) })
	s.alike[w.at] = alike
	for id, sim := range alike {
		w.heard = append(w.heard, heardWord{id, max(w.weight, float32(v.tokens[id].weight)) * float32(sim)})
		w.count += len(v.names[id])
	}
	slices.SortFunc(w.heard, func(a, b heardWord) int { return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.id, b.id)) })
}

// short lists the entries that are first letters of the sought name, of which it is
// the first letters, and those that are parted into other words.
func (s *search) short() (out []promise) {
	take := func(entries []uint32, value float32) {
		for _, e := range entries {
			out = append(out, promise{e, value})
		}
	}
	n := &s.sought
	if n.isShort() {
		take(s.x.forms[keyOf(n.letters())], wholeAcronym)
	}
	if len(n.tokens) > 1 {
		for _, form := range n.firstLetters() {
			take(s.x.shorts[keyOf(form)], wholeAcronym)
		}
	}
	if key, ok := joinedKey(n); ok {
		take(s.x.joined[key], mostFound)
	}
	return out
}

// Value is the score of the name for the one that is sought: of the two names as
// wholes, or, with found, of the sought one being somewhere in the other, if that is
// more. When the last word may be the beginning of one, it is always of the second.
func (l Like) Value(class Class, found bool) float64 {
	in := 0.0
	if found || l.s.start {
		_, in = l.found()
	}
	if l.s.start {
		return in
	}
	return max(in, l.compare(class).value)
}

// Score is Value with the reasons.
func (l Like) Score(class Class, found bool) Score {
	c := l.compare(class)
	if found || l.s.start {
		if pairs, in := l.found(); in > c.value || l.s.start {
			return foundScore(&l.s.sought, &l.name, pairs, in)
		}
	}
	return c.score()
}

// compare is compare, with what the search knows of the words.
func (l Like) compare(class Class) *comparison {
	if l.name.before(&l.s.sought) {
		return held(class, &l.name, &l.s.sought, func(i, j int) float64 { return l.likeness(j, i) })
	}
	return held(class, &l.s.sought, &l.name, l.likeness)
}

func (l Like) found() ([]pair, float64) {
	return foundIn(&l.s.sought, &l.name, l.likeness)
}

// likeness is how far a word of the sought name and one of this name go together.
func (l Like) likeness(i, j int) float64 { return l.s.alike[i][l.words[j]] }

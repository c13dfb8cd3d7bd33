package names

import (
	"iter"
	"slices"
)

// Candidate is a name of an index that may be similar to the one of a query.
type Candidate struct {
	Owner  uint32
	Hash   uint64 // of the name: see Index.Hash
	search *search
	name   Name
	words  []uint32
}

// Query says what name is looked for.
type Query struct {
	Name Name
	// Prefix: the last word of the name may be the beginning of one.
	Prefix bool
	// Least is the score below which nothing is worth a look.
	Least float64
}

// search is one reading of a query's name, looked for in an index.
type search struct {
	index        *Index
	query        Name
	prefix       bool
	similarities []map[uint32]float64 // for each word of the query, the similar words of the index
}

// mostWords bounds of how many words a name is looked for.
const mostWords = 12

// Candidates yields the names that may be similar to that of a query: those of the
// highest bound first, of equal ones as they were added. A name that is read in several
// languages may come once for each. The loop must not add to the index.
func (x *Index) Candidates(q Query) iter.Seq[Candidate] {
	return func(yield func(Candidate) bool) {
		for _, reading := range slices.Concat([]Name{q.Name}, q.Name.readings) {
			if !x.candidates(Query{reading, q.Prefix, q.Least}, yield) {
				return
			}
		}
	}
}

// candidates yields those of one reading, and reports whether to go on.
func (x *Index) candidates(q Query, yield func(Candidate) bool) bool {
	q.Name.tokens = q.Name.tokens[:min(len(q.Name.tokens), mostWords)]
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := &search{
		index: x, query: q.Name, prefix: q.Prefix, similarities: make([]map[uint32]float64, len(q.Name.tokens)),
	}
	seen := map[uint32]bool{}
	for e := range s.bounded(&q) {
		if seen[e] {
			continue
		}
		seen[e] = true
		of := &x.entries[e]
		if !yield(Candidate{of.owner, of.hash, s, x.name(of), of.words.of(x.vocabulary.used)}) {
			return false
		}
	}
	return true
}

// Value is the score of the name for that of the query: of the two as whole names, or,
// with found, of the query being somewhere in the name, if that is more. When the last
// word may be the beginning of one, it is always the second.
func (c Candidate) Value(class Class, found bool) float64 {
	in := 0.0
	if found || c.search.prefix {
		_, in = c.found()
	}
	if c.search.prefix {
		return in
	}
	return max(in, c.compare(class).value)
}

// Score is Value with the reasons.
func (c Candidate) Score(class Class, found bool) Score {
	whole := c.compare(class)
	if found || c.search.prefix {
		if pairs, in := c.found(); in > whole.value || c.search.prefix {
			return foundScore(&c.search.query, &c.name, pairs, in)
		}
	}
	return whole.score()
}

// compare is compareOne, with the similarities that the search knows.
func (c Candidate) compare(class Class) *comparison {
	if c.name.before(&c.search.query) {
		return compared(class, &c.name, &c.search.query, func(i, j int) float64 { return c.similarity(j, i) })
	}
	return compared(class, &c.search.query, &c.name, c.similarity)
}

func (c Candidate) found() ([]pair, float64) {
	return foundIn(&c.search.query, &c.name, c.similarity)
}

// similarity is that of a word of the query and a word of this name.
func (c Candidate) similarity(i, j int) float64 { return c.search.similarities[i][c.words[j]] }

// mostFound is the score of a name that is found whole in another.
const mostFound = 0.95

// foundIn scores how far every word of a name is found in another, whatever else that
// has: at most mostFound, for less is known than of whole names. It is 0 when a word that
// tells names apart is not found.
func foundIn(n, m *Name, similarity func(i, j int) float64) ([]pair, float64) {
	all := n.total()
	if all == 0 {
		return nil, 0
	}
	pairs := pairWords(n, m, similarity)
	sum := 0.0
	found := make([]bool, len(n.tokens))
	for _, p := range pairs {
		if len(n.tokens[p.i].text) < 3 && p.sim < 1 {
			continue
		}
		found[p.i] = true
		sum += n.weight(p.i) * p.sim
	}
	for i := range n.tokens {
		if n.weight(i) >= 0.5 && !found[i] {
			return nil, 0
		}
	}
	return pairs, rounded((mostFound-0.05)*sum/all + 0.05*min(1, all/max(m.total(), 0.1)))
}

// foundScore is a score of foundIn with its reasons.
func foundScore(n, m *Name, pairs []pair, value float64) Score {
	s := Score{Value: value, Reasons: []Reason{}}
	if value > 0 {
		for _, p := range pairs {
			s.addPair(n.tokens[p.i], m.tokens[p.j], p.sim, n.weight(p.i))
		}
	}
	return s
}

package names

import (
	"cmp"
	"iter"
	"slices"
)

// bound is the most that an entry can score, roughly.
type bound struct {
	entry uint32
	value float32
}

// bounded yields the entries that can reach the least score of a query, those of the
// highest bound first. An entry may come twice.
func (s *search) bounded(q *Query) iter.Seq[uint32] {
	found := s.index.getScores()
	defer s.index.putScores(found)
	s.accumulate(found, q)
	all := float32(q.Name.total())
	least := leastBound(q)
	out := s.byAcronym()
	for _, e := range found.touched {
		if b := upperBound(min(found.entries[e].sum, all), all, s.index.totals[e]); b >= least {
			out = append(out, bound{e, b})
		}
	}
	return bestFirst(out)
}

// byAcronym bounds the entries that are acronyms of the query, of which it is an
// acronym, and those that sound alike as one word.
func (s *search) byAcronym() (out []bound) {
	take := func(entries []uint32, value float32) {
		for _, e := range entries {
			out = append(out, bound{e, value})
		}
	}
	n := &s.query
	if n.mayBeAcronym() {
		take(s.index.expansions[acronymKey(n.letters())], wholeAcronym)
	}
	if len(n.tokens) > 1 {
		for _, a := range n.acronyms() {
			take(s.index.acronyms[acronymKey(a)], wholeAcronym)
		}
	}
	if key, ok := joinedKey(n); ok {
		take(s.index.joined[key], mostFound)
	}
	return out
}

// leastBound is the least that an entry must be able to score for a query: bounds are
// rough.
func leastBound(q *Query) float32 { return float32(q.Least) - 0.04 }

// upperBound is the most that a name can score of which words of this weight are found.
func upperBound(found, query, total float32) float32 {
	if query == 0 || total == 0 {
		return 0
	}
	value := 2 * found / (query + total)
	if least := min(query, total); least >= leastOverlapWeight {
		value = withOverlap(value, found/least)
	}
	return max(value, (mostFound-0.05)*found/query+0.05*min(1, query/total))
}

// sortedFirst is how many bounds are sorted before the first is looked at.
const sortedFirst = 4096

// bestFirst yields entries by falling bound. Few searches go through them all, so the
// best are sorted first.
func bestFirst(all []bound) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		head, rest := all, []bound(nil)
		if len(all) > 2*sortedFirst {
			head, rest = partitioned(all, sortedFirst)
		}
		for _, part := range [][]bound{head, rest} {
			slices.SortFunc(part, func(a, b bound) int {
				return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.entry, b.entry))
			})
			for _, b := range part {
				if !yield(b.entry) {
					return
				}
			}
		}
	}
}

// partitioned parts bounds so that none of the first part, of at least so many, is less
// than any of the second.
func partitioned(all []bound, least int) (head, rest []bound) {
	const steps = 1000
	var count [steps + 1]int
	step := func(b bound) int { return int(min(1, b.value) * steps) }
	for _, b := range all {
		count[step(b)]++
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

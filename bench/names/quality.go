package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/rabta/rabta/names"
)

// scoredPair is a pair with its score.
type scoredPair struct {
	what  string
	value float64
}

// reportLabelled prints how well single pairs are told apart.
func reportLabelled(all []labelledPair, show int) {
	for _, set := range []string{"made", "fresh"} {
		matches, nonMatches := marked(all, set)
		fmt.Printf("labelled pairs, %s: %d of one, %d of two\n", set, len(matches), len(nonMatches))
		table(matches, nonMatches)
		worst(matches, nonMatches, show)
	}
}

// marked scores the pairs of a set.
func marked(all []labelledPair, set string) (matches, nonMatches []scoredPair) {
	for _, m := range all {
		if m.set != set {
			continue
		}
		s := scoredPair{m.a + " ~ " + m.b, names.Compare(m.class, m.a, m.b).Value}
		if m.one {
			matches = append(matches, s)
		} else {
			nonMatches = append(nonMatches, s)
		}
	}
	return matches, nonMatches
}

// report prints how well the entities of a set are told apart: each name against the
// others of its own and against those of each other entity; and looked up.
func report(what string, list []entity, show int) {
	count := 0
	for _, t := range list {
		count += len(t.names)
	}
	matches, nonMatches := scores(list)
	fmt.Printf("%s: %d names of %d\n", what, count, len(list))
	table(matches, nonMatches)
	worst(matches, nonMatches, show)
	between := suggested(list)
	fmt.Printf("  two of them that are suggested to be one: %d\n", len(between))
	worst(nil, between, show)
	own, lost := recall(list, false)
	fmt.Printf("  looked up by a name that it has, among the first five: %.3f\n", own)
	worst(lost, nil, show)
	held, lost := recall(list, true)
	fmt.Printf("  looked up by a name that is held out, among the first five: %.3f\n", held)
	worst(lost, nil, show)
}

func table(matches, nonMatches []scoredPair) {
	a, b := values(matches), values(nonMatches)
	fmt.Printf("  area under the curve %.4f\n", areaUnderCurve(a, b))
	for _, at := range []float64{0.6, 0.7, names.Suggested, 0.9} {
		found, wrong := above(a, at), above(b, at)
		fmt.Printf("  from %.2f: recall %.3f, precision %.3f, %d of two\n",
			at, share(found, len(a)), share(found, found+wrong), wrong)
	}
}

func values(list []scoredPair) (out []float64) {
	for _, s := range list {
		out = append(out, s.value)
	}
	return out
}

// worst shows the least scores of one, and the greatest of two.
func worst(matches, nonMatches []scoredPair, show int) {
	slices.SortStableFunc(matches, func(a, b scoredPair) int { return cmp.Compare(a.value, b.value) })
	slices.SortStableFunc(nonMatches, func(a, b scoredPair) int { return cmp.Compare(b.value, a.value) })
	for _, s := range matches[:min(show, len(matches))] {
		fmt.Printf("    one %.3f %s\n", s.value, s.what)
	}
	for _, s := range nonMatches[:min(show, len(nonMatches))] {
		fmt.Printf("    two %.3f %s\n", s.value, s.what)
	}
}

func parsed(list []string) (out []names.Name) {
	for _, n := range list {
		out = append(out, names.Parse(n))
	}
	return out
}

// scores compares each name with the others of its own entity and with those of each
// other entity, and takes the best of each.
func scores(list []entity) (matches, nonMatches []scoredPair) {
	ready := make([][]names.Name, len(list))
	for i, t := range list {
		ready[i] = parsed(t.names)
	}
	for i, t := range list {
		for x, n := range t.names {
			for j, o := range list {
				s := scoredPair{what: n + " ~ " + o.id}
				for y := range o.names {
					if i != j || x != y {
						s.value = max(s.value, ready[i][x].Value(t.class, ready[j][y]))
					}
				}
				switch {
				case i != j:
					nonMatches = append(nonMatches, s)
				case len(t.names) > 1:
					matches = append(matches, s)
				}
			}
		}
	}
	return matches, nonMatches
}

// suggested are the entities of one class that are suggested to be one.
func suggested(list []entity) (out []scoredPair) {
	for i, a := range list {
		for _, b := range list[i+1:] {
			if a.class != b.class {
				continue
			}
			if s := names.CompareAll(a.class, parsed(a.names), parsed(b.names)); s.Value >= names.Suggested {
				out = append(out, scoredPair{a.id + " ~ " + b.id, s.Value})
			}
		}
	}
	return out
}

// areaUnderCurve is the chance that a pair of one scores higher than a pair of two.
func areaUnderCurve(matches, nonMatches []float64) float64 {
	slices.Sort(nonMatches)
	sum := 0.0
	for _, s := range matches {
		low, _ := slices.BinarySearch(nonMatches, s)
		high, _ := slices.BinarySearchFunc(nonMatches, s, func(x, y float64) int {
			if x <= y {
				return -1
			}
			return 1
		})
		sum += float64(low) + float64(high-low)/2
	}
	return sum / float64(max(1, len(matches)*len(nonMatches)))
}

func above(list []float64, at float64) (n int) {
	for _, s := range list {
		if s >= at {
			n++
		}
	}
	return n
}

func share(n, of int) float64 { return float64(n) / float64(max(1, of)) }

// recall looks every name up among all of the set, or with itself held out, and says
// how often its own entity is among the first five, and which names failed.
func recall(list []entity, holdOut bool) (part float64, lost []scoredPair) {
	x := names.NewIndex()
	for i, t := range list {
		x.Add(uint32(i), t.names...)
	}
	asked := 0
	for i, t := range list {
		if holdOut && len(t.names) < 2 {
			continue
		}
		for _, n := range t.names {
			asked++
			own := x.Hash(n)
			found := lookUp(x, n, func(owner uint32, hash uint64) bool {
				return holdOut && owner == uint32(i) && hash == own
			})
			if !slices.Contains(found[:min(5, len(found))], uint32(i)) {
				lost = append(lost, scoredPair{what: n + " ~ " + t.id})
			}
		}
	}
	return 1 - share(len(lost), asked), lost
}

// lookUp is what a search finds, best first: names by their letters, then by similarity.
func lookUp(x *names.Index, text string, skip func(owner uint32, hash uint64) bool) (found []uint32) {
	left := 1000
	for h := range x.BySpelling(text) {
		if !skip(h.Owner, h.Hash) && !slices.Contains(found, h.Owner) {
			found = append(found, h.Owner)
		}
		if left--; left == 0 {
			return found
		}
	}
	type hit struct {
		owner uint32
		value float64
	}
	var hits []hit
	left = 500
	for c := range x.Candidates(names.Query{Name: names.Parse(text), Least: 0.6}) {
		if !skip(c.Owner, c.Hash) {
			hits = append(hits, hit{c.Owner, c.Value(names.Any, true)})
		}
		if left--; left == 0 {
			break
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.value, a.value) })
	for _, h := range hits {
		if !slices.Contains(found, h.owner) {
			found = append(found, h.owner)
		}
	}
	return found
}

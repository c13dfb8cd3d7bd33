package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/rabta/rabta/names"
)

// scored is a pair with its score.
type scored struct {
	what  string
	value float64
}

// reportLabelled prints how well single pairs are told apart.
func reportLabelled(all []mark, show int) {
	for _, set := range []string{"made", "fresh"} {
		ones, twos := marked(all, set)
		fmt.Printf("labelled pairs, %s: %d of one, %d of two\n", set, len(ones), len(twos))
		table(ones, twos)
		worst(ones, twos, show)
	}
}

// marked scores the pairs of a set.
func marked(all []mark, set string) (ones, twos []scored) {
	for _, m := range all {
		if m.set != set {
			continue
		}
		s := scored{m.a + " ~ " + m.b, names.Compare(m.class, m.a, m.b).Value}
		if m.one {
			ones = append(ones, s)
		} else {
			twos = append(twos, s)
		}
	}
	return ones, twos
}

// report prints how well the things of a set are told apart: each name against the
// others of its own and against those of each other thing; and looked up.
func report(what string, list []thing, show int) {
	count := 0
	for _, t := range list {
		count += len(t.names)
	}
	ones, twos := scores(list)
	fmt.Printf("%s: %d names of %d\n", what, count, len(list))
	table(ones, twos)
	worst(ones, twos, show)
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

func table(ones, twos []scored) {
	a, b := values(ones), values(twos)
	fmt.Printf("  area under the curve %.4f\n", area(a, b))
	for _, at := range []float64{0.6, 0.7, names.Suggested, 0.9} {
		found, wrong := above(a, at), above(b, at)
		fmt.Printf("  from %.2f: recall %.3f, precision %.3f, %d of two\n", at, share(found, len(a)), share(found, found+wrong), wrong)
	}
}

func values(list []scored) (out []float64) {
	for _, s := range list {
		out = append(out, s.value)
	}
	return out
}

// worst shows the least scores of one, and the greatest of two.
func worst(ones, twos []scored, show int) {
	slices.SortStableFunc(ones, func(a, b scored) int { return cmp.Compare(a.value, b.value) })
	slices.SortStableFunc(twos, func(a, b scored) int { return cmp.Compare(b.value, a.value) })
	for _, s := range ones[:min(show, len(ones))] {
		fmt.Printf("    one %.3f %s\n", s.value, s.what)
	}
	for _, s := range twos[:min(show, len(twos))] {
		fmt.Printf("    two %.3f %s\n", s.value, s.what)
	}
}

func parsed(list []string) (out []names.Name) {
	for _, n := range list {
		out = append(out, names.Parse(n))
	}
	return out
}

// scores compares each name with the others of its own thing and with those of each
// other thing, and takes the best of each.
func scores(list []thing) (ones, twos []scored) {
	ready := make([][]names.Name, len(list))
	for i, t := range list {
		ready[i] = parsed(t.names)
	}
	for i, t := range list {
		for x, n := range t.names {
			for j, o := range list {
				s := scored{what: n + " ~ " + o.id}
				for y := range o.names {
					if i != j || x != y {
						s.value = max(s.value, ready[i][x].Value(t.class, ready[j][y]))
					}
				}
				switch {
				case i != j:
					twos = append(twos, s)
				case len(t.names) > 1:
					ones = append(ones, s)
				}
			}
		}
	}
	return ones, twos
}

// suggested are the things of one class that are suggested to be one.
func suggested(list []thing) (out []scored) {
	for i, a := range list {
		for _, b := range list[i+1:] {
			if a.class != b.class {
				continue
			}
			if s := names.CompareAll(a.class, parsed(a.names), parsed(b.names)); s.Value >= names.Suggested {
				out = append(out, scored{a.id + " ~ " + b.id, s.Value})
			}
		}
	}
	return out
}

// area is the chance that a pair of one scores higher than a pair of two.
func area(ones, twos []float64) float64 {
	slices.Sort(twos)
	sum := 0.0
	for _, s := range ones {
		low, _ := slices.BinarySearch(twos, s)
		high, _ := slices.BinarySearchFunc(twos, s, func(x, y float64) int {
			if x <= y {
				return -1
			}
			return 1
		})
		sum += float64(low) + float64(high-low)/2
	}
	return sum / float64(max(1, len(ones)*len(twos)))
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
// how often its own thing is among the first five, and which names failed.
func recall(list []thing, hold bool) (part float64, lost []scored) {
	x := names.NewIndex()
	for i, t := range list {
		x.Add(uint32(i), t.names...)
	}
	asked := 0
	for i, t := range list {
		if hold && len(t.names) < 2 {
			continue
		}
		for _, n := range t.names {
			asked++
			own := x.Hash(n)
			found := lookUp(x, n, func(owner uint32, hash uint64) bool { return hold && owner == uint32(i) && hash == own })
			if !slices.Contains(found[:min(5, len(found))], uint32(i)) {
				lost = append(lost, scored{what: n + " ~ " + t.id})
			}
		}
	}
	return 1 - share(len(lost), asked), lost
}

// lookUp is what a search finds, best first: names by their letters, then by likeness.
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

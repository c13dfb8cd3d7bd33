// Command names measures how well names of one are told from names of two, and how
// long it takes.
//
//	go run ./bench/names [-pairs FILE] [-groups FILE]
//
// FILE of pairs is a CSV of name, name; of groups a CSV with a column
// alias behind the name. Without files it measures the names of the seed graph alone.
package main

import (
	"cmp"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
	"github.com/rabta/rabta/seeds"
)

func main() {
	pairs := flag.String("pairs", "", "a CSV of pairs of names of one")
	groups := flag.String("groups", "", "a CSV of groups with a column alias")
	count := flag.Int("count", 0, "how many names to build an index of, to measure how long it takes")
	flag.Parse()
	if *count > 0 {
		speed(*count)
	}
	if err := run(*pairs, *groups); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// set is the names of one.
type set []string

func run(pairs, groups string) error {
	known, err := seeded()
	if err != nil {
		return err
	}
	report("seed graph", known)
	if pairs != "" {
		list, err := readPairs(pairs)
		if err != nil {
			return err
		}
		report("pairs", list)
	}
	if groups != "" {
		list, err := readGroups(groups)
		if err != nil {
			return err
		}
		report("groups", list)
	}
	return nil
}

// seeded are the names of the seed graph's groups, people, schools and bodies.
func seeded() ([]set, error) {
	var out []set
	b, err := seeds.Batch()
	if err != nil {
		return nil, err
	}
	for i := range b.Entities {
		e := &b.Entities[i]
		if e.Kind == graph.Incident || e.Kind == graph.Designation || e.Kind == graph.Place {
			continue
		}
		var s set
		for _, n := range e.Names {
			s = append(s, n.Value)
		}
		out = append(out, s)
	}
	return out, nil
}

func readPairs(path string) ([]set, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []set
	for line := range strings.Lines(string(text)) {
		row, err := csv.NewReader(strings.NewReader(line)).Read()
		if err == nil && len(row) >= 3 && !strings.HasPrefix(line, "#") {
			out = append(out, set{row[0], row[1]})
		}
	}
	return out, nil
}

// readGroups reads a CSV with a header: the first column names the one, the column
// "alias" one of its names.
func readGroups(path string) ([]set, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	alias := slices.IndexFunc(rows[0], func(column string) bool { return strings.HasPrefix(column, "alias") })
	if alias < 1 {
		return nil, fmt.Errorf("%s: no column behind the first one begins with alias", path)
	}
	of := map[string]set{}
	var order []string
	for _, row := range rows[1:] {
		if of[row[0]] == nil {
			order = append(order, row[0])
			of[row[0]] = set{row[0]}
		}
		of[row[0]] = append(of[row[0]], row[alias])
	}
	var out []set
	for _, name := range order {
		out = append(out, of[name])
	}
	return out, nil
}

// report prints how well the sets are told apart: by pairs, and by looking each name
// up among the others.
func report(what string, list []set) {
	start := time.Now()
	ready := parsed(list)
	count := 0
	for _, s := range list {
		count += len(s)
	}
	ones, twos := scores(ready)
	took := time.Since(start)
	fmt.Printf("%s: %d names of %d; %d pairs of one, %d of two, %.1f µs a pair\n", what, count, len(list), len(ones), len(twos),
		float64(took.Microseconds())/float64(max(1, len(ones)+len(twos))))
	fmt.Printf("  area under the curve %.4f\n", area(ones, twos))
	for _, at := range []float64{0.6, 0.7, names.Suggested, 0.85, 0.9} {
		found, wrong := above(ones, at), above(twos, at)
		fmt.Printf("  from %.2f: recall %.3f, precision %.3f, %d pairs of two\n", at, share(found, len(ones)), share(found, found+wrong), wrong)
	}
	fmt.Printf("  looked up by another of its names, it is among the first five: %.3f\n", recall(ready))
}

func parsed(list []set) (out [][]names.Name) {
	for _, s := range list {
		var of []names.Name
		for _, n := range s {
			of = append(of, names.Parse(n))
		}
		out = append(out, of)
	}
	return out
}

// scores compares all names of one with each other, and the best of each two.
func scores(ready [][]names.Name) (ones, twos []float64) {
	for i, a := range ready {
		for x := range a {
			for y := x + 1; y < len(a); y++ {
				ones = append(ones, a[x].Compare(names.Any, a[y]).Value)
			}
		}
		for _, b := range ready[i+1:] {
			if len(a) > 0 && len(b) > 0 {
				twos = append(twos, best(a, b))
			}
		}
	}
	return ones, twos
}

func best(a, b []names.Name) (most float64) {
	for _, x := range a {
		for _, y := range b {
			most = max(most, x.Compare(names.Any, y).Value)
		}
	}
	return most
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

// recall looks every name up, itself held out, and says how often its own set is
// among the first five.
func recall(ready [][]names.Name) float64 {
	asked, found := 0, 0
	for i, a := range ready {
		if len(a) < 2 {
			continue
		}
		for x := range a {
			asked++
			if among(ready, i, x) {
				found++
			}
		}
	}
	return share(found, asked)
}

func among(ready [][]names.Name, own, held int) bool {
	type hit struct {
		set   int
		score float64
	}
	var hits []hit
	sought := ready[own][held]
	for i, b := range ready {
		h := hit{set: i}
		for y, n := range b {
			if i != own || y != held {
				h.score = max(h.score, sought.Compare(names.Any, n).Value, sought.FoundIn(n).Value)
			}
		}
		hits = append(hits, h)
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	return slices.ContainsFunc(hits[:min(5, len(hits))], func(h hit) bool { return h.set == own && h.score > 0 })
}

// Command aggregate measures a list of links that is counted by two keys, as the server does it for
// every question anew, beside pandas that does the same on a frame of the exported table. CPU time of
// one processor each, medians of rounds that take turns, in one run. What the two count is compared.
//
//	go run ./bench/aggregate [-links 100000] [-rounds 5] -python "$(scripts/python)/bin/python"
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"

	_ "embed"

	"github.com/rabta/rabta/aggregate"
	"github.com/rabta/rabta/bulk"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
)

//go:embed peers.py
var peers string

func main() {
	links := flag.Int("links", 100_000, "how many links")
	rounds := flag.Int("rounds", 5, "how often each is measured")
	python := flag.String("python", "python3", "a Python that has pandas and the client")
	flag.Parse()
	runtime.GOMAXPROCS(1) // pandas uses one processor
	if err := measure(*links, *rounds, *python); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// questions are the pairs of keys that pandas can count too: it has no periods that may hold.
var questions = []string{"KIND HEDGE", "SOURCE KIND", "OTHERS KIND"}

// table stands for the exported table: written here, and made a frame there.
const table = "table"

func measure(n, rounds int, python string) error {
	g, err := generate(n)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	path := filepath.Join(folder, "links.csv")
	if err := export(g, path); err != nil {
		return err
	}
	p, err := start(python, path)
	if err != nil {
		return err
	}
	defer p.stop()
	ours, theirs := map[string][]float64{}, map[string][]float64{}
	for range rounds {
		for _, q := range append(slices.Clone(questions), table) {
			var counts map[string]int
			seconds := cpu(func() {
				if q == table {
					err = export(g, path)
				} else {
					counts, err = count(g, q)
				}
			})
			if err != nil {
				return err
			}
			peer, found, err := p.ask(q)
			if err != nil {
				return err
			}
			if q != table && (!maps.Equal(counts, found) || len(counts) == 0) {
				return fmt.Errorf("%s: %d rows here, %d of pandas, and they are not the same", q, len(counts), len(found))
			}
			ours[q], theirs[q] = append(ours[q], seconds), append(theirs[q], peer)
		}
	}
	fmt.Printf("%d links: CPU ms here and of pandas, and how many times as long it takes here\n", n)
	for _, q := range questions {
		a, b := median(ours[q]), median(theirs[q])
		fmt.Printf("  %-12s %9.1f %9.1f %8.1fx\n", q, a*1000, b*1000, a/b)
	}
	fmt.Printf("  written as a table %.0f, and made a frame %.0f\n", median(ours[table])*1000, median(theirs[table])*1000)
	return nil
}

// count counts the links by two keys.
func count(g *live.Graph, keys string) (map[string]int, error) {
	v, err := g.Reader().View(nil)
	if err != nil {
		return nil, err
	}
	none := 0
	list, err := v.LinkPage(live.LinkQuery{Page: page.Args{First: &none}})
	if err != nil {
		return nil, err
	}
	r := aggregate.Request{First: page.MaxSize}
	for _, key := range strings.Fields(keys) {
		r.By = append(r.By, &aggregate.GroupBy{Key: aggregate.GroupKey(key)})
	}
	a, err := aggregate.Links(list.All(), list.Excluded, r, nil)
	if err != nil {
		return nil, err
	}
	if a.More > 0 {
		return nil, fmt.Errorf("%s: %d rows are more than are told", keys, len(a.Rows)+a.More)
	}
	out := map[string]int{}
	for _, row := range a.Rows {
		out[label(row)] = row.Count()
	}
	return out, nil
}

func label(row *aggregate.AggregationRow) string {
	var words []string
	for _, k := range row.Keys() {
		words = append(words, *k.Value)
	}
	return strings.Join(words, "|")
}

func export(g *live.Graph, path string) error {
	q, err := bulk.Parse("links.csv", map[string][]string{"guard": {"false"}})
	if err != nil {
		return err
	}
	ctx := context.Background()
	x, err := q.Open(ctx, g.Reader())
	if err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := x.Write(ctx, f); err != nil {
		return err
	}
	return f.Close()
}

// peer is a Python that answers questions, one after another.
type peer struct {
	command *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
}

func start(python, path string) (*peer, error) {
	c := exec.Command(python, "-c", peers, path)
	c.Stderr = os.Stderr
	in, err := c.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &peer{c, in, bufio.NewReader(out)}, c.Start()
}

// ask gives the CPU seconds that the peer took, and what it counted.
func (p *peer) ask(question string) (float64, map[string]int, error) {
	if _, err := fmt.Fprintln(p.in, question); err != nil {
		return 0, nil, err
	}
	line, err := p.out.ReadBytes('\n')
	if err != nil {
		return 0, nil, fmt.Errorf("pandas: %w", err)
	}
	var told struct {
		Seconds float64
		Rows    map[string]int
	}
	err = json.Unmarshal(line, &told)
	return told.Seconds, told.Rows, err
}

func (p *peer) stop() {
	_ = p.in.Close()
	_ = p.command.Wait()
}

// cpu is the CPU time of f in seconds, which is repeated until it is long enough to be told.
func cpu(f func()) float64 {
	runtime.GC()
	start, times := used(), 0
	for used()-start < 0.05 {
		f()
		times++
	}
	return (used() - start) / float64(times)
}

func used() float64 {
	var r syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return float64(r.Utime.Nano()+r.Stime.Nano()) / 1e9
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

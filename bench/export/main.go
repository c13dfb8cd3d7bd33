// Command export measures how files are streamed over HTTP on loopback, client and
// server together, and how a table of links is written, beside encoding/csv with a string for each field of the same links and
// the csv module of Python, which is given the rows ready made. CPU time of one
// processor, medians of several rounds that take turns, in one run.
//
//	go run ./bench/export [-links 10000,100000] [-rounds 5] [-python python3]
package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rabta/rabta/bulk"
	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/server"
)

func main() {
	links := flag.String("links", "10000,100000", "sizes, in links")
	rounds := flag.Int("rounds", 5, "how often each is measured")
	python := flag.String("python", "python3", "a Python; none leaves it out")
	flag.Parse()
	runtime.GOMAXPROCS(1)
	for _, size := range strings.Split(*links, ",") {
		n, err := strconv.Atoi(size)
		if err == nil {
			err = measure(n, *rounds, *python)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// way is one way to write a number of rows; run gives the CPU seconds that it took.
type way struct {
	name string
	rows int
	run  func() (seconds float64, err error)
}

func measure(n, rounds int, python string) error {
	g, err := generate(n)
	if err != nil {
		return err
	}
	url, stop := serve(g)
	defer stop()
	rows, sizes := map[string]int{}, map[string]int{}
	var table []byte
	for _, f := range formats.Exporters() {
		var whole bytes.Buffer
		if err := write(g, f.File(), &whole); err != nil {
			return err
		}
		rows[f.File()], sizes[f.File()] = bytes.Count(whole.Bytes(), []byte("\n")), whole.Len()
		if f.File() == "links.csv" {
			table = whole.Bytes()
		}
	}
	links := rows["links.csv"]
	ways := []way{
		{"links.csv, written only", links, timed(func() error { return write(g, "links.csv", io.Discard) })},
		{"encoding/csv, a string a field", links, timed(func() error { return naive(g, io.Discard) })},
	}
	if python != "" {
		ways = append(ways, way{"Python csv, rows ready made", links, func() (float64, error) { return peer(python, table) }})
	}
	for _, f := range formats.Exporters() {
		ways = append(ways, way{f.File() + " over HTTP", rows[f.File()], timed(func() error { return fetch(url+"/export/"+f.File(), "identity") })})
	}
	ways = append(ways, way{"links.csv over HTTP, gzip", links, timed(func() error { return fetch(url+"/export/links.csv", "gzip") })})
	fmt.Printf("%d links, %.1f MB\n", links-1, float64(sizes["links.csv"])/1e6)
	return report(ways, rounds)
}

func report(ways []way, rounds int) error {
	times, allocations := make([][]float64, len(ways)), make([]uint64, len(ways))
	for range rounds {
		for i, w := range ways {
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			seconds, err := w.run()
			if err != nil {
				return fmt.Errorf("%s: %w", w.name, err)
			}
			runtime.ReadMemStats(&after)
			times[i], allocations[i] = append(times[i], seconds), after.Mallocs-before.Mallocs
		}
	}
	for i, w := range ways {
		slices.Sort(times[i])
		median := times[i][len(times[i])/2]
		fmt.Printf("  %-32s %7.3f s CPU %10.0f rows/s %6.1f allocations a row\n", w.name, median, float64(w.rows)/median, float64(allocations[i])/float64(w.rows))
	}
	return nil
}

// cpu is the processor time of this process so far.
func cpu() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

func timed(f func() error) func() (float64, error) {
	return func() (float64, error) {
		start := cpu()
		err := f()
		return cpu() - start, err
	}
}

// serve serves the graph, and the client is this process too.
func serve(g *live.Graph) (url string, stop func()) {
	config := server.Assemble(server.Service{Follower: live.Following(g), Store: "memory"})
	s, err := server.New(config)
	if err != nil {
		panic(err)
	}
	h := httptest.NewServer(s.Handler())
	return h.URL, h.Close
}

func fetch(url, encoding string) error {
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	r.Header.Set("Accept-Encoding", encoding)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %w", resp.Status, err)
	}
	return nil
}

func write(g *live.Graph, file string, w io.Writer) error {
	q, err := bulk.Parse(file, nil)
	if err != nil {
		return err
	}
	ctx := context.Background()
	x, err := q.Open(ctx, g.Reader())
	if err != nil {
		return err
	}
	return x.Write(ctx, w)
}

// peer gives the lines to Python, which splits them before it starts its clock.
func peer(python string, lines []byte) (float64, error) {
	c := exec.Command(python, "-c", `
import csv, io, sys, time
rows = list(csv.reader(io.TextIOWrapper(sys.stdin.buffer, "utf-8", newline="")))
out = open("/dev/null", "w", encoding="utf-8", newline="")
start = time.process_time()
csv.writer(out).writerows(rows)
print(time.process_time() - start)
`)
	c.Stdin, c.Stderr = bytes.NewReader(lines), os.Stderr
	printed, err := c.Output()
	if err != nil {
		return 0, err
	}
	return strconv.ParseFloat(strings.TrimSpace(string(printed)), 64)
}

// naive writes the same columns as anybody would first: from the fields of a link,
// each made a string, through encoding/csv.
func naive(g *live.Graph, w io.Writer) error {
	v, err := g.Reader().View(nil)
	if err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	for l := range v.Links() {
		if err := out.Write(fields(l)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

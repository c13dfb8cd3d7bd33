package storetest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
)

var processCases = []durableCase{
	{"killed while it writes, it loses nothing it acknowledged", killed},
	{"the batch under way when it was killed can be applied again", killedUnderWay},
	{"two processes write without a gap", twoProcesses},
	{"one process is killed and the other goes on", oneKilled},
	{"a reader here follows a writer there", readerHere},
	{"killed while it redacts, what it redacted is gone whole, or not at all", killedRedacting},
}

// A child process finds here who it is and what it writes to.
const (
	envName     = "RABTA_STORETEST_NAME"
	envLocation = "RABTA_STORETEST_LOCATION"
)

// Main is what the TestMain of a durable store's test returns with os.Exit. In a
// process that a case started it writes batches until it is killed, through a
// store that open opens by its location; otherwise it runs the tests.
func Main(m *testing.M, open func(ctx context.Context, location string) (graph.Store, error)) int {
	name := os.Getenv(envName)
	if name == "" {
		return m.Run()
	}
	if err := child(open, name, os.Getenv(envLocation)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// child writes the batches of childBatch in order, and a line for each that was
// acknowledged. It ends when nobody reads its lines.
func child(open func(ctx context.Context, location string) (graph.Store, error), name, location string) error {
	ctx := context.Background()
	s, err := open(ctx, location)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	write := func(i int) (graph.Commit, error) { return s.Apply(ctx, childBatch(name, i)) }
	if strings.HasPrefix(name, redacting) {
		write = func(i int) (graph.Commit, error) { return recordAndRedact(ctx, s, childBatch(name, i)) }
	}
	for i := 0; ; i++ {
		c, err := write(i)
		if err != nil {
			return err
		}
		if _, err := fmt.Printf("%d %d\n", i, c.Sequence); err != nil {
			return nil
		}
	}
}

// redacting is what the names of children begin with that redact all that they record.
const redacting = "redacting"

// recordAndRedact records a batch of claims, and takes all of it out again.
func recordAndRedact(ctx context.Context, s graph.Store, b graph.Batch) (graph.Commit, error) {
	c, err := s.Apply(ctx, b)
	if err != nil {
		return c, err
	}
	r := graph.Redaction{Reason: "by order", Head: c.Numbers.At(graph.Red), Said: []graph.Sequence{c.Numbers.At(graph.Red)}}
	for _, k := range b.Claims {
		r.IDs = append(r.IDs, k.Normalised().ID)
	}
	c, err = s.(graph.Redactor).Redact(ctx, r)
	if sweeper, ok := s.(graph.Sweeper); ok && err == nil {
		err = sweeper.Sweep(ctx)
	}
	return c, err
}

// childBatch is the batch number i of a child: every seventh is large.
func childBatch(name string, i int) graph.Batch {
	b := numbered(name, i)
	n := 4
	if i%7 == 6 {
		n = 600
	}
	for j := range n {
		b.Claims = append(b.Claims, status("g1", fmt.Sprintf("%s %d %d", name, i, j)))
	}
	return b
}

// process is a child that writes.
type process struct {
	name  string
	cmd   *exec.Cmd
	out   io.Closer
	lines *bufio.Scanner
	acked []graph.Sequence // by number of the batch
}

func start(t *testing.T, o DurableOpener, name string) *process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), envName+"="+name, envLocation+"="+o.Location())
	cmd.Stderr = t.Output()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{name: name, cmd: cmd, out: out, lines: bufio.NewScanner(out)}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	return p
}

// follow reads n acknowledgements, or all that are left when n is negative.
func (p *process) follow(t *testing.T, n int) {
	t.Helper()
	for ; n != 0 && p.lines.Scan(); n-- {
		var i int
		var seq graph.Sequence
		if _, err := fmt.Sscanf(p.lines.Text(), "%d %d", &i, &seq); err != nil || i != len(p.acked) {
			t.Fatalf("%s says %q after %d acknowledgements", p.name, p.lines.Text(), len(p.acked))
		}
		p.acked = append(p.acked, seq)
	}
	if n > 0 {
		t.Fatalf("%s ended after %d acknowledgements", p.name, len(p.acked))
	}
}

// kill ends the process at once, and reads what it had still acknowledged.
func (p *process) kill(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	p.follow(t, -1)
	_ = p.cmd.Wait() // it was killed: that is its error
}

// check looks for everything the processes acknowledged in the feed, and for at
// most one batch more of each: the one that was under way.
func check(t *testing.T, all []graph.Change, list ...*process) {
	t.Helper()
	gapless(t, all)
	for _, p := range list {
		for i, seq := range p.acked {
			if int(seq) > len(all) {
				t.Fatalf("%s had commit %d acknowledged, and the feed ends at %d", p.name, seq, len(all))
			}
			want := expected(childBatch(p.name, i), graph.Commit{Sequence: seq, Numbers: alike(seq), RecordedAt: all[seq-1].Recorded})
			same(t, fmt.Sprintf("commit %d, which %s had acknowledged", seq, p.name), want, all[seq-1])
		}
		found := 0
		for _, c := range all {
			if strings.HasPrefix(c.Batch, p.name+"-") {
				found++
			}
		}
		if found != len(p.acked) && found != len(p.acked)+1 {
			t.Errorf("%s had %d commits acknowledged, and %d are there", p.name, len(p.acked), found)
		}
	}
}

func killed(t *testing.T, o DurableOpener) {
	s := opened(t, o)
	var all []*process
	for round, n := range []int{1, 7, 20, 34} {
		p := start(t, o, fmt.Sprintf("round%d", round))
		p.follow(t, n)
		p.kill(t)
		all = append(all, p)
		check(t, changes(t, o.Open(t), 0), all...)
		apply(t, s, numbered("between", round))
	}
	check(t, changes(t, s, 0), all...)
}

func killedUnderWay(t *testing.T, o DurableOpener) {
	s := opened(t, o)
	p := start(t, o, "child")
	p.follow(t, 12)
	p.kill(t)
	before := head(t, s)
	b := childBatch("child", len(p.acked))
	c := apply(t, o.Open(t), b)
	if done := int(before) == 2+len(p.acked); c.Replayed != done {
		t.Errorf("the head was %d after %d acknowledgements, and the next batch gives %+v", before, len(p.acked), c)
	}
	p.acked = append(p.acked, c.Sequence)
	check(t, changes(t, s, 0), p)
}

func twoProcesses(t *testing.T, o DurableOpener) {
	s := opened(t, o)
	a, b := start(t, o, "one"), start(t, o, "two")
	for range 15 {
		a.follow(t, 1)
		b.follow(t, 1)
		apply(t, s, numbered("here", len(a.acked)))
	}
	a.kill(t)
	b.kill(t)
	check(t, changes(t, s, 0), a, b)
}

func oneKilled(t *testing.T, o DurableOpener) {
	opened(t, o)
	a, b := start(t, o, "one"), start(t, o, "two")
	a.follow(t, 5)
	b.follow(t, 5)
	a.kill(t)
	b.follow(t, 15)
	b.kill(t)
	check(t, changes(t, o.Open(t), 0), a, b)
}

func readerHere(t *testing.T, o DurableOpener) {
	s := opened(t, o)
	p := start(t, o, "child")
	var here poller
	for range 30 {
		p.follow(t, 1)
		if err := here.poll(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		if last := p.acked[len(p.acked)-1]; int(last) > len(here.seen) {
			t.Fatalf("commit %d was acknowledged there, and the feed here ends at %d", last, len(here.seen))
		}
	}
	p.kill(t)
	if err := here.poll(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	check(t, here.seen, p)
}

// killedRedacting kills a process that redacts what it recorded at once. What it had
// acknowledged is gone, and of the last either all or nothing.
func killedRedacting(t *testing.T, o DurableOpener) {
	s := opened(t, o)
	for round, n := range []int{1, 6} {
		before := head(t, s)
		p := start(t, o, fmt.Sprint(redacting, round))
		p.follow(t, n)
		p.kill(t)
		all := changes(t, o.Open(t), before)
		for i, c := range all {
			recorded := c.Size() > 0
			if recorded != (i%2 == 0) || recorded == (len(c.Redacts) > 0) {
				t.Fatalf("commit %d has %d records and redacts %d", c.Sequence, c.Size(), len(c.Redacts))
			}
			gone := i+1 < len(all)
			if recorded && (len(c.Tombstones) > 0 != gone || gone && len(c.Records()) > 0 || (c.Unsaid != "") != gone) {
				t.Errorf("of commit %d there are %d records and %d tombstones", c.Sequence, len(c.Records()), len(c.Tombstones))
			}
		}
		if len(p.acked) < n || len(all) < 2*len(p.acked) {
			t.Errorf("%d redactions were acknowledged, and %d commits are there", len(p.acked), len(all))
		}
		apply(t, s, numbered("between", round))
	}
}

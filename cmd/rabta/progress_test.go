package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/store/memory"
	"github.com/rabta/rabta/work"
)

// told are the lines that were written over one another.
func told(out *bytes.Buffer) []string { return strings.Split(out.String(), "\r\x1b[K") }

// TestProgressIsTold: lines tell what has been read so far, and nothing of them is
// left when the query is done.
func TestProgressIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		p := new(work.Progress)
		m := work.NewMeter(work.WithProgress(t.Context(), p), 0)
		done := printProgress(&out, 0, func(since time.Duration) string { return queryLine(since, p.Slots()) })
		time.Sleep(300 * time.Millisecond)
		for range 3 {
			if err := m.Spend(1_100_000); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(progressEvery)
		done()
		done()
		want := []string{"", "working for 0 s", "working for 0 s, 3.3 million link slots read", ""}
		if strings.Join(told(&out), "|") != strings.Join(want, "|") {
			t.Errorf("%q, want %q", told(&out), want)
		}
	})
}

// TestShortWorkIsNotTold: what is done within two seconds writes nothing, not even an
// end of line.
func TestShortWorkIsNotTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		done := printProgress(&out, progressAfter, func(time.Duration) string { return "a line" })
		time.Sleep(progressAfter - time.Millisecond)
		done()
		if out.Len() > 0 {
			t.Errorf("it wrote %q", &out)
		}
	})
}

// TestStepsAreTold: each step of a task says how far it is, how fast it goes, and how
// long it will take where that is known.
func TestStepsAreTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		work := new(task)
		work.begin("checking the records", 0, nil)
		time.Sleep(3 * time.Second)
		first := work.line()
		work.begin("recording", 400_000, records)
		time.Sleep(4 * time.Second)
		work.add(100_000)
		second := work.line()
		work.begin("reading claims.ndjson", 0, sizes)
		time.Sleep(2 * time.Second)
		work.add(3 << 20)
		for _, tt := range [][2]string{
			{first, "checking the records, 3 s"},
			{second, "recording: 100000 records of 400000 records, 25 %, 25000 records a second, 12 s left"},
			{work.line(), "reading claims.ndjson: 3.0 MiB, 1.5 MiB a second"},
		} {
			if tt[0] != tt[1] {
				t.Errorf("got  %s\nwant %s", tt[0], tt[1])
			}
		}
		var nobody *task
		nobody.begin("work that nobody looks at", 1, records)
		nobody.add(1)
	})
}

// TestStartsAreLogged: where there is no terminal, a start that takes long is a line in
// the log from time to time, and no more once it is over.
func TestStartsAreLogged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log, errs bytes.Buffer
		c := command()
		c.SetErr(&errs)
		c.SetContext(t.Context())
		f := live.NewFollower(memory.New(), graph.Clear, slog.New(slog.DiscardHandler))
		done := showLoading(c, f, slog.New(slog.NewTextHandler(&log, nil)))
		time.Sleep(2*logEvery + time.Second)
		done()
		synctest.Wait()
		time.Sleep(2 * logEvery)
		if n := strings.Count(log.String(), `msg="reading the store" sequence=0 of=0`); n != 2 || errs.Len() > 0 {
			t.Errorf("%d lines, %q:\n%s", n, &errs, &log)
		}
	})
}

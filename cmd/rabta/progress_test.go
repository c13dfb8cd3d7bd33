package main

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rabta/rabta/algo"
)

// TestProgressIsTold: lines tell what has been read so far, and nothing of them is
// left when the query is done.
func TestProgressIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		p := new(algo.Progress)
		m := algo.NewMeter(algo.WithProgress(t.Context(), p), 0)
		done := printProgress(&out, p, time.NewTicker(time.Second))
		time.Sleep(1500 * time.Millisecond)
		for range 3 {
			if err := m.Spend(1_100_000); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(time.Second)
		done()
		lines := strings.Split(out.String(), "\r\x1b[K")
		want := []string{"", "working for 1 s", "working for 2 s, 3.3 million link slots read", ""}
		if strings.Join(lines, "|") != strings.Join(want, "|") {
			t.Errorf("%q, want %q", lines, want)
		}
	})
}

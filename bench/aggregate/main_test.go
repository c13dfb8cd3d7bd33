package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestRuns: the measuring runs, on a graph that takes no time, and a peer that counts otherwise is
// not believed.
func TestRuns(t *testing.T) {
	g, err := generate(2000)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range questions {
		counts, err := count(g, q)
		sum := 0
		for _, n := range counts {
			sum += n
		}
		if err != nil || sum < 2000 {
			t.Errorf("%s: %d in all, %v", q, sum, err)
		}
	}
	none := filepath.Join(t.TempDir(), "python")
	if err := os.WriteFile(none, []byte("#!/bin/sh\nwhile read q; do echo '{\"seconds\":1,\"rows\":{\"a|b\":1}}'; done\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := measure(2000, 1, none); err == nil {
		t.Error("other counts are taken for the same")
	}
}

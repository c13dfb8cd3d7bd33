package main

import (
	"os"
	"strings"
	"testing"
)

// TestRuns: every part of the measuring runs, on a graph that takes no time; the
// peers are left out.
func TestRuns(t *testing.T) {
	for _, shape := range []string{"rmat", "militant"} {
		if err := inPlace(shape, 2000); err != nil {
			t.Error(err)
		}
		if err := concurrent(shape, 2000); err != nil {
			t.Error(err)
		}
		list := generate(shape, 2000)
		list = ranked(nodes(list), list)
		none, err := os.CreateTemp(t.TempDir(), "peers")
		if err != nil {
			t.Fatal(err)
		}
		script := "#!/bin/sh\necho '{\"igraph\":{\"bfs\":1},\"networkx\":{},\"modularity\":{}}'\n"
		if _, err := none.WriteString(script); err != nil {
			t.Fatal(err)
		}
		if err := none.Close(); err != nil || os.Chmod(none.Name(), 0o700) != nil {
			t.Fatal(err)
		}
		got, err := compare(list, "", none.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range algorithms {
			if !strings.Contains(ratio(1, got[a.name].ours), "x") {
				t.Errorf("%s took %v s", a.name, got[a.name].ours)
			}
		}
		if got["bfs"].igraph != 1 {
			t.Errorf("the peers are not heard: %+v", got["bfs"])
		}
	}
}

package live_test

import (
	"context"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// records is what a selection of a view exports, read again.
func records(t tb, v *live.View, s live.Selection) graph.Batch {
	t.Helper()
	x, err := v.Export(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	var b graph.Batch
	n := 0
	for line := range x.Lines(context.Background()) {
		n++
		switch {
		case strings.Contains(string(line), `"type":"source"`):
			b.Sources = append(b.Sources, decoded[graph.Source](t, line))
		case strings.Contains(string(line), `"type":"entity"`):
			b.Entities = append(b.Entities, decoded[graph.Entity](t, line))
		default:
			b.Claims = append(b.Claims, decoded[graph.Claim](t, line))
		}
	}
	if n != x.Len() {
		t.Fatalf("%d records were announced, and %d came", x.Len(), n)
	}
	return b
}

func decoded[R any](t tb, line []byte) R {
	t.Helper()
	r, err := graph.Decode[R](line)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

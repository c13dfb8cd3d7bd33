package formats_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
)

// However small the parts, together they are the input, each at its place, and a
// claim about claims comes after both.
func TestParts(t *testing.T) {
	in, err := read(lines(retract, allies, status, bGroup, aGroup, aSource))
	if err != nil {
		t.Fatal(err)
	}
	in.Batch.Actor, in.Batch.Reason, in.Batch.Reassert = "someone", "a reason", true
	for most, want := range map[int]string{
		1:   "6 | 4 | 5 | 2 | 3 | 1",
		2:   "6 4 | 5 2 | 3 1",
		4:   "6 4 5 2 | 3 1",
		5:   "6 4 5 2 3 | 1",
		6:   "6 4 5 1 2 3",
		100: "6 4 5 1 2 3",
	} {
		var got []string
		known := map[graph.ID]bool{}
		for _, part := range in.Parts(most) {
			var at []string
			for _, p := range part.At {
				at = append(at, fmt.Sprint(p.Line))
			}
			got = append(got, strings.Join(at, " "))
			b := part.Batch
			if n := len(b.Sources) + len(b.Entities) + len(b.Claims); n != len(part.At) || n > most {
				t.Errorf("at most %d: a part holds %d records at %d places", most, n, len(part.At))
			}
			if b.Actor != "someone" || b.Reason != "a reason" || !b.Reassert {
				t.Errorf("at most %d: a part lost what was said of the whole: %+v", most, b)
			}
			for _, c := range b.Claims {
				known[c.Normalised().ID] = true
			}
			for _, c := range b.Claims {
				if c.Predicate == "CONTRADICTS" && (!known[c.Subject] || !known[c.Object]) {
					t.Errorf("at most %d: a claim about claims comes before them", most)
				}
			}
		}
		if diff := cmp.Diff(want, strings.Join(got, " | ")); diff != "" {
			t.Errorf("at most %d (-want +got):\n%s", most, diff)
		}
	}
}

package storetest

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/rabta/rabta/graph"
)

var sizeCases = []testCase{
	{"a batch of 1 record", func(t *testing.T, o Opener) { sized(t, o, 1) }},
	{"a batch of 1,000 records", func(t *testing.T, o Opener) { sized(t, o, 1_000) }},
	{"a batch of 50,000 records", func(t *testing.T, o Opener) { long(t); sized(t, o, 50_000) }},
	{"a large batch with one bad record at its end", largeRefused},
	{"many small commits", manyCommits},
	{"large and small commits mixed", mixedCommits},
}

// long leaves a test out of short runs.
func long(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
}

func name(i int) string { return strconv.FormatInt(int64(i), 36) }

// bulk is a batch of n claims that no other number gives.
func bulk(number, n int) graph.Batch {
	b := graph.Batch{ID: fmt.Sprintf("bulk-%d", number)}
	for i := range n {
		b.Claims = append(b.Claims, status("g0", fmt.Sprintf("bulk %d claim %d", number, i)))
	}
	return b
}

func sized(t *testing.T, o Opener, n int) {
	s := opened(t, o)
	b := graph.Batch{ID: "sized"}
	for i := range n {
		switch {
		case i%10 == 3:
			b.Sources = append(b.Sources, source(name(i)))
		case i%10 == 6:
			b.Entities = append(b.Entities, entity(graph.Individual, "n-"+name(i)))
		case i > 10:
			b.Claims = append(b.Claims, member("n-"+name(i/10*10-4), "g1"), status("g2", name(i)))
		default:
			b.Claims = append(b.Claims, status("g2", name(i)))
		}
	}
	c := apply(t, s, b)
	want := expected(b, c)
	same(t, "the commit", graph.Commit{Sequence: 2, Numbers: alike(2), RecordedAt: c.RecordedAt, Sources: len(want.Sources), Entities: len(want.Entities), Claims: len(want.Claims)}, c)
	same(t, "the change", []graph.Change{want}, changes(t, s, 1))
	b.ID = "sized again"
	same(t, "the outcome", graph.Commit{Sequence: 2, Numbers: alike(2), RecordedAt: c.RecordedAt, Replayed: true}, apply(t, s, b))
}

func largeRefused(t *testing.T, o Opener) {
	s := opened(t, o)
	b := bulk(1, 20_000)
	b.Claims[19_999].Source = "s_z"
	refused(t, s, b, "DANGLING_REFERENCE", "claims[19999].source")
}

// The rest of the feed is a page of a store, one commit less, or one more, or several.
func manyCommits(t *testing.T, o Opener) {
	long(t)
	s, all := written(t, o, 1_010)
	for _, since := range []graph.Sequence{1, 9, 10, 11, 1_000, 1_001, 1_009} {
		same(t, "the rest of the feed", all[since:], changes(t, s, since))
	}
}

func mixedCommits(t *testing.T, o Opener) {
	long(t)
	s := opened(t, o)
	want := changes(t, s, 0)
	for i, n := range []int{1, 4_000, 1, 1, 9_000, 2, 3_999, 4_001, 1} {
		b := bulk(i, n)
		want = append(want, expected(b, apply(t, s, b)))
	}
	holds(t, s, want...)
	for _, since := range []int{1, 4, 5, 9} {
		if got := changes(t, s, graph.Sequence(since)); len(got) != len(want)-since || len(got[0].Claims) != len(want[since].Claims) {
			t.Errorf("since %d the feed gives %d commits", since, len(got))
		}
	}
}

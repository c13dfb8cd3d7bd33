package seeds

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
)

// batch is the seeds, normalised as a store would take them.
func batch(t *testing.T) graph.Batch {
	t.Helper()
	b, err := Batch()
	if err != nil {
		t.Fatal(err)
	}
	return b.Normalised()
}

func TestBatchIsWholeInItself(t *testing.T) {
	b := batch(t)
	// An empty store knows nothing, so every reference must lead into the batch.
	_, err := graph.Plan(b, graph.Log{Known: graph.Known{}})
	var invalid *graph.InvalidError
	if errors.As(err, &invalid) {
		for _, p := range invalid.Problems {
			t.Errorf("%s: %s; %s", p.Path, p.Message, p.Remedy)
		}
	} else if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d sources, %d entities, %d claims", len(b.Sources), len(merged(b)), len(b.Claims))
}

func TestBatchIsNamedByItsContent(t *testing.T) {
	first, err := Batch()
	if err != nil {
		t.Fatal(err)
	}
	second, err := Batch()
	if err != nil {
		t.Fatal(err)
	}
	if first.ID != second.ID || !strings.HasPrefix(first.ID, "seeds-") {
		t.Errorf("ids %q and %q, want one that starts with seeds-", first.ID, second.ID)
	}
	if first.Actor != "seeds" {
		t.Errorf("actor is %q", first.Actor)
	}
	content := first
	content.ID, content.Claims = "", content.Claims[1:]
	if "seeds-"+digest(content.Normalised()) == first.ID {
		t.Error("the id stays the same when a claim is left out")
	}
	content.Claims = slices.Clone(first.Claims)
	content.Claims[0].Text = "It is said otherwise."
	if "seeds-"+digest(content.Normalised()) == first.ID {
		t.Error("the id stays the same when a claim is said in other words")
	}
}

func TestNothingIsSaidTwice(t *testing.T) {
	b, err := Batch()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[graph.ID]string{}
	for _, c := range b.Claims {
		id := c.Normalised().ID
		if other, ok := seen[id]; ok {
			t.Errorf("%s %s %s of %s stands twice (labels %q and %q)",
				c.Subject, c.Predicate, c.Object, c.Source, other, c.Label)
		}
		seen[id] = c.Label
	}
	sources := map[graph.ID]bool{}
	for _, s := range b.Sources {
		if sources[s.ID] {
			t.Errorf("the source %s is recorded twice", s.ID)
		}
		sources[s.ID] = true
	}
}

func TestLinesAreCanonical(t *testing.T) {
	names, err := fs.Glob(files, "*.ndjson")
	if err != nil || len(names) == 0 {
		t.Fatalf("no seeds: %v", err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.ContainsRune(data, '\r') || !bytes.HasSuffix(data, []byte("\n")) {
			t.Errorf("%s: lines must end in a line feed alone", name)
		}
		for i, line := range bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n")) {
			want, err := canonical(line)
			if err != nil {
				t.Errorf("%s:%d: %v", name, i+1, err)
			} else if diff := cmp.Diff(string(want), string(line)); diff != "" {
				t.Errorf("%s:%d: not canonical (-want +got):\n%s", name, i+1, diff)
			}
		}
	}
}

func canonical(line []byte) ([]byte, error) {
	var head struct{ Type string }
	if err := json.Unmarshal(line, &head); err != nil {
		return nil, err
	}
	switch head.Type {
	case "source":
		return recoded(line, graph.Encode[*graph.Source])
	case "entity":
		return recoded(line, graph.Encode[*graph.Entity])
	case "claim":
		return recoded(line, graph.Encode[*graph.Claim])
	}
	return nil, fmt.Errorf("type %q", head.Type)
}

func recoded[T any](line []byte, encode func(*T) []byte) ([]byte, error) {
	r, err := graph.Decode[T](line)
	if err != nil {
		return nil, err
	}
	return encode(&r), nil
}

// labelled gives the claims that bear a label of one letter and a number.
func labelled(b graph.Batch, letter string) map[string][]graph.Claim {
	out := map[string][]graph.Claim{}
	for _, c := range b.Claims {
		digits, ok := strings.CutPrefix(c.Label, letter)
		if ok && digits != "" && strings.Trim(digits, "0123456789") == "" {
			out[c.Label] = append(out[c.Label], c)
		}
	}
	return out
}

func TestTheColumnIsComplete(t *testing.T) {
	claims := labelled(batch(t), "C")
	got := map[string]int{}
	for i := 1; i <= 70; i++ {
		label := fmt.Sprintf("C%02d", i)
		if n := len(claims[label]); n != 1 {
			t.Errorf("%d claims bear the label %s, want 1", n, label)
			continue
		}
		got[string(claims[label][0].Hedge)]++
		delete(claims, label)
	}
	for label := range claims {
		t.Errorf("the column has no claim %s", label)
	}
	want := map[string]int{
		"STATED": 40, "ASSESSMENT": 14, "REPORTED": 11, "ALLEGED": 1, "PATTERN": 1, "BELIEVED": 1, "CONDITIONAL": 2,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("hedges (-want +got):\n%s", diff)
	}
}

func TestEveryListingIsThere(t *testing.T) {
	b := batch(t)
	claims := labelled(b, "D")
	listings := map[graph.ID]bool{}
	for i := 1; i <= 82; i++ {
		label := fmt.Sprintf("D%03d", i)
		if n := len(claims[label]); n != 1 {
			t.Errorf("%d claims bear the label %s, want 1", n, label)
			continue
		}
		c := claims[label][0]
		if c.Predicate != "DESIGNATED_BY" {
			t.Errorf("%s is %s", label, c.Predicate)
		}
		listings[c.Object] = true
	}
	said := map[string]bool{}
	for _, c := range b.Claims {
		said[string(c.Predicate)+" "+string(c.Subject)] = true
	}
	count := 0
	for id, e := range merged(b) {
		if e.Kind != graph.Designation {
			continue
		}
		count++
		if !listings[id] || !said["AUTHORITY "+string(id)] || !said["LIST "+string(id)] {
			t.Errorf("%s lacks a listed group, an authority or a list", id)
		}
	}
	if count != 82 {
		t.Errorf("%d designations, want 82", count)
	}
}

// merged gives the entities of the batch, each id once.
func merged(b graph.Batch) map[graph.ID]graph.Entity {
	out := map[graph.ID]graph.Entity{}
	for _, e := range b.Entities {
		if known, ok := out[e.ID]; ok {
			e = known.Merge(e)
		}
		out[e.ID] = e
	}
	return out
}

func TestNoClassIsResolved(t *testing.T) {
	b := batch(t)
	entities, classes := merged(b), 0
	for _, e := range entities {
		if e.Representation == graph.Class {
			classes++
		}
	}
	if classes == 0 {
		t.Fatal("the seeds hold no class, so that this test says nothing")
	}
	for _, c := range b.Claims {
		if c.Predicate != graph.SameAs {
			continue
		}
		for _, id := range []graph.ID{c.Subject, c.Object} {
			if entities[id].Representation == graph.Class {
				t.Errorf("%s is a class and %s SAME_AS %s resolves it", id, c.Subject, c.Object)
			}
		}
	}
}

func TestEveryEntityIsMentioned(t *testing.T) {
	b := batch(t)
	mentioned := map[graph.ID]bool{}
	for i := range b.Claims {
		c := &b.Claims[i]
		for _, id := range []graph.ID{c.Subject, c.Object, c.Speaker, c.Attributor} {
			mentioned[id] = true
		}
	}
	for id := range merged(b) {
		if !mentioned[id] {
			t.Errorf("no claim mentions %s", id)
		}
	}
}

// apart are pairs that a reader, or a careless importer, would take for one.
var apart = [][2]graph.ID{
	{"afghan-taliban", "ttp"},
	{"is-k", "islamic-state"},
	{"is-k", "ispp"},
	{"is-k", "lej"},
	{"ammar-al-baluchi", "mosaib-al-baluchi"},
	{"jamaat-ud-dawa", "ucdp-actor-802"},
}

func TestWhatIsAlikeStaysApart(t *testing.T) {
	b := batch(t)
	entities := merged(b)
	parent := map[graph.ID]graph.ID{}
	var root func(graph.ID) graph.ID
	root = func(id graph.ID) graph.ID {
		if up, ok := parent[id]; ok {
			return root(up)
		}
		return id
	}
	joined := 0
	for _, c := range b.Claims {
		if c.Predicate != graph.SameAs || c.Polarity == graph.Denied {
			continue
		}
		if a, o := root(c.Subject), root(c.Object); a != o {
			parent[a] = o
			joined++
		}
	}
	if joined == 0 {
		t.Fatal("the seeds judge nothing to be the same, so that this test says nothing")
	}
	for _, pair := range apart {
		for _, id := range pair {
			if _, ok := entities[id]; !ok {
				t.Errorf("there is no %s", id)
			}
		}
		if root(pair[0]) == root(pair[1]) {
			t.Errorf("%s and %s become one", pair[0], pair[1])
		}
	}
	for _, c := range b.Claims {
		if c.Predicate == graph.NotSameAs && c.Polarity == graph.Affirmed && root(c.Subject) == root(c.Object) {
			t.Errorf("%s and %s are judged different and the same", c.Subject, c.Object)
		}
	}
}

// TestReplacedIsGone: what the seeds replaced they do not hold, and each is said once.
func TestReplacedIsGone(t *testing.T) {
	gone, err := replaced()
	if err != nil {
		t.Fatal(err)
	}
	held := map[graph.ID]bool{}
	for _, c := range batch(t).Claims {
		held[c.ID] = true
	}
	for _, r := range gone {
		if held[r.ID] || !r.ID.IsClaim() || r.Reason == "" {
			t.Errorf("%s (%q) is held, no claim, twice here, or has no reason", r.ID, r.Reason)
		}
		held[r.ID] = true
	}
}

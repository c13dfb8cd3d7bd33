package graph

import (
	"errors"
	"iter"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// ledger is the least that a store does around Plan: it keeps what was written.
type ledger struct {
	known    Known
	entities map[ID]Entity
	sources  map[ID]Source
	records  []Placed
}

func newLedger() *ledger { return &ledger{Known{}, map[ID]Entity{}, map[ID]Source{}, nil} }

// log is the ledger with what it knows of what a batch needs, and no more.
func (l *ledger) log(b Batch) Log {
	yields := func(takes func(Placed) bool) iter.Seq2[Placed, error] {
		return func(yield func(Placed, error) bool) {
			for _, p := range l.records {
				if takes(p) && !yield(p, nil) {
					return
				}
			}
		}
	}
	return Log{
		Known: l.needed(b),
		Lines: func(map[ID]bool) iter.Seq2[Placed, error] {
			return yields(func(p Placed) bool { return p.Entity != nil })
		},
		Records: func(ids map[ID]bool) iter.Seq2[Placed, error] {
			return yields(func(p Placed) bool { return slices.ContainsFunc(p.Mentions(), func(id ID) bool { return ids[id] }) })
		},
	}
}

// write notes records that were written.
func (l *ledger) write(b Batch) {
	l.known.Note(&b)
	ch := Change{Writer: b.Clearance, Sources: b.Sources, Entities: b.Entities, Claims: b.Claims}
	l.records = append(l.records, ch.Records()...)
}

func (l *ledger) needed(b Batch) Known {
	k := Known{}
	for _, id := range b.Needs() {
		if held, ok := l.known[id]; ok {
			k[id] = held
		}
	}
	return k
}

// apply writes what is new of a batch, record after record, and returns it.
func (l *ledger) apply(t interface{ Fatal(...any) }, b Batch) Batch {
	b = b.Normalised()
	fresh, err := Plan(b, l.log(b))
	if err != nil {
		t.Fatal(err)
	}
	l.write(fresh)
	for _, s := range fresh.Sources {
		l.sources[s.ID] = l.sources[s.ID].Merge(s)
	}
	for _, e := range fresh.Entities {
		if old, ok := l.entities[e.ID]; ok {
			e = old.Merge(e)
		}
		l.entities[e.ID] = e
	}
	return fresh
}

// unsealed is a batch as it was before its records got stamps.
func unsealed(b Batch) Batch {
	b.Sources, b.Entities, b.Claims = slices.Clone(b.Sources), slices.Clone(b.Entities), slices.Clone(b.Claims)
	for i := range b.Sources {
		b.Sources[i].Seal = Seal{}
	}
	for i := range b.Entities {
		b.Entities[i].Seal = Seal{}
	}
	for i := range b.Claims {
		b.Claims[i].Seal = Seal{}
	}
	return b
}

func empty(b Batch) bool { return len(b.Sources)+len(b.Entities)+len(b.Claims) == 0 }

func TestPlanKeepsWhatIsNew(t *testing.T) {
	l := newLedger()
	b := sound()
	fresh := l.apply(t, b)
	same(t, "the batch as written", b.Normalised(), unsealed(fresh))
	if again := l.apply(t, b); !empty(again) {
		t.Errorf("written again: %+v", again)
	}
	b.Reassert = true
	b.Claims = b.Claims[aDate:aRetraction] // the others were retracted
	if again := l.apply(t, b); !empty(again) {
		t.Errorf("asserted again, though it counts: %+v", again)
	}
	more := sound()
	more.Entities[2].Description = "Described later."
	more.Sources[0].Note = "Noted later."
	more.Claims = append(more.Claims, Claim{Subject: "group", Predicate: "STATUS", Value: &Value{Text: "dissolved"}, Source: "s_b", Hedge: Alleged})
	fresh = l.apply(t, more)
	if len(fresh.Sources) != 1 || fresh.Sources[0].ID != "s_a" || len(fresh.Entities) != 1 || fresh.Entities[0].ID != more.Entities[2].ID || len(fresh.Claims) != 1 || fresh.Claims[0].Source != "s_b" {
		t.Errorf("of a batch with three new records this was written: %+v", fresh)
	}
}

// TestPlanOfRetractions tells, step by step, what is written and whether the
// claim counts in the end.
func TestPlanOfRetractions(t *testing.T) {
	claim := Claim{Subject: "group", Predicate: "STATUS", Value: &Value{Text: "active"}, Source: "s_a", Hedge: Stated}
	back := Claim{Subject: claim.Normalised().ID, Predicate: Retracts, Source: "s_a", Hedge: Stated}
	other := back
	other.Source = "s_b"
	undo := Claim{Subject: back.Normalised().ID, Predicate: Retracts, Source: "s_a", Hedge: Stated}
	claims := map[byte]Claim{'C': claim, 'R': back, 'O': other, 'U': undo}
	type step struct {
		batch   string // claims by letter; "+" asserts again
		written string
	}
	for _, c := range []struct {
		name   string
		steps  []step
		counts bool
	}{
		{"recorded twice", []step{{"C", "C"}, {"C", ""}, {"+C", ""}}, true},
		{"retracted twice", []step{{"C", "C"}, {"R", "R"}, {"R", ""}, {"+R", ""}}, false},
		{"retracted and recorded", []step{{"C", "C"}, {"R", "R"}, {"C", ""}}, false},
		{"asserted again", []step{{"C", "C"}, {"R", "R"}, {"+C", "C"}, {"C", ""}, {"+C", ""}}, true},
		{"retracted again", []step{{"C", "C"}, {"R", "R"}, {"+C", "C"}, {"R", "R"}, {"C", ""}}, false},
		{"there and back", []step{{"C", "C"}, {"R", "R"}, {"+C", "C"}, {"R", "R"}, {"+C", "C"}}, true},
		{"retracted by two", []step{{"C", "C"}, {"R", "R"}, {"O", "O"}, {"+C", "C"}, {"O", "O"}}, false},
		{"recorded and retracted in one batch", []step{{"CR", "CR"}, {"CR", ""}, {"C", ""}}, false},
		{"retracted and recorded in one batch", []step{{"RC", "RC"}, {"RC", "RC"}}, true},
		{"retracted and asserted again in one batch", []step{{"C", "C"}, {"+RC", "RC"}}, true},
		{"asserted again and retracted in one batch", []step{{"CR", "CR"}, {"+CR", "CR"}}, false},
		{"asserted again and retracted by another in one batch", []step{{"CR", "CR"}, {"+CO", "CO"}}, false},
		{"a retraction that is undone and made again", []step{{"C", "C"}, {"R", "R"}, {"U", "U"}, {"R", ""}, {"+R", "R"}}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLedger()
			b := sound()
			b.Claims = nil
			l.apply(t, b)
			for i, s := range c.steps {
				b := Batch{ID: string(rune('a' + i)), Reassert: s.batch[0] == '+'}
				for _, letter := range []byte(s.batch) {
					if k, ok := claims[letter]; ok {
						b.Claims = append(b.Claims, k)
					}
				}
				written := ""
				for _, k := range l.apply(t, b).Claims {
					for letter, want := range claims {
						if k.ID == want.Normalised().ID {
							written += string(letter)
						}
					}
				}
				if written != s.written {
					t.Fatalf("step %d, %s: %q was written, want %q", i, s.batch, written, s.written)
				}
			}
			if got, _ := l.known.counts(claim.Normalised().ID, Red); got != c.counts {
				t.Errorf("in the end it counts: %t", got)
			}
		})
	}
}

// TestPlanTwiceIsOnce applies random batches, some of which record one thing in
// several ways, under two ids each.
func TestPlanTwiceIsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once, twice := newLedger(), newLedger()
		for i := range rapid.IntRange(1, 4).Draw(t, "batches") {
			b := drawBatch(t)
			b.ID = "first"
			once.apply(t, b)
			twice.apply(t, b)
			b.ID = "second"
			again := twice.apply(t, b)
			if i == 0 && eachOnce(b) && !empty(again) {
				t.Fatalf("written twice: %+v", again)
			}
			diff(t, "the entities", once.entities, twice.entities)
			diff(t, "the sources", once.sources, twice.sources)
			diff(t, "what is known", once.known, twice.known)
		}
	})
}

func drawBatch(t *rapid.T) Batch {
	var b Batch
	word := rapid.SampledFrom([]string{"", "x", "y"})
	for _, id := range []ID{"s_a", "s_b"} {
		for range rapid.IntRange(1, 3).Draw(t, "records") {
			b.Sources = append(b.Sources, Source{ID: id, Kind: "REPORT", Title: "Report", Note: word.Draw(t, "note"), Publisher: word.Draw(t, "publisher")})
		}
	}
	for _, id := range []ID{"g", "h"} {
		for range rapid.IntRange(1, 3).Draw(t, "records") {
			b.Entities = append(b.Entities, Entity{ID: id, Kind: Group, Names: []Name{{Value: "N" + word.Draw(t, "name")}}, Description: word.Draw(t, "description")})
		}
	}
	for range rapid.IntRange(0, 4).Draw(t, "claims") {
		b.Claims = append(b.Claims, Claim{Subject: "g", Predicate: "STATUS", Value: &Value{Text: "s" + word.Draw(t, "status")}, Source: "s_a", Hedge: Stated})
	}
	return b
}

func eachOnce(b Batch) bool {
	b = b.Normalised()
	return len(b.Sources) == 2 && len(b.Entities) == 2
}

func diff[T any](t *rapid.T, what string, want, got T) {
	t.Helper()
	if d := cmpDiff(want, got); d != "" {
		t.Fatalf("%s (-want +got):\n%s", what, d)
	}
}

func TestNormalisedBatch(t *testing.T) {
	b := sound()
	b.ID = ""
	twice := b
	twice.Sources, twice.Entities, twice.Claims = slices.Repeat(b.Sources, 2), slices.Repeat(b.Entities, 2), slices.Repeat(b.Claims, 2)
	once := twice.Normalised()
	once.Positions = nil
	same(t, "a batch of which all is there twice", b.Normalised(), once)
	before := sound()
	n := before.Normalised()
	n.Claims[0].Role, n.Sources[0].Note, n.Entities[0].Description = "x", "x", "x"
	same(t, "the batch that was normalised", sound(), before)
}

func TestNeeds(t *testing.T) {
	b := Batch{
		Sources:  []Source{{ID: "s_a", DerivedFrom: []ID{"s_d", "s_a"}}},
		Entities: []Entity{{ID: "e", Names: []Name{{Value: "E", Source: "s_n"}, {Value: "F"}}}},
		Claims: []Claim{
			{ID: "c_1", Subject: "x", Object: "y", Speaker: "v", Attributor: "w", Source: "s_b", Origin: "s_o"},
			{ID: "c_2", Subject: "c_8", Object: "c_9", Source: "s_b"},
			{ID: "c_3", Subject: "s_w", Source: "s_b"},
		},
	}
	cited := Expand(&b.Entities[0])
	want := []ID{"c_1", "c_2", "c_3", "c_8", "c_9", "e", "s_a", "s_b", "s_d", "s_n", "s_o", "s_w", "v", "w", "x", "y", cited[0].ID}
	slices.Sort(want)
	same(t, "what it needs", want, b.Needs())
	b.Reassert = true
	want = append(want, cited[1].ID)
	slices.Sort(want)
	same(t, "what it needs to assert anew", want, b.Needs())
}

func TestPlanAgainstWhatIsKnown(t *testing.T) {
	l := newLedger()
	l.apply(t, sound())
	c := Batch{Claims: []Claim{{Subject: "group", Predicate: "BASED_IN", Object: "place", Source: "s_a", Hedge: Stated, Speaker: "organisation"}}}
	if fresh := l.apply(t, c); len(fresh.Claims) != 1 {
		t.Errorf("a claim about what is known was not written: %+v", fresh)
	}
	kind := Batch{Entities: []Entity{{ID: "group", Kind: Place, Names: []Name{{Value: "A place"}}}}}
	if _, err := Plan(kind.Normalised(), l.log(kind)); err == nil || !err.(*InvalidError).Conflict {
		t.Errorf("an id that is known by another kind: %v", err)
	}
	if err := (Batch{Claims: []Claim{{Subject: "elsewhere", Predicate: "STATUS", Value: &Value{Text: "x"}, Source: "s_elsewhere", Hedge: Stated, Speaker: "somebody"}}}).Check(); err != nil {
		t.Errorf("references out of the batch are not taken on trust: %v", err)
	}
}

// What is wrong is told where it stands in the batch as it came.
func TestPositions(t *testing.T) {
	b := sound()
	b.Claims = append(slices.Repeat(b.Claims[:1], 3), Claim{Subject: "g", Predicate: "ALLIED_WITH", Object: "nobody", Source: "s_a", Hedge: Stated})
	_, err := Plan(b.Normalised().Normalised(), Log{Known: Known{}})
	var invalid *InvalidError
	if !errors.As(err, &invalid) || invalid.Problems[len(invalid.Problems)-1].Path != "claims[3].object" {
		t.Errorf("it says %v", err)
	}
}

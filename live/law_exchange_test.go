package live_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/exchange"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/redact"
	"github.com/rabta/rabta/store/memory"
	"github.com/rabta/rabta/store/sqlite"
	"github.com/rabta/rabta/tests/raced"
)

// party is a store among those that exchange, and what is to be recorded in it.
type party struct {
	store graph.Receiver
	world world
	next  int // of the world
}

// TestLawExchange: stores that exchanged at a clearance, in whatever order and how often,
// have one digest, write one file, and give one answer.
func TestLawExchange(t *testing.T) {
	raced.Alone(t)
	tr := ofWriters
	tr.claims, tr.entities = [2]int{5, 30}, [2]int{9, 12}
	worlds, dir := drawWorld(tr), t.TempDir()
	files := 0
	rapid.Check(t, func(t *rapid.T) {
		parties := make([]*party, rapid.IntRange(2, 3).Draw(t, "stores"))
		for i := range parties {
			parties[i] = &party{store: memory.New(), world: worlds.Draw(t, fmt.Sprint("world ", i))}
		}
		if rapid.IntRange(0, 9).Draw(t, "in a file") == 9 {
			files++
			s, err := sqlite.Open(context.Background(), filepath.Join(dir, fmt.Sprint(files)), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { closeSound(t, s) }()
			parties[0].store = s
		}
		at := rapid.SampledFrom(graph.Markings).Draw(t, "clearance")
		follower := live.NewFollower(parties[0].store, at, slog.New(slog.DiscardHandler))
		for range rapid.IntRange(3, 14).Draw(t, "steps") {
			if err := follower.Catch(context.Background()); err != nil {
				t.Fatal(err)
			}
			p := rapid.SampledFrom(parties).Draw(t, "store")
			switch rapid.IntRange(0, 6).Draw(t, "step") {
			case 0:
				p.remark(t)
			case 5:
				p.retire(t)
			case 6:
				p.redact(t)
			case 1:
				p.takeBack(t)
			case 2:
				to := rapid.SampledFrom(parties).Draw(t, "to")
				give(t, p.store, to.store, rapid.SampledFrom(graph.Markings).Draw(t, "at"))
			default:
				p.record(t)
			}
		}
		agree(t, parties, at)
		entities, claims := entitiesOf(parties[0].world.changes), claimsOf(allOf(t, parties[0].store))
		if err := follower.Catch(context.Background()); err != nil {
			t.Fatal(err)
		}
		followed := text(dumpView(t, open(t, follower.Graph(), nil), claims))
		if want := dumpOf(t, parties[0].store, at, nil, claims); followed != want {
			same(t, "what one sees who followed", strings.Split(want, "\n"), strings.Split(followed, "\n"))
		}
		want := answers(t, parties[0].store, at, entities, claims)
		for _, p := range parties[1:] {
			if got := answers(t, p.store, at, entities, claims); got != want {
				same(t, "what is read", strings.Split(want, "\n"), strings.Split(got, "\n"))
			}
		}
		then(t, parties[0].store, at, entities, claims)
		alone := memory.New()
		give(t, parties[0].store, alone, at)
		if want, got := written(t, parties[0].store, at), written(t, alone, at); got != want {
			same(t, "the file of a store that holds nothing else", strings.Split(want, "\n"), strings.Split(got, "\n"))
		}
	})
}

// record records the next batch of the world, if it can be.
func (p *party) record(t *rapid.T) {
	if p.next == len(p.world.changes) {
		return
	}
	ch := p.world.changes[p.next]
	p.next++
	p.apply(t, graph.Batch{
		Clearance: ch.Writer, Actor: ch.Actor, Reason: ch.Reason, Sources: ch.Sources, Entities: ch.Entities, Claims: ch.Claims,
		Reassert: rapid.Bool().Draw(t, "reassert"),
	})
}

// apply records a batch, unless it is refused.
func (p *party) apply(t *rapid.T, b graph.Batch) {
	if _, err := p.store.Apply(context.Background(), b); err != nil && !isInvalid(err) {
		t.Fatal(err)
	}
}

func isInvalid(err error) bool {
	_, ok := err.(*graph.InvalidError)
	return ok
}

// remark changes a marking of what is there.
func (p *party) remark(t *rapid.T) {
	if r := p.anyRecord(t); r != "" {
		p.apply(t, graph.Batch{Claims: []graph.Claim{{
			Subject: r, Predicate: graph.Marks, Source: "s_a", Hedge: graph.Stated,
			Value: &graph.Value{Marking: rapid.SampledFrom(graph.Markings).Draw(t, "marking")},
		}}})
	}
}

// retire says that an entity was recorded by mistake.
func (p *party) retire(t *rapid.T) {
	id := p.anyRecord(t)
	if id == "" || id.IsSource() || id.IsClaim() {
		return
	}
	c := graph.Claim{
		Subject: id, Predicate: graph.Retires, Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Text: "a mistake"},
		Marking: rapid.SampledFrom(graph.Markings).Draw(t, "marking"),
	}
	if other := p.anyRecord(t); !other.IsSource() && !other.IsClaim() && other != id {
		c.Object = other
	}
	p.apply(t, graph.Batch{Claims: []graph.Claim{c}})
}

// redact takes out for good what is there.
func (p *party) redact(t *rapid.T) {
	id := p.anyRecord(t)
	if id == "" {
		return
	}
	plan, err := redact.New(context.Background(), p.store, string(id))
	if err != nil {
		t.Fatal(err)
	}
	plan.Redaction.Reason = "by order"
	if _, err := p.store.(graph.Redactor).Redact(context.Background(), plan.Redaction); err != nil {
		t.Fatal(err)
	}
}

// takeBack retracts a claim that is there, or asserts it again.
func (p *party) takeBack(t *rapid.T) {
	changes := allOf(t, p.store)
	ids := claimsOf(changes)
	if len(ids) == 0 {
		return
	}
	id := rapid.SampledFrom(ids).Draw(t, "claim")
	b := graph.Batch{
		Clearance: rapid.SampledFrom(graph.Markings).Draw(t, "writer"), Reassert: true,
		Claims: []graph.Claim{{Subject: id, Predicate: graph.Retracts, Source: "s_a", Hedge: graph.Stated}},
	}
	if rapid.Bool().Draw(t, "again") {
		for _, ch := range changes {
			for _, c := range ch.Claims {
				if c.ID == id && c.Predicate != graph.Marks {
					b.Claims = []graph.Claim{c}
				}
			}
		}
	}
	p.apply(t, b)
}

func (p *party) anyRecord(t *rapid.T) graph.ID {
	var ids []graph.ID
	for _, ch := range allOf(t, p.store) {
		for _, r := range ch.Records() {
			ids = append(ids, r.Mentions()[0])
		}
	}
	if len(ids) == 0 {
		return ""
	}
	return rapid.SampledFrom(ids).Draw(t, "record")
}

func allOf(t tb, s graph.Store) (out []graph.Change) {
	t.Helper()
	for ch, err := range s.Changes(context.Background(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, ch)
	}
	return out
}

// give exchanges one way: what one store holds at or below a clearance.
func give(t tb, from, to graph.Receiver, at graph.Marking) {
	t.Helper()
	var file bytes.Buffer
	if _, err := exchange.Write(context.Background(), &file, from, at, "test"); err != nil {
		t.Fatal(err)
	}
	f, err := exchange.Read(&file, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Take(context.Background(), to, func() {}); err != nil {
		t.Fatal(err)
	}
}

// agree exchanges among all until nothing is new, which is soon.
func agree(t tb, parties []*party, at graph.Marking) {
	t.Helper()
	for range 4 {
		for _, p := range parties {
			for _, to := range parties {
				give(t, p.store, to.store, at)
			}
		}
		want, all := digestOf(t, parties[0].store, at), true
		for _, p := range parties[1:] {
			all = all && digestOf(t, p.store, at) == want
		}
		if all {
			return
		}
	}
	for _, p := range parties[1:] {
		same(t, "the files", strings.Split(written(t, parties[0].store, at), "\n"), strings.Split(written(t, p.store, at), "\n"))
	}
	t.Fatalf("the digests differ, and the files do not")
}

// closeSound closes a store in which nothing is wrong.
func closeSound(t tb, s *sqlite.Store) {
	t.Helper()
	if err := s.Sweep(context.Background()); err != nil {
		t.Error(err)
	}
	if v, err := s.Verify(context.Background()); err != nil || len(v.Faults) > 0 {
		t.Errorf("the file is not whole: %v, %v", v.Faults, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// then compares what a store says was known at some moment with what a store says that has
// come no further.
func then(t *rapid.T, s graph.Receiver, at graph.Marking, entities, claims []graph.ID) {
	log := allOf(t, s)
	if len(log) == 0 {
		return
	}
	n := rapid.IntRange(1, len(log)).Draw(t, "known at")
	number := log[n-1].Numbers.At(at)
	if number == 0 {
		return
	}
	for n < len(log) && log[n].Numbers.At(at) == number {
		n++
	}
	early := memory.New()
	id, err := s.ID(context.Background())
	if err == nil {
		err = early.Adopt(context.Background(), id)
	}
	if err == nil {
		err = early.Restore(context.Background(), func(yield func(graph.Change, error) bool) {
			for i := range n {
				if !yield(log[i], nil) {
					return
				}
			}
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	want := dumpOf(t, early, at, nil, claims)
	got := dumpOf(t, s, at, &graph.Lens{KnownAtSequence: &number}, claims)
	if want != got {
		same(t, fmt.Sprint("what was known at ", number), strings.Split(want, "\n"), strings.Split(got, "\n"))
	}
}

// dumpOf is what a reader of a clearance sees through a lens.
func dumpOf(t tb, s graph.Store, at graph.Marking, lens *graph.Lens, claims []graph.ID) string {
	t.Helper()
	return text(dumpView(t, viewOf(t, s, at, lens), claims))
}

func viewOf(t tb, s graph.Store, at graph.Marking, lens *graph.Lens) *live.View {
	t.Helper()
	f := live.NewFollower(s, at, slog.New(slog.DiscardHandler))
	if err := f.Catch(context.Background()); err != nil {
		t.Fatal(err)
	}
	v, err := f.Graph().Reader().View(lens)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func digestOf(t tb, s graph.Receiver, at graph.Marking) string {
	t.Helper()
	sum, err := exchange.Digest(context.Background(), s, at)
	if err != nil {
		t.Fatal(err)
	}
	return sum.Digest
}

// written is the file of a store but for its first line.
func written(t tb, s graph.Receiver, at graph.Marking) string {
	t.Helper()
	var file bytes.Buffer
	if _, err := exchange.Write(context.Background(), &file, s, at, "test"); err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(file.String(), "\n")
	return rest
}

// answers is all that a reader of a clearance gets from a store, but for the numbers and
// times that it gives to commits.
func answers(t tb, s graph.Store, at graph.Marking, entities, claims []graph.ID) string {
	t.Helper()
	all := readAll(t, viewOf(t, s, at, nil), entities, claims)
	all.History = historyRead{}
	all.Dump.Sequence, all.Dump.Recorded = 0, begin
	for _, list := range [][]dumpClaim{all.Dump.Claims, all.Dump.Known} {
		for i := range list {
			list[i].Sequence, list[i].Recorded = 0, begin
		}
	}
	for i := range all.Pages {
		all.Pages[i].Cursors, all.Pages[i].Info.StartCursor, all.Pages[i].Info.EndCursor = nil, nil, nil
	}
	return text(all)
}

// TestRedactionTravels: what one store redacts the other buries, with what it alone knew of
// it; of what is above the clearance a file says nothing, before and after.
func TestRedactionTravels(t *testing.T) {
	ctx, a, b := context.Background(), memory.New(), memory.New()
	named := func(id graph.ID, m graph.Marking) graph.Entity {
		return graph.Entity{ID: id, Kind: graph.Group, Names: []graph.Name{{Value: string(id)}}, Marking: m}
	}
	apply := func(s *memory.Store, batch graph.Batch) {
		t.Helper()
		if _, err := s.Apply(ctx, batch); err != nil {
			t.Fatal(err)
		}
	}
	redactIn := func(s *memory.Store, id string) {
		t.Helper()
		plan, err := redact.New(ctx, s, id)
		if err == nil {
			plan.Redaction.Reason = "by order"
			_, err = s.Redact(ctx, plan.Redaction)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	allied := graph.Claim{Subject: "g0", Predicate: graph.AlliedWith, Object: "g1", Source: "s_a", Hedge: graph.Stated}
	apply(a, graph.Batch{
		Sources:  []graph.Source{{ID: "s_a", Kind: "REPORT", Title: "A"}},
		Entities: []graph.Entity{named("g0", ""), named("g1", ""), named("hidden", graph.Red)},
	})
	give(t, a, b, graph.Clear)
	apply(b, graph.Batch{Claims: []graph.Claim{allied}})
	before := written(t, a, graph.Clear)
	redactIn(a, "hidden")
	if after := written(t, a, graph.Clear); after != before {
		t.Errorf("the file of what is CLEAR was\n%s\nand is\n%s", before, after)
	}
	redactIn(a, "g0")
	give(t, a, b, graph.Clear)
	if log := allOf(t, b); len(log) != 3 || len(log[2].Redacts) != 2 || log[2].Reason != "by order" || len(log[1].Claims) != 0 {
		t.Errorf("the other store holds %+v", log)
	}
	give(t, b, a, graph.Clear)
	if one, other := digestOf(t, a, graph.Clear), digestOf(t, b, graph.Clear); one != other {
		same(t, "the files", strings.Split(written(t, a, graph.Clear), "\n"), strings.Split(written(t, b, graph.Clear), "\n"))
	}
	for _, s := range []*memory.Store{a, b} {
		if _, err := s.Apply(ctx, graph.Batch{Entities: []graph.Entity{named("g0", "")}}); !isInvalid(err) {
			t.Errorf("what was redacted is taken again: %v", err)
		}
	}
}

// TestNamesAssertedAnewTravel: a name of a line that was retracted and asserted anew is so in
// another store.
func TestNamesAssertedAnewTravel(t *testing.T) {
	ctx, a, b := context.Background(), memory.New(), memory.New()
	e := graph.Entity{ID: "g", Kind: graph.Group, Names: []graph.Name{{Value: "A"}, {Value: "B"}}}
	back := graph.Claim{Subject: graph.Expand(&e)[1].ID, Predicate: graph.Retracts, Source: "s_a", Hedge: graph.Stated}
	for _, batch := range []graph.Batch{
		{Sources: []graph.Source{source("a")}, Entities: []graph.Entity{e}},
		{Claims: []graph.Claim{back}},
		{Entities: []graph.Entity{e}, Reassert: true},
	} {
		if _, err := a.Apply(ctx, batch); err != nil {
			t.Fatal(err)
		}
		give(t, a, b, graph.Clear)
		same(t, "what it is called", shown(viewOf(t, a, graph.Clear, nil), "g"), shown(viewOf(t, b, graph.Clear, nil), "g"))
	}
	same(t, "what it is called in the end", []string{"A FULL", "B FULL"}, shown(viewOf(t, b, graph.Clear, nil), "g").Names)
}

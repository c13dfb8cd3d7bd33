package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/tests/raced"
)

// Differential applies the same batches, drawn at random from a small world in
// which most of them collide with what is there, to two fresh stores, has some of it
// redacted, and checks that outcomes, problems and feeds are the same but for the time,
// that the first finds no fault in itself, and that its log can be taken over.
func Differential(t *testing.T, a, b func(t *testing.T) Opener) {
	raced.Alone(t)
	rapid.Check(t, func(rt *rapid.T) {
		one, two := a(t).Open(t), b(t).Open(t)
		defer func() { _, _ = one.Close(), two.Close() }()
		for n := range rapid.IntRange(1, 12).Draw(rt, "batches") {
			batch := anyBatch(rt)
			if n == 0 {
				batch = base()
			}
			agree(rt, t, one, two, batch)
			if rapid.IntRange(0, 3).Draw(rt, "redact") == 0 {
				agreeToRedact(rt, t, one, two)
			}
		}
		faultless(rt, t, one)
		third := b(t).Open(t)
		defer func() { _ = third.Close() }()
		if err := restore(t, third, changes(t, one, 0), nil); err != nil {
			rt.Fatalf("restore: %v", err)
		}
		if d := diff(changes(t, one, 0), changes(t, third, 0)); d != "" {
			rt.Fatalf("the log that was taken over differs:\n%s", d)
		}
		first, second := timeless(changes(t, one, 0)), timeless(changes(t, two, 0))
		if d := diff(first, second); d != "" {
			rt.Fatalf("the feeds differ:\n%s", d)
		}
	})
}

// agree applies one batch to both.
func agree(rt *rapid.T, t *testing.T, one, two graph.Store, b graph.Batch) {
	c, err := one.Apply(t.Context(), b)
	d, other := two.Apply(t.Context(), b)
	if what := diff(problems(err), problems(other)); what != "" {
		rt.Fatalf("the errors differ:\n%s", what)
	}
	c.RecordedAt = d.RecordedAt
	if what := diff(c, d); what != "" {
		rt.Fatalf("the outcomes differ:\n%s", what)
	}
}

// agreeToRedact has something redacted from both: mostly with all that names it.
func agreeToRedact(rt *rapid.T, t *testing.T, one, two graph.Store) {
	log := changes(t, one, 0)
	r := graph.Redaction{Reason: "by order", Head: graph.Sequence(len(log))}
	c := log[rapid.IntRange(0, len(log)-1).Draw(rt, "commit")]
	if all := c.Records(); len(all) > 0 {
		r.IDs = closed(log, all[rapid.IntRange(0, len(all)-1).Draw(rt, "record")].ID())
	}
	switch rapid.IntRange(0, 9).Draw(rt, "how") {
	case 0:
		r.IDs = r.IDs[:min(1, len(r.IDs))]
	case 1:
		r.Head--
	case 2, 3:
		r.Said = []graph.Sequence{c.Sequence}
	}
	done, err := one.(graph.Redactor).Redact(t.Context(), r)
	other, second := two.(graph.Redactor).Redact(t.Context(), r)
	if what := diff(problems(err), problems(second)); what != "" {
		rt.Fatalf("the errors of redacting %+v differ:\n%s", r, what)
	}
	done.RecordedAt = other.RecordedAt
	if what := diff(done, other); what != "" {
		rt.Fatalf("the outcomes of redacting %+v differ:\n%s", r, what)
	}
}

// closed are an id, and the claims that name it, or what the line of it says, and so on.
func closed(log []graph.Change, id graph.ID) []graph.ID {
	out := []graph.ID{id}
	for at := 0; at < len(out); at++ {
		for i := range log {
			for _, p := range log[i].Records() {
				if p.Entity != nil {
					for _, said := range graph.Expand(p.Entity) {
						if (p.ID() == out[at] || said.Source == out[at]) && !slices.Contains(out, said.ID) {
							out = append(out, said.ID)
						}
					}
				}
				if p.Claim != nil && slices.Contains(p.Mentions(), out[at]) && !slices.Contains(out, p.ID()) {
					out = append(out, p.ID())
				}
			}
		}
	}
	return out
}

// faultless checks that a store that can verify itself finds no fault.
func faultless(rt *rapid.T, t *testing.T, s graph.Store) {
	v, ok := s.(graph.Verifier)
	if !ok {
		return
	}
	if sweeper, ok := s.(graph.Sweeper); ok {
		if err := sweeper.Sweep(t.Context()); err != nil {
			rt.Fatalf("sweep: %v", err)
		}
	}
	if got, err := v.Verify(t.Context()); err != nil || len(got.Faults) > 0 {
		rt.Fatalf("verified, it says %v, %v", got.Faults, err)
	}
}

// problems is what is wrong with a batch, in a form that can be compared.
func problems(err error) []string {
	if err == nil {
		return nil
	}
	invalid, ok := errors.AsType[*graph.InvalidError](err)
	if !ok {
		return []string{err.Error()}
	}
	out := []string{fmt.Sprint("conflict: ", invalid.Conflict)}
	for _, p := range invalid.Problems {
		out = append(out, fmt.Sprint(p.Code, " ", p.Record, " ", p))
	}
	return out
}

// timeless takes the times out of a feed.
func timeless(list []graph.Change) []graph.Change {
	for i := range list {
		list[i].Recorded = time.Time{}
		for j := range list[i].Tombstones {
			list[i].Tombstones[j].At, list[i].Tombstones[j].Name = time.Time{}, "" // which is over the id of the log
		}
		for j := range list[i].Claims {
			list[i].Claims[j].RecordedAt = time.Time{}
		}
	}
	return list
}

// The world that batches are drawn from is small, so that they meet, and mostly
// sound, so that they are taken.
var (
	someIDs      = seldom("x", "i0", "i1", "g0", "g1")
	somePersons  = seldom("g2", "i0", "i1")
	someGroups   = seldom("i2", "g0", "g1")
	someSources  = seldom("c", "a", "b")
	someKinds    = rapid.SampledFrom([]graph.EntityKind{graph.Individual, graph.Group, graph.Place})
	someTexts    = rapid.SampledFrom([]string{"one", "two", "چار"})
	someMarkings = rapid.SampledFrom([]graph.Marking{"", graph.Clear, graph.Green, graph.Amber, graph.Red})
	seldomMarked = rapid.SampledFrom([]graph.Marking{"", "", "", graph.Clear, graph.Green, graph.Amber})
	someDates    = rapid.SampledFrom([]string{"", "", "", "2004", "2016/.."})
)

// seldom draws one of the ids in one of twenty cases, and else one of the others.
func seldom(one string, others ...string) *rapid.Generator[string] {
	return rapid.Custom(func(rt *rapid.T) string {
		if rapid.IntRange(0, 19).Draw(rt, "seldom") == 19 {
			return one
		}
		return rapid.SampledFrom(others).Draw(rt, "often")
	})
}

func anyBatch(rt *rapid.T) graph.Batch {
	b := graph.Batch{
		ID:       rapid.SampledFrom([]string{"", "", "", "", "", "p", "q", "r"}).Draw(rt, "id"),
		Actor:    someTexts.Draw(rt, "actor"),
		Reassert: rapid.Bool().Draw(rt, "reassert"),
		Sources:  rapid.SliceOfN(rapid.Custom(anySource), 0, 2).Draw(rt, "sources"),
		Entities: rapid.SliceOfN(rapid.Custom(anyEntity), 0, 2).Draw(rt, "entities"),
	}
	for range rapid.IntRange(0, 4).Draw(rt, "claims") {
		b.Claims = append(b.Claims, anyClaims(rt)...)
	}
	if rapid.IntRange(0, 2).Draw(rt, "marked") == 0 {
		mark(rt, &b)
	}
	if rapid.IntRange(0, 5).Draw(rt, "with the base") == 0 {
		whole := base()
		b.Sources, b.Entities = append(b.Sources, whole.Sources...), append(b.Entities, whole.Entities...)
	}
	return b
}

// mark gives a batch a writer who does not see all, and some of it, or all, a marking.
func mark(rt *rapid.T, b *graph.Batch) {
	b.Clearance = someMarkings.Draw(rt, "clearance")
	b.Marking = seldomMarked.Draw(rt, "marking of the batch")
	for i := range b.Sources {
		b.Sources[i].Marking = seldomMarked.Draw(rt, "marking of a source")
	}
	for i := range b.Entities {
		b.Entities[i].Marking = seldomMarked.Draw(rt, "marking of an entity")
	}
	for i := range b.Claims {
		b.Claims[i].Marking = seldomMarked.Draw(rt, "marking of a claim")
	}
}

func anySource(rt *rapid.T) graph.Source {
	s := source(someSources.Draw(rt, "source"))
	if rapid.IntRange(0, 4).Draw(rt, "derived") == 0 {
		s.DerivedFrom = []graph.ID{graph.ID("s_" + someSources.Draw(rt, "from"))}
	}
	s.Note = rapid.SampledFrom([]string{"", "", "noted"}).Draw(rt, "note")
	return s
}

func anyEntity(rt *rapid.T) graph.Entity {
	e := rapid.SampledFrom(base().Entities).Draw(rt, "entity of the base")
	if rapid.IntRange(0, 4).Draw(rt, "another") == 0 {
		e = entity(someKinds.Draw(rt, "kind"), someIDs.Draw(rt, "entity"))
	}
	e.Description = rapid.SampledFrom([]string{"", "", "described"}).Draw(rt, "description")
	return e
}

// anyClaims is a claim, or something said of it, with or without the claim.
func anyClaims(rt *rapid.T) []graph.Claim {
	k := anyClaim(rt)
	by := someSources.Draw(rt, "by")
	switch rapid.IntRange(0, 6).Draw(rt, "about") {
	case 0:
		return []graph.Claim{retraction(k, by)} // of what may not be there
	case 1:
		return []graph.Claim{k, retraction(k, by)}
	case 2:
		return []graph.Claim{retraction(k, by), k}
	case 3:
		return []graph.Claim{k, retraction(retraction(k, by), by), retraction(k, by)}
	case 4:
		return []graph.Claim{{Subject: graph.ID("s_" + by), Predicate: graph.Withdraws, Source: "s_a", Hedge: graph.Stated}}
	}
	return []graph.Claim{k}
}

func anyClaim(rt *rapid.T) graph.Claim {
	k := status(someIDs.Draw(rt, "subject"), someTexts.Draw(rt, "text"))
	if rapid.Bool().Draw(rt, "link") {
		k = member(somePersons.Draw(rt, "subject"), someGroups.Draw(rt, "object"))
	}
	if d := someDates.Draw(rt, "from"); d != "" {
		k.ValidFrom = date(d)
	}
	return k
}

package storetest

import (
	"bytes"
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/exchange"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/tests/raced"
)

// Exchanged has two fresh stores record and redact at random, each for itself, and give one
// another their logs. It checks that they come to hold the same, that the first finds no fault
// in itself, and that it goes on as one of the other kind does that took over its log.
func Exchanged(t *testing.T, a, b func(t *testing.T) Opener) {
	raced.Alone(t)
	rapid.Check(t, func(rt *rapid.T) {
		stores := []graph.Receiver{receiver(t, a(t).Open(t)), receiver(t, b(t).Open(t))}
		for _, s := range stores {
			defer func() { _ = s.Close() }()
			recorded(rt, t, s, base())
		}
		for range rapid.IntRange(2, 9).Draw(rt, "steps") {
			n := rapid.IntRange(0, 1).Draw(rt, "store")
			switch rapid.IntRange(0, 7).Draw(rt, "step") {
			case 0, 1:
				give(rt, t, stores[n], stores[1-n], rapid.SampledFrom(graph.Markings).Draw(rt, "at"))
			case 2:
				redactAny(rt, t, stores[n])
			case 3:
				recorded(rt, t, stores[n], remarked(rt, t, stores[n]))
			default:
				recorded(rt, t, stores[n], anyBatch(rt))
			}
		}
		for round := 0; round == 0 || digestOf(rt, t, stores[0]) != digestOf(rt, t, stores[1]); round++ {
			if round == 4 {
				rt.Fatal("they hold other things")
			}
			give(rt, t, stores[0], stores[1], graph.Red)
			give(rt, t, stores[1], stores[0], graph.Red)
		}
		faultless(rt, t, stores[0])
		goesOn(rt, t, stores[0], receiver(t, b(t).Open(t)))
	})
}

// recorded applies a batch, unless it is refused.
func recorded(rt *rapid.T, t *testing.T, s graph.Store, b graph.Batch) {
	var invalid *graph.InvalidError
	if _, err := s.Apply(t.Context(), b); err != nil && !errors.As(err, &invalid) {
		rt.Fatal(err)
	}
}

// remarked is a batch that marks something, or says that it was recorded by mistake.
func remarked(rt *rapid.T, t *testing.T, s graph.Store) graph.Batch {
	log := changes(t, s, 0)
	all := log[rapid.IntRange(0, len(log)-1).Draw(rt, "commit")].Records()
	if len(all) == 0 {
		return graph.Batch{}
	}
	id := all[rapid.IntRange(0, len(all)-1).Draw(rt, "record")].ID()
	k := graph.Claim{
		Subject: id, Predicate: graph.Marks, Source: "s_a", Hedge: graph.Stated,
		Value: &graph.Value{Marking: rapid.SampledFrom(graph.Markings).Draw(rt, "marking")},
	}
	if !id.IsClaim() && !id.IsSource() && rapid.IntRange(0, 2).Draw(rt, "retired") == 0 {
		k.Predicate, k.Value = graph.Retires, &graph.Value{Text: "a mistake"}
	}
	return graph.Batch{Claims: []graph.Claim{k}}
}

// redactAny redacts something that is there, with all that names it.
func redactAny(rt *rapid.T, t *testing.T, s graph.Store) {
	log := changes(t, s, 0)
	c := log[rapid.IntRange(0, len(log)-1).Draw(rt, "commit")]
	all := c.Records()
	if len(all) == 0 {
		return
	}
	id := all[rapid.IntRange(0, len(all)-1).Draw(rt, "record")].ID()
	r := graph.Redaction{Reason: "by order", Head: graph.Sequence(len(log)), IDs: closed(log, id)}
	if _, err := s.(graph.Redactor).Redact(t.Context(), r); err != nil {
		rt.Fatal(err)
	}
}

// give has a store take over what of another is at or below a clearance.
func give(rt *rapid.T, t *testing.T, from, to graph.Receiver, at graph.Marking) {
	var file bytes.Buffer
	if _, err := exchange.Write(t.Context(), &file, from, at, "test"); err != nil {
		rt.Fatal(err)
	}
	f, err := exchange.Read(&file, time.Now())
	if err != nil {
		rt.Fatal(err)
	}
	if _, err := f.Take(t.Context(), to, func() {}); err != nil {
		rt.Fatal(err)
	}
}

func digestOf(rt *rapid.T, t *testing.T, s graph.Receiver) string {
	out, err := exchange.Digest(t.Context(), s, graph.Red)
	if err != nil {
		rt.Fatal(err)
	}
	return out.Digest
}

// goesOn has another store take over the log of one, and applies the same to both.
func goesOn(rt *rapid.T, t *testing.T, s, other graph.Receiver) {
	defer func() { _ = other.Close() }()
	log := changes(t, s, 0)
	id, err := s.ID(t.Context())
	if err == nil {
		err = other.Adopt(t.Context(), id)
	}
	if err == nil {
		err = restore(t, other, slices.Clone(log), nil)
	}
	if err != nil {
		rt.Fatal(err)
	}
	for range 2 {
		agree(rt, t, s, other, anyBatch(rt))
	}
	agree(rt, t, s, other, remarked(rt, t, s))
	faultless(rt, t, s)
	faultless(rt, t, other)
}

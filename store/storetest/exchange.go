package storetest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/merge"
	"github.com/rabta/rabta/tests/raced"
)

// Exchange holds what graph.Receiver says. Every case calls open once, for a store of its
// own that holds nothing.
func Exchange(t *testing.T, open func(t *testing.T) Opener) {
	raced.Alone(t)
	for _, c := range []testCase{
		{"a store has an id, which stays", exchangeID},
		{"a store that holds nothing takes the id of a log", exchangeAdopt},
		{"what is new is taken over as it is, once", receiveOnce},
		{"more of a commit comes later", receiveMore},
		{"what is earlier comes in at its place", receiveEarlier},
		{"a batch id is that of its store", receiveBatchID},
		{"what refers to nothing is refused, all of it", receiveDangling},
		{"a mark reaches what comes later, and holds for what is there", receiveMarks},
		{"what was taken over is redacted, and not taken again", receiveRedacted},
		{"what was redacted elsewhere is buried, with what names it alone", receiveTombstones},
		{"a tombstone of what was never there refuses it", receiveTombstoneOfNothing},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
	}
}

const elsewhere = "00000000000000000000000000000001"

// longAgo is before anything that a test records, and soon after all of it.
var longAgo = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

func soon() time.Time { return time.Now().UTC().Add(time.Hour).Truncate(time.Microsecond) }

func receiver(t *testing.T, s graph.Store) graph.Receiver {
	t.Helper()
	r, ok := s.(graph.Receiver)
	if !ok {
		t.Fatal("the store exchanges nothing")
	}
	return r
}

// foreign is a commit of another store; its records are CLEAR where they have no seal.
func foreign(at time.Time, b graph.Batch) graph.Change {
	b = b.Normalised()
	seal(&b)
	c := graph.Change{
		Writer: b.Clearance, Batch: b.ID, Actor: b.Actor, Reason: b.Reason, Sources: b.Sources, Entities: b.Entities, Claims: b.Claims,
		Origin: &graph.Origin{Store: elsewhere, Time: at},
	}
	var since [5]int
	for _, s := range c.Seals() {
		level := s.Stamp.Level()
		since[level]++
		clear(since[level+1:])
		c.Origin.Places = append(c.Origin.Places, slices.Clone(since[:level+1]))
	}
	return c
}

func receive(t *testing.T, s graph.Store, c graph.Change) graph.Commit {
	t.Helper()
	done, err := receiver(t, s).Receive(t.Context(), c)
	if err != nil {
		t.Fatalf("receive: %v", err)
	}
	return done
}

func idOf(t *testing.T, s graph.Store) string {
	t.Helper()
	id, err := receiver(t, s).ID(t.Context())
	if err != nil || len(id) != 32 {
		t.Fatalf("its id is %q, %v", id, err)
	}
	return id
}

func exchangeID(t *testing.T, o Opener) {
	s := opened(t, o)
	first, other := idOf(t, s), idOf(t, o.Open(t))
	if first != other {
		t.Errorf("one handle says that it is %s, another %s", first, other)
	}
}

func exchangeAdopt(t *testing.T, o Opener) {
	s := o.Open(t)
	if err := receiver(t, s).Adopt(t.Context(), elsewhere); err != nil {
		t.Fatal(err)
	}
	apply(t, s, base())
	if id := idOf(t, o.Open(t)); id != elsewhere {
		t.Errorf("its id is %s", id)
	}
	if err := receiver(t, s).Adopt(t.Context(), "00000000000000000000000000000002"); !isConflict(err) {
		t.Errorf("a store that holds something takes another id: %v", err)
	}
	if err := receiver(t, s).Adopt(t.Context(), elsewhere); err != nil {
		t.Errorf("it does not take the id that it has: %v", err)
	}
}

func receiveOnce(t *testing.T, o Opener) {
	s, c := o.Open(t), foreign(longAgo, base())
	done := receive(t, s, c)
	if done.Replayed || done.Sequence != 1 || done.Numbers != alike(1) || done.Sources != 2 || done.Entities != 6 || done.Claims != 1 {
		t.Errorf("it gives %+v", done)
	}
	list := changes(t, o.Open(t), 0)
	if len(list) != 1 {
		t.Fatalf("the feed has %d commits", len(list))
	}
	got := list[0]
	same(t, "its origin", c.Origin, got.Origin)
	same(t, "what it says of itself", []string{c.Batch, c.Actor, c.Reason}, []string{got.Batch, got.Actor, got.Reason})
	for i := range got.Claims {
		got.Claims[i].Sequence, got.Claims[i].RecordedAt = 0, time.Time{}
	}
	same(t, "its records", c.Records(), got.Records())
	if again := receive(t, o.Open(t), c); !again.Replayed || head(t, s) != 1 {
		t.Errorf("taken over again it gives %+v", again)
	}
	replayed := base()
	replayed.ID = ""
	if c := apply(t, s, replayed); !c.Replayed {
		t.Error("what was taken over is recorded as new")
	}
}

func receiveMore(t *testing.T, o Opener) {
	s, b := o.Open(t), base()
	b.Entities = append(b.Entities, marked(entity(graph.Group, "red"), graph.Red))
	whole := foreign(longAgo, b)
	part := whole
	part.Batch, part.Actor, part.Reason = "", "", ""
	part.Entities = whole.Entities[:6]
	places := whole.Origin.Places
	part.Origin = &graph.Origin{Store: elsewhere, Time: longAgo, Places: append(slices.Clone(places[:8]), places[9:]...)}
	receive(t, s, part)
	done := receive(t, s, whole)
	if done.Replayed || done.Sources+done.Claims != 0 || done.Entities != 1 || done.Numbers != (graph.Numbers{1, 1, 1, 1, 2}) {
		t.Errorf("the rest gives %+v", done)
	}
	if !receive(t, s, part).Replayed || !receive(t, s, whole).Replayed {
		t.Error("what is there is taken over again")
	}
}

// What is taken over and is older than a retraction does not make the claim count; what is
// younger does.
func receiveEarlier(t *testing.T, o Opener) {
	s, link := opened(t, o), member("i0", "g0")
	apply(t, s, claims(retraction(link, "a")))
	receive(t, s, foreign(longAgo, base()))
	if c := apply(t, s, claims(link)); !c.Replayed {
		t.Error("a claim that an older one asserts counts again")
	}
	if c := apply(t, s, claims(retraction(link, "a"))); !c.Replayed {
		t.Error("a claim that is retracted is retracted again")
	}
	receive(t, s, foreign(soon(), claims(link)))
	if c := apply(t, s, claims(retraction(link, "a"))); c.Replayed {
		t.Error("a claim that a younger one asserts does not count")
	}
	// What the store records after that is younger still.
	if c := apply(t, s, again(link)); c.Replayed {
		t.Error("what was retracted last counts")
	}
}

func receiveBatchID(t *testing.T, o Opener) {
	s := opened(t, o)
	b := numbered("n", 7)
	b.ID = "base"
	c := foreign(soon(), b)
	if done := receive(t, s, c); done.Replayed {
		t.Error("a batch of another store is taken for one of this")
	}
	replayed(t, s, base(), graph.Commit{Sequence: 1, Numbers: alike(1), RecordedAt: changes(t, s, 0)[0].Recorded})
	if got := changes(t, s, 1)[0].Batch; got != "base" {
		t.Errorf("its id is %q", got)
	}
}

func receiveDangling(t *testing.T, o Opener) {
	s := opened(t, o)
	before := changes(t, s, 0)
	_, err := receiver(t, s).Receive(t.Context(), foreign(soon(), claims(member("i0", "nobody"), member("none", "g0"), status("g0", "x"))))
	invalid, ok := errors.AsType[*graph.InvalidError](err)
	if !ok || len(invalid.Problems) != 2 || invalid.Problems[0].Path != "claims[0]" || invalid.Problems[1].Path != "claims[1]" {
		t.Errorf("what refers to nothing gives %v", err)
	}
	_, err = receiver(t, s).Receive(t.Context(), foreign(longAgo, claims(member("i1", "g1"))))
	if invalid, ok = errors.AsType[*graph.InvalidError](err); !ok || len(invalid.Problems) == 0 {
		t.Errorf("what is older than all that it names gives %v", err)
	}
	holds(t, s, before...)
}

// A commit of another store says that a record is RED. It comes before the record, or after.
func receiveMarks(t *testing.T, o Opener) {
	s := o.Open(t)
	receive(t, s, foreign(longAgo, base()))
	raised := foreign(longAgo.Add(time.Hour), graph.Batch{Claims: []graph.Claim{{
		Subject: "g0", Predicate: graph.Marks, Source: "s_a", Hedge: graph.Stated,
		Value: &graph.Value{Marking: graph.Red, Stamp: graph.Clear}, Seal: sealed(graph.Red),
	}}})
	if done := receive(t, s, raised); done.Numbers != alike(2) {
		t.Errorf("a mark has the numbers %v", done.Numbers)
	}
	in := func(want graph.Marking, commit int, id graph.ID) {
		t.Helper()
		list := changes(t, s, 0)
		for _, r := range list[commit-1].Records() {
			if r.ID() == id && r.Seal() != (graph.Seal{Stamp: graph.Clear, InForce: want}) {
				t.Errorf("%s is %v, want %s", id, r.Seal(), want)
			}
		}
	}
	in(graph.Red, 1, "g0")
	in(graph.Red, 1, member("i0", "g0").Normalised().ID)
	in(graph.Clear, 1, "i0")
	receive(t, s, foreign(longAgo.Add(time.Minute), claims(member("i1", "g0")))) // before the mark
	in(graph.Red, 3, member("i1", "g0").Normalised().ID)
	receive(t, s, foreign(longAgo.Add(2*time.Hour), claims(member("i2", "g0")))) // of one who did not know
	in(graph.Red, 4, member("i2", "g0").Normalised().ID)
	if c := apply(t, s, as(graph.Clear, graph.Batch{Entities: []graph.Entity{entity(graph.Group, "g0")}})); c.Replayed {
		t.Error("a writer below knows of what was raised")
	}
}

func receiveRedacted(t *testing.T, o Opener) {
	defer whole(t, o)
	s := opened(t, o)
	b := claims(member("i9", "g0"), status("g1", "elsewhere"))
	b.ID, b.Actor, b.Reason = "theirs", "somebody", "as told"
	b.Entities = []graph.Entity{entity(graph.Individual, "i9")}
	theirs := foreign(soon().Add(-time.Minute), b)
	receive(t, s, theirs)
	receive(t, s, foreign(soon(), claims(status("g2", "later"))))
	before := changes(t, s, 0)
	r := redaction(t, s, naming(t, s, "i9")...)
	r.Said = []graph.Sequence{2}
	redact(t, s, r)
	after := changes(t, s, 0)
	buried(t, before[1], after[1], after[3], 0, 1)
	if after[1].Unsaid == "" || after[1].Actor != "" || after[1].Batch != graph.Silenced(2) || after[1].Origin == nil {
		t.Errorf("the commit that was taken over is %+v", after[1])
	}
	same(t, "another that was taken over", before[2], after[2])
	if c := receive(t, s, foreign(soon(), claims(status("g2", "later still")))); c.Sequence != 5 {
		t.Errorf("the next one is %+v", c)
	}
	refused(t, s, b, "REDACTED", "entities[0]")
}

// remains is the tombstone that a record of a commit leaves where it is told to all.
func remains(c graph.Change, place int) graph.Remains {
	p := c.Records()[place]
	seal := p.Seal()
	t := graph.Remains{
		Name: merge.Key(merge.OrderOf(c.Origin), c.Origin.Places[place], &p), Type: p.Type(), Stamp: seal.Stamp,
		InForce: seal.InForce, Told: seal.Stamp, Digest: p.Digest(), Whole: seal.Stamp,
	}
	return t
}

// redactedElsewhere is the commit of another store that took out records.
func redactedElsewhere(at time.Time, list ...graph.Remains) graph.Change {
	return graph.Change{
		Writer: graph.Red, Actor: "operator there", Reason: "an order there",
		Origin: &graph.Origin{Store: elsewhere, Time: at, Tombstones: list},
	}
}

func receiveTombstones(t *testing.T, o Opener) {
	defer whole(t, o)
	s := opened(t, o)
	theirs := foreign(longAgo, graph.Batch{Entities: []graph.Entity{entity(graph.Individual, "i9"), entity(graph.Group, "g9")}})
	receive(t, s, theirs)
	apply(t, s, claims(member("i9", "g0"), member("i1", "g0"))) // that the other store does not know
	apply(t, s, claims(retraction(member("i9", "g0"), "a")))
	before := changes(t, s, 0)
	order := redactedElsewhere(soon(), remains(theirs, 0))
	done := receive(t, s, order)
	if done.Replayed || done.Sequence != 5 || done.Numbers != alike(5) || done.Buried != 3 {
		t.Errorf("it gives %+v", done)
	}
	after := changes(t, o.Open(t), 0)
	by := after[4]
	buried(t, before[1], after[1], by, 0)
	buried(t, before[2], after[2], by, 0)
	buried(t, before[3], after[3], by, 0)
	same(t, "its origin", order.Origin, by.Origin)
	same(t, "what it says of itself", []string{order.Actor, order.Reason}, []string{by.Actor, by.Reason})
	if after[1].Tombstones[0].Name != order.Origin.Tombstones[0].Name || after[2].Tombstones[0].Told != graph.Clear {
		t.Errorf("the tombstones are %+v", []graph.Tombstone{after[1].Tombstones[0], after[2].Tombstones[0]})
	}
	if !receive(t, o.Open(t), order).Replayed || !receive(t, s, theirs).Replayed {
		t.Error("it is taken over again")
	}
	refused(t, s, graph.Batch{Entities: []graph.Entity{entity(graph.Individual, "i9")}}, "REDACTED", "entities[0]")
	if c := apply(t, s, claims(member("i1", "g9"))); c.Replayed {
		t.Error("what stays is not there")
	}
}

func receiveTombstoneOfNothing(t *testing.T, o Opener) {
	defer whole(t, o)
	s := opened(t, o)
	theirs := foreign(longAgo, graph.Batch{Entities: []graph.Entity{
		entity(graph.Individual, "i9"), marked(entity(graph.Individual, "red"), graph.Red),
	}})
	order := redactedElsewhere(soon(), remains(theirs, 0), remains(theirs, 1))
	if done := receive(t, s, order); done.Replayed || done.Buried != 0 || done.Numbers != alike(2) {
		t.Errorf("it gives %+v", done)
	}
	list := changes(t, s, 1)
	if len(list) != 1 || list[0].Size() != 0 || len(list[0].Redacts) != 0 {
		t.Errorf("the log goes on with %+v", list)
	}
	if !receive(t, o.Open(t), theirs).Replayed {
		t.Error("what was redacted elsewhere is taken over")
	}
	s = o.Open(t)
	refused(t, s, graph.Batch{Entities: []graph.Entity{entity(graph.Individual, "i9")}}, "REDACTED", "entities[0]")
	if c := apply(t, s, as(graph.Amber, graph.Batch{Entities: []graph.Entity{entity(graph.Individual, "red")}})); c.Replayed {
		t.Error("a writer below is refused")
	}
}

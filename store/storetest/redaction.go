package storetest

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
)

var redactionCases = []testCase{
	{"of an entity goes all that names it, and tombstones stay", redactEntity},
	{"of a source go its claims", redactSource},
	{"of a commit goes what it says of itself", redactSaid},
	{"what was redacted is not taken again", redactedAgain},
	{"a claim that was redacted is not taken again with another excerpt", redactedExcerpt},
	{"what was redacted above its writer is as if nobody had known it", redactedAbove},
	{"a claim counts again when its retraction is redacted", redactRetraction},
	{"a redaction counts for those who saw what it takes out", redactionNumbers},
	{"a mark that is redacted goes on marking", redactMark},
	{"what is beside a tombstone is marked", markBesideTombstone},
	{"a redaction that was planned for another log changes nothing", redactMoved},
	{"what is not there cannot be redacted", redactUnknown},
	{"a redaction says why", redactUnreasoned},
	{"a log with tombstones is taken over", restoreRedacted},
	{"a log is taken over up to before a redaction, and what was redacted stays so", restoreBefore},
	{"a log that holds what it redacted is not taken over", restoreUnburied},
	{"a redaction is seen through other handles", redactElsewhere},
}

// redaction is one of ids, planned for the log as it is.
func redaction(t *testing.T, s graph.Store, ids ...graph.ID) graph.Redaction {
	t.Helper()
	return graph.Redaction{Actor: "operator", Reason: "by order", Head: head(t, s), IDs: ids}
}

func redactor(t *testing.T, s graph.Store) graph.Redactor {
	t.Helper()
	r, ok := s.(graph.Redactor)
	if !ok {
		t.Fatal("the store cannot redact")
	}
	return r
}

func redact(t *testing.T, s graph.Store, r graph.Redaction) graph.Commit {
	t.Helper()
	c, err := redactor(t, s).Redact(t.Context(), r)
	if err != nil {
		t.Fatalf("redact %v: %v", r.IDs, err)
	}
	return c
}

// unredacted checks that a redaction is refused with an error and changes nothing.
func unredacted(t *testing.T, s graph.Store, r graph.Redaction, want error) {
	t.Helper()
	before := changes(t, s, 0)
	if c, err := redactor(t, s).Redact(t.Context(), r); !errors.Is(err, want) {
		t.Errorf("redact %v, %v gives %+v, %v, want %v", r.IDs, r.Said, c, err, want)
	}
	holds(t, s, before...)
}

// buried checks that what is left of the records at places of a change are tombstones that
// a commit made, with the digests that the records had.
func buried(t *testing.T, was, now graph.Change, by graph.Change, places ...int) {
	t.Helper()
	if len(now.Tombstones) != len(places) {
		t.Fatalf("commit %d has %d tombstones, want %d", now.Sequence, len(now.Tombstones), len(places))
	}
	records, left := was.Records(), now.Records()
	if now.Size() != was.Size() || len(left) != was.Size()-len(places) {
		t.Errorf("commit %d had %d records, and has %d and %d tombstones", now.Sequence, was.Size(), len(left), len(places))
	}
	for i, place := range places {
		p := records[place]
		want := graph.Tombstone{
			Place: place, Type: p.Type(), Digest: p.Digest(), Seal: p.Seal(),
			By: by.Sequence, At: by.Recorded, Reason: by.Reason, Counts: now.Tombstones[i].Counts,
			Key: now.Tombstones[i].Key, Name: now.Tombstones[i].Name, Told: now.Tombstones[i].Told, Whole: now.Tombstones[i].Whole,
		}
		same(t, "a tombstone", want, now.Tombstones[i])
		if !slices.Contains(by.Redacts, graph.Redacted{Commit: now.Sequence, Place: place, Seal: p.Seal()}) {
			t.Errorf("commit %d does not say that it redacts record %d of commit %d", by.Sequence, place, now.Sequence)
		}
	}
	for _, p := range left {
		same(t, "a record that stays", records[p.Place].Digest(), p.Digest())
	}
}

func redactEntity(t *testing.T, o Opener) {
	defer whole(t, o)
	s := opened(t, o)
	link := member("i0", "g0")
	described := entity(graph.Individual, "i0")
	described.Description = "Described."
	spoken := status("g1", "said so")
	spoken.Speaker = "i0"
	apply(t, s, graph.Batch{
		ID: "second", Entities: []graph.Entity{described, entity(graph.Group, "g7")},
		Claims: []graph.Claim{status("g0", "first"), retraction(link, "a"), spoken, status("g2", "last")},
	})
	before := changes(t, s, 0)
	c := redact(t, s, redaction(t, s, "i0", link.Normalised().ID, retraction(link, "a").Normalised().ID, spoken.Normalised().ID))
	after := changes(t, s, 0)
	if len(after) != 3 || head(t, s) != 3 || c.Sequence != 3 || c.Numbers != alike(3) || c.Sources+c.Entities+c.Claims != 0 {
		t.Fatalf("the redaction is %+v, and the log has %d commits", c, len(after))
	}
	by := after[2]
	buried(t, before[0], after[0], by, 3, 8)
	buried(t, before[1], after[1], by, 0, 3, 4)
	if by.Actor != "operator" || by.Reason != "by order" || by.GivenID() != "" || by.Size() != 0 || len(by.Redacts) != 5 ||
		!by.Recorded.Equal(c.RecordedAt) || by.Writer != graph.Red {
		t.Errorf("the commit of the redaction is %+v", by)
	}
	refused(t, s, claims(member("i0", "g1")), "DANGLING_REFERENCE", "claims[0].subject")
	refused(t, s, claims(retraction(link, "a")), "DANGLING_REFERENCE", "claims[0].subject")
	other := entity(graph.Individual, "i0")
	other.Names = []graph.Name{{Value: "Somebody else"}}
	fresh(t, s, 4, graph.Batch{Entities: []graph.Entity{other}, Claims: []graph.Claim{member("i0", "g1")}},
		graph.Batch{Entities: []graph.Entity{other}, Claims: []graph.Claim{member("i0", "g1")}})
}

func redactSource(t *testing.T, o Opener) {
	defer whole(t, o)
	s := opened(t, o)
	second := status("g0", "by the other")
	second.Source = "s_b"
	apply(t, s, claims(status("g0", "by the first"), second))
	before := changes(t, s, 0)
	redact(t, s, redaction(t, s, "s_b", second.Normalised().ID))
	after := changes(t, s, 0)
	buried(t, before[0], after[0], after[2], 1)
	buried(t, before[1], after[1], after[2], 1)
	second.Value = &graph.Value{Text: "more"}
	refused(t, s, claims(second), "DANGLING_REFERENCE", "claims[0].source")
}

func redactSaid(t *testing.T, o Opener) {
	defer whole(t, o)
	s := opened(t, o)
	b := numbered("a name", 1)
	apply(t, s, b)
	before := changes(t, s, 0)
	r := redaction(t, s)
	r.Said = []graph.Sequence{2}
	redact(t, s, r)
	after := changes(t, s, 0)
	want := before[1]
	want.Unsaid = want.SaidDigest()
	want.Actor, want.Reason, want.Batch = "", "", graph.Silenced(2)
	same(t, "the commit that says nothing of itself", want, after[1])
	if after[1].GivenID() != "" || after[1].SaidDigest() != before[1].SaidDigest() {
		t.Errorf("its id is %q", after[1].GivenID())
	}
	clear := graph.Seal{Stamp: graph.Clear, InForce: graph.Clear}
	same(t, "what the redaction says", []graph.Redacted{{Commit: 2, Place: graph.WhatItSaid, Seal: clear}}, after[2].Redacts)
	c := apply(t, s, b)
	same(t, "what its batch gives again", graph.Commit{Sequence: 3, Numbers: alike(3), RecordedAt: after[2].Recorded, Replayed: true}, c)
	r.Head = 3
	unredacted(t, s, r, graph.ErrInvalid)
	r.Said = []graph.Sequence{3} // the redaction itself
	redact(t, s, r)
	apply(t, s, numbered("on", 1))
	r = redaction(t, s, "g2")
	r.Said = []graph.Sequence{4}
	redact(t, s, r)
	r = redaction(t, s)
	r.Said = []graph.Sequence{6}
	redact(t, s, r)
	last := changes(t, s, 0)
	if by := last[0].Tombstones; len(by) != 1 || by[0].By != 6 || by[0].Reason != "" || last[5].Reason != "" {
		t.Errorf("the tombstone of a redaction that says nothing any more says %+v", by)
	}
	if last[2].Reason != "" || last[2].Actor != "" || len(last[2].Redacts) != 1 {
		t.Errorf("the redaction says %+v", last[2])
	}
}

func redactedAgain(t *testing.T, o Opener) {
	s := opened(t, o)
	link := member("i0", "g0")
	redact(t, s, redaction(t, s, "i0", "s_b", link.Normalised().ID))
	for _, b := range []graph.Batch{base(), {Sources: base().Sources, Entities: base().Entities, Claims: base().Claims}} {
		_, err := s.Apply(t.Context(), b)
		var invalid *graph.InvalidError
		if !errors.As(err, &invalid) {
			t.Fatalf("all of it again gives %v", err)
		}
		var paths []string
		for _, p := range invalid.Problems {
			if p.Code == "REDACTED" && p.Remedy != "" {
				paths = append(paths, p.Path)
			}
		}
		same(t, "what is refused", []string{"sources[1]", "entities[1]", "claims[0]"}, paths)
	}
	other := source("b")
	other.Title = "Another title"
	apply(t, s, graph.Batch{Sources: []graph.Source{other}})
	b := claims(status("g0", "new"))
	b.Sources = []graph.Source{source("b"), source("c")}
	refused(t, s, b, "REDACTED", "sources[0]")
	same(t, "the head", graph.Sequence(3), head(t, s))
}

// redactedExcerpt redacts a claim, and has it recorded with another excerpt.
func redactedExcerpt(t *testing.T, o Opener) {
	s := opened(t, o)
	said := status("g0", "active")
	said.Excerpt = "is at work"
	apply(t, s, claims(said))
	redact(t, s, redaction(t, s, said.Normalised().ID))
	said.Excerpt = "works"
	refused(t, s, claims(said), "REDACTED", "claims[0]")
	said.Excerpt = ""
	refused(t, s, claims(said), "REDACTED", "claims[0]")
	apply(t, s, claims(status("g0", "inactive")))
}

// redactedAbove redacts what is RED, and has it recorded by one who could not see it.
func redactedAbove(t *testing.T, o Opener) {
	defer whole(t, o)
	s := hidden(t, o)
	link := member("i1", "red")
	redact(t, s, redaction(t, s, "red", link.Normalised().ID))
	b := graph.Batch{Entities: []graph.Entity{entity(graph.Group, "red")}, Claims: []graph.Claim{link}}
	refused(t, s, as(graph.Red, b), "REDACTED", "claims[0]")
	c := apply(t, s, as(graph.Amber, b))
	if c.Replayed || c.Entities != 1 || c.Claims != 1 {
		t.Errorf("recorded by one who could not see it, it gives %+v", c)
	}
	if c := apply(t, s, b); !c.Replayed {
		t.Errorf("what is there again by then gives %+v", c)
	}
}

func redactRetraction(t *testing.T, o Opener) {
	defer whole(t, o)
	s := opened(t, o)
	link := member("i0", "g0")
	apply(t, s, claims(retraction(link, "a")))
	redact(t, s, redaction(t, s, retraction(link, "a").Normalised().ID))
	if c := apply(t, s, claims(link)); !c.Replayed {
		t.Errorf("a claim that counts again is recorded as %+v", c)
	}
	fresh(t, s, 4, claims(retraction(link, "b")), claims(retraction(link, "b")))
}

func redactionNumbers(t *testing.T, o Opener) {
	s := hidden(t, o)
	was := last(t, s).Numbers
	amber := status("g0", "amber")
	amber.Marking = graph.Amber
	apply(t, s, claims(amber))
	c := redact(t, s, redaction(t, s, "red", member("i1", "red").Normalised().ID))
	same(t, "the numbers after RED is redacted", graph.Numbers{was[0], was[1], was[2] + 1, was[3] + 1, was[4] + 2}, c.Numbers)
	same(t, "in the feed", c.Numbers, last(t, s).Numbers)
	c = redact(t, s, redaction(t, s, amber.Normalised().ID))
	same(t, "the numbers after AMBER is redacted", graph.Numbers{was[0], was[1], was[2] + 2, was[3] + 2, was[4] + 3}, c.Numbers)
}

func redactMark(t *testing.T, o Opener) {
	defer whole(t, o)
	s := opened(t, o)
	mark := remark("g0", graph.Red)
	apply(t, s, claims(mark))
	before := changes(t, s, 0)
	redact(t, s, redaction(t, s, before[1].Claims[0].ID))
	after := changes(t, s, 0)
	buried(t, before[1], after[1], after[2], 0)
	if got := after[1].Tombstones[0]; got.Counts != graph.Clear || after[1].Numbers != before[1].Numbers {
		t.Errorf("the tombstone counts from %q, and the numbers are %v", got.Counts, after[1].Numbers)
	}
	same(t, "what was marked", before[0], after[0])
	refused(t, s, as(graph.Amber, claims(status("g0", "hidden"))), "DANGLING_REFERENCE", "claims[0].subject")
}

func markBesideTombstone(t *testing.T, o Opener) {
	defer whole(t, o)
	s := opened(t, o)
	redact(t, s, redaction(t, s, "g2", member("i0", "g0").Normalised().ID, "s_b"))
	apply(t, s, claims(remark("i0", graph.Amber)))
	first := changes(t, s, 0)[0]
	for _, p := range first.Records() {
		want := graph.Clear
		if p.ID() == "i0" {
			want = graph.Amber
		}
		if p.Seal().InForce != want {
			t.Errorf("%s is %s, want %s", p.ID(), p.Seal().InForce, want)
		}
	}
	apply(t, s, claims(remark("i0", graph.Clear)))
	unredacted(t, s, redaction(t, s, "i0"), graph.ErrInvalid) // what names it would stay
	redact(t, s, redaction(t, s, naming(t, s, "i0")...))
	apply(t, s, numbered("on", 1))
}

// naming are an id and the claims that name it.
func naming(t *testing.T, s graph.Store, id graph.ID) []graph.ID {
	t.Helper()
	out := []graph.ID{id}
	for _, c := range changes(t, s, 0) {
		for _, p := range c.Records() {
			if p.Claim != nil && slices.Contains(p.Mentions(), id) {
				out = append(out, p.ID())
			}
		}
	}
	return out
}

func redactMoved(t *testing.T, o Opener) {
	s := opened(t, o)
	r := redaction(t, s, "g2")
	apply(t, s, numbered("on", 1))
	unredacted(t, s, r, graph.ErrConflict)
	r.Head = 9
	unredacted(t, s, r, graph.ErrConflict)
}

func redactUnknown(t *testing.T, o Opener) {
	s := opened(t, o)
	unredacted(t, s, redaction(t, s, "nobody"), graph.ErrNotFound)
	r := redaction(t, s)
	unredacted(t, s, r, graph.ErrInvalid)
	for _, n := range []graph.Sequence{0, 2} {
		r.Said = []graph.Sequence{n}
		unredacted(t, s, r, graph.ErrNotFound)
	}
	redact(t, s, redaction(t, s, "g2"))
	unredacted(t, s, redaction(t, s, "g2"), graph.ErrNotFound)
}

func redactUnreasoned(t *testing.T, o Opener) {
	s := opened(t, o)
	r := redaction(t, s, "g2")
	r.Reason = ""
	unredacted(t, s, r, graph.ErrInvalid)
	r.Reason = strings.Repeat("x", graph.MaxText+1)
	unredacted(t, s, r, graph.ErrInvalid)
}

// redactedHistory is the log of another store in which i2, i0's membership of g0, its
// retraction and what the first commit said of itself were redacted by its last commit but
// one.
func redactedHistory() []graph.Change {
	log := history()
	link := member("i0", "g0")
	gone := []graph.ID{"i2", link.Normalised().ID, retraction(link, "a").Normalised().ID}
	n := graph.Sequence(len(log))
	by := graph.Change{
		Sequence: n + 1, Numbers: alike(n + 1), Writer: graph.Red, Recorded: log[n-1].Recorded,
		Actor: "operator", Reason: "by order",
	}
	for i := range log {
		c := &log[i]
		bury(c, gone, &by)
	}
	var made []graph.Buried
	for i := range log {
		for _, t := range log[i].Tombstones {
			made = append(made, graph.Buried{Commit: log[i].Sequence, Tombstone: t})
		}
	}
	by.Content = graph.BurialContent(by.Sequence, made)
	by.Batch = by.Content
	log[0].Unsaid = log[0].SaidDigest()
	log[0].Actor, log[0].Reason, log[0].Batch = "", "", graph.Silenced(1)
	said := graph.Redacted{Commit: 1, Place: graph.WhatItSaid, Seal: sealed(graph.Clear)}
	by.Redacts = slices.Insert(by.Redacts, 0, said)
	next := expected(numbered("next", 1), graph.Commit{Sequence: n + 2, Numbers: alike(n + 2), RecordedAt: by.Recorded})
	return append(log, by, next)
}

// bury puts tombstones in the places of the records of some ids.
func bury(c *graph.Change, ids []graph.ID, by *graph.Change) {
	out := *c
	out.Sources, out.Entities, out.Claims = nil, nil, nil
	for _, p := range c.Records() {
		switch {
		case slices.Contains(ids, p.ID()):
			place := int(p.Place)
			out.Tombstones = append(out.Tombstones, graph.Tombstone{
				Place: place, Type: p.Type(), Digest: p.Digest(), Seal: p.Seal(), By: by.Sequence, At: by.Recorded, Reason: by.Reason,
			})
			by.Redacts = append(by.Redacts, graph.Redacted{Commit: c.Sequence, Place: place, Seal: p.Seal()})
		case p.Source != nil:
			out.Sources = append(out.Sources, *p.Source)
		case p.Entity != nil:
			out.Entities = append(out.Entities, *p.Entity)
		default:
			out.Claims = append(out.Claims, *p.Claim)
		}
	}
	*c = out
}

func restoreRedacted(t *testing.T, o Opener) {
	defer whole(t, o)
	s := o.Open(t)
	log := redactedHistory()
	broken := errors.New("broken")
	if err := restore(t, s, log[:4], broken); !errors.Is(err, broken) {
		t.Fatalf("cut, it gives %v", err)
	}
	restored(t, s, log)
	back := claims(member("i0", "g0"))
	back.Reassert = true
	refused(t, s, back, "REDACTED", "claims[0]")
	refused(t, s, graph.Batch{Entities: []graph.Entity{entity(graph.Individual, "i2")}}, "REDACTED", "entities[0]")
	redact(t, s, redaction(t, s, "i1"))
	apply(t, s, numbered("on", 1))
}

func restoreBefore(t *testing.T, o Opener) {
	defer whole(t, o)
	s := o.Open(t)
	log := redactedHistory()[:4]
	restored(t, s, log)
	refused(t, s, graph.Batch{Entities: []graph.Entity{entity(graph.Individual, "i2")}}, "REDACTED", "entities[0]")
	redact(t, s, redaction(t, s, "i1"))
	same(t, "what a redaction beside tombstones leaves", []int{6, 7}, []int{len(changes(t, s, 0)[0].Records()), len(log[0].Records())})
}

func restoreUnburied(t *testing.T, o Opener) {
	s := o.Open(t)
	log := redactedHistory()
	whole := history()
	log[0] = whole[0]
	if err := restore(t, s, log, nil); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("it gives %v", err)
	}
	incomplete(t, s)
}

func redactElsewhere(t *testing.T, o Opener) {
	defer whole(t, o)
	s, other := opened(t, o), o.Open(t)
	apply(t, other, numbered("on", 1))
	redact(t, s, redaction(t, s, "g2"))
	same(t, "the feed of another handle", changes(t, s, 0), changes(t, other, 0))
	refused(t, other, graph.Batch{Entities: []graph.Entity{entity(graph.Group, "g2")}}, "REDACTED", "entities[0]")
	redact(t, other, redaction(t, other, "i2"))
	same(t, "the feed of the first", changes(t, other, 0), changes(t, s, 0))
}

package storetest

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
)

var refusalCases = []testCase{
	{"a claim without a source", noSource},
	{"a claim whose source is unknown", unknownSource},
	{"a claim about an entity that is unknown", unknownSubject},
	{"a link to an entity that is unknown", unknownObject},
	{"a speaker and an attributor who are unknown", unknownSpeaker},
	{"a source that derives from an unknown one", unknownOrigin},
	{"a name whose source is unknown", unknownNameSource},
	{"a retraction of a claim that is unknown", unknownClaim},
	{"an unknown kind", unknownKind},
	{"an unknown predicate", unknownPredicate},
	{"a link between kinds that it cannot join", wrongKinds},
	{"a name of two megabytes", hugeName},
	{"text that is not UTF-8", invalidUTF8},
	{"a control character", controlCharacter},
	{"a range that ends before it begins", impossibleRange},
	{"figures out of order", impossibleFigures},
	{"a latitude of 91", impossiblePoint},
	{"a figure that is not a number", notANumber},
	{"an id that is none", badID},
	{"an id of a batch that is too long", longBatchID},
	{"an actor and a reason that cannot be kept", badActor},
	{"a batch of too many records", tooManyRecords},
	{"an entity of another kind than it had: a conflict", kindConflict},
	{"two kinds for one id in a batch: a conflict", kindConflictInBatch},
	{"every problem is named", everyProblem},
	{"a refused batch leaves its id free", refusedIDFree},
	{"the words of an error are ours", ownWords},
}

// refused checks that b is refused for the reason given, that the error says
// what is wrong, where and what to do, and that nothing was written.
func refused(t *testing.T, s graph.Store, b graph.Batch, code, path string) *graph.InvalidError {
	t.Helper()
	before := changes(t, s, 0)
	got, err := s.Apply(t.Context(), b)
	same(t, "the commit of a refused batch", graph.Commit{}, got)
	invalid, ok := errors.AsType[*graph.InvalidError](err)
	if !ok || !errors.Is(err, graph.ErrInvalid) && !errors.Is(err, graph.ErrConflict) {
		t.Fatalf("the error is %v, want that %s is %s", err, path, code)
	}
	found := false
	for _, p := range invalid.Problems {
		found = found || p.Code == code && p.Path == path
		if p.Code == "" || p.Path == "" || p.Message == "" || p.Remedy == "" {
			t.Errorf("a problem does not say what, where and what to do: %+v", p)
		}
		if len(p.Message) > 1_000 {
			t.Errorf("a message repeats its input: %d bytes", len(p.Message))
		}
	}
	if !found {
		t.Errorf("the problems are %+v, want %s at %s", invalid.Problems, code, path)
	}
	same(t, "the feed after a refusal", before, changes(t, s, 0))
	return invalid
}

func noSource(t *testing.T, o Opener) {
	k := member("i1", "g1")
	k.Source = ""
	invalid := refused(t, opened(t, o), claims(k), "NO_SOURCE", "claims[0].source")
	if !errors.Is(invalid, graph.ErrInvalid) || errors.Is(invalid, graph.ErrConflict) {
		t.Errorf("%v is not ErrInvalid alone", invalid)
	}
}

func unknownSource(t *testing.T, o Opener) {
	k := member("i1", "g1")
	k.Source = "s_z"
	refused(t, opened(t, o), claims(member("i1", "g2"), k), "DANGLING_REFERENCE", "claims[1].source")
}

func unknownSubject(t *testing.T, o Opener) {
	refused(t, opened(t, o), claims(status("nobody", "active")), "DANGLING_REFERENCE", "claims[0].subject")
}

func unknownObject(t *testing.T, o Opener) {
	refused(t, opened(t, o), claims(member("i0", "nobody")), "DANGLING_REFERENCE", "claims[0].object")
}

func unknownSpeaker(t *testing.T, o Opener) {
	s := opened(t, o)
	k := member("i1", "g1")
	k.Speaker = "nobody"
	refused(t, s, claims(k), "DANGLING_REFERENCE", "claims[0].speaker")
	k.Speaker, k.Attributor = "", "nobody"
	refused(t, s, claims(k), "DANGLING_REFERENCE", "claims[0].attributor")
	k.Attributor, k.Origin = "", "s_z"
	refused(t, s, claims(k), "DANGLING_REFERENCE", "claims[0].origin")
}

func unknownOrigin(t *testing.T, o Opener) {
	d := source("d")
	d.DerivedFrom = []graph.ID{"s_a", "s_z"}
	refused(t, opened(t, o), graph.Batch{Sources: []graph.Source{d}}, "DANGLING_REFERENCE", "sources[0].derivedFrom[1]")
}

func unknownNameSource(t *testing.T, o Opener) {
	e := entity(graph.Group, "g9")
	e.Names[0].Source = "s_z"
	refused(t, opened(t, o), graph.Batch{Entities: []graph.Entity{e}}, "DANGLING_REFERENCE", "entities[0].names[0].source")
}

func unknownClaim(t *testing.T, o Opener) {
	refused(t, opened(t, o), claims(retraction(member("i2", "g2"), "a")), "DANGLING_REFERENCE", "claims[0].subject")
}

func unknownKind(t *testing.T, o Opener) {
	refused(t, opened(t, o), graph.Batch{Entities: []graph.Entity{entity("NATION", "n")}}, "UNKNOWN_KIND", "entities[0].kind")
}

func unknownPredicate(t *testing.T, o Opener) {
	k := member("i1", "g1")
	k.Predicate = "LIKES`) DETACH DELETE n //"
	refused(t, opened(t, o), claims(k), "UNKNOWN_PREDICATE", "claims[0].predicate")
}

func wrongKinds(t *testing.T, o Opener) {
	s := opened(t, o)
	refused(t, s, claims(member("g1", "g0")), "KIND_MISMATCH", "claims[0].subject")
	refused(t, s, claims(member("i1", "i0")), "KIND_MISMATCH", "claims[0].object")
}

func hugeName(t *testing.T, o Opener) {
	e := entity(graph.Group, "g9")
	e.Names = append(e.Names, graph.Name{Value: strings.Repeat("n", 2<<20)})
	refused(t, opened(t, o), graph.Batch{Entities: []graph.Entity{e}}, "TOO_LONG", "entities[0].names[1].value")
}

func invalidUTF8(t *testing.T, o Opener) {
	s := opened(t, o)
	e := entity(graph.Group, "g9")
	e.Names[0].Value = "caf\xe9"
	refused(t, s, graph.Batch{Entities: []graph.Entity{e}}, "INVALID_UTF8", "entities[0].names[0].value")
	refused(t, s, claims(status("g0", "\xff\xfe")), "INVALID_UTF8", "claims[0].value.text")
	refused(t, s, graph.Batch{Sources: []graph.Source{{ID: "s_x", Kind: "BOOK", Title: "\xed\xa0\x80"}}}, "INVALID_UTF8", "sources[0].title")
	refused(t, s, claims(member("i\xff", "g0")), "DANGLING_REFERENCE", "claims[0].subject")
}

func controlCharacter(t *testing.T, o Opener) {
	s := opened(t, o)
	refused(t, s, claims(status("g0", "a\x00b")), "CONTROL_CHARACTER", "claims[0].value.text")
	refused(t, s, claims(status("g0", "a\x1bb")), "CONTROL_CHARACTER", "claims[0].value.text")
}

func impossibleRange(t *testing.T, o Opener) {
	k := member("i1", "g1")
	k.ValidFrom, k.ValidTo = date("2016"), date("2014")
	refused(t, opened(t, o), claims(k), "IMPOSSIBLE_RANGE", "claims[0].validTo")
}

func impossibleFigures(t *testing.T, o Opener) {
	k := graph.Claim{Subject: "g0", Predicate: "STRENGTH", Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Low: number(9), High: number(3)}}
	refused(t, opened(t, o), claims(k), "IMPOSSIBLE_RANGE", "claims[0].value")
}

func impossiblePoint(t *testing.T, o Opener) {
	s := opened(t, o)
	apply(t, s, graph.Batch{Entities: []graph.Entity{entity(graph.Place, "p")}})
	k := graph.Claim{Subject: "p", Predicate: graph.Coordinates, Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Lat: number(91), Lon: number(0)}}
	refused(t, s, claims(k), "OUT_OF_RANGE", "claims[0].value")
}

func notANumber(t *testing.T, o Opener) {
	s := opened(t, o)
	for _, f := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e13} {
		k := graph.Claim{Subject: "g0", Predicate: "STRENGTH", Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Best: number(f)}}
		refused(t, s, claims(k), "OUT_OF_RANGE", "claims[0].value.best")
	}
}

func badID(t *testing.T, o Opener) {
	s := opened(t, o)
	for _, id := range []string{"", "Upper", "a b", "-a", "a--b", "s_a", "نام", "a'b", strings.Repeat("a", graph.MaxID+1)} {
		refused(t, s, graph.Batch{Entities: []graph.Entity{entity(graph.Group, id)}}, "BAD_ID", "entities[0].id")
	}
	bad := source("a")
	bad.ID = "a"
	refused(t, s, graph.Batch{Sources: []graph.Source{bad}}, "BAD_ID", "sources[0].id")
}

func longBatchID(t *testing.T, o Opener) {
	b := numbered("n", 1)
	b.ID = strings.Repeat("i", graph.MaxID+1)
	refused(t, opened(t, o), b, "TOO_LONG", "id")
}

func badActor(t *testing.T, o Opener) {
	s := opened(t, o)
	b := numbered("n", 1)
	b.Actor = "caf\xe9"
	refused(t, s, b, "INVALID_UTF8", "actor")
	b.Actor, b.Reason = "", "a\x00b"
	refused(t, s, b, "CONTROL_CHARACTER", "reason")
	b.Reason = strings.Repeat("r", 2<<20)
	refused(t, s, b, "TOO_LONG", "reason")
	b.Reason, b.ID = "", "caf\xe9"
	refused(t, s, b, "INVALID_UTF8", "id")
}

func tooManyRecords(t *testing.T, o Opener) {
	b := graph.Batch{ID: "many", Sources: make([]graph.Source, graph.MaxBatch+1)}
	for i := range b.Sources {
		b.Sources[i] = source(name(i))
	}
	refused(t, opened(t, o), b, "TOO_MANY", "batch")
}

func kindConflict(t *testing.T, o Opener) {
	invalid := refused(t, opened(t, o), graph.Batch{Entities: []graph.Entity{entity(graph.Place, "p"), entity(graph.Individual, "g0")}}, "KIND_CONFLICT", "entities[1].kind")
	if !errors.Is(invalid, graph.ErrConflict) {
		t.Errorf("%v is not ErrConflict", invalid)
	}
}

func kindConflictInBatch(t *testing.T, o Opener) {
	invalid := refused(t, opened(t, o), graph.Batch{Entities: []graph.Entity{entity(graph.Place, "p"), entity(graph.Individual, "p")}}, "KIND_CONFLICT", "entities[1].kind")
	if !errors.Is(invalid, graph.ErrConflict) {
		t.Errorf("%v is not ErrConflict", invalid)
	}
}

func everyProblem(t *testing.T, o Opener) {
	b := claims(member("i1", "nobody"), member("i1", "g1"), status("nobody", "active"))
	b.Sources = []graph.Source{{ID: "s_x", Kind: "NOVEL", Title: "T"}}
	invalid := refused(t, opened(t, o), b, "UNKNOWN_VALUE", "sources[0].kind")
	got := map[string]int{}
	for _, p := range invalid.Problems {
		got[p.Path] = p.Record
	}
	same(t, "the places and records of the problems", map[string]int{"sources[0].kind": 0, "claims[0].object": 1, "claims[2].subject": 3}, got)
}

func refusedIDFree(t *testing.T, o Opener) {
	s := opened(t, o)
	b := numbered("n", 1)
	b.Claims[0].Source = "s_z"
	refused(t, s, b, "DANGLING_REFERENCE", "claims[0].source")
	c := apply(t, s, numbered("n", 1))
	same(t, "the commit", graph.Commit{Sequence: 2, Numbers: alike(2), RecordedAt: c.RecordedAt, Claims: 1}, c)
}

func ownWords(t *testing.T, o Opener) {
	s := opened(t, o)
	_, invalid := s.Apply(t.Context(), claims(member("nobody", "g0")))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, closed := s.Apply(t.Context(), numbered("n", 1))
	foreignWords(t, invalid)
	foreignWords(t, closed)
}

// foreignWords reports an error that repeats what a driver says.
func foreignWords(t *testing.T, err error) {
	t.Helper()
	for _, word := range []string{"sql", "SQL", "Neo4j", "Neo.", "bolt", "Cypher", "Connectivity", "driver", "goroutine", "EOF"} {
		if strings.Contains(err.Error(), word) {
			t.Errorf("%q is in the words of %q", word, err)
		}
	}
}

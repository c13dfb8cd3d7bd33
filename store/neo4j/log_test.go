package neo4j

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/rabta/rabta/graph"
)

// A log that was altered is not read past the place, and Verify names it.
func TestAlteredLog(t *testing.T) {
	for spoil, at := range map[string]graph.Sequence{
		"MATCH (k:Commit {seq: 3}) DELETE k":                                              3,
		"MATCH (k:Commit {seq: 3}) SET k.actor = 'somebody'":                              3,
		"MATCH (k:Commit {seq: 3}) REMOVE k.actor":                                        3,
		"MATCH (k:Commit {seq: 3}) SET k.recorded = datetime()":                           3,
		"MATCH (k:Commit {seq: 3}) SET k.content = 'another'":                             3,
		"MATCH (c:Claim {seq: 3}) DELETE c":                                               3,
		"MATCH (c:Claim {seq: 3}) SET c.n = 1":                                            3,
		"MATCH (c:Claim {seq: 3}) SET c.json = replace(c.json, 'note', 'word')":           3,
		"MATCH (c:Claim {seq: 3}), (d:Claim {seq: 4}) SET c.json = d.json":                3,
		"MATCH (r:Record {seq: 1, n: 0}) SET r.json = replace(r.json, 'Report', 'Paper')": 1,
		"MATCH (r:Record {seq: 1, n: 0}) DELETE r":                                        1,
		"MATCH (k:Commit {seq: 5}), (c:Claim {seq: 5}) DELETE k, c":                       5,
	} {
		t.Run(spoil, func(t *testing.T) {
			s := altered(t, spoil)
			_, err := feed(t, s)
			wantUnavailable(t, "Changes", err)
			wantFault(t, s, whereLog, at)
		})
	}
}

// altered is a log of five commits of which something was changed.
func altered(t *testing.T, spoil string) *Store {
	t.Helper()
	s := empty(t).open(t, Options{})
	apply(t, s, people())
	for i := range 4 {
		apply(t, s, note(i))
	}
	if all, err := feed(t, s); err != nil || len(all) != 5 {
		t.Fatalf("the feed has %d commits, %v", len(all), err)
	}
	server.Query(t, spoil, nil)
	return s
}

// wantFault checks that the first fault is at a place.
func wantFault(t *testing.T, s *Store, where string, at graph.Sequence) {
	t.Helper()
	v, err := s.Verify(t.Context())
	if err != nil || len(v.Faults) == 0 {
		t.Fatalf("verify gives %v, %v", v, err)
	}
	if f := v.Faults[0]; f.Where != where || f.Commit != at || f.What == "" || f.Remedy == "" {
		t.Errorf("the first fault is %q, want one of commit %d", f, at)
	}
}

// What a reader of the feed does not meet, Verify does.
func TestAlteredEnd(t *testing.T) {
	s := altered(t, "RETURN 1")
	wantVerified(t, s)
	for _, c := range []struct {
		spoil, mend string
		want        graph.Fault
	}{
		{
			"MATCH (h:Head) SET h.was = h.digest, h.digest = 'another'", "MATCH (h:Head) SET h.digest = h.was REMOVE h.was",
			graph.Fault{Where: whereHead, Commit: 5},
		},
		{"MATCH (h:Head) SET h.seq = 4", "MATCH (h:Head) SET h.seq = 5", graph.Fault{Where: whereHead, Commit: 4}},
		{"MATCH (h:Head) SET h.restoring = true", "MATCH (h:Head) REMOVE h.restoring", graph.Fault{Where: whereLog, Commit: 6}},
		{"CREATE (:Commit {seq: 6, batch: 'x'})", "MATCH (k:Commit {seq: 6}) DELETE k", graph.Fault{Where: whereLog, Commit: 6}},
		{
			"CREATE (:Record {seq: 3, n: 7, kind: 'source', json: '{}'})", "MATCH (r:Record {seq: 3, n: 7}) DELETE r",
			graph.Fault{Where: whereLog},
		},
		{
			"MATCH (c:Claim {seq: 4}) SET c.was = c.hedge, c.hedge = 12", "MATCH (c:Claim {seq: 4}) SET c.hedge = c.was REMOVE c.was",
			graph.Fault{Where: "the native graph", Commit: 4},
		},
		{
			"MATCH (s:Source {id: 's_a'}) SET s.was = s.title, s.title = 'x'",
			"MATCH (s:Source {id: 's_a'}) SET s.title = s.was REMOVE s.was",
			graph.Fault{Where: "the native graph", Commit: 1},
		},
		{
			"MATCH (e:Entity {id: 'g0'}) SET e.description = 'x'", "MATCH (e:Entity {id: 'g0'}) REMOVE e.description",
			graph.Fault{Where: "the native graph", Commit: 1},
		},
	} {
		server.Query(t, c.spoil, nil)
		wantFault(t, s, c.want.Where, c.want.Commit)
		server.Query(t, c.mend, nil)
	}
	wantVerified(t, s)
}

// No statement that runs for every commit or poll walks a label, an index or the
// graph, whether it is planned while there is nothing or a lot.
func TestStatementsSeek(t *testing.T) {
	s := empty(t).open(t, Options{})
	t.Run("empty", func(t *testing.T) { seek(t, s) })
	b := people()
	for i := range 3_000 {
		b.Claims = append(b.Claims, note(i).Claims...)
		b.Entities = append(b.Entities, node(graph.Group, fmt.Sprint("m", i)))
		b.Claims = append(b.Claims, ally("g0", fmt.Sprint("m", i), "s_a"))
	}
	apply(t, s, b)
	for i := range 30 {
		apply(t, s, note(3_000+i))
	}
	t.Run("full", func(t *testing.T) { seek(t, s) })
}

func seek(t *testing.T, s *Store) {
	for _, cypher := range []string{
		cypherHead, cypherAwaitCommits, cypherCommits, cypherItems, cypherLockHead, cypherKnown, cypherHolder, cypherArrived, cypherLoad, cypherSources, cypherEntities, cypherRecords,
		cypherClaims, cypherClaimStates, cypherSourceStates, cypherUnlink, cypherRelink, cypherLink, cypherAdvance,
		cypherLines, cypherDropLines, cypherEntityNames, cypherMarkClaims, cypherMarkRecords, cypherStampClaims, cypherStampRecords, cypherNumbers,
		cypherBuryClaims, cypherBuryRecords, cypherTombstones, cypherBuryEntities, cypherBurySources, cypherSilence,
		cypherFirstRecords, cypherOrders, cypherEntitiesAt, cypherEntitiesSince,
	} {
		for _, operator := range operators(t, s, cypher) {
			if strings.Contains(operator, "Scan") {
				t.Errorf("%s in:\n%s", operator, cypher)
			}
		}
	}
	if walk := strings.Join(operators(t, s, cypherMentions), " "); !strings.Contains(walk, "Scan") {
		t.Errorf("the statement that walks the claims is not recognised by %s", walk)
	}
}

// operators lists the operators of a statement's plan. The statement runs, and
// is taken back.
func operators(t *testing.T, s *Store, cypher string) (out []string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	session := s.session(ctx, driver.AccessModeWrite)
	defer session.Close(ctx)
	trial, err := session.BeginTransaction(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer trial.Close(ctx)
	p := params{
		"recorded": time.Now().UTC(), "actor": "", "reason": "", "digest": "", "content": "", "token": "", "numbers": []any{}, "marked": nil, "said": "", "redacted": nil,
		"origin": nil, "merged": nil, "labels": []string{"Commit"},
	}
	maps.Copy(p, planParams)
	result, err := trial.Run(ctx, "PROFILE "+cypher, p)
	if err != nil {
		t.Fatalf("%s: %v", cypher, err)
	}
	summary, err := result.Consume(ctx)
	if err != nil {
		t.Fatalf("%s: %v", cypher, err)
	}
	var walk func(driver.ProfiledPlan)
	walk = func(p driver.ProfiledPlan) {
		out = append(out, p.Operator())
		for _, child := range p.Children() {
			walk(child)
		}
	}
	walk(summary.Profile())
	return out
}

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

// A log that was altered is not read past the place.
func TestAlteredLog(t *testing.T) {
	for _, spoil := range []string{
		"MATCH (k:Commit {seq: 3}) DELETE k",
		"MATCH (k:Commit {seq: 3}) SET k.actor = 'somebody'",
		"MATCH (k:Commit {seq: 3}) SET k.recorded = datetime()",
		"MATCH (k:Commit {seq: 3}) SET k.content = 'another'",
		"MATCH (c:Claim {seq: 3}) DELETE c",
		"MATCH (c:Claim {seq: 3}) SET c.n = 1",
		"MATCH (c:Claim {seq: 3}) SET c.json = replace(c.json, 'note', 'word')",
		"MATCH (c:Claim {seq: 3}), (d:Claim {seq: 4}) SET c.json = d.json",
		"MATCH (r:Record {seq: 1, n: 0}) SET r.json = replace(r.json, 'Report', 'Paper')",
		"MATCH (r:Record {seq: 1, n: 0}) DELETE r",
		"MATCH (k:Commit {seq: 5}), (c:Claim {seq: 5}) DELETE k, c",
	} {
		t.Run(spoil, func(t *testing.T) {
			s := empty(t).open(t, Options{})
			apply(t, s, people())
			for i := range 4 {
				apply(t, s, note(i))
			}
			if all, err := feed(t, s); err != nil || len(all) != 5 {
				t.Fatalf("the feed has %d commits, %v", len(all), err)
			}
			server.Query(t, spoil, nil)
			_, err := feed(t, s)
			wantUnavailable(t, "Changes", err)
			_, err = s.Verify(t.Context())
			wantUnavailable(t, "Verify", err)
		})
	}
}

// No statement that runs for every commit or poll walks a label, an index or the
// graph, whether it is planned while there is nothing or a lot.
func TestStatementsSeek(t *testing.T) {
	s := empty(t).open(t, Options{})
	t.Run("empty", seek)
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
	t.Run("full", seek)
}

func seek(t *testing.T) {
	for _, cypher := range []string{
		cypherHead, cypherAwaitCommits, cypherCommits, cypherItems, cypherLockHead, cypherKnown, cypherHolder, cypherArrived, cypherLoad, cypherSources, cypherEntities, cypherRecords,
		cypherClaims, cypherClaimStates, cypherSourceStates, cypherUnlink, cypherRelink, cypherLink, cypherAdvance,
	} {
		for _, operator := range operators(t, cypher) {
			if strings.Contains(operator, "Scan") {
				t.Errorf("%s in:\n%s", operator, cypher)
			}
		}
	}
	if walk := strings.Join(operators(t, cypherMentions), " "); !strings.Contains(walk, "Scan") {
		t.Errorf("the statement that walks the claims is not recognised by %s", walk)
	}
}

// operators lists the operators of a statement's plan. The statement runs, and
// is taken back.
func operators(t *testing.T, cypher string) (out []string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	d, err := driver.NewDriverWithContext(server.URI, driver.BasicAuth(server.Username, server.Password, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close(ctx)
	session := d.NewSession(ctx, driver.SessionConfig{DatabaseName: "neo4j"})
	defer session.Close(ctx)
	trial, err := session.BeginTransaction(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer trial.Close(ctx)
	p := params{"recorded": time.Now().UTC(), "actor": "", "reason": "", "digest": "", "content": "", "token": ""}
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

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
			query(t, spoil, nil)
			_, err := feed(t, s)
			wantUnavailable(t, "Changes", err)
			_, err = s.Verify(t.Context())
			wantUnavailable(t, "Verify", err)
		})
	}
}

// No statement that runs for every commit or poll walks a label or the graph.
func TestStatementsUseIndexes(t *testing.T) {
	s := empty(t).open(t, Options{})
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
	for _, cypher := range []string{
		cypherHead, cypherSettle, cypherCommits, cypherItems, cypherLock, cypherLoad, cypherSources, cypherEntities, cypherRecords,
		cypherClaims, cypherClaimStates, cypherSourceStates, cypherUnlink, cypherLinks, cypherAdvance,
	} {
		if scan := scans(t, cypher); scan != "" {
			t.Errorf("%s in:\n%s", scan, cypher)
		}
	}
	if scans(t, cypherMentions) == "" {
		t.Error("the statement that walks the claims is not recognised as one that does")
	}
}

// scans is the first operator of a statement's plan that walks a label, a type
// or the graph, or "".
func scans(t *testing.T, cypher string) string {
	t.Helper()
	for _, operator := range explain(t, cypher) {
		if strings.Contains(operator, "AllNodesScan") || strings.Contains(operator, "LabelScan") || strings.Contains(operator, "RelationshipTypeScan") {
			return operator
		}
	}
	return ""
}

// explain lists the operators of a statement's plan.
func explain(t *testing.T, cypher string) []string {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	d, err := driver.NewDriverWithContext(server.uri, driver.BasicAuth(server.username, server.password, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close(ctx)
	p := params{"recorded": time.Now().UTC(), "actor": "", "reason": "", "token": ""}
	maps.Copy(p, planned)
	result, err := driver.ExecuteQuery(ctx, d, "EXPLAIN "+cypher, p, driver.EagerResultTransformer, driver.ExecuteQueryWithDatabase("neo4j"))
	if err != nil {
		t.Fatalf("%s: %v", cypher, err)
	}
	var out []string
	var walk func(driver.Plan)
	walk = func(p driver.Plan) {
		out = append(out, p.Operator())
		for _, child := range p.Children() {
			walk(child)
		}
	}
	walk(result.Summary.Plan())
	return out
}

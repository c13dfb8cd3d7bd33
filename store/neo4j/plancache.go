package neo4j

import (
	"context"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// planParams are parameters with which the statements change and find nothing.
var planParams = params{
	"rows": []any{}, "links": []any{}, "claims": []any{}, "sources": []any{}, "records": []any{}, "entities": []any{},
	"batch": "", "writer": 0, "after": 0, "head": 0, "from": 0, "to": -1, "low": 0, "high": 0, "seq": 0,
}

// warmPlanCache has the server plan the statements that writes and followers run,
// which takes it some hundred milliseconds the first time. Nothing is written.
func (s *Store) warmPlanCache(ctx context.Context) error {
	err := s.explicit(ctx, "warm the plan cache", readLimit, func(t driver.ExplicitTransaction) error {
		for _, cypher := range []string{
			cypherHead, cypherLoad, cypherCommits, cypherItems, cypherSources, cypherEntities, cypherRecords,
			cypherClaims, cypherUnlink, cypherRelink, cypherLink, cypherKnown,
		} {
			if err := run(ctx, t, cypher, planParams); err != nil {
				return err
			}
		}
		return t.Rollback(ctx)
	})
	return s.failed(ctx, "open", err)
}

package neo4j

import (
	"context"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// planned are parameters with which the statements change and find nothing.
var planned = params{
	"rows": []any{}, "links": []any{}, "claims": []any{}, "sources": []any{}, "records": []any{}, "entities": []any{},
	"batch": "", "after": 0, "head": 0, "from": 0, "to": -1, "low": 0, "high": 0, "seq": 0,
}

// warm has the server plan the statements that writes and followers run, which
// takes it some hundred milliseconds the first time. Nothing is written.
func (s *Store) warm(ctx context.Context) error {
	err := s.held(ctx, "warm up", readLimit, func(t driver.ExplicitTransaction) error {
		for _, cypher := range []string{
			cypherHead, cypherCommits, cypherItems, cypherKnown, cypherLoad,
			cypherSources, cypherEntities, cypherRecords, cypherClaims, cypherUnlink, cypherRelink, cypherLink,
		} {
			if err := run(ctx, t, cypher, planned); err != nil {
				return err
			}
		}
		return t.Rollback(ctx)
	})
	return s.failed(ctx, "open", err)
}

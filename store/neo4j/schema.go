package neo4j

import (
	"context"
	"fmt"
	"slices"
)

// definition is a constraint or an index that the store relies on.
type definition struct{ name, kind, label, properties string }

var definitions = []definition{
	{"rabta_claim_id", "UNIQUENESS", "Claim", "id"},
	{"rabta_entity_id", "UNIQUENESS", "Entity", "id"},
	{"rabta_source_id", "UNIQUENESS", "Source", "id"},
	{"rabta_line_id", "UNIQUENESS", "Line", "id"},
	{"rabta_head_id", "UNIQUENESS", "Head", "id"},
	{"rabta_commit_seq", "UNIQUENESS", "Commit", "seq"},
	{"rabta_commit_writer", "UNIQUENESS", "Commit", "batch,writer"},
	{"rabta_migration_id", "UNIQUENESS", "Migration", "id"},
	{"rabta_claim_seq", "RANGE", "Claim", "seq,n"},
	{"rabta_record_seq", "RANGE", "Record", "seq,n"},
	{"rabta_record_id", "RANGE", "Record", "id"},
	{"rabta_claim_link", "RANGE", "Claim", "link"},
	{"rabta_tombstone_seq", "RANGE", "Tombstone", "seq,n"},
}

const (
	cypherConstraints = `SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties WHERE name STARTS WITH 'rabta_'
RETURN collect([name, type, labelsOrTypes[0],
  reduce(s = '', p IN properties | s + CASE s WHEN '' THEN '' ELSE ',' END + p)])`
	cypherIndexes = `SHOW INDEXES YIELD name, type, labelsOrTypes, properties, owningConstraint, state
WHERE name STARTS WITH 'rabta_' AND owningConstraint IS NULL AND state <> 'FAILED'
RETURN collect([name, type, labelsOrTypes[0],
  reduce(s = '', p IN properties | s + CASE s WHEN '' THEN '' ELSE ',' END + p)])`
)

// checkSchema compares what is there with definitions: IF NOT EXISTS is content
// with another definition under the same name.
func (s *Store) checkSchema(ctx context.Context) error {
	var found []definition
	err := s.read(ctx, "check schema", func(t tx) error {
		found = nil
		for _, cypher := range []string{cypherConstraints, cypherIndexes} {
			r, err := one(ctx, t, cypher, nil)
			if err != nil {
				return err
			}
			for _, v := range list[[]any](r[0]) {
				d := row(v)
				found = append(found, definition{d.text(0), d.text(1), d.text(2), d.text(3)})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, d := range definitions {
		if !slices.Contains(found, d) {
			return incompatible("ALTERED_SCHEMA",
				fmt.Sprintf("%s is missing, or is not %s of %s(%s)", d.name, d.kind, d.label, d.properties),
				"drop what has that name, delete the nodes labelled Migration, and open it again")
		}
	}
	return nil
}

const (
	cypherOrphans = `SHOW INDEXES YIELD name, owningConstraint WHERE owningConstraint IS NULL AND name IN $names
RETURN collect(name)`
	cypherDrop = `DROP INDEX $name IF EXISTS`
)

// clearOrphans drops what is left of a constraint when its maker is killed while
// the server builds the index for it: that index, which belongs to nothing and
// keeps the constraint from ever being made.
func (s *Store) clearOrphans(ctx context.Context) error {
	var names []string
	for _, d := range definitions {
		if d.kind == "UNIQUENESS" {
			names = append(names, d.name)
		}
	}
	return s.write(ctx, "clear orphans", func(t tx) error {
		r, err := one(ctx, t, cypherOrphans, params{"names": names})
		if err != nil {
			return err
		}
		for _, name := range list[string](r[0]) {
			if err := run(ctx, t, cypherDrop, params{"name": name}); err != nil {
				return err
			}
		}
		return nil
	})
}

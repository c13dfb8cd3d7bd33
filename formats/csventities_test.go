package formats_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
)

// TestEveryAttributeHasAColumn: what claims say of an entity under a field of the schema has a
// column, and one of its grade.
func TestEveryAttributeHasAColumn(t *testing.T) {
	var names []string
	for _, c := range formats.EntityTable {
		names = append(names, c.Name)
	}
	for _, p := range graph.Predicates() {
		field := p.Field
		if field == "" {
			continue
		}
		column := strings.NewReplacer("N", "_n", "T", "_t").Replace(field) // fatherName, attackTypes
		if field == "location" {
			column = "precision"
		}
		grade := strings.ReplaceAll(column, "precision", "location") + "_grade"
		for _, name := range []string{column, grade} {
			if !slices.Contains(names, name) {
				t.Errorf("entities.csv has no column %s for %s", name, p.Name)
			}
		}
	}
}

// Package reconcile matches the cells of a table with entities, and fills columns
// with what is known of them. Its answers are those of the Reconciliation Service API
// 0.2, by which OpenRefine and its like work; how they are asked for over HTTP is not
// its matter. It shows what a view shows, and records nothing.
package reconcile

import (
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// Service answers out of one view.
type Service struct {
	View *live.View
	// MaxIDs is for how many entities one request may ask for columns; a negative
	// number is no limit.
	MaxIDs int
}

// Results holds the answer to one question.
type Results[T any] struct {
	Result []T `json:"result"`
}

// Named is an id with the words for it.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// typeOf is a kind of entity as a type: GROUP, Group.
func typeOf(k graph.EntityKind) Named {
	return Named{string(k), string(k[:1]) + strings.ToLower(string(k[1:]))}
}

// descriptionOf is the best description of an entity, "" for none.
func descriptionOf(e *live.EntityBase) string {
	for _, d := range e.Description() {
		return *d.Value().Text()
	}
	return ""
}

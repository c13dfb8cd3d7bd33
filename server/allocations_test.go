package server

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// allocations is how many a question takes that asks n groups for what stands in the braces.
func allocations(h http.Handler, n int, of string) float64 {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprint(i)
	}
	document := fmt.Sprintf(`query($ids: [ID!]!) { neighbourhood(of: $ids) { %s } }`, of)
	ask := func() { query(h, document, map[string]any{"ids": ids}) }
	ask() // once before, so that the document is known
	return testing.AllocsPerRun(5, ask)
}

// TestAnswersAreCheap: what a field and an object take beside what they hold. As gqlgen writes its executor, it is 10
// allocations a value and 39 an object of one value; what schema/gqlgen leaves of it is kept low here.
func TestAnswersAreCheap(t *testing.T) {
	h := newTestServer(t, nil)
	const n = 200
	var more strings.Builder
	for i := range 10 {
		fmt.Fprintf(&more, "v%d: id ", i)
	}
	base := allocations(h, n, "id")
	value := (allocations(h, n, "id "+more.String()) - base) / (10 * n)
	object := (allocations(h, 2*n, "id") - base) / n
	t.Logf("%.1f allocations a value, %.1f an object", value, object)
	if value > 3 {
		t.Errorf("%.1f allocations a value", value)
	}
	if object > 26 {
		t.Errorf("%.1f allocations an object", object)
	}
}

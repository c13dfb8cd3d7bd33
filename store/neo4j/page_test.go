package neo4j

import (
	"testing"
	"time"
)

// Columns of which one lacks a value, since its commit is being deleted, tell nothing.
func TestColumnsOfCommits(t *testing.T) {
	whole := func() row {
		r := row{[]any{int64(1)}, []any{time.Unix(0, 0)}}
		for _, v := range []any{"batch", "actor", "reason", int64(0), int64(0), int64(0), "digest", "content", []any{}, int64(0), true, []any{}, "said", []any{}, "origin"} {
			r = append(r, []any{v})
		}
		return r
	}
	if c, ok := commitsOf(whole()); !ok || len(c) != 1 || c[0].digest != "digest" {
		t.Fatalf("whole columns are %v", c)
	}
	for i := range whole() {
		for _, bad := range []any{[]any{}, nil, []any{1, 2}} {
			r := whole()
			r[i] = bad
			if c, ok := commitsOf(r); ok {
				t.Errorf("column %d is %v, and the commits are %v", i, bad, c)
			}
		}
	}
}

package server

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

func TestQueryCacheKeepsTheLatest(t *testing.T) {
	ctx := t.Context()
	c := newQueryCache(2)
	docs := map[string]*ast.QueryDocument{"a": {}, "b": {}, "c": {}}
	c.Add(ctx, "a", docs["a"])
	c.Add(ctx, "b", docs["b"])
	c.Get(ctx, "a")
	c.Add(ctx, "c", docs["c"]) // b was not used for longest
	for text, want := range map[string]bool{"a": true, "b": false, "c": true} {
		got, held := c.Get(ctx, text)
		if held != want || held && got != docs[text] {
			t.Errorf("%s: held %v, want %v", text, held, want)
		}
	}
	again := &ast.QueryDocument{}
	c.Add(ctx, "a", again)
	if got, _ := c.Get(ctx, "a"); got != again {
		t.Error("the older document is kept")
	}
	if len(c.byText) != 2 || c.recent.Len() != 2 {
		t.Errorf("%d texts, %d entries", len(c.byText), c.recent.Len())
	}
}

func TestQueryCacheLeavesOut(t *testing.T) {
	ctx := t.Context()
	long := strings.Repeat("x", maxCachedQuery+1)
	c := newQueryCache(2)
	c.Add(ctx, long, &ast.QueryDocument{})
	none := newQueryCache(-1)
	none.Add(ctx, "a", &ast.QueryDocument{})
	if len(c.byText) != 0 || len(none.byText) != 0 {
		t.Error("a document is held that should not be")
	}
}

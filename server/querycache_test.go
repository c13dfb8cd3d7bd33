package server

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// empty is what a document without anything is counted as, and its text of one letter.
const empty = documentSize + 1

func TestQueryCacheKeepsTheLatest(t *testing.T) {
	ctx := t.Context()
	c := newQueryCache(20 * empty)
	docs := map[string]*ast.QueryDocument{}
	add := func(text string) {
		docs[text] = &ast.QueryDocument{}
		c.Add(ctx, text, docs[text])
	}
	for i := range 19 {
		add(string(rune('A' + i)))
	}
	add("a")
	c.Get(ctx, "A")
	add("b") // B was not used for longest
	for text, want := range map[string]bool{"A": true, "B": false, "C": true, "a": true, "b": true} {
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
	if len(c.byText) != 20 || c.recent.Len() != 20 || c.used != 20*empty {
		t.Errorf("%d texts, %d entries, %d bytes", len(c.byText), c.recent.Len(), c.used)
	}
}

func TestQueryCacheLeavesOut(t *testing.T) {
	ctx := t.Context()
	c := newQueryCache(20 * empty)
	c.Add(ctx, strings.Repeat("x", 2*empty), &ast.QueryDocument{})
	none := newQueryCache(-1)
	none.Add(ctx, "a", &ast.QueryDocument{})
	if len(c.byText) != 0 || len(none.byText) != 0 {
		t.Error("a document is held that should not be")
	}
}

// TestQueryCacheIsBounded: however documents are shaped, they take little more memory than
// the cache may have.
func TestQueryCacheIsBounded(t *testing.T) {
	const size = 8 << 20
	for name, form := range map[string]string{
		"fields":      "{ a%d " + strings.Repeat("a ", 900) + "}",
		"aliases":     "{ x%d: a " + strings.Repeat("b: a ", 25) + "}",
		"arguments":   "{ a%d " + strings.Repeat("a(b: 1, c: 2, d: [1, 2, 3]) ", 60) + "}",
		"lists":       "{ a%d a(b: [" + strings.Repeat("1,", 800) + "]) }",
		"objects":     "{ a%d a(b: [" + strings.Repeat("{c: {d: 1}}", 200) + "]) }",
		"fragments":   "{ a%d " + strings.Repeat("... on A { b } ", 400) + "}",
		"directives":  "{ a%d " + strings.Repeat("a @skip(if: $b) ", 40) + "}",
		"short texts": "{ a%d }",
	} {
		c := newQueryCache(size)
		before := heap()
		for i := 0; c.recent.Len() == i && i < 4000; i++ {
			text := fmt.Sprintf(form, i)
			d, err := parser.ParseQuery(&ast.Source{Input: text})
			if err != nil {
				t.Fatal(err)
			}
			c.Add(t.Context(), text, d)
		}
		if grown := heap() - before; c.used > size || grown > 2*int64(c.used) || grown < int64(c.used)/8 {
			t.Errorf("%s: %d documents take %d bytes, counted as %d of %d", name, c.recent.Len(), grown, c.used, size)
		}
		runtime.KeepAlive(c)
	}
}

// heap is how many bytes are in use; what is pooled is let go by the second collection.
func heap() int64 {
	for range 3 {
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

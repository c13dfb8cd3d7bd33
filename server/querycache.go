package server

import (
	"container/list"
	"context"
	"sync"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// queryCache keeps the documents that passed the guard and the validator, by
// their text; when it is full those not used for longest go.
type queryCache struct {
	size   int // bytes
	used   int
	mu     sync.Mutex
	recent *list.List // of *cachedQuery, the latest first
	byText map[string]*list.Element

	hits, misses atomic.Int64 // see countedCache
}

// countedCache is the cache as the executor asks it, once a document, when the guard has
// let that pass.
type countedCache struct{ *queryCache }

// Get is queryCache's, counted.
func (c countedCache) Get(ctx context.Context, text string) (*ast.QueryDocument, bool) {
	document, found := c.queryCache.Get(ctx, text)
	if found {
		c.hits.Add(1)
	} else {
		c.misses.Add(1)
	}
	return document, found
}

type cachedQuery struct {
	text     string
	document *ast.QueryDocument
	bytes    int
}

var _ graphql.Cache[*ast.QueryDocument] = (*queryCache)(nil)

// newQueryCache returns a cache of so many bytes, about; a negative size keeps none.
func newQueryCache(size int) *queryCache {
	return &queryCache{size: size, recent: list.New(), byText: map[string]*list.Element{}}
}

// sizes are how many documents there are and about how much memory they take.
func (c *queryCache) sizes() (documents, bytes int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.recent.Len(), c.used
}

// Get returns the document with this text, if the cache has it.
func (c *queryCache) Get(_ context.Context, text string) (*ast.QueryDocument, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	element, found := c.byText[text]
	if !found {
		return nil, false
	}
	c.recent.MoveToFront(element)
	return element.Value.(*cachedQuery).document, true
}

// Add keeps the document, unless it would take much of the cache for itself.
func (c *queryCache) Add(_ context.Context, text string, document *ast.QueryDocument) {
	bytes := len(text) + documentBytes(document)
	if bytes > c.size/16 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if element, found := c.byText[text]; found {
		element.Value.(*cachedQuery).document = document
		c.recent.MoveToFront(element)
		return
	}
	c.byText[text] = c.recent.PushFront(&cachedQuery{text, document, bytes})
	for c.used += bytes; c.used > c.size; {
		oldest := c.recent.Remove(c.recent.Back()).(*cachedQuery)
		delete(c.byText, oldest.text)
		c.used -= oldest.bytes
	}
}

// What the parts of a document take, measured, with what holds them.
const (
	documentSize  = 2000
	selectionSize = 500
	valueSize     = 400
)

// documentBytes is about how much memory a document takes.
func documentBytes(d *ast.QueryDocument) int {
	n := documentSize
	for _, o := range d.Operations {
		n += selectionSize*(1+len(o.VariableDefinitions)) + selectionBytes(o.SelectionSet) + directiveBytes(o.Directives)
		for _, v := range o.VariableDefinitions {
			n += valueBytes(v.DefaultValue)
		}
	}
	for _, f := range d.Fragments {
		n += selectionSize + selectionBytes(f.SelectionSet) + directiveBytes(f.Directives)
	}
	return n
}

func selectionBytes(set ast.SelectionSet) (n int) {
	for _, s := range set {
		n += selectionSize
		switch s := s.(type) {
		case *ast.Field:
			n += argumentBytes(s.Arguments) + selectionBytes(s.SelectionSet) + directiveBytes(s.Directives)
		case *ast.InlineFragment:
			n += selectionBytes(s.SelectionSet) + directiveBytes(s.Directives)
		case *ast.FragmentSpread:
			n += directiveBytes(s.Directives)
		}
	}
	return n
}

func directiveBytes(list ast.DirectiveList) (n int) {
	for _, d := range list {
		n += valueSize + argumentBytes(d.Arguments)
	}
	return n
}

func argumentBytes(list ast.ArgumentList) (n int) {
	for _, a := range list {
		n += valueSize + valueBytes(a.Value)
	}
	return n
}

func valueBytes(v *ast.Value) int {
	if v == nil {
		return 0
	}
	n := valueSize
	for _, c := range v.Children {
		n += valueBytes(c.Value)
	}
	return n
}

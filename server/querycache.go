package server

import (
	"container/list"
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// maxCachedQuery keeps long documents out of the cache and so bounds its
// memory: a document takes some ten times the room of its text.
const maxCachedQuery = 16 << 10

// queryCache keeps the documents that passed the guard and the validator, by
// their text; when it is full the one not used for longest goes.
type queryCache struct {
	size   int
	mu     sync.Mutex
	recent *list.List // of *cachedQuery, the latest first
	byText map[string]*list.Element
}

type cachedQuery struct {
	text     string
	document *ast.QueryDocument
}

var _ graphql.Cache[*ast.QueryDocument] = (*queryCache)(nil)

// newQueryCache returns a cache of size documents; a negative size keeps none.
func newQueryCache(size int) *queryCache {
	return &queryCache{size: size, recent: list.New(), byText: map[string]*list.Element{}}
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

// Add keeps the document, unless its text is long.
func (c *queryCache) Add(_ context.Context, text string, document *ast.QueryDocument) {
	if c.size <= 0 || len(text) > maxCachedQuery {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if element, found := c.byText[text]; found {
		element.Value.(*cachedQuery).document = document
		c.recent.MoveToFront(element)
		return
	}
	c.byText[text] = c.recent.PushFront(&cachedQuery{text, document})
	if c.recent.Len() > c.size {
		oldest := c.recent.Remove(c.recent.Back()).(*cachedQuery)
		delete(c.byText, oldest.text)
	}
}

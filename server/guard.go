package server

import (
	"context"
	"fmt"
	"math"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"
)

// guard refuses documents that would cost too much, before the validator sees
// them: validation takes quadratic time in repeated fields. It looks at each
// token of a document once, whatever its fragments multiply to. Documents in
// the query cache have passed already and pass at once; the values of
// variables are checked each time, in MutateOperationContext.
type guard struct {
	schema *ast.Schema
	limits Limits
	cache  graphql.Cache[*ast.QueryDocument]
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
	graphql.OperationContextMutator
} = (*guard)(nil)

// ExtensionName names the guard to the executor.
func (g *guard) ExtensionName() string { return "Guard" }

// Validate accepts every schema.
func (g *guard) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters checks the document's text.
func (g *guard) MutateOperationParameters(ctx context.Context, request *graphql.RawParams) *gqlerror.Error {
	if _, passed := g.cache.Get(ctx, request.Query); passed {
		return nil
	}
	_, err := g.check(request.Query)
	return err
}

// check measures a document and returns the number of steps that took.
func (g *guard) check(query string) (steps int, err *gqlerror.Error) {
	if over(len(query), g.limits.QueryBytes) {
		return 0, exceeded("queryBytes", len(query), g.limits.QueryBytes, false)
	}
	steps, err = g.checkTokens(query)
	if err != nil {
		return steps, err
	}
	document, parseError := parser.ParseQuery(&ast.Source{Input: query})
	if parseError != nil {
		return steps, parseFailure(parseError)
	}
	m := newMeter(g.schema, document)
	total, err := m.document()
	if err == nil {
		err = g.compare(total, len(document.Fragments))
	}
	return steps + m.steps, err
}

// checkTokens stops at the first token too many; a text that cannot be split
// into tokens is left to the parser, whose message is the better one.
func (g *guard) checkTokens(query string) (tokens int, err *gqlerror.Error) {
	lex := lexer.New(&ast.Source{Input: query})
	for {
		token, lexError := lex.ReadToken()
		if lexError != nil || token.Kind == lexer.EOF {
			return tokens, nil
		}
		tokens++
		if over(tokens, g.limits.Tokens) {
			return tokens, exceeded("tokens", tokens, g.limits.Tokens, true)
		}
		if token.Kind == lexer.Name && over(len(token.Value), g.limits.NameBytes) {
			return tokens, exceeded("nameBytes", len(token.Value), g.limits.NameBytes, false)
		}
	}
}

func (g *guard) compare(total counts, fragments int) *gqlerror.Error {
	for _, c := range []struct {
		name            string
		measured, limit int
	}{
		{"fragments", fragments, g.limits.Fragments},
		{"directives", total.directives, g.limits.Directives},
		{"fields", total.fields, g.limits.Fields},
		{"rootFields", total.roots, g.limits.RootFields},
		{"aliases", total.aliases, g.limits.Aliases},
		{"listDepth", total.lists, g.limits.ListDepth},
		{"depth", total.depth, g.limits.Depth},
		{"inputDepth", total.input, g.limits.InputDepth},
	} {
		if over(c.measured, c.limit) {
			return exceeded(c.name, c.measured, c.limit, c.measured == math.MaxInt32)
		}
	}
	return nil
}

// units names what each limit counts and says what helps.
var units = map[string]struct{ unit, remedy string }{
	"queryBytes": {"bytes of query text", "move long values into variables"},
	"nameBytes":  {"bytes in one name", "use names from the schema"},
	"tokens":     {"tokens", "split the query into several requests"},
	"fragments":  {"fragments", "split the query into several requests"},
	"directives": {"directives", "use fewer directives"},
	"fields":     {"fields after expanding fragments", "select fewer fields or split the query into several requests"},
	"rootFields": {"fields at the root", "split the query into several requests"},
	"aliases":    {"aliases", "ask for several ids in one list field, or split the query into several requests"},
	"listDepth":  {"lists inside each other", "ask for the outer lists first and for the inner ones by id, or use neighbourhood"},
	"depth":      {"levels of fields", "ask for the inner objects by id in a second request, or use neighbourhood"},
	"inputDepth": {"lists and objects inside each other in one argument", "flatten the filter: and and or take many conditions at once"},
	"pageSize":   {"items on one page", "ask for a smaller page and follow endCursor"},
	"maxNodes":   {"nodes at once", "lower maxNodes and narrow the question"},
	"records":    {"records on all pages together", "ask for smaller pages, above all on the inner lists"},
}

// exceeded says which limit a document passed, by how much, and what to do.
// With atLeast the measuring stopped early.
func exceeded(limit string, measured, allowed int, atLeast bool) *gqlerror.Error {
	u := units[limit]
	number := fmt.Sprint(measured)
	extensions := map[string]any{
		"limit": limit, "measured": measured, "allowed": allowed, "remedy": u.remedy,
	}
	if atLeast {
		number = "at least " + number
		extensions["atLeast"] = true
	}
	message := fmt.Sprintf("the query has %s %s; %d are allowed: %s", number, u.unit, allowed, u.remedy)
	return refusal(CodeCost, message, extensions)
}

func parseFailure(err error) *gqlerror.Error {
	failure := refusal(CodeParse, err.Error(), nil)
	if parsed, ok := err.(*gqlerror.Error); ok {
		failure.Message, failure.Locations = parsed.Message, parsed.Locations
	}
	return failure
}

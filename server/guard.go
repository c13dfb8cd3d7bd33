package server

import (
	"context"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

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

// check counts what a document costs and returns the number of steps that took.
func (g *guard) check(query string) (steps int, err *gqlerror.Error) {
	if exceeds(len(query), g.limits.QueryBytes) {
		return 0, limitExceeded("queryBytes", len(query), g.limits.QueryBytes, false)
	}
	steps, err = g.checkTokens(query)
	if err != nil {
		return steps, err
	}
	document, parseError := parser.ParseQuery(&ast.Source{Input: query})
	if parseError != nil {
		return steps, parseFailure(parseError)
	}
	counter := newCostCounter(g.schema, document)
	total, err := counter.document()
	if err == nil {
		err = g.checkLimits(total, len(document.Fragments))
	}
	return steps + counter.steps, err
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
		if exceeds(tokens, g.limits.Tokens) {
			return tokens, limitExceeded("tokens", tokens, g.limits.Tokens, true)
		}
		if halfCharacter(query, &token) {
			return tokens, codedError(CodeParse, "a text of the document escapes half a character; "+
				`write the character itself, or its number in braces, for instance \u{1F600}, or pass it in a variable`, nil)
		}
		if token.Kind == lexer.Name && exceeds(len(token.Value), g.limits.NameBytes) {
			return tokens, limitExceeded("nameBytes", len(token.Value), g.limits.NameBytes, false)
		}
	}
}

// halfCharacter reports whether a text holds an escape of a surrogate, which the lexer
// replaces.
func halfCharacter(query string, token *lexer.Token) bool {
	return token.Kind == lexer.String && strings.ContainsRune(token.Value, utf8.RuneError) &&
		strings.Contains(query[token.Pos.Start:token.Pos.End], `\u`)
}

func (g *guard) checkLimits(total cost, fragments int) *gqlerror.Error {
	for _, c := range []struct {
		name            string
		measured, limit int
	}{
		{"fragments", fragments, g.limits.Fragments},
		{"directives", total.directives, g.limits.Directives},
		{"fields", total.fields, g.limits.Fields},
		{"rootFields", total.rootFields, g.limits.RootFields},
		{"aliases", total.aliases, g.limits.Aliases},
		{"listDepth", total.listDepth, g.limits.ListDepth},
		{"depth", total.depth, g.limits.Depth},
		{"inputDepth", total.inputDepth, g.limits.InputDepth},
	} {
		if exceeds(c.measured, c.limit) {
			return limitExceeded(c.name, c.measured, c.limit, c.measured == math.MaxInt32)
		}
	}
	return nil
}

// limitTexts names what each limit counts and says what helps.
var limitTexts = map[string]struct{ unit, remedy string }{
	"queryBytes": {"bytes of query text", "move long values into variables"},
	"nameBytes":  {"bytes in one name", "use names from the schema"},
	"tokens":     {"tokens", "split the query into several requests"},
	"fragments":  {"fragments", "split the query into several requests"},
	"directives": {"directives", "use fewer directives"},
	"fields": {
		"fields after expanding fragments",
		"select fewer fields or split the query into several requests",
	},
	"rootFields": {"fields at the root", "split the query into several requests"},
	"aliases":    {"aliases", "ask for several ids in one list field, or split the query into several requests"},
	"listDepth": {
		"lists inside each other",
		"ask for the outer lists first and for the inner ones by id, or use neighbourhood",
	},
	"depth": {"levels of fields", "ask for the inner objects by id in a second request, or use neighbourhood"},
	"inputDepth": {
		"lists and objects inside each other in one argument",
		"flatten the filter: and and or take many conditions at once",
	},
	"pageSize": {"items on one page", "ask for a smaller page and follow endCursor"},
	"maxNodes": {"nodes at once", "lower maxNodes and narrow the question"},
	"records":  {"records on all pages together", "ask for smaller pages, above all on the inner lists"},
}

// limitExceeded says which limit a document passed, by how much, and what to do.
// With atLeast the counting stopped early.
func limitExceeded(limit string, measured, allowed int, atLeast bool) *gqlerror.Error {
	text := limitTexts[limit]
	number := fmt.Sprint(measured)
	extensions := map[string]any{
		"limit": limit, "measured": measured, "allowed": allowed, "remedy": text.remedy,
	}
	if atLeast {
		number = "at least " + number
		extensions["atLeast"] = true
	}
	message := fmt.Sprintf("the query has %s %s; %d are allowed: %s", number, text.unit, allowed, text.remedy)
	return codedError(CodeCost, message, extensions)
}

func parseFailure(err error) *gqlerror.Error {
	failure := codedError(CodeParse, err.Error(), nil)
	if parsed, ok := err.(*gqlerror.Error); ok {
		failure.Message, failure.Locations = parsed.Message, parsed.Locations
	}
	return failure
}

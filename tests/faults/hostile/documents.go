package hostile

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Document is a query with variables, under a name that says what it tries.
type Document struct {
	Name, Query string
	Variables   map[string]any
	Malformed   bool // it need not be GraphQL, or fit the schema
}

// Documents are some four hundred that would have a server work long, or refuse late:
// filters within filters, long lists, wide and deep selections, questions about all.
var Documents = sync.OnceValue(func() []Document {
	c := &corpus{}
	c.nested()
	c.lists()
	c.shapes()
	c.pages()
	c.histories()
	c.analysis()
	c.searches()
	valid := len(c.all)
	c.malformed()
	for i := range c.all[valid:] {
		c.all[valid+i].Malformed = true
	}
	return c.all
})

type corpus struct{ all []Document }

func (c *corpus) add(name, query string, variables map[string]any) {
	c.all = append(c.all, Document{Name: name, Query: query, Variables: variables})
}

// nest is a condition in so many of itself.
func nest(wrap, inner string, levels int) string {
	for range levels {
		inner = strings.Replace(wrap, "@", inner, 1)
	}
	return inner
}

// wraps are ways to put a condition on entities into another.
var wraps = map[string]string{
	"links.some.other":       `{links: {some: {other: @}}}`,
	"links.none.other":       `{links: {none: {other: @}}}`,
	"links.some.source":      `{links: {some: {source: @, target: @@}}}`,
	"links.some.claims":      `{links: {some: {claims: {some: {about: @}}}}}`,
	"claims.some.object":     `{claims: {some: {object: @}}}`,
	"claims.none.subject":    `{claims: {none: {subject: @}}}`,
	"not":                    `{not: @}`,
	"and":                    `{and: [@, {name: {contains: "a"}}]}`,
	"or":                     `{or: [{name: {contains: "zz"}}, @]}`,
	"not.links.some.other":   `{not: {links: {some: {other: @}}}}`,
	"links.some and .none":   `{links: {some: {other: @}, none: {kind: {eq: RIVAL_OF}}}}`,
	"links.some, either end": `{links: {some: {or: [{source: @}, {target: {name: {contains: "zz"}}}]}}}`,
}

func (c *corpus) nested() {
	for _, name := range slices.Sorted(maps.Keys(wraps)) {
		wrap := strings.ReplaceAll(wraps[name], "@@", `{name: {contains: "zz"}}`)
		for levels := 1; levels <= 10; levels++ {
			where := nest(wrap, `{name: {contains: "zzzz"}}`, levels)
			c.add(fmt.Sprintf("%s, %d levels", name, levels), `{groups(where: `+where+`) { totalCount } }`, nil)
		}
		where := nest(wrap, `{name: {contains: "zzzz"}}`, 2)
		c.add(name+", all entities by links", `{entities(where: `+where+`, orderBy: [{field: LINKS, direction: DESC}]) { totalCount nodes { id } } }`, nil)
		c.add(name+", view", `{structure(view: {where: `+where+`}) { nodeCount } }`, nil)
		aliases := ""
		for i := range 20 {
			aliases += fmt.Sprintf("a%d: entities(where: %s) { totalCount } ", i, where)
		}
		c.add(name+", twenty times", "{"+aliases+"}", nil)
	}
}

func texts(n int, form string) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf(form, i)
	}
	return out
}

func (c *corpus) lists() {
	for _, n := range []int{100, 1_000, 5_000, 20_000, 60_000} {
		names, ids := texts(n, "nobody %d"), texts(n, "e%d")
		numbers := make([]int, n)
		for _, list := range []string{"entities", "groups", "individuals", "incidents"} {
			kind := strings.ToUpper(list[:1]) + strings.TrimSuffix(list[1:], "s") + "Where"
			if list == "entities" {
				kind = "EntityWhere"
			}
			query := func(variable, filter string) string {
				return fmt.Sprintf(`query($w: %s) { %s(where: $w) { totalCount } }`, kind, list)
			}
			c.add(fmt.Sprintf("%d names, %s", n, list), query("", ""), map[string]any{"w": map[string]any{"name": map[string]any{"in": names}}})
			c.add(fmt.Sprintf("%d ids, %s", n, list), query("", ""), map[string]any{"w": map[string]any{"id": map[string]any{"in": ids}}})
		}
		c.add(fmt.Sprintf("%d excerpts", n), `query($w: ClaimWhere) { claims(where: $w) { totalCount } }`,
			map[string]any{"w": map[string]any{"text": map[string]any{"in": names}}})
		c.add(fmt.Sprintf("%d sequences", n), `query($w: ClaimWhere) { claims(where: $w) { totalCount } }`,
			map[string]any{"w": map[string]any{"sequence": map[string]any{"in": numbers}}})
		c.add(fmt.Sprintf("%d titles of the sources of claims", n), `query($w: ClaimWhere) { claims(where: $w) { totalCount } }`,
			map[string]any{"w": map[string]any{"source": map[string]any{"title": map[string]any{"in": names}}}})
		conditions := make([]any, n)
		for i := range conditions {
			conditions[i] = map[string]any{"name": map[string]any{"contains": fmt.Sprintf("zz%d", i)}}
		}
		empty := make([]any, n)
		for i := range empty {
			empty[i] = map[string]any{"links": map[string]any{"none": map[string]any{}}}
		}
		c.add(fmt.Sprintf("or of %d", n), `query($w: EntityWhere) { entities(where: $w) { totalCount } }`, map[string]any{"w": map[string]any{"or": conditions}})
		c.add(fmt.Sprintf("and of %d", n), `query($w: EntityWhere) { entities(where: $w) { totalCount } }`, map[string]any{"w": map[string]any{"and": conditions}})
		c.add(fmt.Sprintf("or of %d empty ones", n), `query($w: EntityWhere) { entities(where: $w) { totalCount } }`, map[string]any{"w": map[string]any{"or": empty}})
		orders := make([]any, n)
		for i := range orders {
			orders[i] = map[string]any{"field": "LINKS"}
		}
		c.add(fmt.Sprintf("ordered by %d fields", n), `query($o: [EntityOrder!]) { entities(orderBy: $o) { totalCount nodes { id } } }`, map[string]any{"o": orders})
		c.add(fmt.Sprintf("around %d", n), `query($ids: [ID!]) { structure(view: {around: $ids, depth: 4}) { nodeCount } }`, map[string]any{"ids": ids})
		c.add(fmt.Sprintf("%d nodes", n), `query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, map[string]any{"ids": ids})
		c.add(fmt.Sprintf("neighbourhood of %d", n), `query($ids: [ID!]!) { neighbourhood(of: $ids, depth: 3, maxNodes: 5000) { nodes { id } } }`, map[string]any{"ids": ids})
		c.add(fmt.Sprintf("timeline of %d", n), `query($ids: [ID!]!) { timeline(of: $ids) { rows { __typename } } }`, map[string]any{"ids": ids})
		c.add(fmt.Sprintf("predictions of %d", n), `query($ids: [ID!]!) { predictLinks(of: $ids) { score } }`, map[string]any{"ids": ids})
		c.add(fmt.Sprintf("a name of %d letters", n), `query($t: String!) { search(text: $t) { totalCount } }`, map[string]any{"t": strings.Repeat("a", n)})
		c.add(fmt.Sprintf("a text of %d words", n), `query($t: String!) { searchText(text: $t) { totalCount } }`, map[string]any{"t": strings.Repeat("a ", n)})
		c.add(fmt.Sprintf("names like one of %d letters", n), `query($t: String!) { nameVariants(name: $t, limit: 100) { name } }`, map[string]any{"t": strings.Repeat("ab", n/2)})
		c.add(fmt.Sprintf("match of a name of %d letters", n), `query($t: String!) { match(query: [{names: [$t]}]) { candidates { score } } }`, map[string]any{"t": strings.Repeat("ab ", n/3)})
	}
}

// shapes are filters that are as large as may be, and wider.
func (c *corpus) shapes() {
	for _, n := range []int{10, 49, 50, 51, 400} {
		var contains, links strings.Builder
		for i := range n {
			fmt.Fprintf(&contains, `{name: {contains: "zz%d"}}, `, i)
			fmt.Fprintf(&links, `{links: {some: {role: {contains: "zz%d"}}}}, `, i)
		}
		c.add(fmt.Sprintf("%d contains", n), `{entities(where: {or: [`+contains.String()+`]}) { totalCount } }`, nil)
		c.add(fmt.Sprintf("links that are one of %d", n), `{entities(where: {or: [`+links.String()+`]}) { totalCount } }`, nil)
		c.add(fmt.Sprintf("not one of %d", n), `{entities(where: {not: {or: [`+links.String()+`]}}) { totalCount nodes { id links { totalCount } } } }`, nil)
		c.add(fmt.Sprintf("entities joined to one of %d", n), `{entities(where: {links: {some: {other: {or: [`+contains.String()+`]}}}}) { totalCount } }`, nil)
	}
}

func (c *corpus) pages() {
	fields := []string{
		`links(first: 500) { totalCount nodes { id claims(first: 100) { totalCount nodes { id } } } }`,
		`claims(first: 500) { totalCount nodes { id excerpt source { title claims { totalCount } } } }`,
		`links(where: {other: {links: {some: {kind: {eq: KIN_OF}}}}}) { totalCount }`,
		`links(where: {claims: {none: {text: {contains: "zz"}}}}) { totalCount }`,
		`links(first: 100, orderBy: [{field: OTHER_NAME}]) { nodes { other { links(first: 100) { nodes { id } } } } }`,
		`attributes { predicate claims { id } }`,
	}
	for i, f := range fields {
		for _, list := range []string{"entities", "groups", "individuals", "places"} {
			c.add(fmt.Sprintf("page of %s, %d", list, i), `{`+list+`(first: 500) { totalCount nodes { id `+f+` } } }`, nil)
		}
	}
	for _, field := range []string{"NAME", "ID", "KIND", "DATE", "FOUNDED", "RECORDED", "LINKS", "CLAIMS"} {
		c.add("entities by "+field, `{entities(first: 500, orderBy: [{field: `+field+`, direction: DESC}]) { totalCount nodes { id name } } }`, nil)
	}
	for _, field := range []string{"RECORDED", "KIND", "CREDIBILITY", "VALID_FROM", "INDEPENDENT_SOURCES", "SOURCE_NAME", "TARGET_NAME"} {
		c.add("links by "+field, `{links(first: 500, orderBy: [{field: `+field+`, direction: DESC}]) { totalCount nodes { id } } }`, nil)
	}
	for _, field := range []string{"RECORDED", "CREDIBILITY", "HEDGE", "LABEL", "PUBLISHED", "VALID_FROM"} {
		c.add("claims by "+field, `{claims(first: 500, orderBy: [{field: `+field+`, direction: DESC}]) { totalCount nodes { id } } }`, nil)
	}
	c.add("revision", `{revision { entities links claims sources }}`, nil)
	c.add("revisions under lenses", `{ a: revision(lens: {minCredibility: 2}) { links } b: revision(lens: {minIndependentSources: 2}) { links } c: revision(lens: {asOf: "2010-01-01"}) { links } }`, nil)
}

// histories are commits with all that they recorded, and what became of what.
func (c *corpus) histories() {
	event := `{ totalCount nodes { what id fields node { id } claim { id source { title } } commit { actor claims } } }`
	c.add("commits", `{commits(first: 500) { totalCount nodes { sequence actor reason batch sources entities claims } } }`, nil)
	c.add("commits, the last", `{commits(last: 500, order: ASC) { totalCount nodes { sequence records(last: 500) { totalCount nodes { id } } } } }`, nil)
	c.add("records of commits", `{commits { nodes { records(first: 500) `+event+` } } }`, nil)
	c.add("records of commits of records", `{commits { nodes { records { nodes { commit { records(first: 500) `+event+` } } } } } }`, nil)
	aliases := ""
	for i := range 20 {
		aliases += fmt.Sprintf("a%d: commits(where: {not: {actor: {contains: \"z%d\"}}}) { nodes { records(first: 200) { totalCount } } } ", i, i)
	}
	c.add("commits, twenty times", "{"+aliases+"}", nil)
	for levels := 1; levels <= 7; levels++ {
		where := nest(`{not: {or: [@, {reason: {contains: "zz"}}]}}`, `{actor: {contains: "zz"}}`, levels)
		c.add(fmt.Sprintf("commits, %d levels", levels), `{commits(where: `+where+`) { totalCount } }`, nil)
	}
	for _, id := range []string{"e0", "s_0", "s_nobody", "c_skdpsywlo3jydcd2t5vt5mdjgu", "c_nobody", "l_nobody", strings.Repeat("e", 10_000)} {
		c.add(fmt.Sprintf("history of %.20s", id), `query($id: ID!) { history(id: $id, first: 500) `+event+` }`, map[string]any{"id": id})
	}
	aliases = ""
	for i := range 20 {
		aliases += fmt.Sprintf("a%d: history(id: \"s_%d\", first: 500) %s ", i, i, event)
	}
	c.add("history, twenty times", "{"+aliases+"}", nil)
}

func (c *corpus) searches() {
	for _, t := range []string{"a", "e", "khan", "abdul rehman", "zzzzzz", "a e i o u", "…", "\u202e"} {
		c.add("search "+t, `query($t: String!) { search(text: $t, first: 500) { totalCount nodes { score } } }`, map[string]any{"t": t})
		c.add("complete "+t, `query($t: String!) { search(text: $t, mode: COMPLETE, first: 500) { totalCount nodes { score } } }`, map[string]any{"t": t})
		c.add("text "+t, `query($t: String!) { searchText(text: $t, first: 500) { totalCount nodes { score } } }`, map[string]any{"t": t + "*"})
	}
}

// malformed are hostile as such: most are refused before anything is read.
func (c *corpus) malformed() {
	for _, n := range []int{10, 24, 40, 1000, 10_000} {
		var chain strings.Builder
		for i := range n {
			fmt.Fprintf(&chain, "fragment F%d on Query { ...F%d ...F%d } ", i, i+1, i+1)
		}
		c.add(fmt.Sprintf("%d fragments in a chain", n), `{ ...F0 } `+chain.String()+fmt.Sprintf("fragment F%d on Query { __typename }", n), nil)
		c.add(fmt.Sprintf("%d fields", n), "{"+strings.Repeat("__typename ", n)+"}", nil)
		c.add(fmt.Sprintf("%d brackets", n), strings.Repeat("{a", n), nil)
		c.add(fmt.Sprintf("%d lists within each other", n), `{nodes(ids: `+strings.Repeat("[", n)+strings.Repeat("]", n)+`) { id } }`, nil)
		c.add(fmt.Sprintf("%d unknown fields", n), "{"+strings.Join(texts(n, "x%d"), " ")+"}", nil)
		c.add(fmt.Sprintf("%d directives", n), "{ __typename "+strings.Repeat("@skip(if: false) ", n)+"}", nil)
	}
	c.add("introspection in itself", `{__schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }`, nil)
	c.add("no end", `{ ...F } fragment F on Query { ...F }`, nil)
}

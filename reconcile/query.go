package reconcile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// query is one cell of a table that is to be matched.
type query struct {
	live.MatchQuery
	limit      int
	impossible bool // an entity would have to be of two kinds
}

// defaultCandidates is how many candidates a query without a limit gets.
const defaultCandidates = 5

func parseQueries(batch map[string]json.RawMessage) (map[string]query, error) {
	if len(batch) > live.MaxDescriptions {
		message := fmt.Sprintf("%d queries, at most %d at once", len(batch), live.MaxDescriptions)
		return nil, graph.Invalid("TOO_MANY", "queries", message, "send them in parts")
	}
	out := make(map[string]query, len(batch))
	for key, raw := range batch {
		q, err := parseQuery("queries."+key, raw)
		if err != nil {
			return nil, err
		}
		out[key] = q
	}
	return out, nil
}

// queryJSON is a query as it is sent.
type queryJSON struct {
	Query      *string         `json:"query"`
	Type       json.RawMessage `json:"type"`
	TypeStrict string          `json:"type_strict"`
	Limit      *int            `json:"limit"`
	Properties []struct {
		PID string          `json:"pid"`
		V   json.RawMessage `json:"v"`
	} `json:"properties"`
}

const exampleQuery = `{"query": "a name", "type": "GROUP", "limit": 5, ` +
	`"properties": [{"pid": "father", "v": "a name"}]}`

func parseQuery(path string, raw json.RawMessage) (q query, err error) {
	var sent queryJSON
	if json.Unmarshal(raw, &sent) != nil || isNull(raw) {
		return q, graph.Invalid("MALFORMED", path, "it is not a query", "write it as "+exampleQuery)
	}
	if sent.Query == nil || strings.TrimSpace(*sent.Query) == "" {
		return q, graph.Invalid("MISSING", path+".query", "there is no name", "give the name to look for")
	}
	q.Names, q.limit = []string{*sent.Query}, defaultCandidates
	if sent.Limit != nil {
		q.limit = *sent.Limit
	}
	if q.limit < 1 {
		message := fmt.Sprintf("%d is less than 1", q.limit)
		return q, graph.Invalid("OUT_OF_RANGE", path+".limit", message, "ask for one candidate or more")
	}
	q.limit = min(q.limit, live.MaxCandidates)
	if err := q.setTypes(path, &sent); err != nil {
		return q, err
	}
	for i, p := range sent.Properties {
		if err := q.setProperty(fmt.Sprintf("%s.properties[%d]", path, i), p.PID, p.V); err != nil {
			return q, err
		}
	}
	return q, nil
}

func (q *query) setTypes(path string, sent *queryJSON) error {
	types, err := textOrList(sent.Type)
	if err != nil {
		return graph.Invalid("MALFORMED", path+".type",
			"it is neither a text nor a list of texts", "give the id of a type, such as GROUP")
	}
	for _, t := range types {
		kind, err := graph.OneOf(graph.EntityKinds, t)
		if err != nil {
			return graph.Renamed(err, func(string) string { return path + ".type" })
		}
		q.Kinds = append(q.Kinds, kind)
	}
	switch sent.TypeStrict {
	case "", "any", "should":
	case "all":
		for _, k := range q.Kinds {
			q.impossible = q.impossible || k != q.Kinds[0]
		}
	default:
		return graph.Invalid("UNKNOWN_VALUE", path+".type_strict",
			"it is neither any, all nor should", "leave it out, or say any")
	}
	return nil
}

func isNull(raw json.RawMessage) bool { return len(raw) == 0 || string(raw) == "null" }

// textOrList reads a text or a list of texts; an empty text is none.
func textOrList(raw json.RawMessage) ([]string, error) {
	if isNull(raw) {
		return nil, nil
	}
	var one string
	if json.Unmarshal(raw, &one) == nil {
		if one == "" {
			return nil, nil
		}
		return []string{one}, nil
	}
	var more []string
	err := json.Unmarshal(raw, &more)
	return more, err
}

// setProperty adds what a column of the row says. An empty cell says nothing.
func (q *query) setProperty(path, pid string, raw json.RawMessage) error {
	p := propertyOf(pid)
	if p == nil || p.match == nil {
		return graph.Invalid("UNKNOWN_PROPERTY", path+".pid",
			"there is no such property to match by", "use "+propertyIDs(matchable))
	}
	value, err := cellText(raw)
	if err != nil {
		return graph.Invalid("MALFORMED", path+".v", err.Error(), "give one text")
	}
	if value = strings.TrimSpace(value); value == "" {
		return nil
	}
	return graph.Renamed(p.match(q, value), func(string) string { return path + ".v" })
}

// cellText is the text of a value: a text, a number, an entity with its name, or a list
// of one of those.
func cellText(raw json.RawMessage) (string, error) {
	raw = bytes.TrimSpace(raw)
	if isNull(raw) {
		return "", nil
	}
	switch raw[0] {
	case '"':
		var s string
		return s, json.Unmarshal(raw, &s)
	case '[':
		var list []json.RawMessage
		if err := json.Unmarshal(raw, &list); err != nil || len(list) > 1 {
			return "", fmt.Errorf("there are %d values", len(list))
		}
		if len(list) == 0 || bytes.HasPrefix(bytes.TrimSpace(list[0]), []byte("[")) {
			return "", nil
		}
		return cellText(list[0])
	case '{':
		var of struct{ ID, Name string }
		err := json.Unmarshal(raw, &of)
		if of.Name == "" {
			of.Name = of.ID
		}
		return of.Name, err
	}
	var n json.Number
	if err := json.Unmarshal(raw, &n); err != nil {
		return "", fmt.Errorf("%s is not a text", strconv.Quote(string(raw[:min(len(raw), 20)])))
	}
	return n.String(), nil
}

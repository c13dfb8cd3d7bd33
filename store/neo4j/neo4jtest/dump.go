package neo4jtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j/dbtype"
)

// dumped is a line of a database's dump: one of its three kinds. Nodes are numbered in
// the order of their lines.
type dumped struct {
	// Schema is the statement that makes a constraint, or an index that none has.
	Schema string   `json:"schema,omitempty"`
	Labels []string `json:"labels,omitempty"`
	// Type is a relationship's, which leads from one node to another.
	Type       string                     `json:"type,omitempty"`
	From       int                        `json:"from,omitempty"`
	To         int                        `json:"to,omitempty"`
	Properties map[string]json.RawMessage `json:"properties,omitempty"`
}

// property is a value that JSON would not keep the type of.
type property struct {
	Int   *string  `json:"int,omitempty"`
	Float *float64 `json:"float,omitempty"`
	Time  *string  `json:"time,omitempty"`
	Date  *string  `json:"date,omitempty"`
	Bytes []byte   `json:"bytes,omitempty"`
}

// packed is a property as it stands in a dump.
func packed(v any) (json.RawMessage, error) {
	switch v := v.(type) {
	case string, bool:
		return json.Marshal(v)
	case int64:
		text := strconv.FormatInt(v, 10)
		return json.Marshal(property{Int: &text})
	case float64:
		return json.Marshal(property{Float: &v})
	case time.Time:
		text := v.Format(time.RFC3339Nano)
		return json.Marshal(property{Time: &text})
	case dbtype.Date:
		text := v.Time().Format(time.DateOnly)
		return json.Marshal(property{Date: &text})
	case []byte:
		return json.Marshal(property{Bytes: v})
	case []any:
		list := make([]json.RawMessage, len(v))
		for i, inner := range v {
			var err error
			if list[i], err = packed(inner); err != nil {
				return nil, err
			}
		}
		return json.Marshal(list)
	}
	return nil, fmt.Errorf("a property of type %T: a dump has no form for it", v)
}

// unpacked is the property that a dump holds.
func unpacked(text json.RawMessage) (any, error) {
	switch text[0] {
	case '[':
		var list []json.RawMessage
		if err := json.Unmarshal(text, &list); err != nil {
			return nil, err
		}
		out := make([]any, len(list))
		for i, inner := range list {
			var err error
			if out[i], err = unpacked(inner); err != nil {
				return nil, err
			}
		}
		return out, nil
	case '{':
		var p property
		if err := json.Unmarshal(text, &p); err != nil {
			return nil, err
		}
		switch {
		case p.Int != nil:
			return strconv.ParseInt(*p.Int, 10, 64)
		case p.Float != nil:
			return *p.Float, nil
		case p.Time != nil:
			return time.Parse(time.RFC3339Nano, *p.Time)
		case p.Date != nil:
			day, err := time.Parse(time.DateOnly, *p.Date)
			return dbtype.Date(day), err
		}
		return p.Bytes, nil
	}
	var plain any
	err := json.Unmarshal(text, &plain)
	return plain, err
}

// statements of a dump and of its restoring. Nodes are known by their number meanwhile.
const (
	cypherNodes   = `MATCH (n) RETURN elementId(n), labels(n), properties(n) ORDER BY id(n)`
	cypherLinks   = `MATCH (a)-[r]->(b) RETURN elementId(a), elementId(b), type(r), properties(r) ORDER BY id(r)`
	cypherSchema  = `SHOW CONSTRAINTS YIELD name, createStatement RETURN createStatement ORDER BY name`
	cypherIndexes = `SHOW INDEXES YIELD name, type, owningConstraint, createStatement
WHERE owningConstraint IS NULL AND type <> 'LOOKUP' RETURN createStatement ORDER BY name`
	cypherNames = `SHOW CONSTRAINTS YIELD name RETURN 'CONSTRAINT', name`
	cypherOther = `SHOW INDEXES YIELD name, type, owningConstraint
WHERE owningConstraint IS NULL AND type <> 'LOOKUP' RETURN 'INDEX', name`
	cypherNode = `UNWIND $rows AS row CREATE (n:$(row.labels)) SET n = row.properties RETURN row.number, elementId(n)`
	cypherLink = `UNWIND $rows AS row MATCH (a) WHERE elementId(a) = row.from MATCH (b) WHERE elementId(b) = row.to
CREATE (a)-[r:$(row.type)]->(b) SET r = row.properties`
)

// Dump is all that the database holds, a JSON object a line: statements that make its
// constraints and indexes, nodes, relationships.
func (s *Server) Dump(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	lines := json.NewEncoder(&b)
	lines.SetEscapeHTML(false)
	add := func(d dumped, properties any) {
		t.Helper()
		var err error
		if d.Properties, err = allPacked(properties); err == nil {
			err = lines.Encode(d)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, cypher := range []string{cypherSchema, cypherIndexes} {
		for _, row := range s.Query(t, cypher, nil) {
			add(dumped{Schema: row[0].(string)}, nil)
		}
	}
	number := map[string]int{}
	for i, row := range s.Query(t, cypherNodes, nil) {
		number[row[0].(string)] = i
		d := dumped{}
		for _, label := range row[1].([]any) {
			d.Labels = append(d.Labels, label.(string))
		}
		add(d, row[2])
	}
	for _, row := range s.Query(t, cypherLinks, nil) {
		add(dumped{From: number[row[0].(string)], To: number[row[1].(string)], Type: row[2].(string)}, row[3])
	}
	return b.Bytes()
}

func allPacked(properties any) (map[string]json.RawMessage, error) {
	all, _ := properties.(map[string]any)
	out := map[string]json.RawMessage{}
	for name, v := range all {
		text, err := packed(v)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out[name] = text
	}
	return out, nil
}

// Restore makes the database hold what a dump says and nothing else; constraints and
// indexes too. It skips the test where there is no server.
func (s *Server) Restore(t *testing.T, dump []byte) {
	t.Helper()
	s.Empty(t)
	for _, of := range []string{cypherNames, cypherOther} {
		for _, row := range s.Query(t, of, nil) {
			s.Query(t, "DROP "+row[0].(string)+" `"+row[1].(string)+"` IF EXISTS", nil)
		}
	}
	r := restoring{query: func(cypher string, p map[string]any) [][]any { return s.Query(t, cypher, p) }}
	for line := range bytes.Lines(dump) {
		if err := r.line(line); err != nil {
			t.Fatal(err)
		}
	}
	r.flush()
}

// restoring gathers the rows of one statement.
type restoring struct {
	query   func(cypher string, parameters map[string]any) [][]any
	cypher  string
	rows    []any
	element []string // by number
}

func (r *restoring) line(text []byte) error {
	var d dumped
	if err := json.Unmarshal(text, &d); err != nil {
		return err
	}
	if d.Schema != "" {
		r.query(d.Schema, nil)
		return nil
	}
	row := map[string]any{"properties": map[string]any{}}
	for name, text := range d.Properties {
		v, err := unpacked(text)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		row["properties"].(map[string]any)[name] = v
	}
	if d.Type == "" {
		row["labels"], row["number"] = d.Labels, int64(len(r.element))
		r.element = append(r.element, "")
		r.add(cypherNode, row)
		return nil
	}
	if r.cypher == cypherNode {
		r.flush() // which says what the nodes are called now
	}
	row["type"], row["from"], row["to"] = d.Type, r.element[d.From], r.element[d.To]
	r.add(cypherLink, row)
	return nil
}

func (r *restoring) add(cypher string, row any) {
	const most = 2000
	if r.cypher != cypher || len(r.rows) >= most {
		r.flush()
	}
	r.cypher, r.rows = cypher, append(r.rows, row)
}

func (r *restoring) flush() {
	if len(r.rows) == 0 {
		return
	}
	for _, row := range r.query(r.cypher, map[string]any{"rows": r.rows}) {
		r.element[row[0].(int64)] = row[1].(string)
	}
	r.rows = nil
}

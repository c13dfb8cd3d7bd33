package reconcile

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/work"
)

// Extension is columns for entities: the properties they are made of, and the cells
// by the entity's id and the property's.
type Extension struct {
	Meta []Named                      `json:"meta"`
	Rows map[string]map[string][]Cell `json:"rows"`
}

// Cell is one value of a cell.
type Cell struct {
	Str string `json:"str"`
}

// extendJSON is what columns are to be made for which entities, as it is sent.
type extendJSON struct {
	IDs        []string       `json:"ids"`
	Properties []propertyJSON `json:"properties"`
}

type propertyJSON struct {
	ID       string                     `json:"id"`
	Settings map[string]json.RawMessage `json:"settings"`
}

// column is a property that a column is made of, and how many values a cell takes at
// most; 0 is all.
type column struct {
	*property
	limit int
}

// Extend fills columns. An entity that is not there, or that the reader may not see,
// has empty cells.
func (s Service) Extend(ctx context.Context, request string) (*Extension, error) {
	var sent extendJSON
	if err := json.Unmarshal([]byte(request), &sent); err != nil || !utf8.ValidString(request) {
		return nil, graph.Invalid("MALFORMED", "extend", "it is not a JSON object of ids and properties",
			`write it as {"ids": ["..."], "properties": [{"id": "father"}]}`)
	}
	if s.MaxIDs >= 0 && len(sent.IDs) > s.MaxIDs {
		message := fmt.Sprintf("%d ids, at most %d at once", len(sent.IDs), s.MaxIDs)
		return nil, graph.Invalid("TOO_MANY", "extend.ids", message, "ask for them in parts")
	}
	columns, err := columnsOf(sent.Properties)
	if err != nil {
		return nil, err
	}
	out := &Extension{Meta: []Named{}, Rows: map[string]map[string][]Cell{}}
	for _, c := range columns {
		out.Meta = append(out.Meta, Named{c.ID, c.Name})
	}
	for _, id := range sent.IDs {
		if err := cmp.Or(work.RequestOf(ctx).Err(), ctx.Err()); err != nil {
			return nil, err
		}
		out.Rows[id] = s.row(graph.ID(id), columns)
	}
	return out, nil
}

func columnsOf(sent []propertyJSON) ([]column, error) {
	var out []column
	for i, p := range sent {
		path := fmt.Sprintf("extend.properties[%d]", i)
		known := propertyOf(p.ID)
		if known == nil {
			return nil, graph.Invalid("UNKNOWN_PROPERTY", path+".id",
				"there is no such property", "use "+propertyIDs(anyProperty))
		}
		if slices.ContainsFunc(out, func(c column) bool { return c.property == known }) {
			return nil, graph.Invalid("REPEATED", path+".id", "it is listed twice", "list each property once")
		}
		text, err := cellText(p.Settings["limit"])
		limit, bad := strconv.Atoi(cmp.Or(text, "0"))
		if err != nil || bad != nil || limit < 0 {
			return nil, graph.Invalid("OUT_OF_RANGE", path+".settings.limit",
				"it is not a number of 0 or more", "leave it out for all values")
		}
		out = append(out, column{known, limit})
	}
	return out, nil
}

func (s Service) row(id graph.ID, columns []column) map[string][]Cell {
	e, ok := s.View.Entity(id)
	ok = ok && e.Base().Retired() == nil // what is said of it counts for nothing
	row := map[string][]Cell{}
	for _, c := range columns {
		row[c.ID] = []Cell{}
		if ok {
			row[c.ID] = c.cells(c.values(e))
		}
	}
	return row
}

func (c column) cells(values []string) []Cell {
	if c.limit > 0 {
		values = values[:min(c.limit, len(values))]
	}
	out := make([]Cell, len(values))
	for i, v := range values {
		out[i] = Cell{v}
	}
	return out
}

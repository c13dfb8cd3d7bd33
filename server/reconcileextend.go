package server

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/rabta/rabta/graph"
)

// sentExtension is what columns are to be made for which entities.
type sentExtension struct {
	IDs        []string `json:"ids"`
	Properties []struct {
		ID       string                     `json:"id"`
		Settings map[string]json.RawMessage `json:"settings"`
	} `json:"properties"`
}

type cellText struct {
	Str string `json:"str"`
}

// extend fills columns. An entity that is not there, or that the reader may not
// see, has empty cells.
func (c reconciler) extend(ctx context.Context, w http.ResponseWriter, a *asked, raw string) error {
	var sent sentExtension
	if err := json.Unmarshal([]byte(raw), &sent); err != nil || !utf8.ValidString(raw) {
		return graph.Invalid("MALFORMED", "extend", "it is not a JSON object of ids and properties", `write it as {"ids": ["..."], "properties": [{"id": "father"}]}`)
	}
	if most := c.config.Limits.PageSize; over(len(sent.IDs), most) {
		return graph.Invalid("TOO_MANY", "extend.ids", fmt.Sprintf("%d ids, at most %d at once", len(sent.IDs), most), "ask for them in parts")
	}
	meta, limits := []named{}, []int{}
	for i, p := range sent.Properties {
		known := propertyOf(p.ID)
		if known == nil {
			return graph.Invalid("UNKNOWN_PROPERTY", fmt.Sprintf("extend.properties[%d].id", i), "there is no such property", "use "+extendedProperties())
		}
		if slices.ContainsFunc(meta, func(m named) bool { return m.ID == p.ID }) {
			return graph.Invalid("REPEATED", fmt.Sprintf("extend.properties[%d].id", i), "it is asked for twice", "ask for each property once")
		}
		limit, err := cell(p.Settings["limit"])
		n, bad := strconv.Atoi(cmp.Or(limit, "0"))
		if err != nil || bad != nil || n < 0 {
			return graph.Invalid("OUT_OF_RANGE", fmt.Sprintf("extend.properties[%d].settings.limit", i), "it is not a number of 0 or more", "leave it out for all values")
		}
		meta, limits = append(meta, named{known.ID, known.Name}), append(limits, n)
	}
	rows := map[string]map[string][]cellText{}
	for _, id := range sent.IDs {
		if err := ctx.Err(); err != nil {
			return err
		}
		rows[id] = a.row(id, meta, limits)
	}
	writeJSON(w, http.StatusOK, map[string]any{"meta": meta, "rows": rows})
	return nil
}

func (a *asked) row(id string, meta []named, limits []int) map[string][]cellText {
	e, ok := a.view.Entity(graph.ID(id))
	row := map[string][]cellText{}
	for i, m := range meta {
		row[m.ID] = []cellText{}
		if !ok {
			continue
		}
		for n, v := range propertyOf(m.ID).values(e) {
			if limits[i] == 0 || n < limits[i] {
				row[m.ID] = append(row[m.ID], cellText{v})
			}
		}
	}
	return row
}

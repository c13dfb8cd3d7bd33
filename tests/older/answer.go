package older

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// volatile are the fields that another run answers otherwise: they are not kept.
var volatile = map[string]bool{
	"store":        true, // the kind of store that is asked
	"storeReached": true, // when it last answered
	"requestId":    true,
}

// comparedForm makes of a response what is kept of it: the status, what kind of body it is,
// and what that holds; a table as a list of rows by column, other lines as a list.
func comparedForm(status int, header http.Header, body []byte) (any, error) {
	media, _, _ := strings.Cut(header.Get("Content-Type"), ";")
	out := map[string]any{"status": json.Number(fmt.Sprint(status)), "media": media}
	if rows := header.Get("Rabta-Rows"); rows != "" {
		out["rows"] = rows
	}
	var err error
	switch {
	case strings.HasSuffix(media, "json") && media != "application/x-ndjson":
		out["body"], err = decode(body)
		out["body"] = asBare(out["body"])
	case media == "application/x-ndjson":
		out["body"], err = decodeLines(body)
	case media == "text/csv":
		out["columns"], out["body"], err = decodeTable(body)
	default:
		var lines []any
		for _, line := range linesOf(body) {
			lines = append(lines, string(line))
		}
		out["body"] = lines
	}
	return without(out), err
}

// without leaves out what is volatile, at any depth.
func without(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			if volatile[name] {
				delete(v, name)
				continue
			}
			without(inner)
		}
	case []any:
		for _, inner := range v {
			without(inner)
		}
	}
	return v
}

// decode reads JSON with its numbers as they are written.
func decode(text []byte) (out any, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	err = d.Decode(&out)
	return out, err
}

// encode writes JSON in the one form in which answers are kept.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

// decodeLines reads the records of a file, without the header that newer versions begin it with.
func decodeLines(text []byte) (any, error) {
	out := []any{}
	for _, line := range linesOf(text) {
		v, err := decode(line)
		if err != nil {
			return nil, err
		}
		if record, ok := v.(map[string]any); !ok || record["type"] != "header" {
			out = append(out, v)
		}
	}
	return out, nil
}

func decodeTable(text []byte) (columns, rows any, err error) {
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(records) == 0 {
		return nil, nil, err
	}
	head, list := []any{}, []any{}
	for _, name := range records[0] {
		head = append(head, name)
	}
	for _, r := range records[1:] {
		row := map[string]any{}
		for i, cell := range r {
			if cell != "" {
				row[records[0][i]] = cell
			}
		}
		list = append(list, row)
	}
	return head, list, nil
}

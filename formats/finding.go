package formats

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/rabta/rabta/graph"
)

// Finding is one thing wrong with a file. A pointer to it is an error.
type Finding struct {
	Position
	// Field is the field of the record, or "line".
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Remedy  string `json:"remedy"`
}

// String is what people read: FILE:LINE: FIELD: what is wrong; what to do. The line
// is left out of what concerns no one record.
func (f Finding) String() string {
	if f.Line == 0 {
		return fmt.Sprintf("%s: %s: %s; %s", f.File, f.Field, f.Message, f.Remedy)
	}
	return fmt.Sprintf("%s:%d: %s: %s; %s", f.File, f.Line, f.Field, f.Message, f.Remedy)
}

func (f *Finding) Error() string { return f.String() }

// FindingsError says everything that is wrong with files, in order. It is a
// graph.ErrInvalid.
type FindingsError struct{ Findings []Finding }

func (e *FindingsError) Error() string {
	lines := make([]string, len(e.Findings))
	for i, f := range e.Findings {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}

// Is makes errors.Is(err, graph.ErrInvalid) true.
func (e *FindingsError) Is(target error) bool { return target == graph.ErrInvalid }

// moreFindings says how many findings are not listed.
func moreFindings(file string, more int) Finding {
	return Finding{
		Position{File: file},
		"file", "MORE_FINDINGS",
		fmt.Sprintf("%d more lines are wrong and not listed", more), "correct what is listed and try again",
	}
}

// lineFinding says why a line is no record at all.
func lineFinding(err error, at Position) *Finding {
	wrong, ok := errors.AsType[*json.UnmarshalTypeError](err)
	switch {
	case ok && wrong.Field != "":
		return wrongType(wrong, at)
	case ok:
		return notObject(at, fmt.Sprintf("it is a %s and not an object", wrong.Value))
	}
	return notObject(at, "it is not a JSON object: "+jsonMessage(err))
}

func notObject(at Position, message string) *Finding {
	return &Finding{at, "line", "BAD_JSON", message, "write one object a line"}
}

// decodeFinding turns a decoder's error into words about a field.
func decodeFinding(err error, line []byte, at Position) *Finding {
	if invalid, ok := errors.AsType[*graph.InvalidError](err); ok {
		p := invalid.Problems[0]
		return &Finding{at, dateField(line, p), p.Code, p.Message, p.Remedy}
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return wrongType(wrong, at)
	}
	if field, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		name := strings.Trim(field, `"`)
		return &Finding{at, name, "UNKNOWN_FIELD", "there is no such field", "remove it or correct its name"}
	}
	return &Finding{at, "line", "BAD_JSON", jsonMessage(err), "correct the record"}
}

func wrongType(err *json.UnmarshalTypeError, at Position) *Finding {
	return &Finding{at, err.Field, "WRONG_TYPE", fmt.Sprintf("it is a %s", err.Value), "write a " + typeWord(err)}
}

// dateField is the field whose date a decoder refused; it says only that it was a
// date.
func dateField(line []byte, p graph.Problem) string {
	var dates struct {
		Published, ValidFrom, ValidTo json.RawMessage
		Value                         struct{ Date json.RawMessage }
	}
	if p.Path != "date" || json.Unmarshal(line, &dates) != nil {
		return p.Path
	}
	for _, field := range []struct {
		name string
		text json.RawMessage
	}{
		{"published", dates.Published},
		{"validFrom", dates.ValidFrom},
		{"validTo", dates.ValidTo},
		{"value.date", dates.Value.Date},
	} {
		if len(field.text) > 0 && json.Unmarshal(field.text, new(graph.PartialDate)) != nil {
			return field.name
		}
	}
	return p.Path
}

func typeWord(err *json.UnmarshalTypeError) string {
	switch err.Type.Kind().String() {
	case "string":
		return "text"
	case "slice":
		return "list"
	case "int", "int64", "float64":
		return "number"
	case "bool":
		return "true or false"
	}
	return "value of another type"
}

func jsonMessage(err error) string { return strings.TrimPrefix(err.Error(), "json: ") }

// Package formats reads and writes rabta's material in the formats of others;
// one format a file.
package formats

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/rabta/rabta/graph"
)

// MaxLine is the greatest length of one line of canonical claims.
const MaxLine = 1 << 20

// File is what one file of canonical claims holds, and where each record stands.
type File struct {
	Name     string
	Sources  []Located[graph.Source]
	Entities []Located[graph.Entity]
	Claims   []Located[graph.Claim]
}

// Located is a record and the line that it came from.
type Located[T any] struct {
	Record T
	At     Position
}

// Position is a line of a file, from 1.
type Position struct {
	File string
	Line int
}

// Finding is one thing wrong with a file.
type Finding struct {
	Position
	// Field is the field of the record, or "line".
	Field   string
	Code    string
	Message string
	Remedy  string
}

func (f Finding) String() string {
	return fmt.Sprintf("%s:%d: %s: %s; %s", f.File, f.Line, f.Field, f.Message, f.Remedy)
}

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

// maxFindings bounds how much of a hopeless file is reported.
const maxFindings = 100

// ReadClaims reads canonical claims: one JSON object a line, in any order. It
// reports every line that cannot be read, as a *FindingsError; what the lines
// say is checked by Join.
func ReadClaims(r io.Reader, name string) (File, error) {
	f := File{Name: name}
	var findings []Finding
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, MaxLine)
	n := 0
	for lines.Scan() {
		n++
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		if bad := f.read(line, Position{name, n}); bad != nil && len(findings) < maxFindings {
			findings = append(findings, *bad)
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		findings = append(findings, Finding{Position{name, n + 1}, "line", "TOO_LONG", fmt.Sprintf("it is longer than %d bytes", MaxLine), "shorten the record"})
	} else if err := lines.Err(); err != nil {
		return File{}, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(findings) > 0 {
		return File{}, &FindingsError{findings}
	}
	return f, nil
}

func (f *File) read(line []byte, at Position) *Finding {
	if !utf8.Valid(line) {
		return &Finding{at, "line", "INVALID_UTF8", "it is not valid UTF-8", "save the file as UTF-8"}
	}
	var head struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(line, &head); err != nil {
		return &Finding{at, "line", "BAD_JSON", "it is not a JSON object: " + plain(err), "write one object a line"}
	}
	var err error
	switch head.Type {
	case "source":
		err = add(&f.Sources, line, at)
	case "entity":
		err = add(&f.Entities, line, at)
	case "claim":
		err = add(&f.Claims, line, at)
	default:
		return &Finding{at, "type", "UNKNOWN_TYPE", fmt.Sprintf("%.40q is not known", head.Type), `use "source", "entity" or "claim"`}
	}
	if err == nil {
		return nil
	}
	return decodeFinding(err, at)
}

func add[T any](list *[]Located[T], line []byte, at Position) error {
	record, err := graph.Decode[T](line)
	*list = append(*list, Located[T]{record, at})
	return err
}

// decodeFinding turns a decoder's error into words about a field.
func decodeFinding(err error, at Position) *Finding {
	var invalid *graph.InvalidError
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &invalid):
		p := invalid.Problems[0]
		return &Finding{at, p.Path, p.Code, p.Message, p.Remedy}
	case errors.As(err, &wrongType):
		return &Finding{at, wrongType.Field, "WRONG_TYPE", fmt.Sprintf("it is a %s", wrongType.Value), "write a " + kindWord(wrongType)}
	}
	if field, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return &Finding{at, strings.Trim(field, `"`), "UNKNOWN_FIELD", "there is no such field", "remove it or correct its name"}
	}
	return &Finding{at, "line", "BAD_JSON", plain(err), "correct the record"}
}

func kindWord(err *json.UnmarshalTypeError) string {
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

func plain(err error) string { return strings.TrimPrefix(err.Error(), "json: ") }

// Join makes one batch of files and checks it by itself. A claim about claims
// may name one of the files' own by its label, as "@C36". References to what a
// store may hold are left to the store. The error is a *FindingsError.
func Join(files ...File) (graph.Batch, error) {
	j := joiner{labels: map[string][]int{}}
	for _, f := range files {
		for _, s := range f.Sources {
			j.batch.Sources, j.sources = append(j.batch.Sources, s.Record), append(j.sources, s.At)
		}
		for _, e := range f.Entities {
			j.batch.Entities, j.entities = append(j.batch.Entities, e.Record), append(j.entities, e.At)
		}
		for _, c := range f.Claims {
			if c.Record.Label != "" {
				j.labels[c.Record.Label] = append(j.labels[c.Record.Label], len(j.batch.Claims))
			}
			j.batch.Claims, j.claims = append(j.batch.Claims, c.Record), append(j.claims, c.At)
		}
	}
	j.resolve()
	if len(j.findings) == 0 {
		j.check()
	}
	if len(j.findings) > 0 {
		return graph.Batch{}, &FindingsError{j.findings}
	}
	return j.batch, nil
}

type joiner struct {
	batch                     graph.Batch
	sources, entities, claims []Position
	labels                    map[string][]int
	findings                  []Finding
}

// resolve replaces "@LABEL" in claims about claims by the claim's id.
func (j *joiner) resolve() {
	for i := range j.batch.Claims {
		c := &j.batch.Claims[i]
		for field, id := range map[string]*graph.ID{"subject": &c.Subject, "object": &c.Object} {
			label, ok := strings.CutPrefix(string(*id), "@")
			if !ok {
				continue
			}
			at := j.labels[label]
			if len(at) != 1 {
				j.findings = append(j.findings, Finding{j.claims[i], field, "DANGLING_REFERENCE", fmt.Sprintf("%d claims of the input have the label %.40q", len(at), label), "name one claim by a label that occurs once"})
				continue
			}
			*id = j.batch.Claims[at[0]].Normalised().ID
		}
		if c.ID != "" && c.ID != c.Normalised().ID {
			j.findings = append(j.findings, Finding{j.claims[i], "id", "WRONG_ID", "it is not the hash of what the claim says", "leave it out"})
		}
	}
}

// check runs the domain's own checks record by record, so that positions hold.
func (j *joiner) check() {
	var invalid *graph.InvalidError
	if err := j.batch.Check(); errors.As(err, &invalid) {
		j.findings = Locate(invalid, append(append(append([]Position(nil), j.sources...), j.entities...), j.claims...))
	}
}

// Locate turns problems of a batch into findings, given where each record of the
// batch stands: sources, then entities, then claims.
func Locate(err *graph.InvalidError, at []Position) []Finding {
	out := make([]Finding, 0, len(err.Problems))
	for _, p := range err.Problems {
		f := Finding{Field: p.Field(), Code: p.Code, Message: p.Message, Remedy: p.Remedy}
		if p.Record >= 0 && p.Record < len(at) {
			f.Position = at[p.Record]
		}
		out = append(out, f)
	}
	return out
}

// WriteClaims writes records in canonical form, a line each: sources, entities,
// claims, in the order given.
func WriteClaims(w io.Writer, b graph.Batch) error {
	out := bufio.NewWriter(w)
	for i := range b.Sources {
		writeLine(out, graph.Encode(&b.Sources[i]))
	}
	for i := range b.Entities {
		writeLine(out, graph.Encode(&b.Entities[i]))
	}
	for i := range b.Claims {
		writeLine(out, graph.Encode(&b.Claims[i]))
	}
	return out.Flush()
}

// writeLine leaves errors to Flush, which returns the first.
func writeLine(w *bufio.Writer, line []byte) {
	_, _ = w.Write(line)
	_ = w.WriteByte('\n')
}

package formats

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// MaxLine is the greatest length of one line of canonical claims.
const MaxLine = 1 << 20

// readNDJSON reads canonical claims: one JSON object a line, in any order. Every line
// that cannot be read is a finding. The header of an exported file is no record.
func readNDJSON(r io.Reader, name string) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		lines := bufio.NewReader(r)
		for n := 1; ; n++ {
			line, whole, err := readLine(lines)
			if err != nil && err != io.EOF {
				yield(Record{}, fmt.Errorf("reading %s: %w", name, err))
				return
			}
			if n == 1 {
				line = bytes.TrimPrefix(line, []byte(byteOrderMark)) // as some editors begin UTF-8
			}
			at := Position{name, n}
			switch line = bytes.TrimSpace(line); {
			case !whole:
				if !yield(Record{At: at}, tooLong(at)) {
					return
				}
			case len(line) > 0:
				if r, err := parseLine(line, at); (err != nil || !r.isHeader()) && !yield(r, err) {
					return
				}
			}
			if err == io.EOF {
				return
			}
		}
	}
}

func tooLong(at Position) *Finding {
	return &Finding{at, "line", "TOO_LONG", fmt.Sprintf("it is longer than %d bytes", MaxLine), "shorten the record"}
}

// readLine reads up to and with the next line end. whole is false for a line that
// is too long, which is read over.
func readLine(r *bufio.Reader) (line []byte, whole bool, err error) {
	whole = true
	for {
		part, err := r.ReadSlice('\n')
		if whole = whole && len(line)+len(part) <= MaxLine; whole {
			line = append(line, part...)
		}
		if err != bufio.ErrBufferFull {
			return line, whole, err
		}
	}
}

// parseLine reads the record of a line. With an error, a *Finding, there may be a part
// of it.
func parseLine(line []byte, at Position) (Record, error) {
	r := Record{At: at}
	if !utf8.Valid(line) {
		return r, &Finding{at, "line", "INVALID_UTF8", "it is not valid UTF-8", "save the file as UTF-8"}
	}
	if err := CheckJSON(line); err != nil {
		return r, decodeFinding(err, line, at)
	}
	var head struct {
		Type string `json:"type"`
	}
	err := json.Unmarshal(line, &head)
	if err != nil {
		return r, lineFinding(err, at)
	}
	switch head.Type {
	case headerType:
		return r, nil
	case "source":
		r.Source, err = decode[graph.Source](line)
	case "entity":
		r.Entity, err = decode[graph.Entity](line)
	case "claim":
		r.Claim, err = decode[graph.Claim](line)
	default:
		return r, &Finding{
			at, "type", "UNKNOWN_TYPE", fmt.Sprintf("%.40q is not known", head.Type), `use "source", "entity" or "claim"`,
		}
	}
	if err != nil {
		return r, decodeFinding(err, line, at)
	}
	r.Lost = lostIn(line)
	return r, nil
}

func decode[T any](line []byte) (*T, error) {
	record, err := graph.Decode[T](line)
	return &record, err
}

// writeNDJSON writes canonical claims, which readNDJSON reads.
func writeNDJSON(ctx context.Context, v *live.View, o Options) (*Content, error) {
	x, err := v.Export(ctx, o.Selection)
	if err != nil {
		return nil, err
	}
	return &Content{Head: headerOf(v, o, x), Records: x.Len(), Lines: func(ctx context.Context) iter.Seq[[]byte] {
		return func(yield func([]byte) bool) {
			var line []byte
			for record := range x.Lines(ctx) {
				line = append(append(line[:0], record...), '\n')
				if !yield(line) {
					return
				}
			}
		}
	}}, nil
}

// header is the first line of exported claims: what was asked for, and what is not there.
type header struct {
	Type        string             `json:"type"`
	Lens        map[string]any     `json:"lens,omitempty"`
	Kinds       []graph.Predicate  `json:"kinds,omitzero"`
	EntityKinds []graph.EntityKind `json:"entityKinds,omitzero"`
	Records     int                `json:"records"`
	LeftOut     live.LeftOut       `json:"leftOut"`
	Note        string             `json:"note"`
}

const headerType = "header"

// isHeader reports whether a line that was read is no record.
func (r *Record) isHeader() bool { return r.Source == nil && r.Entity == nil && r.Claim == nil }

func headerOf(v *live.View, o Options, x *live.Export) []byte {
	line, err := json.Marshal(header{
		headerType, lensText(v.Lens()), o.Selection.Kinds, o.Selection.EntityKinds, x.Len(), x.LeftOut(),
		"This file has what counts under its lens. It leaves out claims that do not count, that were retracted or whose source " +
			"was withdrawn, entities that were retired, what took these back, who recorded what, when and why, " +
			"changes of markings, and redactions.",
	})
	if err != nil {
		panic("formats: a header that cannot be written: " + err.Error())
	}
	return append(line, '\n')
}

// lensText is the conditions that are set, by their names as parameters.
func lensText(l graph.Lens) map[string]any {
	text, err := json.Marshal(l)
	all, out := map[string]any{}, map[string]any{}
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil {
		panic("formats: a lens that cannot be written: " + err.Error())
	}
	for name, value := range all {
		if value != nil {
			out[strings.ToLower(name[:1])+name[1:]] = value
		}
	}
	return out
}

package older

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"

	"github.com/rabta/rabta/backup"
	"github.com/rabta/rabta/graph"
)

// numbering gives a version's commits the numbers that they have for a clearance: a version
// that knew no such numbers told everybody the store's own.
type numbering []graph.Sequence // by the store's own number, less one

// of is what stands now for one of the store's own numbers; itself for what is none.
func (n numbering) of(own string) string {
	i, err := strconv.Atoi(own)
	if err != nil || i < 1 || i > len(n) {
		return own
	}
	return strconv.FormatUint(uint64(n[i-1]), 10)
}

// numberPatterns find such numbers in questions and in texts.
var numberPatterns = []*regexp.Regexp{
	regexp.MustCompile(`(knownAtSequence"?\s*[:=]\s*)(\d+)()`),
	regexp.MustCompile(`(the graph has reached )(\d+)()`),
	regexp.MustCompile(`(commit )(\d+)( used)`),
	regexp.MustCompile(`(rabta-[a-z]+-)(\d+)(\.[a-z]+)`),
}

func (n numbering) text(s string) string {
	for _, p := range numberPatterns {
		s = p.ReplaceAllStringFunc(s, func(found string) string {
			part := p.FindStringSubmatch(found)
			return part[1] + n.of(part[2]) + part[3]
		})
	}
	return s
}

// numbered are the fields that hold such numbers.
var numbered = []string{"sequence"}

// value is a kept answer as it would be told with numbers for the clearance.
func (n numbering) value(v any, key string) any {
	switch v := v.(type) {
	case map[string]any:
		out := maps.Clone(v)
		for k := range out {
			out[k] = n.value(out[k], k)
		}
		return out
	case []any:
		out := slices.Clone(v)
		for i := range out {
			out[i] = n.value(out[i], key)
		}
		return out
	case json.Number:
		if slices.Contains(numbered, key) {
			return json.Number(n.of(string(v)))
		}
	case string:
		return n.text(v)
	}
	return v
}

// question is a question with numbers for the clearance.
func (n numbering) question(q *Question) *Question {
	out := *q
	out.path, out.body = n.text(q.path), n.text(q.body)
	return &out
}

// numbering is that of the version's store; nil for another world, whose numbers are its
// own.
func (v *Version) numbering(world string, c graph.Marking) (numbering, error) {
	if world != WorldStore {
		return nil, nil
	}
	if v.numbers == nil {
		file, err := os.ReadFile(v.Path(BackupFile))
		if err != nil {
			return nil, err
		}
		r, err := backup.Open(bytes.NewReader(file))
		if err != nil {
			return nil, err
		}
		for ch, err := range r.Changes() {
			if err != nil {
				return nil, err
			}
			v.numbers = append(v.numbers, ch.Numbers)
		}
	}
	out := make(numbering, len(v.numbers))
	for i, n := range v.numbers {
		out[i] = n.At(c)
	}
	return out, nil
}

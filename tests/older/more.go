package older

import (
	"encoding/base64"
	"regexp"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/schema"
)

// described are the sentences of the schema, word what is left without them: its names.
var (
	described = regexp.MustCompile(`(?s)""".*?"""|"(?:[^"\\\n]|\\.)*"`)
	word      = regexp.MustCompile(`[A-Za-z_]+`)
)

// texts are what readers of one clearance were shown.
type texts struct {
	// shown were in answers, or are names of the schema; told were in errors alone, where
	// what was asked comes back.
	shown, told map[string]bool
}

// more are the texts within a value that no kept answer showed to readers of the
// clearance, and that are no names of the schema. What errors told is known to errors.
func (v *Version) more(c graph.Marking, path string, value any) (out []string) {
	known := v.textsAt(c)
	now := texts{map[string]bool{}, map[string]bool{}}
	now.add(value, ofError(path))
	for text := range now.shown {
		if !known.shown[text] {
			out = append(out, text)
		}
	}
	for text := range now.told {
		if !known.shown[text] && !known.told[text] {
			out = append(out, text)
		}
	}
	slices.Sort(out)
	return out
}

// ofError reports whether a path leads into errors.
func ofError(path string) bool {
	return strings.Contains(path, "body.errors") || strings.Contains(path, ".userErrors")
}

func (v *Version) textsAt(c graph.Marking) texts {
	if _, ok := v.texts[c]; !ok {
		all := texts{map[string]bool{}, map[string]bool{}}
		for a, answer := range v.answers {
			if a.clearance != c {
				continue
			}
			if value, err := decode(answer); err == nil {
				all.add(value, false)
			}
		}
		for _, w := range word.FindAllString(described.ReplaceAllString(schema.SDL(), ""), -1) {
			all.shown[w] = true
		}
		v.texts[c] = all
	}
	return v.texts[c]
}

// add adds the texts within a value; those that a cursor carries stand for the cursor.
func (t texts) add(v any, inError bool) {
	switch v := v.(type) {
	case string:
		if inside, err := base64.RawURLEncoding.DecodeString(v); err == nil && strings.HasPrefix(string(inside), "{") {
			if value, err := decode(inside); err == nil {
				t.add(value, inError)
				return
			}
		}
		if inError {
			t.told[v] = true
		} else {
			t.shown[v] = true
		}
	case []string:
		for _, s := range v {
			t.add(s, inError)
		}
	case []any:
		for _, inner := range v {
			t.add(inner, inError)
		}
	case map[string]any:
		for name, inner := range v {
			t.add(inner, inError || name == "errors" || name == "userErrors")
		}
	}
}

// hides reports whether a text holds one that only stricter readers were shown. What the
// question itself says is not hidden in the errors that it gets.
func (v *Version) hides(d *Difference, text string) bool {
	const least = 4 // shorter ones stand in anything
	sent := ""
	if ofError(d.Path) {
		sent = v.sent(d.Question)
	}
	known := v.textsAt(d.Clearance).shown
	for hidden := range v.textsAt(graph.Red).shown {
		if len(hidden) >= least && !known[hidden] && strings.Contains(text, hidden) && !strings.Contains(sent, hidden) {
			return true
		}
	}
	return false
}

// echoes reports whether an error says what its question itself said.
func (v *Version) echoes(d *Difference, text string) bool {
	return ofError(d.Path) && strings.Contains(v.sent(d.Question), text)
}

// sent is what a question sends.
func (v *Version) sent(name string) string {
	for i := range v.Questions {
		if q := &v.Questions[i]; q.Name == name {
			return q.path + q.body
		}
	}
	return ""
}

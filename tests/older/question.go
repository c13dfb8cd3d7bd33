package older

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"
)

// Question is one request.
type Question struct {
	// Name is that of its section, and the value behind it where there are several.
	Name string
	// Everywhere is set for what every store is asked.
	Everywhere                bool
	method, path, media, body string
	first                     bool // of its section
}

// readQuestions reads a file of sections. The ending of a section's name says what it
// holds: a document of GraphQL; the path of a GET; queries, or an extension, for
// reconciliation. A line "# Variables: {..}" is as in the examples of the playground,
// "# Everywhere" is Question's, and "# Each id: a b c" asks once for each value of the
// variable: in a path it stands as {id}, in a document it is $id.
func readQuestions(file string) ([]Question, error) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		return nil, err
	}
	var out []Question
	for _, f := range archive.Files {
		list, err := section(f.Name, string(f.Data))
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", file, f.Name, err)
		}
		out = append(out, list...)
	}
	seen := map[string]bool{}
	for _, q := range out {
		if seen[q.Name] {
			return nil, fmt.Errorf("%s: %s stands there twice", file, q.Name)
		}
		seen[q.Name] = true
	}
	return out, nil
}

func section(name, text string) (out []Question, err error) {
	ending := path.Ext(name)
	name = strings.TrimSuffix(name, ending)
	variables := map[string]any{}
	if of, ok := directive(text, "# Variables: "); ok {
		if err := json.Unmarshal([]byte(of), &variables); err != nil {
			return nil, err
		}
	}
	_, everywhere := directive(text, "# Everywhere")
	each, several := directive(text, "# Each ")
	variable, values, _ := strings.Cut(each, ": ")
	list := strings.Fields(values)
	if !several {
		list = []string{""}
	}
	for _, value := range list {
		q := Question{Name: strings.TrimSpace(name + " " + value), Everywhere: everywhere, first: len(out) == 0}
		if several {
			variables[variable] = value
		}
		filled := strings.ReplaceAll(text, "{"+variable+"}", url.QueryEscape(value))
		if err := q.fill(ending, filled, text, variables); err != nil {
			return nil, err
		}
		out = append(out, q)
	}
	return out, nil
}

// directive is the rest of a line that begins so.
func directive(text, begins string) (rest string, ok bool) {
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(line), begins); ok {
			return rest, true
		}
	}
	return "", false
}

func (q *Question) fill(ending, filled, text string, variables map[string]any) error {
	switch ending {
	case ".graphql":
		body, err := json.Marshal(map[string]any{"query": present(reworded.Replace(text)), "variables": variables})
		q.method, q.path, q.media, q.body = http.MethodPost, "/graphql", "application/json", string(body)
		return err
	case ".get":
		q.method, q.path = http.MethodGet, strings.Join(strings.Fields(withoutComments(filled)), "")
		return nil
	case ".queries", ".extend":
		q.method, q.path, q.media = http.MethodPost, "/reconcile", "application/x-www-form-urlencoded"
		q.body = url.Values{ending[1:]: {withoutComments(text)}}.Encode()
		return nil
	}
	return fmt.Errorf("the ending %q is not known", ending)
}

// reworded asks in the words of today for what fields that are gone told. What differs in the
// answers stands in changed.go.
var reworded = strings.NewReplacer(
	"{nobodyClaimed: true}", "{claimed: {eq: NOBODY}}",
	"nobodyClaimed", "nobodyClaimed: claimed { by }",
	"killedLow", "happened { toll { low best high withoutFigure } } claimed { toll { low best high withoutFigure } }",
	"killedHigh", "attributed { toll { low best high withoutFigure } } attributedAndDenied { count }",
	"withoutFigure", "",
)

func withoutComments(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") {
			out.WriteString(line)
		}
	}
	return out.String()
}

// linesOf yields the lines of a text that hold something, without their ends.
func linesOf(text []byte) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		n := 0
		for line := range bytes.Lines(text) {
			if line = bytes.TrimSpace(line); len(line) > 0 && !yield(n, line) {
				return
			}
			n++
		}
	}
}

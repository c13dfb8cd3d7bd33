// Package examples holds the queries that the playground offers, in the order in
// which they lead an analyst through the graph. The tests run the same files.
package examples

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/rabta/rabta/web"
)

//go:embed *.graphql
var files embed.FS

// groups are those that examples stand in, in the order in which they are walked.
var groups = []string{
	"First look",
	"Find and match",
	"Families and schools",
	"Incidents",
	"Time",
	"Paths",
	"Networks",
	"Sources",
	"Sums and what-ifs",
	"Recording",
}

// All reads the examples, group by group, in one in the order of their file names.
// Each begins with comments: "# Title:", "# Group:", "# Description:", and "# Variables:" with JSON
// where it takes some.
func All() ([]web.Example, error) {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, err
	}
	list := make([]web.Example, 0, len(entries))
	for _, e := range entries {
		text, err := files.ReadFile(e.Name())
		if err != nil {
			return nil, err
		}
		example, err := parse(e.Name(), text)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(groups, example.Group) {
			return nil, fmt.Errorf("%s: there is no group %q; there are %s", e.Name(), example.Group, strings.Join(groups, ", "))
		}
		list = append(list, example)
	}
	slices.SortStableFunc(list, func(a, b web.Example) int {
		return slices.Index(groups, a.Group) - slices.Index(groups, b.Group)
	})
	return list, nil
}

func parse(file string, text []byte) (web.Example, error) {
	e := web.Example{Name: strings.TrimSuffix(file, ".graphql")}
	last := (*string)(nil)
	for len(text) > 0 && text[0] == '#' {
		line, rest, _ := bytes.Cut(text, []byte("\n"))
		text = rest
		key, value, ok := strings.Cut(strings.TrimSpace(strings.TrimPrefix(string(line), "#")), ": ")
		switch {
		case ok && key == "Title":
			e.Title, last = value, &e.Title
		case ok && key == "Group":
			e.Group, last = value, &e.Group
		case ok && key == "Description":
			e.Description, last = value, &e.Description
		case ok && key == "Variables":
			e.Variables, last = json.RawMessage(value), nil
		case last != nil: // a line that goes on
			*last += " " + strings.TrimSpace(strings.TrimPrefix(string(line), "#"))
		}
	}
	e.Query = strings.TrimSpace(string(text)) + "\n"
	if e.Title == "" || e.Group == "" || e.Description == "" || e.Variables != nil && !json.Valid(e.Variables) {
		return e, fmt.Errorf("%s: it needs a title, a group, a description, and variables that are JSON", file)
	}
	return e, nil
}

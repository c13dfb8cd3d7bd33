// Package examples holds the queries that the playground offers, in the order in
// which they lead an analyst through the graph. The tests run the same files.
package examples

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/rabta/rabta/web"
)

//go:embed *.graphql
var files embed.FS

// All reads the examples in the order of their file names. Each begins with
// comments: "# Title:", "# Group:", "# Description:", and "# Variables:" with JSON
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
		list = append(list, example)
	}
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

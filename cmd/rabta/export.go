package main

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/rabta/rabta/bulk"
	"github.com/rabta/rabta/graph"
)

func exportCommand(s *settings) *cobra.Command {
	given := url.Values{}
	c := &cobra.Command{
		Use:   "export FORMAT",
		Short: "Write what a lens lets through to standard output",
		Long: "Write what a lens lets through to standard output. FORMAT is one of\n\n" + formatsHelp() +
			"\nThe claims can be imported into an empty store and give the same answers; those that were retracted, and who\nrecorded what when, are not in them. The conditions of a lens and the other flags are those that the address\n/export/FORMAT of a server takes.",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			name := args[0]
			if name == "ndjson" {
				name = "claims.ndjson"
			}
			if !known(name) {
				return usageError{fmt.Errorf("format %q is not known; use ndjson or %s", args[0], strings.Join(names(), ", "))}
			}
			q, err := bulk.Parse(name, given)
			if err != nil {
				return usageError{err}
			}
			f, _, err := openGraph(c, s)
			if err != nil {
				return err
			}
			defer func() { _ = f.Close() }()
			x, err := q.Open(c.Context(), f.Graph.Reader(graph.Marking(s.clearance)))
			if err != nil {
				return err
			}
			return x.Write(c.Context(), c.OutOrStdout())
		},
	}
	for i := range graph.LensConditions {
		condition := &graph.LensConditions[i]
		addParameter(c.Flags(), &parameter{given, condition.Name, parameterType(condition.List, condition.Switch), func(values []string) error { return condition.Set(new(graph.Lens), values...) }}, condition.Doc)
	}
	for i := range bulk.Parameters {
		p := &bulk.Parameters[i]
		addParameter(c.Flags(), &parameter{given, p.Name, parameterType(p.List, p.Switch), p.Check}, p.Doc)
	}
	return c
}

func known(name string) bool {
	for _, f := range bulk.Files {
		if f.Name == name {
			return true
		}
	}
	return false
}

func names() (out []string) {
	for _, f := range bulk.Files {
		out = append(out, f.Name)
	}
	return out
}

// formatsHelp is a line for each format.
func formatsHelp() string {
	var b strings.Builder
	for _, f := range bulk.Files {
		name := f.Name
		if name == "claims.ndjson" {
			name += " or ndjson"
		}
		fmt.Fprintf(&b, "  %-24s %s\n", name, f.Doc)
	}
	return b.String()
}

// parameter is a flag that gives a parameter of an export.
type parameter struct {
	given url.Values
	name  string
	kind  string // list, bool or value
	check func(values []string) error
}

// declare adds a flag, whose name is that of the parameter with hyphens; that of a
// switch alone means true.
func addParameter(f *pflag.FlagSet, p *parameter, doc string) {
	flag := f.VarPF(p, flagName(p.name), "", doc)
	if p.kind == "bool" {
		flag.NoOptDefVal = "true"
	}
}

// Set takes one value more of a list; of others the last counts.
func (p *parameter) Set(text string) error {
	values := []string{text}
	if p.kind == "list" {
		values = append(p.given[p.name], text)
	}
	if err := p.check(values); err != nil {
		return err
	}
	p.given[p.name] = values
	return nil
}

// String is what was given.
func (p *parameter) String() string { return strings.Join(p.given[p.name], ",") }

// Type names what the flag takes, for its help.
func (p *parameter) Type() string { return p.kind }

func parameterType(list, isSwitch bool) string {
	switch {
	case list:
		return "list"
	case isSwitch:
		return "bool"
	}
	return "value"
}

// hyphenated turns asOfMode into as-of-mode.
func flagName(name string) string {
	var b strings.Builder
	for _, r := range name {
		if unicode.IsUpper(r) {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

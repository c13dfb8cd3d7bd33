package main

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/rabta/rabta/bulk"
	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
)

func exportCommand(s *settings) *cobra.Command {
	given := url.Values{}
	known := formatArgument{formats: formats.Exporters(), files: true}
	c := &cobra.Command{
		Use:   "export FORMAT",
		Short: "Write what a lens lets through to standard output",
		Long: "Write what a lens lets through to standard output. FORMAT is one of\n\n" + known.help() + logHelp +
			"\nThe claims can be imported into an empty store and give the same answers; those that were retracted, and\n" +
			"who recorded what when, are not in them. The log holds these too, up to --clearance, and no lens: with it two\n" +
			"stores come to hold the same. The conditions of a lens and the other flags are those that the\n" +
			"address /export/FORMAT of a server takes.",
		Example: exampleLines(
			"rabta export ndjson > claims.ndjson",
			"rabta export links.csv --store sqlite:rabta.db > links.csv",
			"rabta export ndjson --clearance RED --include-assessments > all.ndjson",
			"rabta export log.ndjson --clearance AMBER > log.ndjson     # for rabta import log elsewhere"),
		Args: cobra.ExactArgs(1), ValidArgsFunction: known.complete,
		RunE: func(c *cobra.Command, args []string) error {
			if isLog(args[0]) {
				if err := withoutFlags(c); err != nil {
					return err
				}
				return exportLog(c, s)
			}
			format, err := known.find(args[0])
			if err != nil {
				return err
			}
			q, err := bulk.Parse(format.File(), given)
			if err != nil {
				return usageError{err}
			}
			return export(c, s, q)
		},
	}
	addParameters(c.Flags(), given)
	return c
}

func export(c *cobra.Command, s *settings, q *bulk.Request) error {
	f, _, err := openGraph(c, s)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	x, err := q.Open(c.Context(), f.Graph().Reader())
	if err != nil {
		return err
	}
	return x.Write(c.Context(), c.OutOrStdout())
}

// addParameters adds a flag for each parameter of an export, which puts what is given
// among the others.
func addParameters(f *pflag.FlagSet, given url.Values) {
	for i := range graph.LensConditions {
		condition := &graph.LensConditions[i]
		check := func(values []string) error { return condition.Set(new(graph.Lens), values...) }
		kind := parameterType(condition.List, condition.Switch)
		addParameter(f, &parameter{given, condition.Name, kind, check}, condition.Doc)
	}
	for i := range bulk.Parameters {
		p := &bulk.Parameters[i]
		addParameter(f, &parameter{given, p.Name, parameterType(p.List, p.Switch), p.Check}, p.Doc)
	}
	f.VarP(second{given}, "with", "", "of the second view that combine names: NAME=VALUE, a condition of its lens or its kinds or entityKinds")
}

// second is a flag that says one thing of a second view.
type second struct{ given url.Values }

// Set takes NAME=VALUE, the name being that of a parameter of an address.
func (s second) Set(text string) error {
	name, value, ok := strings.Cut(text, "=")
	if !ok {
		return fmt.Errorf("%q is not NAME=VALUE; write it as in minCredibility=2", text)
	}
	name = bulk.OfSecond + name
	s.given[name] = append(s.given[name], value)
	return nil
}

// String is what was given.
func (s second) String() string {
	var out []string
	for name, values := range s.given {
		if of, is := strings.CutPrefix(name, bulk.OfSecond); is {
			out = append(out, of+"="+strings.Join(values, ","))
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// Type names what the flag takes, for its help.
func (second) Type() string { return "NAME=VALUE" }

// parameter is a flag that gives a parameter of an export.
type parameter struct {
	given url.Values
	name  string
	kind  string // list, bool or value
	check func(values []string) error
}

// addParameter adds a flag, whose name is that of the parameter with hyphens; that of a
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

// flagName turns asOfMode into as-of-mode.
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

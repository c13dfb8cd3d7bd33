package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rabta/rabta/formats"
)

// formatArgument is the first argument of a command: the name of a format. A format
// that is written goes by the name of its file too.
type formatArgument struct {
	formats []*formats.Format
	files   bool
}

// names are what a format is called, the name of its file first.
func (a formatArgument) names(f *formats.Format) []string {
	if !a.files || f.File() == f.Name {
		return []string{f.Name}
	}
	return []string{f.File(), f.Name}
}

func (a formatArgument) find(name string) (*formats.Format, error) {
	var short, files []string
	for _, f := range a.formats {
		if slices.Contains(a.names(f), name) {
			return f, nil
		}
		if !a.files || f.File() != f.Name {
			short = append(short, f.Name)
		}
		if a.files {
			files = append(files, f.File())
		}
	}
	known := strings.Join(short, ", ")
	if a.files {
		known += " or " + strings.Join(files, ", ")
	}
	return nil, usageError{fmt.Errorf("format %q is not known; use %s", name, known)}
}

// help is a line for each format.
func (a formatArgument) help() string {
	var b strings.Builder
	for _, f := range a.formats {
		fmt.Fprintf(&b, "  %-24s %s\n", strings.Join(a.names(f), " or "), f.Description)
	}
	return b.String()
}

// complete offers the names of formats to a shell, and behind an importer's its files.
func (a formatArgument) complete(
	_ *cobra.Command, args []string, _ string,
) ([]cobra.Completion, cobra.ShellCompDirective) {
	var out []cobra.Completion
	switch len(args) {
	case 0:
		for _, f := range a.formats {
			for _, name := range a.names(f) {
				out = append(out, cobra.CompletionWithDesc(name, f.Description))
			}
		}
	case 1:
		if f, err := a.find(args[0]); err == nil && !a.files {
			return []cobra.Completion{f.Extension}, cobra.ShellCompDirectiveFilterFileExt
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

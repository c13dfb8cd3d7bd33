package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// helpWidth is where lines of flags are broken.
const helpWidth = 110

// ownSettings are the settings that a command is mostly about: its help shows them among
// its own flags, before those that it shares with others.
var ownSettings = map[string][]string{
	"serve": {
		"listen", "store", "read-only", "seeds", "clearance", "default-marking", "writes", "allowed-hosts", "reconcile-origins",
		"metrics-listen", "query-timeout", "work-budget", "heavy-at-once", "connections", "body-limit", "export-timeout", "exports-at-once",
	},
	"query":       {"store", "read-only", "seeds", "clearance", "query-timeout", "work-budget"},
	"import":      {"store", "clearance", "default-marking", "json"},
	"export":      {"store", "read-only", "seeds", "clearance"},
	"check":       {"store", "read-only", "json"},
	"backup":      {"store", "json"},
	"verify":      {"json"},
	"restore":     {"store", "json"},
	"redact":      {"store", "json"},
	"digest":      {"store", "clearance", "json"},
	"update":      {"store", "json"},
	"doctor":      {"store", "read-only", "listen", "json"},
	"healthcheck": {"listen"},
	"version":     {"json"},
}

// usage writes how a command is called: examples, its own flags, then those that all
// commands have.
func usage(c *cobra.Command) error {
	out := c.OutOrStderr()
	fmt.Fprintln(out, "Usage:")
	if c.Runnable() {
		fmt.Fprintf(out, "  %s\n", c.UseLine())
	}
	if c.HasAvailableSubCommands() {
		fmt.Fprintf(out, "  %s [command]\n", c.CommandPath())
	}
	if c.Example != "" {
		fmt.Fprintf(out, "\nExamples:\n%s\n", c.Example)
	}
	if c.HasAvailableSubCommands() {
		fmt.Fprintln(out, "\nAvailable Commands:")
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() || sub.Name() == "help" {
				fmt.Fprintf(out, "  %-*s %s\n", sub.NamePadding(), sub.Name(), sub.Short)
			}
		}
	}
	own, shared := flagsOf(c)
	writeFlags(out, "Flags", own)
	writeFlags(out, "Global Flags", shared)
	if c.HasAvailableSubCommands() {
		fmt.Fprintf(out, "\n%q says more about a command.\n", c.CommandPath()+" [command] --help")
	} else if shared.HasAvailableFlags() {
		fmt.Fprintln(out, "\nWhat all commands have is RABTA_NAME in the environment too, and NAME in the file of --config.")
	}
	return nil
}

// flagsOf are the flags that a command's help shows first, and the others.
func flagsOf(c *cobra.Command) (own, shared *pflag.FlagSet) {
	own, shared = pflag.NewFlagSet("", pflag.ContinueOnError), pflag.NewFlagSet("", pflag.ContinueOnError)
	own.SortFlags = false
	settings := c.Root().PersistentFlags()
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if settings.Lookup(f.Name) == nil {
			own.AddFlag(f)
		}
	})
	for _, name := range ownSettings[c.Name()] {
		own.AddFlag(settings.Lookup(name))
	}
	settings.VisitAll(func(f *pflag.Flag) {
		if !slices.Contains(ownSettings[c.Name()], f.Name) {
			shared.AddFlag(f)
		}
	})
	return own, shared
}

func writeFlags(out io.Writer, heading string, f *pflag.FlagSet) {
	if f.HasAvailableFlags() {
		fmt.Fprintf(out, "\n%s:\n%s\n", heading, strings.TrimRight(f.FlagUsagesWrapped(helpWidth), " \n"))
	}
}

// exampleLines sets lines of examples in, as help shows them.
func exampleLines(lines ...string) string { return "  " + strings.Join(lines, "\n  ") }

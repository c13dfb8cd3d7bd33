package main

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// everyCommand are the commands of ours, by their names.
func everyCommand(t *testing.T) map[string]*cobra.Command {
	t.Helper()
	all := map[string]*cobra.Command{}
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		all[c.CommandPath()] = c
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(command())
	if len(all) < 9 || all["rabta serve"] == nil {
		t.Fatalf("only %d commands found", len(all))
	}
	return all
}

// TestEveryCommandHasExamples: each command shows how it is called, in lines that it
// takes.
func TestEveryCommandHasExamples(t *testing.T) {
	for path, c := range everyCommand(t) {
		if c.HasSubCommands() && c.HasParent() {
			continue // the examples are below it
		}
		if c.Example == "" {
			t.Errorf("%s --help has no examples", path)
		}
		for line := range strings.Lines(c.Example) {
			for part := range strings.SplitSeq(strings.TrimSpace(line), " | ") {
				checkExample(t, part)
			}
		}
	}
}

var redirection = regexp.MustCompile(`\s+[<>]\s+\S+`)

// checkExample fails unless a line calls a command of ours with flags and arguments that
// it takes. Lines of other programs are passed over.
func checkExample(t *testing.T, line string) {
	t.Helper()
	comment := strings.Index(line, "  #")
	if comment >= 0 {
		line = line[:comment]
	}
	words := strings.Fields(strings.ReplaceAll(redirection.ReplaceAllString(line, ""), "'", ""))
	for len(words) > 0 && strings.HasPrefix(words[0], "RABTA_") {
		words = words[1:]
	}
	if len(words) == 0 || words[0] != "rabta" {
		return
	}
	root := command()
	c, args, err := root.Find(words[1:])
	if err != nil {
		t.Errorf("%s: %v", line, err)
		return
	}
	if err := c.ParseFlags(args); err != nil {
		t.Errorf("%s: %v", line, err)
		return
	}
	if err := c.ValidateArgs(c.Flags().Args()); err != nil {
		t.Errorf("%s: %v", line, err)
	}
}

// TestOwnFlagsComeFirst: the help of each command has all of its flags, its own before
// those that it shares, and examples before both.
func TestOwnFlagsComeFirst(t *testing.T) {
	for path, c := range everyCommand(t) {
		var out bytes.Buffer
		c.SetOut(&out)
		c.InitDefaultHelpFlag() // as Execute does
		if err := c.Usage(); err != nil {
			t.Fatal(err)
		}
		at := func(text string) int { return strings.Index(out.String(), text) }
		examples, flags, shared := at("\nExamples:\n"), at("\nFlags:\n"), at("\nGlobal Flags:\n")
		if flags < 0 || shared < flags || c.Example != "" && (examples < 0 || examples > flags) {
			t.Errorf("%s: examples at %d, flags at %d, global flags at %d:\n%s", path, examples, flags, shared, &out)
			continue
		}
		for _, name := range ownSettings[c.Name()] {
			if i := at("\n      --" + name + " "); i < flags || i > shared {
				t.Errorf("%s: --%s is not among the command's own flags", path, name)
			}
		}
		for _, name := range []string{"config", "log-level", "listen", "json"} {
			if !slices.Contains(ownSettings[c.Name()], name) && at("\n      --"+name+" ") < shared {
				t.Errorf("%s: --%s is not among the flags of all commands", path, name)
			}
		}
	}
}

// TestOwnSettingsExist: the table of a command's own settings names commands and settings
// that there are.
func TestOwnSettingsExist(t *testing.T) {
	all := map[string]bool{}
	for _, c := range everyCommand(t) {
		all[c.Name()] = true
	}
	for name, settings := range ownSettings {
		if !all[name] {
			t.Errorf("there is no command %s", name)
		}
		for _, s := range settings {
			if command().PersistentFlags().Lookup(s) == nil {
				t.Errorf("%s: there is no setting %s", name, s)
			}
		}
	}
}

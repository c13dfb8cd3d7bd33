// Command rabta is the knowledge-graph service for militant-group networks:
// sourced, hedged claims in a durable log, answered over GraphQL.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/rabta/rabta/graph"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run is the whole program. It returns the exit code.
func run(args []string, in io.Reader, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := command()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	err := root.ExecuteContext(ctx)
	if err != nil && !errors.Is(err, errAnswer) {
		fmt.Fprintln(errs, err)
	}
	return exitCode(err)
}

// command is the whole tree of commands.
func command() *cobra.Command {
	s := defaults()
	root := rootCommand(s)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w; see %s --help", err, c.CommandPath())}
	})
	root.SetUsageFunc(usage)
	s.declare(root.PersistentFlags())
	root.AddCommand(
		serveCommand(s), queryCommand(s), importCommand(s), exportCommand(s), checkCommand(s),
		backupCommand(s), verifyCommand(s), restoreCommand(s), redactCommand(s), digestCommand(s), seedsCommand(s),
		schemaCommand(), versionCommand(s), healthcheckCommand(s), doctorCommand(s),
	)
	for _, c := range root.Commands() {
		c.Args = usageArgs(c.Args)
	}
	return root
}

// rootCommand is rabta without a command.
func rootCommand(s *settings) *cobra.Command {
	showVersion := false
	root := &cobra.Command{
		Use:   "rabta",
		Short: "A knowledge graph of sourced, hedged claims about militant-group networks",
		Long: "rabta keeps what sources say, with hedge, speaker, credibility and date, and answers over GraphQL\n" +
			"under a lens that says which claims count. Presence in the graph implies no wrongdoing.",
		Example: exampleLines(
			"rabta serve                          # the graph with its seeds at http://127.0.0.1:8420/playground",
			"rabta query question.graphql         # ask without a server",
			"rabta import ndjson claims.ndjson    # record what a file holds",
			"rabta doctor                         # what is set, what is there, and what to do about it"),
		SilenceErrors: true, SilenceUsage: true,
		PersistentPreRunE: func(c *cobra.Command, _ []string) error {
			if isCompletion(c) || showVersion {
				return nil
			}
			if err := s.load(c.Root().PersistentFlags()); err != nil {
				return usageError{err}
			}
			return nil
		},
		Args: knownCommand,
		RunE: func(c *cobra.Command, _ []string) error {
			if showVersion {
				return printVersion(c.OutOrStdout(), s.json)
			}
			return c.Help()
		},
	}
	root.Flags().BoolVar(&showVersion, "version", false, "print the version, the commit and the Go that built it")
	return root
}

// knownCommand refuses words that are no command, and guesses what was meant.
func knownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	meant := ""
	if c.SuggestionsMinimumDistance <= 0 {
		c.SuggestionsMinimumDistance = 2
	}
	if list := c.SuggestionsFor(args[0]); len(list) > 0 {
		meant = "; did you mean " + strings.Join(list, " or ") + "?"
	}
	return usageError{fmt.Errorf("unknown command %q%s; see rabta --help", args[0], meant)}
}

// usageArgs marks what is wrong with arguments as a mistake in the call.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if check == nil {
			return nil
		}
		if err := check(c, args); err != nil {
			return usageError{fmt.Errorf("%w; see %s --help", err, c.CommandPath())}
		}
		return nil
	}
}

// isCompletion reports whether a command serves a shell's completion, which works
// whatever is wrong with the settings.
func isCompletion(c *cobra.Command) bool {
	for ; c != nil; c = c.Parent() {
		switch c.Name() {
		case "completion", cobra.ShellCompRequestCmd, cobra.ShellCompNoDescRequestCmd:
			return true
		}
	}
	return false
}

// The exit codes.
const (
	exitDone = iota
	exitAnswer
	exitUsage
	exitStore
	exitInput
)

// errAnswer says that an answer was printed that holds an error.
var errAnswer = errors.New("the answer holds an error")

// usageError is a mistake in how a command was called.
type usageError struct{ error }

// storeError is a store that is there and cannot be used.
type storeError struct{ error }

func exitCode(err error) int {
	var usage usageError
	var unusable storeError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errAnswer):
		return exitAnswer
	case errors.As(err, &unusable), errors.Is(err, graph.ErrUnavailable):
		return exitStore
	case errors.As(err, &usage):
		return exitUsage
	case errors.Is(err, graph.ErrInvalid), errors.Is(err, graph.ErrConflict), errors.Is(err, graph.ErrNotFound),
		errors.Is(err, graph.ErrAmbiguous):
		return exitInput
	}
	return exitAnswer
}

package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/redact"
	"github.com/rabta/rabta/store"
)

func redactCommand(s *settings) *cobra.Command {
	r := redaction{s: s}
	c := &cobra.Command{
		Use:   "redact ID|commit:N",
		Short: "Take out of a store for good what was recorded",
		Long: "Take out of a store for good what was recorded: an entity with all claims that name it, a source with its\n" +
			"claims, or a claim; with each claim those about it. commit:N is what commit N says of itself: its actor, reason\n" +
			"and id. First it lists all that goes, and what stays and names it, which is never changed; then it asks.\n\n" +
			"A tombstone is left of each record: its digest, by which the same is not taken again, what it was, how it was\n" +
			"marked, when and why it was redacted. The log still verifies with rabta check --store. It cannot be undone:\n" +
			"to take back what somebody said, record a claim that retracts it.\n\n" +
			"What is left to do where copies are is printed at the end.",
		Example: exampleLines(
			"rabta redact someone --reason court-order-12",
			"rabta redact c_2dyr4o3wnlq5lp3xurlp2rytja --reason not-to-be-quoted --store sqlite:rabta.db",
			"rabta redact commit:1200 --reason named-a-witness --yes"),
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return r.run(c, args[0]) },
	}
	c.Flags().StringVar(&r.reason, "reason", "", "why, without a name of what is redacted; it is kept")
	c.Flags().StringVar(&r.actor, "actor", os.Getenv("USER"), "who redacts it; it is kept")
	c.Flags().BoolVar(&r.yes, "yes", false, "do not ask")
	return c
}

// redaction is one call of the command.
type redaction struct {
	s             *settings
	reason, actor string
	yes           bool

	store graph.Redactor
	plan  *redact.Plan
}

// redactReport is what became of a redaction, as JSON.
type redactReport struct {
	Store string `json:"store"`
	// Commit is that which redacted; 0 when nothing was.
	Commit graph.Sequence `json:"commit,omitempty"`
	*redact.Plan
	// Left is what the operator must do, a sentence each.
	Left []string `json:"left,omitempty"`
}

func (r *redaction) run(c *cobra.Command, target string) error {
	switch {
	case r.reason == "":
		return usageError{errors.New("--reason: it is missing; say why, without a name of what is redacted")}
	case r.s.readOnly:
		return usageError{errors.New("--read-only: redact records; leave it out")}
	}
	st, url, err := openExisting(c, r.s, store.Options{})
	if err == nil && st == nil {
		err = noFile(url)
	}
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	if r.store, err = store.Redactor(st); err != nil {
		return err
	}
	if err := r.prepare(c, target); err != nil {
		return err
	}
	out := redactReport{Store: url, Plan: r.plan}
	if err := r.confirm(c, out); err != nil {
		return err
	}
	done, err := r.apply(c, target)
	if err != nil {
		return err
	}
	out.Commit, out.Plan, out.Left = done.Numbers.At(graph.Red), r.plan, store.AfterRedaction(url)
	return errors.Join(sweep(c, r.store), out.print(c.OutOrStdout(), r.s.json))
}

// prepare plans the redaction.
func (r *redaction) prepare(c *cobra.Command, target string) (err error) {
	done := showTask(c, "reading the log")
	r.plan, err = redact.New(c.Context(), r.store, target)
	done()
	if err != nil {
		return err
	}
	for name, text := range map[string]string{"reason": r.reason, "actor": r.actor} {
		if held := r.plan.Holds(text); held != "" {
			return usageError{fmt.Errorf("--%s: it holds %q, which is to go, and would stay; say it without", name, held)}
		}
	}
	r.plan.Actor, r.plan.Reason = r.actor, r.reason
	return nil
}

// confirm lists what goes, and asks.
func (r *redaction) confirm(c *cobra.Command, out redactReport) error {
	if !r.s.json {
		r.list(c.OutOrStdout(), out.Store)
	}
	if r.yes {
		return nil
	}
	if in, ok := c.InOrStdin().(*os.File); ok && isatty.IsTerminal(in.Fd()) {
		fmt.Fprint(c.ErrOrStderr(), "It cannot be undone. Redact it? Write yes: ")
		answer, _ := bufio.NewReader(in).ReadString('\n')
		if strings.TrimSpace(answer) == "yes" {
			return nil
		}
		return usageError{errors.New("nothing was changed")}
	}
	if r.s.json {
		if err := out.printJSON(c.OutOrStdout()); err != nil {
			return err
		}
	}
	return usageError{errors.New("nothing was changed; say --yes to redact it, or call it on a terminal, where it asks")}
}

// apply redacts. Where the log has gone on, and no more goes than was confirmed, it is
// planned again.
func (r *redaction) apply(c *cobra.Command, target string) (graph.Commit, error) {
	for {
		done, err := r.store.Redact(c.Context(), r.plan.Redaction)
		if !errors.Is(err, graph.ErrConflict) {
			return done, err
		}
		before := r.plan
		if err := r.prepare(c, target); err != nil {
			return done, err
		}
		if !r.plan.Same(before) {
			return done, fmt.Errorf("%w: more was recorded meanwhile that would go; nothing was changed; run it again to see it",
				graph.ErrConflict)
		}
	}
}

// sweep clears what the files of a store still hold of what was redacted.
func sweep(c *cobra.Command, st graph.Store) error {
	s, ok := st.(graph.Sweeper)
	if !ok {
		return nil
	}
	done := showTask(c, "writing the file anew")
	err := s.Sweep(c.Context())
	done()
	if err != nil {
		return storeError{fmt.Errorf("it is redacted, but pages of the store may still hold it: %w", err)}
	}
	return nil
}

// list prints what goes, what stands again, and what stays.
func (r *redaction) list(out io.Writer, url string) {
	fmt.Fprintf(out, "from %s these go for good:\n", url)
	printLines(out, r.plan.Gone)
	printLines(out, r.plan.Said)
	if len(r.plan.Again) > 0 {
		fmt.Fprintln(out, "these were taken back by what goes, and stand again unless something else takes them back:")
		for _, id := range r.plan.Again {
			fmt.Fprintf(out, "  %s\n", id)
		}
	}
	if len(r.plan.Unsourced) > 0 {
		fmt.Fprintln(out, "these stay and name a source that goes; what they say by it is not shown any more:")
		printLines(out, r.plan.Unsourced)
	}
	if len(r.plan.Named) > 0 {
		fmt.Fprintln(out, "these stay as they are, and hold what it was called; look at each:")
		printLines(out, r.plan.Named)
	}
}

func printLines(out io.Writer, lines []redact.Line) {
	for i := range lines {
		fmt.Fprintln(out, "  "+lineText(&lines[i]))
	}
}

func lineText(l *redact.Line) string {
	text := l.ID
	if l.Type != "" {
		text = fmt.Sprintf("commit %d: %s %s, %s", l.Commit, l.Type, l.ID, l.Marking)
	}
	if l.Text != "" {
		text += ": " + l.Text
	}
	if l.Holds != "" {
		text += fmt.Sprintf(" (%q)", l.Holds)
	}
	return text
}

func (r *redactReport) print(out io.Writer, asJSON bool) error {
	if asJSON {
		return r.printJSON(out)
	}
	what := fmt.Sprintf("%d records", len(r.Gone))
	if len(r.Plan.Said) > 0 {
		what = "what a commit says of itself"
	}
	fmt.Fprintf(out, "redacted by commit %d: %s. Left to do:\n", r.Commit, what)
	for _, line := range r.Left {
		fmt.Fprintf(out, "- %s\n", line)
	}
	return nil
}

func (r *redactReport) printJSON(out io.Writer) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err == nil {
		fmt.Fprintln(out, string(text))
	}
	return err
}

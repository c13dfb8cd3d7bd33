package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"

	"github.com/spf13/cobra"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/seeds"
	"github.com/rabta/rabta/store"
)

func seedsCommand(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use:   "seeds",
		Short: "Bring the seed graph in a store up to date",
		Long: "Bring the seed graph in a store up to date. A store that holds nothing is given the seeds by rabta serve;\n" +
			"one that holds an older version of them keeps it until it is asked for the new one.",
		Example: exampleLines("rabta seeds update --dry-run", "rabta seeds update --store sqlite:rabta.db"),
	}
	c.AddCommand(seedsUpdateCommand(s))
	return c
}

func seedsUpdateCommand(s *settings) *cobra.Command {
	u := seedsUpdate{s: s}
	c := &cobra.Command{
		Use:   "update",
		Short: "Take back what the seeds do not say any more, and record what they say now",
		Long: "Take back what an older version of the seeds said and this one does not, and record what it says instead: all\n" +
			"in one commit, or nothing. What others recorded stays as it is. What somebody took back or redacted stays so.\n" +
			"Nothing is deleted: under a lens with knownAtSequence the older seeds are still to be seen. Calling it again\n" +
			"changes nothing.",
		Example: exampleLines("rabta seeds update --dry-run", "rabta seeds update --store sqlite:rabta.db"),
		Args:    usageArgs(cobra.NoArgs),
		RunE:    func(c *cobra.Command, _ []string) error { return u.run(c) },
	}
	c.Flags().BoolVar(&u.DryRun, "dry-run", false, "say what would be done and write nothing")
	return c
}

// seedsUpdate is one call of the command, and what came of it, as JSON.
type seedsUpdate struct {
	s      *settings
	Store  string `json:"store"`
	DryRun bool   `json:"dryRun"`
	// Replaced claims are taken back, Mended ones recorded anew in other words.
	Replaced int `json:"replaced"`
	Mended   int `json:"mended"`
	// Left are claims that somebody took back, and Redacted those that are not taken again.
	Left     []graph.ID `json:"left"`
	Redacted int        `json:"redacted"`
	// Commit is what was written, or would be; nil when nothing is.
	Commit *commitReport `json:"commit"`
}

func (u *seedsUpdate) run(c *cobra.Command) error {
	if u.s.readOnly && !u.DryRun {
		return usageError{errors.New("--read-only: seeds update records; leave it out, or look with --dry-run")}
	}
	if err := u.update(c); err != nil {
		return err
	}
	return u.print(c.OutOrStdout())
}

func (u *seedsUpdate) update(c *cobra.Command) error {
	st, url, err := openExisting(c, u.s, store.Options{ReadOnly: u.DryRun})
	if err == nil && st == nil {
		err = noFile(url)
	}
	if err != nil {
		return err
	}
	u.Store = url
	log, err := u.s.logger(c.ErrOrStderr())
	if err != nil {
		return err
	}
	f := live.NewFollower(st, graph.Red, log) // what is hidden from others is not recorded anew for them
	defer func() { _ = f.Close() }()
	loaded := showLoading(c, f, log)
	err = f.Catch(c.Context())
	loaded()
	if err != nil {
		return err
	}
	plan, holds, err := compareSeeds(f)
	if err != nil {
		return err
	}
	if !holds {
		return usageError{fmt.Errorf("store: %s holds no seeds, and there is nothing to update; "+
			"rabta serve gives them to a store that holds nothing", url)}
	}
	u.Replaced, u.Mended, u.Left = plan.Replaced, plan.Mended, append([]graph.ID{}, plan.Left...)
	into := st
	if u.DryRun {
		if into, _, err = copyInMemory(c, u.s); err != nil {
			return err
		}
		defer func() { _ = into.Close() }()
	}
	return u.apply(c.Context(), into, plan.Batch.Normalised())
}

// apply records the batch without what was redacted, and what names that.
func (u *seedsUpdate) apply(ctx context.Context, st graph.Store, b graph.Batch) error {
	for {
		commit, err := st.Apply(ctx, b)
		gone := redactedRecords(err)
		if len(gone) > 0 {
			u.Redacted += len(gone)
			b = without(b, gone)
			continue
		}
		if err == nil && !commit.Replayed {
			u.Commit = &commitReport{commit.Sequence, false, commit.Sources, commit.Entities, commit.Claims}
		}
		return err
	}
}

// redactedRecords are the records for which a store refuses a batch because they were
// redacted, or name what was; none where it refuses it for another reason.
func redactedRecords(err error) (gone []int) {
	bad, ok := errors.AsType[*graph.InvalidError](err)
	if !ok {
		return nil
	}
	for _, p := range bad.Problems {
		if p.Code != "REDACTED" && p.Code != "DANGLING_REFERENCE" || p.Record < 0 {
			return nil
		}
		gone = append(gone, p.Record)
	}
	slices.Sort(gone)
	return slices.Compact(gone)
}

// without is a normalised batch without some of its records.
func without(b graph.Batch, gone []int) graph.Batch {
	at := 0
	left := func() bool {
		_, found := slices.BinarySearch(gone, at)
		at++
		return found
	}
	b.Sources = slices.DeleteFunc(b.Sources, func(graph.Source) bool { return left() })
	b.Entities = slices.DeleteFunc(b.Entities, func(graph.Entity) bool { return left() })
	b.Claims = slices.DeleteFunc(b.Claims, func(graph.Claim) bool { return left() })
	return b
}

// compareSeeds compares the seeds with what a store holds.
func compareSeeds(f *live.Follower) (plan seeds.Update, holds bool, err error) {
	v, err := f.Graph().Reader().View(nil)
	if err != nil {
		return seeds.Update{}, false, err
	}
	return seeds.NewUpdate(heldSeeds{v})
}

// heldSeeds is what a store holds, as a view sees it.
type heldSeeds struct{ v *live.View }

func (h heldSeeds) Claim(id graph.ID) (*graph.Claim, bool) {
	c, ok := h.v.Claim(id)
	if !ok {
		return nil, false
	}
	return &graph.Claim{Label: deref(c.Label()), Excerpt: deref(c.Excerpt()), Text: deref(c.Text())}, !c.Retracted()
}

func (h heldSeeds) Source(id graph.ID) bool {
	_, ok := h.v.Source(id)
	return ok
}

func (h heldSeeds) Entity(id graph.ID) (graph.Representation, bool) {
	e, ok := h.v.Entity(id)
	if !ok {
		return "", false
	}
	return e.Base().Representation(), true
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// noteOlderSeeds says so where the store holds seeds of another version.
func noteOlderSeeds(ctx context.Context, f *live.Follower, log *slog.Logger) {
	v, err := f.Graph().Reader().View(nil)
	if err != nil {
		return
	}
	last := v.LastCommitBy(seeds.Actor)
	if last == nil {
		return
	}
	if same, err := seeds.Loads(deref(last.Batch()), deref(last.Reason())); same || err != nil {
		return
	}
	if plan, holds, err := compareSeeds(f); err == nil && holds && plan.Needed() {
		log.InfoContext(ctx, "the store holds seeds of another version; rabta seeds update brings them up to date",
			"replaced", plan.Replaced, "mended", plan.Mended, "missing", plan.Missing)
	}
}

func (u *seedsUpdate) print(out io.Writer) error {
	if u.s.json {
		text, err := json.MarshalIndent(u, "", "  ")
		if err == nil {
			fmt.Fprintln(out, string(text))
		}
		return err
	}
	switch done := u.Commit; {
	case done == nil && u.DryRun:
		fmt.Fprintf(out, "nothing was written, and nothing is new: the seeds in %s are up to date\n", u.Store)
	case done == nil:
		fmt.Fprintf(out, "nothing is new: the seeds in %s are up to date\n", u.Store)
	case u.DryRun:
		fmt.Fprintf(out, "nothing was written; it would take back %d claims, say %d in other words, and record "+
			"%d sources, %d entities, %d claims\n", u.Replaced, u.Mended, done.Sources, done.Entities, done.Claims)
	default:
		fmt.Fprintf(out, "took back %d claims, said %d in other words, and recorded %d sources, %d entities, %d claims "+
			"at sequence %d\n", u.Replaced, u.Mended, done.Sources, done.Entities, done.Claims, done.Sequence)
	}
	if len(u.Left) > 0 {
		fmt.Fprintf(out, "%d claims stay as they are: somebody took them back\n", len(u.Left))
	}
	if u.Redacted > 0 {
		fmt.Fprintf(out, "%d records are left out: they were redacted, or name what was\n", u.Redacted)
	}
	return nil
}

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/rabta/rabta/backup"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store"
)

func backupCommand(s *settings) *cobra.Command {
	var to uint64
	c := &cobra.Command{
		Use:   "backup FILE|-",
		Short: "Write the whole log of a store to a new file, while others use the store",
		Long: "Write the whole log of a store to a new file, or to standard output: every commit with its number, time, id,\n" +
			"actor and records, at every marking, also what was retracted. Others may read and write meanwhile; what they\n" +
			"commit after the start is not in it. The file is packed with gzip and sealed with digests, readable by its\n" +
			"owner alone, and there only once it is whole. A file that is there already is never written over.\n\n" +
			"The digest that is printed is the same for every store with the same log, and what rabta verify prints.",
		Example: exampleLines(
			"rabta backup --store sqlite:/var/lib/rabta/rabta.db rabta.backup",
			"rabta backup --store neo4j://127.0.0.1:7687 --neo4j-password-file password - | ssh elsewhere tee rabta.backup",
			"rabta backup --to 1200 before-the-mistake.backup     # as it was after commit 1200"),
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			done := showTask(c, "opening the store")
			r, err := writeBackup(c, s, args[0], graph.Sequence(to))
			done()
			if err != nil {
				return err
			}
			out := c.OutOrStdout()
			if args[0] == "-" { // where the backup itself goes
				out = c.ErrOrStderr()
			}
			return r.print(out, s.json)
		},
	}
	addTo(c.Flags(), &to, "the last commit to write (default: the last one there is)")
	return c
}

// addTo adds the flag that names a commit.
func addTo(f *pflag.FlagSet, to *uint64, doc string) { f.Uint64Var(to, "to", 0, doc) }

func writeBackup(c *cobra.Command, s *settings, path string, to graph.Sequence) (*backupReport, error) {
	if path != "-" {
		if err := checkNew(path); err != nil {
			return nil, err
		}
	}
	st, url, err := openToRead(c, s)
	if err != nil {
		return nil, err
	}
	defer func() { _ = st.Close() }()
	o := backup.Options{Program: readBuild().Version, Store: store.Kind(url), To: to}
	if r, ok := st.(graph.Receiver); ok {
		if o.Log, err = r.ID(c.Context()); err != nil {
			return nil, err
		}
	}
	var done backup.Summary
	write := func(w io.Writer) (err error) {
		task := taskFrom(c.Context())
		task.begin("writing the backup", 0, commits)
		done, err = backup.Write(c.Context(), w, countedStore{st, task}, o)
		return err
	}
	if path == "-" {
		err = write(c.OutOrStdout())
	} else {
		err = writeNew(path, write)
	}
	if invalid, ok := errors.AsType[*graph.InvalidError](err); ok {
		if invalid.Problems[0].Path == "to" {
			return nil, usageError{err}
		}
		return nil, storeError{err}
	}
	return &backupReport{File: path, Store: url, Summary: done}, err
}

// backupReport is what became of a backup, as JSON.
type backupReport struct {
	File    string     `json:"file"`
	Store   string     `json:"store,omitempty"`
	Created *time.Time `json:"created,omitempty"`
	backup.Summary
}

func (r *backupReport) print(out io.Writer, asJSON bool) error {
	if asJSON {
		text, err := json.MarshalIndent(r, "", "  ")
		if err == nil {
			fmt.Fprintln(out, string(text))
		}
		return err
	}
	tombstones := ""
	if r.Redacted > 0 {
		tombstones = fmt.Sprintf(", %d tombstones", r.Redacted)
	}
	fmt.Fprintf(out, "%s: commits 1 to %d with %d sources, %d entities, %d claims%s\ndigest %s\n",
		r.File, r.Last, r.Sources, r.Entities, r.Claims, tombstones, r.Digest)
	return nil
}

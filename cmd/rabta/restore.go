package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/rabta/rabta/backup"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store"
)

func verifyCommand(s *settings) *cobra.Command {
	return &cobra.Command{
		Use:   "verify FILE|-",
		Short: "Check that a backup is whole and as it was written",
		Long: "Check that a backup is whole and as it was written: every line against its digest, to the last. What is wrong\n" +
			"is said with its line and its commit, and the exit code is 4. It needs no store; a store is verified by\n" +
			"rabta check --store.",
		Example: exampleLines(
			"rabta verify rabta.backup",
			"ssh elsewhere cat rabta.backup | rabta verify -"),
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			done := showTask(c, "reading the backup")
			r, err := verify(c, args[0])
			done()
			if err != nil {
				return err
			}
			if err := r.print(c.OutOrStdout(), s.json); err != nil || s.json {
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "written %s; nothing is wrong\n", r.Created.Format("2006-01-02 15:04:05 MST"))
			return nil
		},
	}
}

func restoreCommand(s *settings) *cobra.Command {
	var to uint64
	c := &cobra.Command{
		Use:   "restore FILE|-",
		Short: "Make a store of a backup",
		Long: "Make a store of a backup: SQLite or Neo4j, whichever it was made from. Every commit keeps its number, time, id\n" +
			"and actor. The store must hold nothing: of a store that is damaged, move the file away, and those beside it\n" +
			"whose names begin with its own. A file is verified to its end before anything is written; standard input\n" +
			"while it is written.\n\n" +
			"Until all of it is there, the store refuses to be read or written. If it is cut short, run it again with the\n" +
			"same file: it goes on where it stopped.",
		Example: exampleLines(
			"rabta restore rabta.backup --store sqlite:restored.db",
			"rabta restore rabta.backup --store sqlite:earlier.db --to 1200     # as it was after commit 1200",
			"rabta restore rabta.backup --store neo4j://127.0.0.1:7687 --neo4j-password-file password"),
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			done := showTask(c, "reading the backup")
			r, err := restore(c, s, args[0], graph.Sequence(to))
			done()
			if err != nil {
				return err
			}
			if err := r.print(c.OutOrStdout(), s.json); err != nil || s.json {
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "restored to %s\n", r.Store)
			return nil
		},
	}
	addTo(c.Flags(), &to, "the last commit to restore (default: the last one in the file)")
	return c
}

// openBackup opens a file, or standard input for "-".
func openBackup(c *cobra.Command, path string) (in io.Reader, done func(), err error) {
	if path == "-" {
		return c.InOrStdin(), func() {}, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, usageError{err}
	}
	return readingFile(c.Context(), f), func() { _ = f.Close() }, nil
}

func verify(c *cobra.Command, path string) (*backupReport, error) {
	f, done, err := openBackup(c, path)
	if err != nil {
		return nil, err
	}
	defer done()
	header, summary, err := backup.Verify(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &backupReport{File: path, Created: &header.Created, Summary: summary}, nil
}

func restore(c *cobra.Command, s *settings, path string, to graph.Sequence) (*backupReport, error) {
	if path != "-" {
		if _, err := verify(c, path); err != nil {
			return nil, err
		}
	}
	f, closeFile, err := openBackup(c, path)
	if err != nil {
		return nil, err
	}
	defer closeFile()
	r, err := backup.Open(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if to > r.Header.Last {
		return nil, usageError{fmt.Errorf("to: the last commit of %s is %d; write that or less", path, r.Header.Last)}
	}
	st, url, err := openStore(c, s, store.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { _ = st.Close() }()
	done, err := restoreInto(c, st, r, to)
	if bad, ok := errors.AsType[*backup.FaultError](err); ok {
		return nil, fmt.Errorf("%s: %w", path, bad)
	}
	return &backupReport{File: path, Store: url, Created: &r.Header.Created, Summary: done}, err
}

func restoreInto(c *cobra.Command, st graph.Store, r *backup.Reader, to graph.Sequence) (backup.Summary, error) {
	into, err := store.Restorer(st)
	if err != nil {
		return backup.Summary{}, err
	}
	done, err := backup.Restore(c.Context(), r, into, to)
	if errors.Is(err, graph.ErrConflict) {
		return done, storeError{err}
	}
	return done, err
}

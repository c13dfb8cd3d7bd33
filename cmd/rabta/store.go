package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/store"
)

// openStore opens the store that the settings name, with what the options say beside
// them, and returns its URL.
func openStore(c *cobra.Command, s *settings, o store.Options) (graph.Store, string, error) {
	url, err := s.storeURL()
	if err != nil {
		return nil, "", err
	}
	if o.Logger, err = s.logger(c.ErrOrStderr()); err != nil {
		return nil, "", err
	}
	if err := s.fillOptions(&o); err != nil {
		return nil, "", err
	}
	o.ReadOnly = o.ReadOnly || s.readOnly
	st, err := store.Open(c.Context(), url, o)
	if err != nil {
		return nil, "", openError(err)
	}
	return st, url, nil
}

// openExisting is openStore for a command that makes no store: where a file is
// missing there is none, and no error.
func openExisting(c *cobra.Command, s *settings, o store.Options) (graph.Store, string, error) {
	url, err := s.storeURL()
	if err != nil {
		return nil, "", err
	}
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok && missing(path) {
		return nil, url, nil
	}
	return openStore(c, s, o)
}

// openToRead opens the store that the settings name, which must be there, for reading
// alone.
func openToRead(c *cobra.Command, s *settings) (graph.Store, string, error) {
	st, url, err := openExisting(c, s, store.Options{ReadOnly: true})
	if err == nil && st == nil {
		err = noFile(url)
	}
	return st, url, err
}

// openGraph opens the store that the settings name for reading, and loads it. Reading
// makes no store and puts nothing in one. Memory gets the seed graph, and stands in
// for the user's own store as long as there is none.
func openGraph(c *cobra.Command, s *settings) (*live.Follower, string, error) {
	log, err := s.logger(c.ErrOrStderr())
	if err != nil {
		return nil, "", err
	}
	st, url, err := openOrSeeds(c, s, log)
	if err != nil {
		return nil, "", err
	}
	f, kind := live.NewFollower(st, graph.Marking(s.clearance), log), store.Kind(url)
	loaded := showLoading(c, f, log)
	err = f.Catch(c.Context())
	loaded()
	if err == nil && kind == "memory" && s.seeds {
		err = seed(c.Context(), f)
	}
	if err != nil {
		_ = f.Close()
		return nil, "", err
	}
	return f, kind, nil
}

// openOrSeeds opens the store that the settings name, or memory where the user has
// made none yet.
func openOrSeeds(c *cobra.Command, s *settings, log *slog.Logger) (graph.Store, string, error) {
	st, url, err := openExisting(c, s, store.Options{})
	switch {
	case err != nil || st != nil:
		return st, url, err
	case s.store != "":
		return nil, "", noFile(url)
	}
	log.InfoContext(c.Context(), "there is no store yet: this is the seed graph alone. "+
		"rabta import or rabta serve make one", "store", url)
	return openMemory(c.Context())
}

// noFile is the error for a store that is to be read and is not there.
func noFile(url string) error {
	return storeError{fmt.Errorf("store: there is no file %s; correct the path, "+
		"or make it with rabta import or rabta serve", strings.TrimPrefix(url, "sqlite:"))}
}

// openMemory opens a store in memory that holds nothing.
func openMemory(ctx context.Context) (graph.Store, string, error) {
	const url = "memory:"
	st, err := store.Open(ctx, url, store.Options{})
	return st, url, err
}

// missing reports whether there is no file of that name. What is no name is not
// missing: it is to be refused.
func missing(path string) bool {
	_, err := os.Stat(path)
	return path != "" && !strings.HasPrefix(path, "//") && errors.Is(err, fs.ErrNotExist)
}

// storeURL is the store to open: what is set, or a file in the user's data folder.
func (s *settings) storeURL() (string, error) {
	if s.store != "" {
		if err := store.CheckURL(s.store); err != nil {
			return "", usageError{err}
		}
		return s.store, nil
	}
	dir := os.Getenv("XDG_DATA_HOME")
	if dir == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", usageError{fmt.Errorf("there is no home folder to keep the data in; say where with --store sqlite:PATH")}
		}
		dir = filepath.Join(home, ".local", "share")
	}
	return "sqlite:" + filepath.Join(dir, "rabta", "rabta.db"), nil
}

// fillOptions sets what the settings say about stores.
func (s *settings) fillOptions(o *store.Options) error {
	o.Username, o.Database, o.Marking = s.neo4jUsername, s.neo4jDatabase, graph.Marking(s.nativeMarking)
	o.Password = os.Getenv("RABTA_NEO4J_PASSWORD")
	if s.neo4jPasswordFile != "" {
		if _, err := s.readPassword(); err != nil {
			return usageError{fmt.Errorf("neo4j-password-file: %w", err)}
		}
		o.ReadPassword = s.readPassword
	}
	return nil
}

// readPassword is what the file with the password holds now.
func (s *settings) readPassword() (string, error) {
	text, err := os.ReadFile(s.neo4jPasswordFile)
	return strings.TrimRight(string(text), "\r\n"), err
}

// openError sorts why a store did not open: its address is wrong, or what is there
// cannot be used, or it does not answer.
func openError(err error) error {
	invalid, ok := errors.AsType[*graph.InvalidError](err)
	if !ok {
		return err
	}
	if code := invalid.Problems[0].Code; code == "BAD_STORE" || code == "BAD_URL" {
		return usageError{err}
	}
	return storeError{err}
}

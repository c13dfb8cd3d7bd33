package main

import (
	"log/slog"

	"github.com/spf13/cobra"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/store"
)

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

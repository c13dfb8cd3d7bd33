package exchange

import (
	"context"
	"errors"

	"github.com/rabta/rabta/graph"
)

// Taken says what a store took over of a file.
type Taken struct {
	// Commits counts the commits that were written, and Known those of which nothing was
	// new.
	Commits int `json:"commits"`
	Known   int `json:"known"`
	// Sources, Entities and Claims count the records that were written.
	Sources  int `json:"sources"`
	Entities int `json:"entities"`
	Claims   int `json:"claims"`
}

// Check reports what a file refers to that neither it nor the store holds, as a
// *FaultsError.
func (f *File) Check(ctx context.Context, s graph.Receiver) error {
	log, _, err := load(ctx, s)
	if err != nil {
		return err
	}
	var faults []Fault
	for _, p := range log.Missing(f.commits...) {
		faults = append(faults, Fault{f.lines[p.Record], p})
	}
	if len(faults) > 0 {
		return &FaultsError{faults}
	}
	return nil
}

// Take has a store take over what is new of a file, commit by commit. All of it is checked
// before anything is written, as by Check. What was written stays where it is cut short,
// and is passed over when the same file is taken again. step is called after each commit.
func (f *File) Take(ctx context.Context, s graph.Receiver, step func()) (done Taken, err error) {
	if err := f.Check(ctx, s); err != nil {
		return done, err
	}
	for i := range f.commits {
		c, err := s.Receive(ctx, f.commits[i])
		if invalid, ok := errors.AsType[*graph.InvalidError](err); ok && !invalid.Conflict {
			return done, &FaultsError{[]Fault{{f.lines[i], invalid.Problems[0]}}}
		}
		if err != nil {
			return done, err
		}
		done.add(!c.Replayed, c.Sources, c.Entities, c.Claims)
		step()
	}
	return done, nil
}

// Try is what Take would do, without writing anything.
func (f *File) Try(ctx context.Context, s graph.Receiver) (done Taken, err error) {
	if err := f.Check(ctx, s); err != nil {
		return done, err
	}
	log, _, err := load(ctx, s)
	if err != nil {
		return done, err
	}
	for i := range f.commits {
		to, ok, err := log.Receive(f.commits[i], nil)
		if err != nil {
			return done, err
		}
		done.add(ok, len(to.Fresh.Sources), len(to.Fresh.Entities), len(to.Fresh.Claims))
	}
	return done, nil
}

// add counts a commit.
func (t *Taken) add(written bool, sources, entities, claims int) {
	if written {
		t.Commits++
	} else {
		t.Known++
	}
	t.Sources, t.Entities, t.Claims = t.Sources+sources, t.Entities+entities, t.Claims+claims
}

// Commits are how many commits the file has.
func (f *File) Commits() int { return len(f.commits) }

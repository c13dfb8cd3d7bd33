package exchange

import (
	"context"
	"errors"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/merge"
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
	// Buried counts the records that were taken out, since they were redacted elsewhere.
	Buried int `json:"buried"`
	// Redacted counts the records that were passed over because they were redacted here, or
	// name what was.
	Redacted int `json:"redacted"`
}

// check gives the log of a store, and what of a file is for it: all but what was redacted
// there, and after that the tombstones. What the file refers to and neither it nor the store
// holds from before it is a *FaultsError.
func (f *File) check(
	ctx context.Context, s graph.Receiver,
) (log *merge.Log, commits, more []graph.Change, left int, err error) {
	if log, _, err = load(ctx, s); err != nil {
		return nil, nil, nil, 0, err
	}
	commits, more, left = log.WithoutGone(f.commits)
	var faults []Fault
	for _, p := range log.Missing(commits...) {
		faults = append(faults, Fault{f.lines[p.Record], p})
	}
	if len(faults) > 0 {
		return nil, nil, nil, 0, &FaultsError{faults}
	}
	return log, commits, more, left, nil
}

// Take has a store take over what is new of a file, commit by commit. All of it is checked
// before anything is written. What was written stays where it is cut short,
// and is passed over when the same file is taken again. step is called after each commit.
func (f *File) Take(ctx context.Context, s graph.Receiver, step func()) (done Taken, err error) {
	_, commits, more, left, err := f.check(ctx, s)
	if err != nil {
		return done, err
	}
	done.Redacted = left
	for i := range commits {
		c, err := s.Receive(ctx, commits[i])
		if invalid, ok := errors.AsType[*graph.InvalidError](err); ok && !invalid.Conflict {
			return done, &FaultsError{[]Fault{{f.lines[i], invalid.Problems[0]}}}
		}
		if err != nil {
			return done, err
		}
		done.add(!c.Replayed, c.Sources, c.Entities, c.Claims)
		step()
	}
	for i := range more {
		c, err := s.Receive(ctx, more[i])
		if err != nil {
			return done, err
		}
		done.Buried += c.Buried
	}
	return done, nil
}

// Try is what Take would do, without writing anything.
func (f *File) Try(ctx context.Context, s graph.Receiver) (done Taken, err error) {
	log, commits, more, left, err := f.check(ctx, s)
	if err != nil {
		return done, err
	}
	done.Redacted = left
	for i := range commits {
		to, ok, err := log.Receive(commits[i], nil)
		if err != nil {
			return done, err
		}
		done.add(ok, len(to.Fresh.Sources), len(to.Fresh.Entities), len(to.Fresh.Claims))
	}
	if all, ok := together(more); ok {
		to, _ := log.TakeOver(all)
		done.Buried = len(to.Buried)
	}
	return done, nil
}

// together is a commit with the tombstones of some; false where there are none.
func together(commits []graph.Change) (out graph.Change, ok bool) {
	for i := range commits {
		if i == 0 {
			out.Origin = &graph.Origin{Store: commits[0].Origin.Store, Time: commits[0].Origin.Time}
		}
		out.Origin.Tombstones = append(out.Origin.Tombstones, commits[i].Origin.Tombstones...)
	}
	return out, len(commits) > 0
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

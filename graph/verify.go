package graph

import (
	"context"
	"fmt"
	"strings"
)

// Verifier is a Store that can tell whether what it holds is what was recorded.
type Verifier interface {
	Store
	// Verify reads all that the store holds and compares it with itself: the log with
	// its digests, and what is kept beside the log with what the log adds up to. A
	// store that is damaged is no error but has faults. The error is one of those of a
	// Store, or wraps errors.ErrUnsupported where there is nothing to compare.
	Verify(ctx context.Context) (Verification, error)
}

// Verification is what came of verifying a store.
type Verification struct {
	// Checked says what was looked at, a phrase each: "the log up to commit 5".
	Checked []string
	// Notes say what could not be looked at, and why that is no fault.
	Notes []string
	// Faults are none when all is well. There may be many of one cause; a store lists
	// the first of them and says how many more there are.
	Faults []Fault
}

// Fault is a place where a store does not hold what it should.
type Fault struct {
	// Commit is the commit that it is about; 0 where none can be named.
	Commit Sequence `json:"commit,omitempty"`
	// Where is the part of the store: "the log", "the native graph".
	Where string `json:"where"`
	// What says what is wrong.
	What string `json:"what"`
	// Remedy says what to do.
	Remedy string `json:"remedy,omitempty"`
}

// String is the fault in one line: where, at which commit, what, and what to do.
func (f Fault) String() string {
	var b strings.Builder
	b.WriteString(f.Where)
	if f.Commit > 0 {
		fmt.Fprintf(&b, ": commit %d", f.Commit)
	}
	fmt.Fprintf(&b, ": %s", f.What)
	if f.Remedy != "" {
		fmt.Fprintf(&b, "; %s", f.Remedy)
	}
	return b.String()
}

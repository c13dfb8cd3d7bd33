package graph

import "context"

// Verifier is a Store that keeps something beside its log that is made from it, and
// can tell whether the two agree.
type Verifier interface {
	Store
	// Verify compares what is kept beside the log with what the log adds up to. No
	// difference is an empty list. The error is one of those of a Store, or wraps
	// errors.ErrUnsupported where nothing is kept beside the log.
	Verify(ctx context.Context) ([]Difference, error)
}

// Difference is a place where a store is not what its log adds up to.
type Difference struct {
	// ID is the link, entity, source or claim.
	ID ID
	// Want is what the log adds up to, Got what the store holds; either is empty
	// where it is not to be there, or is not.
	Want, Got string
}

package main

import (
	"errors"

	"github.com/rabta/rabta/graph"
)

// The exit codes.
const (
	exitDone = iota
	exitAnswer
	exitUsage
	exitStore
	exitInput
)

// errAnswer says that an answer was printed that holds an error.
var errAnswer = errors.New("the answer holds an error")

// usageError is a mistake in how a command was called.
type usageError struct{ error }

// storeError is a store that is there and cannot be used.
type storeError struct{ error }

func exitCode(err error) int {
	var usage usageError
	var unusable storeError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errAnswer):
		return exitAnswer
	case errors.As(err, &unusable), errors.Is(err, graph.ErrUnavailable):
		return exitStore
	case errors.As(err, &usage):
		return exitUsage
	case errors.Is(err, graph.ErrInvalid), errors.Is(err, graph.ErrConflict), errors.Is(err, graph.ErrNotFound):
		return exitInput
	}
	return exitAnswer
}

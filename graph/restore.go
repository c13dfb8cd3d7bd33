package graph

import (
	"context"
	"fmt"
	"iter"
)

// Restorer is a Store that can take over the log of another as it is.
type Restorer interface {
	Store
	// Restore records each change of a feed, from number 1 on, under the number, time,
	// id, actor and reason that it has. The store must hold nothing, or what a Restore
	// of the same log left there that was cut short, which is then gone on from. From the
	// first change on until the feed has ended without an error the store is incomplete,
	// also for other processes and after a crash: Apply, Changes and Head give
	// ErrUnavailable. The error is the feed's own, an ErrConflict from NotEmpty or
	// OtherLog, or one of those of a Store.
	Restore(ctx context.Context, feed iter.Seq2[Change, error]) error
}

// ResumeRestore is what to do about a store into which a Restore has not ended.
const ResumeRestore = "run rabta restore with the same file again, or use a store that holds nothing"

// Incomplete is the error of a store into which a Restore has not ended.
func Incomplete(operation string) error {
	return fmt.Errorf("%s: %w", operation, &UnavailableError{
		What: "a restore into it has not ended", Remedy: ResumeRestore,
	})
}

// NotEmpty is the error of Restore for a store that holds a log of its own.
func NotEmpty(head Sequence) error {
	return conflict("NOT_EMPTY", fmt.Sprintf("the store holds %d commits", head),
		"restore into a new file, or into an empty database")
}

// OtherLog is the error of Restore for a store in which another log was begun.
func OtherLog(at Sequence) error {
	return conflict("OTHER_LOG", fmt.Sprintf("a restore into the store was cut short, and its commit %d is not that of this log", at),
		"restore the same file as before, up to the same commit or further; or use a store that holds nothing")
}

func conflict(code, message, remedy string) error {
	return &InvalidError{Conflict: true, Problems: []Problem{{Code: code, Record: -1, Path: "store", Message: message, Remedy: remedy}}}
}

package sqlite

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/rabta/rabta/graph"
)

const lastCommitSQL = `SELECT ifnull(max(sequence), 0), ifnull(max(recorded), 0) FROM commits`

// Inspect reads the newest commit of the file at path and when it was recorded, as
// OpenReadOnly does. A file that is empty, or whose tables are still to be made, has
// commit 0.
func Inspect(ctx context.Context, path string, logger *slog.Logger) (graph.Sequence, time.Time, error) {
	s, err := OpenReadOnly(ctx, path, logger)
	if invalid, ok := errors.AsType[*graph.InvalidError](err); ok && invalid.Problems[0].Code == codeEmpty {
		return 0, time.Time{}, nil
	}
	if err != nil {
		return 0, time.Time{}, err
	}
	defer func() { _ = s.Close() }()
	if err := s.beginCall(ctx); err != nil {
		return 0, time.Time{}, err
	}
	defer s.endCall()
	var head graph.Sequence
	var micros int64
	if err := s.readers.QueryRowContext(ctx, lastCommitSQL).Scan(&head, &micros); err != nil {
		return 0, time.Time{}, s.failed(ctx, "read the head", err)
	}
	return head, time.UnixMicro(micros).UTC(), nil
}

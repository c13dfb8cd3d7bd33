package sqlite

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/rabta/rabta/graph"
)

const lastCommitSQL = `SELECT ifnull(max(sequence), 0), ifnull(max(recorded), 0) FROM commits`

// Inspect reads the newest commit of the file at path and when it was recorded, through
// a connection that cannot write: it makes no file, and brings none up to date. A file
// that is empty, or whose tables are still to be made, has commit 0.
func Inspect(ctx context.Context, path string, logger *slog.Logger) (graph.Sequence, time.Time, error) {
	configureDriver()
	abs, err := filepath.Abs(path)
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("find the folder of %s: %w", path, err)
	}
	if _, err := os.Stat(abs); err != nil {
		return 0, time.Time{}, fmt.Errorf("look at the file: %w: %w", err, graph.ErrUnavailable)
	}
	s := &Store{path: abs, logger: logger.With("store", abs)}
	db := s.pool(1, "deferred", append([]string{"query_only(ON)"}, settings...))
	defer func() { _ = db.Close() }()
	version, err := s.version(ctx, db)
	if err != nil || version == 0 {
		return 0, time.Time{}, err
	}
	var head graph.Sequence
	var micros int64
	if err := db.QueryRowContext(ctx, lastCommitSQL).Scan(&head, &micros); err != nil {
		return 0, time.Time{}, s.failed(ctx, "read the head", err)
	}
	return head, time.UnixMicro(micros).UTC(), nil
}

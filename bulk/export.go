package bulk

import (
	"context"
	"fmt"
	"io"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// Export is one request answered at one moment for one reader.
type Export struct {
	// Rows is the number of records; the header of a table is none.
	Rows   int
	header int
	lines  lines
}

// Open finds out what there is to export and counts it. That reads what writing
// reads, but makes no text. The error is a graph.ErrNotFound that names the condition,
// for a source that the reader knows nothing of, a graph.ErrInvalid for a moment that
// is not there yet, or the context's.
func (q *Request) Open(ctx context.Context, r *live.Reader) (*Export, error) {
	v, err := r.View(&q.Lens)
	if err != nil {
		return nil, graph.Renamed(err, lensless)
	}
	x := &Export{}
	if q.file.table {
		x.header = 1
	}
	x.Rows, x.lines, err = q.file.open(ctx, v, q)
	if err != nil {
		return nil, err
	}
	return x, nil
}

// chunk is how much is written at once.
const chunk = 32 << 10

// Write writes the file, some lines at a time, and keeps nothing of them. It ends
// with an error when the context does, when w fails, and when it did not write the
// number of records that Rows says: what was written is then not whole.
func (x *Export) Write(ctx context.Context, w io.Writer) error {
	var err error
	written, buffer := -x.header, make([]byte, 0, chunk+chunk/4)
	flush := func() {
		if err = ctx.Err(); err == nil {
			_, err = w.Write(buffer)
		}
		buffer = buffer[:0]
	}
	for line := range x.lines(ctx) {
		buffer = append(buffer, line...)
		written++
		if len(buffer) >= chunk {
			if flush(); err != nil {
				return err
			}
		}
	}
	if flush(); err != nil {
		return err
	}
	if written != x.Rows {
		return fmt.Errorf("bulk: %d records were announced, and %d written", x.Rows, written)
	}
	return nil
}

package bulk

import (
	"cmp"
	"context"
	"fmt"
	"io"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// Export is one request answered at one moment for one reader.
type Export struct {
	// Rows is the number of records; the header of a table is none.
	Rows    int
	content *formats.Content
}

// Open finds out what there is to export and counts it. That reads what writing
// reads, but makes no text. The error is a graph.ErrNotFound that names the condition,
// for a source that the reader knows nothing of, a graph.ErrInvalid for a moment that
// is not there yet, the context's, or work.ErrBusy: what is read and written is counted
// for the context's request, which passes the gate here, if at all.
func (q *Request) Open(ctx context.Context, r *live.Reader) (*Export, error) {
	v, err := r.View(&q.Lens)
	if err != nil {
		return nil, graph.Renamed(err, parameterName)
	}
	counted := work.RequestOf(ctx)
	content, err := q.format.Write(ctx, v.Within(counted.Records()), q.Options)
	err = graph.Renamed(cmp.Or(err, counted.Err()), parameterName)
	if err == nil { // writing reads all of it again
		err = counted.Admit(counted.Used() + int64(content.Records)*live.RecordSlots)
	}
	if err != nil {
		return nil, err
	}
	return &Export{content.Records, content}, nil
}

// chunk is how much is written at once.
const chunk = 32 << 10

// Write writes the file, some lines at a time, and keeps nothing of them. It ends
// with an error when the context does, when w fails, and when it did not write the
// number of records that Rows says: what was written is then not whole.
func (x *Export) Write(ctx context.Context, w io.Writer) error {
	var err error
	written, buffer := 0, append(make([]byte, 0, chunk+chunk/4), x.content.Head...)
	flush := func() {
		if err = ctx.Err(); err == nil {
			_, err = w.Write(buffer)
		}
		buffer = buffer[:0]
	}
	for line := range x.content.Lines(ctx) {
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

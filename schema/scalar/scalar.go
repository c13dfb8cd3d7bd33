// Package scalar carries the domain's small types to and from GraphQL.
package scalar

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/rabta/rabta/graph"
)

func quoted(s string) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(s)) })
}

// MarshalDate writes a day as YYYY-MM-DD.
func MarshalDate(d graph.Day) graphql.Marshaler { return quoted(d.String()) }

// UnmarshalDate reads YYYY-MM-DD.
func UnmarshalDate(v any) (graph.Day, error) {
	s, ok := v.(string)
	if !ok {
		return 0, graph.Invalid("BAD_DATE", "date", fmt.Sprintf("%v is not text", v), `write it as "YYYY-MM-DD"`)
	}
	return graph.ParseDay(s)
}

// MarshalEDTF writes a date as it was written.
func MarshalEDTF(d graph.PartialDate) graphql.Marshaler { return quoted(d.EDTF) }

// UnmarshalEDTF reads an Extended Date/Time Format date, level 1. A text that is none is
// taken as it stands: graph.PartialDate.Check and the check of a batch refuse it, which know
// where it stands, and tell it with all else that is wrong.
func UnmarshalEDTF(v any) (graph.PartialDate, error) {
	s, ok := v.(string)
	if !ok {
		return graph.PartialDate{}, graph.Invalid("BAD_DATE", "date", fmt.Sprintf("%v is not text", v), `write it as text, for instance "2004-03~"`)
	}
	d, err := graph.ParseDate(s)
	if err != nil {
		return graph.PartialDate{EDTF: s}, nil
	}
	return d, nil
}

// MarshalDateTime writes a moment as RFC 3339 does.
func MarshalDateTime(t time.Time) graphql.Marshaler { return graphql.MarshalTime(t) }

// UnmarshalDateTime reads a moment written as in RFC 3339.
func UnmarshalDateTime(v any) (time.Time, error) {
	s, ok := v.(string)
	t, err := graph.ParseMoment(s)
	if !ok || err != nil {
		return time.Time{}, graph.Invalid("BAD_TIME", "time", fmt.Sprintf("%#.200v is not a moment", v), "write it with date, time and zone, for instance 2023-10-01T12:00:00Z")
	}
	return t, nil
}

// MarshalSequence writes a sequence number.
func MarshalSequence(n graph.Sequence) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.FormatUint(uint64(n), 10)) })
}

// UnmarshalSequence reads a number from 0.
func UnmarshalSequence(v any) (graph.Sequence, error) {
	n, err := graphql.UnmarshalInt64(v)
	if number, ok := v.(json.Number); ok {
		n, err = number.Int64()
	}
	if err != nil || n < 0 || n > math.MaxInt32 {
		return 0, graph.Invalid("OUT_OF_RANGE", "sequence", fmt.Sprintf("%v is not a sequence number", v), "use a number that an answer gave")
	}
	return graph.Sequence(n), nil
}

// MarshalID writes an id.
func MarshalID(id graph.ID) graphql.Marshaler { return graphql.MarshalString(string(id)) }

// UnmarshalID reads an id, which is text; null is none.
func UnmarshalID(v any) (graph.ID, error) {
	if v == nil {
		return "", nil
	}
	s, err := graphql.UnmarshalID(v)
	return graph.ID(s), err
}

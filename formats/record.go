package formats

import (
	"errors"
	"io"
	"iter"

	"github.com/rabta/rabta/graph"
)

// Record is a record of a file, and where it stands. One of the three is set; none
// where nothing of it could be read.
type Record struct {
	At     Position
	Source *graph.Source
	Entity *graph.Entity
	Claim  *graph.Claim
	// Lost is the first field that holds a character which stands for one that was lost;
	// empty where none does.
	Lost string
}

// Position is a line of a file, from 1.
type Position struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

// maxFindings bounds how much of a hopeless file is reported; the rest is counted.
const maxFindings = 100_000

// ReadAll reads a whole file. It reports everything that cannot be read, as a
// *FindingsError beside what could be read, in which the last finding tells how many
// there are beyond a hundred thousand; what the records say is checked by Join.
func (f *Format) ReadAll(r io.Reader, name string) ([]Record, error) {
	return collect(f.Read(r, name))
}

// ReadClaims is ReadAll of canonical claims.
func ReadClaims(r io.Reader, name string) ([]Record, error) {
	return collect(readNDJSON(r, name))
}

func collect(records iter.Seq2[Record, error]) ([]Record, error) {
	var out []Record
	var findings []Finding
	more := 0
	for record, err := range records {
		finding, ok := errors.AsType[*Finding](err)
		switch {
		case err != nil && !ok:
			return nil, err
		case ok && len(findings) < maxFindings:
			findings = append(findings, *finding)
		case ok:
			more++
		}
		if record.Source != nil || record.Entity != nil || record.Claim != nil {
			out = append(out, record)
		}
	}
	if more > 0 {
		findings = append(findings, moreFindings(findings[0].File, more))
	}
	if len(findings) > 0 {
		return out, &FindingsError{findings}
	}
	return out, nil
}

package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// Record is what has a canonical form: *Source, *Entity or *Claim.
type Record interface{ *Source | *Entity | *Claim }

// Encode writes the canonical form of a record: one JSON object on one line with
// its keys in order, without a line end.
func Encode[R Record](r R) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil {
		panic("graph: a record that cannot be encoded: " + err.Error()) // floats are checked to be finite
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// Decode reads one record of the type asked for from its canonical form, with
// nothing after it but white space. It does not check the record; Plan does.
func Decode[R any](line []byte) (R, error) {
	var r R
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&r); err != nil {
		return r, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return r, errors.New("there is more after the record")
	}
	return r, nil
}

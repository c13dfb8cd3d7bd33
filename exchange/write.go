package exchange

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/merge"
)

// Summary says what a file holds, or what of a store is at or below a clearance.
type Summary struct {
	Clearance graph.Marking `json:"clearance"`
	Commits   int           `json:"commits"`
	// Sources, Entities and Claims count records, each as often as it was recorded.
	Sources  int `json:"sources"`
	Entities int `json:"entities"`
	Claims   int `json:"claims"`
	// Digest is over all of it: the same for all stores that exchanged at the clearance.
	Digest string `json:"digest"`
}

func summaryOf(set []graph.Change, clearance graph.Marking) Summary {
	out := Summary{Clearance: clearance, Commits: len(set), Digest: merge.Digest(set)}
	for i := range set {
		c := &set[i]
		out.Sources, out.Entities, out.Claims = out.Sources+len(c.Sources), out.Entities+len(c.Entities), out.Claims+len(c.Claims)
	}
	return out
}

// Digest is what of a store is at or below a clearance, as a digest.
func Digest(ctx context.Context, s graph.Receiver, clearance graph.Marking) (Summary, error) {
	log, _, err := load(ctx, s)
	if err != nil {
		return Summary{}, err
	}
	return summaryOf(log.Set(clearance), clearance), nil
}

// load reads the whole log of a store, which is called id.
func load(ctx context.Context, s graph.Receiver) (log *merge.Log, id string, err error) {
	if id, err = s.ID(ctx); err != nil {
		return nil, "", err
	}
	log = merge.NewLog(id)
	for c, err := range s.Changes(ctx, 0) {
		if err != nil {
			return nil, "", err
		}
		log.Add(c, nil)
	}
	log.Agree(merge.InForce)
	return log, id, nil
}

// Write writes what of the log of a store is at or below a clearance; program is Header's.
// The error is one of those of a Store, or one of w.
func Write(ctx context.Context, w io.Writer, s graph.Receiver, clearance graph.Marking, program string) (Summary, error) {
	log, id, err := load(ctx, s)
	if err != nil {
		return Summary{}, err
	}
	set := log.Set(clearance)
	done := summaryOf(set, clearance)
	out := bufio.NewWriterSize(w, 1<<16)
	err = line(out, Header{
		Format: formatName, Version: formatVersion, Clearance: clearance, Store: id, Program: program,
		Created: time.Now().UTC().Truncate(time.Second), LeavesOut: leavesOut(clearance),
	})
	for i := range set {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = line(out, commitOf(&set[i]))
		}
	}
	if err == nil {
		err = line(out, end{len(set), done.Digest})
	}
	if err == nil {
		err = out.Flush()
	}
	return done, err
}

// leavesOut says what is not in a file of a clearance.
func leavesOut(clearance graph.Marking) []string {
	out := []string{
		"the numbers and times that commits have in the store: each store numbers them itself",
	}
	if clearance != graph.Red {
		out = append(out, fmt.Sprintf("what is marked above %s, with all that says that there is any", clearance))
	}
	return out
}

// line writes a value as a line.
func line(w io.Writer, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

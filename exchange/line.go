package exchange

import (
	"time"

	"github.com/rabta/rabta/graph"
)

// The format of the files, and its version: a reader knows those up to its own.
const (
	formatName    = "rabta-log"
	formatVersion = 1
)

// Header is what the first line of a file says of it.
type Header struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	// Clearance is the strictest marking of what is in the file.
	Clearance graph.Marking `json:"clearance"`
	// Store is the id of the store that it was read from.
	Store string `json:"store"`
	// Program is the version of rabta that wrote it.
	Program string    `json:"program,omitempty"`
	Created time.Time `json:"created"`
	// LeavesOut says what is not in it.
	LeavesOut []string `json:"leavesOut"`
}

// commit is the line of a commit.
type commit struct {
	Store  string        `json:"store"`
	Time   time.Time     `json:"time"`
	Writer graph.Marking `json:"writer"`
	Batch  string        `json:"batch,omitempty"`
	Actor  string        `json:"actor,omitempty"`
	Reason string        `json:"reason,omitempty"`
	// Places are graph.Origin's, and Stamps the markings that sources, entities and claims
	// were sealed with, one after another.
	Places   [][]int         `json:"places,omitempty"`
	Stamps   []graph.Marking `json:"stamps,omitempty"`
	Sources  []graph.Source  `json:"sources,omitempty"`
	Entities []graph.Entity  `json:"entities,omitempty"`
	Claims   []graph.Claim   `json:"claims,omitempty"`
	Marks    []graph.Remark  `json:"marks,omitempty"`
	// Tombstones are those of records of whatever commits.
	Tombstones []graph.Remains `json:"tombstones,omitempty"`
}

// end is the last line.
type end struct {
	Commits int    `json:"commits"`
	Digest  string `json:"digest"`
}

func commitOf(c *graph.Change) commit {
	out := commit{
		Store: c.Origin.Store, Time: c.Origin.Time.UTC(), Writer: c.Writer, Batch: c.Batch, Actor: c.Actor, Reason: c.Reason,
		Places: c.Origin.Places, Sources: c.Sources, Entities: c.Entities, Claims: c.Claims, Marks: c.Origin.Marks,
		Tombstones: c.Origin.Tombstones,
	}
	for _, seal := range c.Seals() {
		out.Stamps = append(out.Stamps, seal.Stamp)
	}
	return out
}

// change is the commit of a line whose form was checked.
func (c *commit) change() graph.Change {
	out := graph.Change{
		Writer: c.Writer, Batch: c.Batch, Actor: c.Actor, Reason: c.Reason,
		Sources: c.Sources, Entities: c.Entities, Claims: c.Claims,
		Origin: &graph.Origin{Store: c.Store, Time: c.Time, Places: c.Places, Marks: c.Marks, Tombstones: c.Tombstones},
	}
	for i, seal := range out.Seals() {
		*seal = graph.Seal{Stamp: c.Stamps[i], InForce: c.Stamps[i]}
	}
	return out
}

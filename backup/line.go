package backup

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/rabta/rabta/graph"
)

// The format of the files, and its version: a reader knows those up to its own. From
// stampVersion on records have stamps, and commits numbers; from redactVersion on there are
// tombstones, and origins of what was taken over.
const (
	formatName    = "rabta-backup"
	stampVersion  = 2
	redactVersion = 3
	formatVersion = redactVersion
)

// Header is what the first line of a file says of it.
type Header struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	// Program is the version of rabta that wrote the file, Store the kind of store
	// that it was read from.
	Program string    `json:"program"`
	Store   string    `json:"store"`
	Created time.Time `json:"created"`
	// Log is the id of the log among those that are exchanged; empty for one that is not.
	Log string `json:"log,omitempty"`
	// Last is the number of the last commit in the file; the first is 1.
	Last graph.Sequence `json:"last"`
}

// commit is the line of a commit.
type commit struct {
	Sequence graph.Sequence `json:"sequence"`
	Numbers  graph.Numbers  `json:"numbers,omitzero"`
	Writer   graph.Marking  `json:"writer,omitempty"`
	Recorded time.Time      `json:"recorded"`
	Batch    string         `json:"batch"`
	Content  string         `json:"content,omitempty"`
	Actor    string         `json:"actor,omitempty"`
	Reason   string         `json:"reason,omitempty"`
	Sources  []graph.Source `json:"sources,omitempty"`
	Entities []graph.Entity `json:"entities,omitempty"`
	Claims   []graph.Claim  `json:"claims,omitempty"`
	// Tombstones are what is left of records, Redacts what the commit took out of earlier
	// ones, and Unsaid the digest of what it said of itself where that is gone.
	Tombstones []graph.Tombstone `json:"tombstones,omitempty"`
	Redacts    []redacted        `json:"redacts,omitempty"`
	Unsaid     string            `json:"unsaid,omitempty"`
	// Origin is where the commit comes from, if the store took it over from another.
	Origin *graph.Origin `json:"origin,omitempty"`
	// Stamps are those of sources, entities and claims, one after another, tombstones in
	// their places; none where all are CLEAR.
	Stamps []graph.Marking `json:"stamps,omitempty"`
	// InForce are the markings that hold, in the same way; none where all are as sealed.
	InForce []graph.Marking `json:"inForce,omitempty"`
}

// redacted is graph.Redacted.
type redacted struct {
	Commit  graph.Sequence `json:"commit"`
	Place   int            `json:"place"`
	Stamp   graph.Marking  `json:"stamp"`
	InForce graph.Marking  `json:"inForce"`
}

// end is the last line.
type end struct {
	Commits graph.Sequence `json:"commits"`
}

func commitOf(c *graph.Change) commit {
	var redacts []redacted
	for _, r := range c.Redacts {
		redacts = append(redacts, redacted{r.Commit, r.Place, r.Stamp, r.InForce})
	}
	return commit{
		Tombstones: c.Tombstones, Redacts: redacts, Unsaid: c.Unsaid, Origin: c.Origin,
		Stamps: stampsOf(c), InForce: inForceOf(c), Sequence: c.Sequence, Numbers: c.Numbers, Writer: c.Writer, Recorded: c.Recorded.UTC(), Batch: c.Batch, Content: c.Content,
		Actor: c.Actor, Reason: c.Reason, Sources: c.Sources, Entities: c.Entities, Claims: c.Claims,
	}
}

func (c *commit) change() graph.Change {
	out := graph.Change{
		Sequence: c.Sequence, Numbers: c.Numbers, Writer: c.Writer, Recorded: c.Recorded, Batch: c.Batch, Content: c.Content,
		Actor: c.Actor, Reason: c.Reason, Sources: c.Sources, Entities: c.Entities, Claims: c.Claims,
		Tombstones: c.Tombstones, Unsaid: c.Unsaid, Origin: c.Origin,
	}
	for _, r := range c.Redacts {
		out.Redacts = append(out.Redacts, graph.Redacted{
			Commit: r.Commit, Place: r.Place, Seal: graph.Seal{Stamp: r.Stamp, InForce: r.InForce},
		})
	}
	for i := range out.Claims {
		out.Claims[i].Sequence, out.Claims[i].RecordedAt = c.Sequence, c.Recorded
	}
	for i, seal := range out.Seals() {
		stamp := graph.Clear
		if i < len(c.Stamps) {
			stamp = c.Stamps[i]
		}
		*seal = graph.Seal{Stamp: stamp, InForce: stamp}
		if i < len(c.InForce) {
			seal.InForce = c.InForce[i]
		}
	}
	return out
}

// stampsOf are the stamps of a change's records; nil when all are CLEAR.
func stampsOf(c *graph.Change) []graph.Marking {
	var stamps []graph.Marking
	clear := true
	for _, seal := range c.Seals() {
		stamps, clear = append(stamps, seal.Stamp), clear && seal.Stamp == graph.Clear
	}
	if clear {
		return nil
	}
	return stamps
}

// inForceOf are the markings in force of a change's records; nil when none was changed.
func inForceOf(c *graph.Change) []graph.Marking {
	var markings []graph.Marking
	same := true
	for _, seal := range c.Seals() {
		markings, same = append(markings, seal.InForce), same && seal.InForce == seal.Stamp
	}
	if same {
		return nil
	}
	return markings
}

// digestSize is the length of a digest as it stands in a line, digestHead and digestTail
// what stands around it.
const (
	digestSize = 2 * sha256.Size
	digestHead = `,"digest":"`
	digestTail = `"}`
)

// digestAfter is the digest of a line without its own, after the one before it.
func digestAfter(before string, body []byte) string {
	h := sha256.New()
	h.Write([]byte(before))
	h.Write([]byte{'\n'})
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

// seal makes the line of a value, with its digest after the one before it.
func seal(before string, v any) (line []byte, digest string, err error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, "", err
	}
	b.Truncate(b.Len() - len("}\n"))
	digest = digestAfter(before, b.Bytes())
	b.WriteString(digestHead + digest + digestTail + "\n")
	return b.Bytes(), digest, nil
}

// unseal takes the digest off a line, in place. It is false when the line is not what was
// written after the digest before it.
func unseal(before string, line []byte) (body []byte, digest string, ok bool) {
	at := len(line) - len(digestHead) - digestSize - len(digestTail)
	if at < 0 {
		return nil, "", false
	}
	digest = digestAfter(before, line[:at])
	if string(line[at:]) != digestHead+digest+digestTail {
		return nil, "", false
	}
	line[at] = '}'
	return line[:at+1], digest, true
}

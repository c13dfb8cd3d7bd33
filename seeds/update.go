package seeds

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/csv"
	"fmt"

	"github.com/rabta/rabta/graph"
)

// replacedFile lists the claims that older versions of the seeds recorded and that these
// do not hold, each with the reason.
//
//go:embed replaced.csv
var replacedFile []byte

// Replaced is a claim that an older version of the seeds recorded.
type Replaced struct {
	ID     graph.ID
	Reason string
}

// Update is what brings a store that holds seeds of another version to these.
type Update struct {
	// Batch takes back what was replaced and records the rest anew.
	Batch graph.Batch
	// Replaced and Mended are how many claims that count it takes back: the ones for good,
	// the others to record them in words of now. Missing is how many records the store does
	// not know. Left are claims that somebody took back: they stay so.
	Replaced, Mended, Missing int
	Left                      []graph.ID
}

// Held is what a store holds.
type Held interface {
	// Claim is what it holds of a claim, nil for one that it does not know, and whether that counts.
	Claim(id graph.ID) (said *graph.Claim, counts bool)
	// Source reports whether it knows a source.
	Source(id graph.ID) bool
	// Entity is how an entity is represented that it knows.
	Entity(id graph.ID) (graph.Representation, bool)
}

// NewUpdate compares these seeds with what a store holds. ok is false where that holds no
// claim of any version of them. What others recorded of the same sources and entities is
// left as it is: a source that is known, and an entity of which all is known.
func NewUpdate(held Held) (u Update, ok bool, err error) {
	whole, err := Batch()
	if err != nil {
		return Update{}, false, err
	}
	gone, err := replaced()
	if err != nil {
		return Update{}, false, err
	}
	for _, r := range gone {
		if said, counts := held.Claim(r.ID); said != nil {
			ok = true
			if counts {
				u.Replaced++
				u.takeBack(r.ID, r.Reason)
			}
		}
	}
	for i := range whole.Claims {
		ok = u.compare(held, whole.Claims[i].Normalised()) || ok
	}
	u.Batch.Actor, u.Batch.Reason = whole.Actor, updateTo+whole.ID
	u.Batch.Claims = append(u.Batch.Claims, whole.Claims...)
	for i := range whole.Sources {
		if s := &whole.Sources[i]; !held.Source(s.ID) {
			u.Missing++
			u.Batch.Sources = append(u.Batch.Sources, *s)
		}
	}
	for i := range whole.Entities {
		if e := &whole.Entities[i]; !known(held, e) {
			u.Missing++
			u.Batch.Entities = append(u.Batch.Entities, *e)
		}
	}
	return u, ok, nil
}

// compare compares one claim of the seeds with what a store holds, and reports whether it
// knows that.
func (u *Update) compare(held Held, c graph.Claim) bool {
	said, counts := held.Claim(c.ID)
	switch {
	case said == nil:
		u.Missing++
	case !counts:
		u.Left = append(u.Left, c.ID)
	case said.Text != c.Text || said.Excerpt != c.Excerpt || said.Label != c.Label:
		u.Mended++
		u.takeBack(c.ID, "It is recorded anew in other words, and says the same.")
	}
	return said != nil
}

// known reports whether a store knows all that a line of an entity says.
func known(held Held, e *graph.Entity) bool {
	is, ok := held.Entity(e.ID)
	if !ok || is != cmp.Or(e.Representation, graph.Named) {
		return false
	}
	for _, c := range graph.Expand(e) {
		if said, _ := held.Claim(c.ID); said == nil {
			return false
		}
	}
	return true
}

// Needed reports whether the store holds other claims than these seeds.
func (u *Update) Needed() bool { return u.Replaced+u.Mended+u.Missing > 0 }

// Actor is who records seeds.
const Actor = "seeds"

// Loads reports whether a commit by Actor brought its store to these seeds, by what it says
// of itself.
func Loads(batch, reason string) (bool, error) {
	b, err := Batch()
	return batch == b.ID || reason == updateTo+b.ID, err
}

const updateTo = "an update to "

func (u *Update) takeBack(id graph.ID, reason string) {
	u.Batch.Claims = append(u.Batch.Claims, graph.Claim{
		Subject: id, Predicate: graph.Retracts, Source: "s_rabta-judgement", Hedge: graph.Stated, Credibility: 2,
		Locator: "comparison of two versions of the seeds", Value: &graph.Value{Text: reason},
	})
}

// replaced reads the list of what was replaced.
func replaced() ([]Replaced, error) {
	rows, err := csv.NewReader(bytes.NewReader(replacedFile)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading what the seeds replaced: %w", err)
	}
	out := make([]Replaced, 0, len(rows))
	for _, row := range rows[1:] {
		out = append(out, Replaced{graph.ID(row[0]), row[1]})
	}
	return out, nil
}

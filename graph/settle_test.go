package graph

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// A commit that is older than digests of content is a replay where nothing would be
// written, and else a conflict: nobody can say that the content is the same.
func TestSettleUnderTheIDOfAnOldCommit(t *testing.T) {
	at := time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
	titled := func(title string) Source { return Source{ID: "s_a", Kind: "BOOK", Title: title} }
	now := titled("Now")
	log := Log{
		Known: Known{"s_a": {{Marking: Clear, Digest: Digest(&now)}}},
		Head:  Commit{Sequence: 9, Numbers: Numbers{9, 9, 9, 9, 9}, RecordedAt: at.Add(time.Hour)},
		Holder: func(id string, _ Marking) (*Holder, error) {
			if id != "old" {
				return nil, nil
			}
			return &Holder{Numbers: Numbers{3, 3, 3, 3, 3}, RecordedAt: at}, nil
		},
	}
	want := Commit{Sequence: 3, Numbers: Numbers{3, 3, 3, 3, 3}, RecordedAt: at, Replayed: true}
	for name, c := range map[string]struct {
		sources  []Source
		problems int
	}{
		"nothing":                     {nil, 0},
		"what is known":               {[]Source{now}, 0},
		"what ends where it began":    {[]Source{titled("Then"), now}, 0},
		"what is new":                 {[]Source{titled("Then")}, 1},
		"what is new and what is not": {[]Source{now, {ID: "s_b", Kind: "BOOK", Title: "B"}}, 1},
		"what is refused":             {[]Source{{ID: "s_b", Kind: "BOOK"}}, 2},
	} {
		got, err := Settle(Batch{ID: "old", Sources: c.sources}.Normalised(), log)
		var invalid *InvalidError
		switch {
		case c.problems == 0 && (err != nil || got.Replay == nil || cmpDiff(want, *got.Replay) != ""):
			t.Errorf("%s: %+v, %v", name, got.Replay, err)
		case c.problems > 0 && (!errors.As(err, &invalid) || !invalid.Conflict || len(invalid.Problems) != c.problems):
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// What a store says of a failure is what the caller hears, and no settlement with it.
func TestSettleWithoutAnAnswer(t *testing.T) {
	failed := errors.New("failed")
	log := Log{Holder: func(string, Marking) (*Holder, error) { return nil, failed }}
	for _, id := range []string{"", "given"} {
		b := Batch{ID: id, Sources: []Source{{ID: "s_a", Kind: "BOOK", Title: "T"}}}
		if got, err := Settle(b.Normalised(), log); !errors.Is(err, failed) {
			t.Errorf("%q: %+v, %v", id, got, err)
		}
	}
}

// A digest of content tells batches apart by every record, their order and Reassert, and
// passes over who records, why and under which id.
func TestContent(t *testing.T) {
	b := sound().Normalised()
	for name, change := range map[string]func(*Batch){
		"reassert":         func(b *Batch) { b.Reassert = true },
		"a marking":        func(b *Batch) { b.Marking = Amber },
		"a source":         func(b *Batch) { b.Sources[0].Note = "x" },
		"an entity":        func(b *Batch) { b.Entities[0].Description = "x" },
		"a claim":          func(b *Batch) { b.Claims[0].Role = "x" },
		"words of a claim": func(b *Batch) { b.Claims[0].Excerpt = "x" },
		"one less":         func(b *Batch) { b.Claims = b.Claims[1:] },
	} {
		other := sound()
		change(&other)
		if other = other.Normalised(); other.Content() == b.Content() {
			t.Errorf("%s: two batches of different content have one digest", name)
		}
	}
	other := sound().Normalised()
	other.ID, other.Actor, other.Reason = "another", "somebody else", "another reason"
	if other.Content() != b.Content() {
		t.Error("who records, and why, is taken for content")
	}
	if content := sound().Normalised(); content.Content() != "e12b1867034315d9bea70b68c81eb88b" {
		t.Errorf("the digest is %s: ids that were used before are used for other content", content.Content())
	}
}

// TestGivenID: an id that the store made of the content is told from one that was given.
func TestGivenID(t *testing.T) {
	digest := strings.Repeat("0a", 16)
	for id, want := range map[string]map[string]string{
		digest:              {digest: "", "": "", "another": digest},
		digest + "-7":       {digest: "", "": "", "another": digest + "-7"},
		digest + "-seventh": {"": digest + "-seventh"},
		"seeds-" + digest:   {digest: "seeds-" + digest, "": "seeds-" + digest},
		"":                  {digest: "", "": ""},
	} {
		for content, given := range want {
			if got := (&Change{Batch: id, Content: content}).GivenID(); got != given {
				t.Errorf("of %q with the digest %q %q was given, not %q", id, content, given, got)
			}
		}
	}
}

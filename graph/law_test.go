package graph

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/tests/raced"
)

// sheets are a store and, for each clearance, one that holds nothing but what that sees.
type sheets struct {
	*rapid.T
	whole   *ledger
	seen    map[Marking]*ledger
	numbers Numbers
	claims  []ID
}

// TestWriterSeesItsSheetsAlone: what becomes of a batch is what would become of it in a
// store that holds nothing but what its writer sees: the records, their stamps, their
// number, every error.
func TestWriterSeesItsSheetsAlone(t *testing.T) {
	raced.Alone(t)
	written, refused, above := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s := &sheets{T: t, whole: newLedger(), seen: map[Marking]*ledger{}}
		for _, m := range Markings {
			s.seen[m] = newLedger()
		}
		for i := range rapid.IntRange(4, 16).Draw(t, "batches") {
			writer := rapid.SampledFrom(Markings).Draw(t, "writer")
			b := s.draw(writer)
			if i == 0 {
				b = everything(writer)
			}
			fresh, err := Plan(b, s.whole.log(b))
			want, wantErr := Plan(b, s.seen[writer].log(b))
			diff(t, "the error", fmt.Sprint(wantErr), fmt.Sprint(err))
			diff(t, "what is written", want, fresh)
			if err != nil {
				refused++
				continue
			}
			written += fresh.size()
			s.note(fresh)
			for _, m := range Markings {
				diff(t, "what is known at "+string(m), s.seen[m].known, s.whole.known.at(m))
			}
			if !s.seen[writer].known.equal(s.whole.known) {
				above++
			}
		}
	})
	if written == 0 || refused == 0 || above == 0 {
		t.Errorf("%d records written, %d batches refused, %d beside what is hidden: the test says little", written, refused, above)
	}
}

// everything is a batch of a writer that declares all that is drawn.
func everything(writer Marking) Batch {
	b := Batch{Clearance: writer}
	for _, id := range []ID{"a", "b", "c"} {
		b.Sources = append(b.Sources, Source{ID: "s_" + id, Kind: "REPORT", Title: "first"})
		b.Entities = append(b.Entities, Entity{ID: id, Kind: Group, Names: []Name{{Value: "first"}}})
	}
	b.Sources[0].Marking, b.Entities[0].Marking = writer, writer
	return b
}

// at is what is known of all that a clearance sees.
func (k Known) at(m Marking) Known {
	out := Known{}
	for id, list := range k {
		for _, h := range list {
			if h.Marking.Level() > m.Level() {
				continue
			}
			if h.Retracted.Level() > m.Level() {
				h.Retracted = ""
			}
			out[id] = append(out[id], h)
		}
	}
	return out
}

// note writes what is new to every store that sees it.
func (s *sheets) note(fresh Batch) {
	s.whole.write(fresh)
	last := s.numbers
	if fresh.size() > 0 {
		s.numbers = s.numbers.Next(&fresh)
	}
	for _, m := range Markings {
		part := fresh
		part.Sources, part.Entities, part.Claims = nil, nil, nil
		sees := func(seal Seal) bool { return seal.InForce.Level() <= m.Level() }
		for _, r := range fresh.Sources {
			if sees(r.Seal) {
				part.Sources = append(part.Sources, r)
			}
		}
		for _, r := range fresh.Entities {
			if sees(r.Seal) {
				part.Entities = append(part.Entities, r)
			}
		}
		for _, r := range fresh.Claims {
			if sees(r.Seal) {
				part.Claims = append(part.Claims, r)
			}
		}
		s.seen[m].write(part)
		if moved := s.numbers.At(m) > last.At(m); moved != (part.size() > 0) {
			s.Fatalf("of %d records of a commit %s sees %d, and its number moves: %t", fresh.size(), m, part.size(), moved)
		}
	}
	for _, c := range fresh.Claims {
		s.claims = append(s.claims, c.ID)
	}
	for i := range fresh.Entities {
		for _, c := range Expand(&fresh.Entities[i]) {
			s.claims = append(s.claims, c.ID)
		}
	}
}

func (s *sheets) one(n int, label string) bool { return rapid.IntRange(0, n-1).Draw(s.T, label) == 0 }

// marking is mostly none, and sometimes above what the writer may give.
func (s *sheets) marking(writer Marking) Marking {
	if !s.one(3, "marked") {
		return ""
	}
	most := int(writer.Level()) + 1
	if s.one(12, "too strict") {
		most = len(Markings)
	}
	return rapid.SampledFrom(Markings[:most]).Draw(s.T, "marking")
}

func (s *sheets) draw(writer Marking) Batch {
	ids := []ID{"a", "b", "c"}
	pick := func(label string) ID { return rapid.SampledFrom(ids).Draw(s.T, label) }
	b := Batch{Clearance: writer, Reassert: s.one(3, "reassert")}
	if s.one(8, "a marked batch") {
		b.Marking = s.marking(writer)
	}
	for range rapid.IntRange(0, 2).Draw(s.T, "sources") {
		r := Source{ID: "s_" + pick("source"), Kind: "REPORT", Title: string(pick("title")), Marking: s.marking(writer)}
		if s.one(3, "derived") {
			if r.DerivedFrom = []ID{"s_" + pick("from")}; r.DerivedFrom[0] == r.ID {
				r.DerivedFrom = nil
			}
		}
		b.Sources = append(b.Sources, r)
	}
	for range rapid.IntRange(0, 2).Draw(s.T, "entities") {
		r := Entity{ID: pick("entity"), Kind: Group, Names: []Name{{Value: string(pick("name"))}}, Marking: s.marking(writer)}
		if s.one(4, "a place") {
			r.Kind = Place
		}
		if s.one(3, "a name with a source") {
			r.Names = append(r.Names, Name{Value: string(pick("name")), Source: "s_" + pick("source")})
		}
		b.Entities = append(b.Entities, r)
	}
	for range rapid.IntRange(0, 3).Draw(s.T, "claims") {
		b.Claims = append(b.Claims, s.claim(writer, pick))
	}
	return b.Normalised()
}

func (s *sheets) claim(writer Marking, pick func(string) ID) Claim {
	c := Claim{Source: "s_" + pick("source"), Hedge: Stated, Marking: s.marking(writer)}
	if len(s.claims) > 0 && s.one(2, "about a claim") {
		c.Predicate, c.Subject = Retracts, rapid.SampledFrom(s.claims).Draw(s.T, "subject")
		if other := rapid.SampledFrom(s.claims).Draw(s.T, "other"); other != c.Subject && s.one(3, "contradicts") {
			c.Predicate, c.Object = Contradicts, other
		}
		return c
	}
	switch rapid.IntRange(0, 3).Draw(s.T, "kind") {
	case 0:
		c.Predicate, c.Subject = Withdraws, "s_"+pick("withdrawn")
	case 1:
		c.Predicate, c.Subject, c.Object = AlliedWith, "a", rapid.SampledFrom([]ID{"b", "c"}).Draw(s.T, "object")
	default:
		c.Predicate, c.Subject, c.Value = StatusOf, pick("subject"), &Value{Text: string(pick("text"))}
		if s.one(4, "spoken") {
			c.Speaker = pick("speaker")
		} else if s.one(4, "spoken by some") {
			c.SpeakerText = "an officer"
		}
	}
	return c
}

package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Log is what a store tells Settle of its log.
type Log struct {
	// Known is what it holds of what the batch needs.
	Known Known
	// Head is the last commit; zero when there is none.
	Head Commit
	// Holder looks for the commit that holds an id for writers of a clearance; nil
	// when none does. Its error becomes that of Settle.
	Holder func(id string, writer Marking) (*Holder, error)
	// Records yields, in order, the records that have one of some ids or name one.
	// Only a batch asks that marks what is there, names a successor, or says what a class
	// may include.
	Records func(ids map[ID]bool) iter.Seq2[Placed, error]
	// Redacted gives the digests of the tombstones, each with the least strict marking that
	// was in force for it. A log of no tombstones may have none.
	Redacted func() (map[string]Marking, error)
	// Lines yields, in order, the records of entities that say what one of some claims says,
	// and may yield other records of entities; nil where there are none. Only a batch asks
	// that is about claims of which the writer sees no record, or which count no more.
	Lines func(ids map[ID]bool) iter.Seq2[Placed, error]
}

// Placed is a record of the log where it stands: one of Source, Entity and Claim.
type Placed struct {
	// Place is the store's name for where it stands; later records have greater ones.
	Place uint64
	// Writer is the clearance of who recorded it.
	Writer Marking
	Source *Source
	Entity *Entity
	Claim  *Claim
	fresh  bool // it is of the batch that is being settled
}

// Marked is a record of the log that gets another marking.
type Marked struct {
	Place   uint64
	InForce Marking
}

// Holder is the commit that holds the id of a batch.
type Holder struct {
	Numbers    Numbers
	RecordedAt time.Time
	// Content is Change.Content.
	Content string
}

// Settlement is what is to become of a batch.
type Settlement struct {
	// Replay is the answer when nothing is to be written; nil when Fresh is.
	Replay *Commit
	// Fresh is what is new of the batch, with the id to record it under and the stamps
	// of its records.
	Fresh Batch
	// Numbers are those of the commit to write.
	Numbers Numbers
	// Held is what is to be known after it of all ids of Log.Known, and of those that
	// Marked concerns.
	Held Known
	// Marked are the records of the log that get another marking by it.
	Marked []Marked
	// Content is Batch.Content of the whole batch, to be kept with Fresh.
	Content string
	// Notices are those of the commit, also in Replay.
	Notices []Problem
	// Origin is where a commit comes from that is taken over; nil for a batch.
	Origin *Origin
}

// Change is the commit of what was settled.
func (s *Settlement) Change(n Sequence, recorded time.Time) Change {
	b := &s.Fresh
	return Change{
		Sequence: n, Numbers: s.Numbers, Writer: b.Clearance, Recorded: recorded, Batch: b.ID, Content: s.Content,
		Actor: b.Actor, Reason: b.Reason, Sources: b.Sources, Entities: b.Entities, Claims: b.Claims, Origin: s.Origin,
	}
}

// Content is a digest of what a normalised batch holds: every record to the last
// letter, in order, whether it asserts anew, and how it is marked where it is.
func (b *Batch) Content() string {
	h := sha256.New()
	fmt.Fprintf(h, "%t\n", b.Reassert)
	if b.Marking != "" {
		fmt.Fprintf(h, "%s\n", b.Marking)
	}
	for i := range b.Sources {
		fmt.Fprintf(h, "%s\n", Encode(&b.Sources[i]))
	}
	for i := range b.Entities {
		fmt.Fprintf(h, "%s\n", Encode(&b.Entities[i]))
	}
	for i := range b.Claims {
		if b.Claims[i].Value.finite() { // else it has no canonical form, and Plan refuses it
			fmt.Fprintf(h, "%s\n", Encode(&b.Claims[i]))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// Settle decides what becomes of a normalised batch. Stores call it inside their
// write transaction. An id that was given settles a batch for good: the same
// content again is a replay, other content an ErrConflict. Without an id, and under
// an id that is new, what Plan finds new is to be written. The error is an
// *InvalidError, and then nothing may be written, or one of Holder.
func Settle(b Batch, log Log) (Settlement, error) {
	out := Settlement{Content: b.Content()}
	holder, err := b.holder(log)
	if err != nil {
		return Settlement{}, err
	}
	lines, err := b.onLines(log)
	if err != nil {
		return Settlement{}, err
	}
	classes, err := b.representations(log)
	if err != nil {
		return Settlement{}, err
	}
	fresh, after, err := plan(b, &log.Known, lines, classes)
	out.Fresh, out.Held = fresh, after.held
	if err == nil && len(after.marks) > 0 {
		err = out.mark(log, after.marks)
	}
	out.Notices = b.notices(after.endings, out.Held)
	gone, e := b.gone(&log)
	if e != nil {
		return Settlement{}, e
	}
	err = withProblems(err, gone)
	if err == nil && len(after.retired) > 0 {
		err = out.succeed(log, after.retired)
	}
	switch {
	case holder != nil && holder.Content != out.Content &&
		(holder.Content != "" || err != nil || !out.Held.equal(log.Known)):
		return Settlement{}, b.taken(holder, out.Content, err)
	case err != nil:
		return Settlement{}, err
	case holder != nil:
		out.Replay = replayOf(holder.Numbers, holder.RecordedAt, &b)
	case out.Fresh.size() == 0:
		out.Replay = log.replay(&b)
	case b.ID == "":
		err = out.name(log)
	}
	if out.Replay != nil {
		out.Replay.Notices = out.Notices
	}
	out.Numbers = log.Head.Numbers.Next(&out.Fresh)
	return out, err
}

// withProblems is the error of a batch with more that is wrong with it.
func withProblems(err error, more []Problem) error {
	if len(more) == 0 {
		return err
	}
	out := &InvalidError{}
	if invalid, ok := errors.AsType[*InvalidError](err); ok {
		*out = *invalid
	} else if err != nil {
		return err
	}
	out.Problems = append(slices.Clip(out.Problems), more...)
	return out
}

// holder is the commit that holds the id which the batch was given.
func (b *Batch) holder(log Log) (*Holder, error) {
	if b.ID == "" {
		return nil, nil
	}
	return log.Holder(b.ID, b.Clearance)
}

// name gives what is new of a batch that came without an id one that no commit
// holds: its content's digest, with the number of the commit behind it where that is
// held. A batch that is known by its digest and ends where it began, such as two
// forms of one source, is a replay.
func (s *Settlement) name(log Log) error {
	s.Fresh.ID = s.Content
	for n := log.Head.Numbers.At(Red) + 1; ; n++ {
		holder, err := log.Holder(s.Fresh.ID, s.Fresh.Clearance)
		if err != nil || holder == nil {
			return err
		}
		if holder.Content == s.Content && s.Held.equal(log.Known) {
			s.Replay = log.replay(&s.Fresh)
			return nil
		}
		s.Fresh.ID = fmt.Sprintf("%s-%d", s.Content, n)
	}
}

// GivenID is the id that the writer gave the batch; empty where the store made one of
// the content, see Settlement.
func (ch *Change) GivenID() string {
	made := ch.Unsaid != "" || ch.Batch == ch.Content || strings.HasPrefix(ch.Batch, ch.Content+"-")
	if ch.Content == "" {
		made = digestID.MatchString(ch.Batch)
	}
	if made {
		return ""
	}
	return ch.Batch
}

// digestID is the form of the ids that stores make, for commits without a digest.
var digestID = regexp.MustCompile(`^[0-9a-f]{32}(-[0-9]+)?$`)

func (b *Batch) size() int { return len(b.Sources) + len(b.Entities) + len(b.Claims) }

// taken is the error for an id that a commit holds for other content, along with
// what else is wrong with the batch.
func (b *Batch) taken(by *Holder, content string, planned error) error {
	first := "whose content was not noted"
	if by.Content != "" {
		first = "whose digest is " + by.Content
	}
	out := &InvalidError{Conflict: true, Problems: []Problem{{
		Code: "CONFLICT", Record: -1, Path: "id",
		Message: fmt.Sprintf("commit %d used %q for a batch %s, and this one's digest is %s",
			by.Numbers.At(b.Clearance), clip(b.ID), first, content),
		Remedy: "choose another id, or leave it out",
	}}}
	var invalid *InvalidError
	if errors.As(planned, &invalid) {
		out.Problems = append(out.Problems, invalid.Problems...)
	}
	return out
}

// replay is the answer to a batch that the log holds by now.
func (l *Log) replay(b *Batch) *Commit { return replayOf(l.Head.Numbers, l.Head.RecordedAt, b) }

func replayOf(n Numbers, at time.Time, b *Batch) *Commit {
	return &Commit{Sequence: n.At(b.Clearance), Numbers: n, RecordedAt: at, Replayed: true}
}

package graph

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"
)

// Sequence numbers commits: 1, 2, 3 without gaps, in commit order, for each
// store. It is the cursor of the feed, an ETag, and the key of caches. 0 is the
// empty store.
type Sequence uint64

// Store is a durable log of batches of records: the only way in and the only
// way out. Implementations are safe for use by many goroutines, and several
// processes may open one store at once.
//
// Errors: ErrInvalid and ErrConflict (an *InvalidError) for a batch that is
// refused, in which case nothing of it is kept; ErrUnavailable when the store
// cannot be reached or cannot write, in which case the outcome of an Apply may
// be unknown: applying the same batch again settles it. Text of a driver is
// never in the message of an error. A cancelled context gives ctx.Err().
type Store interface {
	// Apply checks the batch and commits what Settle finds new of it, all or
	// nothing, durably, under the next sequence number. A batch of which nothing
	// is new changes nothing and takes no number: the answer has Replayed set and
	// names the head. So does one whose id was applied before with the same
	// content; then the answer names the commit that holds the id. With other
	// content the id is refused as an ErrConflict.
	Apply(ctx context.Context, b Batch) (Commit, error)
	// Changes yields every commit after since, in order, up to the head at the
	// time of the call, then ends. 0 yields everything. It never skips a
	// number. The records are the caller's to keep. An error ends it; calling
	// again with the last sequence seen resumes it.
	Changes(ctx context.Context, since Sequence) iter.Seq2[Change, error]
	// Head is the sequence up to which Changes would yield now. It is cheap:
	// ask it to learn whether anything has happened.
	Head(ctx context.Context) (Sequence, error)
	// Close releases the store. Later calls return ErrUnavailable.
	Close() error
}

// Batch is what is recorded together.
type Batch struct {
	// ID makes a batch idempotent: applied again with the same content, it changes
	// nothing, whatever was recorded since. Empty means an id that the store makes
	// of the content, and that says nothing of it: what is new is recorded.
	ID string
	// Actor is who records, Reason why: for the audit. They are not content.
	Actor, Reason string
	Sources       []Source
	Entities      []Entity
	Claims        []Claim
	// Reassert makes claims of the batch that were retracted count again, from
	// this commit on. Without it a retracted claim stays retracted.
	Reassert bool
	// Faults are what was found wrong when the batch was read, and left out of its
	// records. With any, the batch is refused, and told of with what else is wrong.
	Faults []Problem
	// Clearance is the writer's: what is stricter is not there for it, and it marks
	// nothing above it. None is RED.
	Clearance Marking
	// Marking is the least strict that any of the records is to be; none is CLEAR.
	Marking Marking
	// Current refuses what earlier editions took, and is not taken of those who write today,
	// in claims that the writer does not see already.
	Current bool
	// Notices asks for Commit.Notices.
	Notices bool
	// Positions are where the records stood before Normalised left some out; nil where it
	// left out none.
	Positions *Positions
}

// Positions are the places that records had in their lists.
type Positions struct{ Sources, Entities, Claims []int }

// Commit is the outcome of an Apply.
type Commit struct {
	// Sequence is the commit's number for the writer's clearance.
	Sequence Sequence
	// Numbers are its numbers for all clearances.
	Numbers    Numbers
	RecordedAt time.Time
	// Replayed is set when nothing was written.
	Replayed bool
	// Sources, Entities and Claims count the records written.
	Sources, Entities, Claims int
	// Buried counts the records that it took out.
	Buried int
	// Notices are what the writer should know of records that were taken, in their order,
	// where the batch asks for it: each that ends below the writer's clearance, also one
	// that was known.
	Notices []Problem
}

// Change is one commit as the feed gives it: the records that were new,
// normalised and in the order of the batch, each with its stamp and the marking that is
// in force when the feed is read. Claims have Sequence and RecordedAt set.
type Change struct {
	// Sequence is the store's own number.
	Sequence Sequence
	Numbers  Numbers
	// Writer is the clearance of who recorded it.
	Writer Marking
	// Recorded never decreases from one commit to the next.
	Recorded time.Time
	// Batch is the id of the batch, Content what Batch.Content gave for all of it,
	// also for what was known; empty in a commit that is older than such digests.
	Batch, Content string
	Actor, Reason  string
	Sources        []Source
	Entities       []Entity
	Claims         []Claim
	// Tombstones are what is left of records that were redacted, in the order of their
	// places.
	Tombstones []Tombstone
	// Redacts is what the commit took out of those before it, in their order.
	Redacts []Redacted
	// Unsaid is the digest of what the commit said of itself where that was redacted; then
	// it has no actor, no reason, and a name of the store's in the place of its id.
	Unsaid string
	// Marked is set by a Sight where the commit changed the marking of something from or
	// to one that the clearance sees; what and by whom may be hidden from it.
	Marked bool
	// Origin says where the commit comes from; nil for one that the store recorded itself.
	Origin *Origin
}

// Origin is where a commit comes from that was taken over from another store.
type Origin struct {
	// Store is the id of the store that recorded it, and Time its place in the order of all
	// commits of all stores: those of one store rise with their numbers there.
	Store string    `json:"store"`
	Time  time.Time `json:"time"`
	// Places are those of the records in the batch. Each is of as many numbers as there are
	// markings up to its stamp, the least strict first: how many of each there are up to it
	// since the last that is less strict. So they are in order, and tell nothing of what is
	// stricter.
	Places [][]int `json:"places,omitempty"`
	// Marks are what the commit made of the markings of records before it.
	Marks []Remark `json:"marks,omitempty"`
	// Tombstones are what is left of records that were redacted elsewhere.
	Tombstones []Remains `json:"tombstones,omitempty"`
}

// Remark is what a commit made of the marking of one record.
type Remark struct {
	// Record names the record by a digest, so that it tells nothing to those who lack it.
	Record string `json:"record"`
	// Stamp is that of the record.
	Stamp   Marking `json:"stamp"`
	Marking Marking `json:"marking"`
	// Raises is set where the record is to be at least so strict, and not set where it is to
	// be marked so, whatever it was.
	Raises bool `json:"raises,omitempty"`
}

// Reporter is a Store that knows whether it takes writes before it is given one.
type Reporter interface {
	Store
	// Trouble is why the store takes no writes now, as an ErrUnavailable; nil when it
	// takes them as far as is known. It is cheap: ask it whenever Head is asked.
	Trouble(ctx context.Context) error
}

// Restorer is a Store that can take over the log of another as it is.
type Restorer interface {
	Store
	// Restore records each change of a feed, from number 1 on, under the number, time,
	// id, actor and reason that it has. The store must hold nothing, or what a Restore
	// of the same log left there that was cut short, which is then gone on from. From the
	// first change on until the feed has ended without an error the store is incomplete,
	// also for other processes and after a crash: Apply, Changes and Head give
	// ErrUnavailable. The error is the feed's own, an ErrConflict from NotEmpty or
	// OtherLog, or one of those of a Store.
	Restore(ctx context.Context, feed iter.Seq2[Change, error]) error
}

// Redactor is a Store that can take out for good what was recorded.
type Redactor interface {
	Store
	// Redact takes out what the redaction names, all or nothing, durably, and commits that
	// under the next sequence number. What is left is a tombstone in the place of each
	// record. The error is an ErrConflict where the log has gone on since the redaction was
	// planned, an ErrNotFound for what is not there, an ErrInvalid for what cannot be taken
	// out of this log, or one of those of a Store. After any of them nothing has changed,
	// but after ErrUnavailable that is not known: plan it again.
	Redact(ctx context.Context, r Redaction) (Commit, error)
}

// Sweeper is a Redactor that goes on holding what was redacted somewhere in its files.
type Sweeper interface {
	Redactor
	// Sweep clears that out, and does nothing where there is nothing. It can be called
	// again after an error, which is one of those of a Store.
	Sweep(ctx context.Context) error
}

// Receiver is a Store that has an id among those that exchange their logs, and can take
// over what others recorded.
type Receiver interface {
	Store
	// ID is the store's. It stays as long as the log.
	ID(ctx context.Context) (string, error)
	// Adopt gives a store that holds nothing the id of the log that is to be restored into
	// it. It is an ErrConflict for a store that holds commits under another id.
	Adopt(ctx context.Context, id string) error
	// Receive records what is new of a commit that has an origin, with the stamps that it
	// has, as one commit of its own, all or nothing. Where nothing is new, the answer has
	// Replayed set. Of a commit with tombstones it takes over these alone, and buries what they
	// are of. What it refers to must be in the store or in the commit: else it is an
	// ErrInvalid, with all that is missing.
	Receive(ctx context.Context, c Change) (Commit, error)
}

// ResumeRestore is what to do about a store into which a Restore has not ended.
const ResumeRestore = "run rabta restore with the same file again, or use a store that holds nothing"

// Incomplete is the error of a store into which a Restore has not ended.
func Incomplete(operation string) error {
	return fmt.Errorf("%s: %w", operation, &UnavailableError{
		What: "a restore into it has not ended", Remedy: ResumeRestore,
	})
}

// NotEmpty is the error of Restore for a store that holds a log of its own.
func NotEmpty(head Sequence) error {
	return conflict("NOT_EMPTY", fmt.Sprintf("the store holds %d commits", head),
		"restore into a new file, or into an empty database")
}

// OtherLog is the error of Restore for a store in which another log was begun.
func OtherLog(at Sequence) error {
	return conflict("OTHER_LOG", fmt.Sprintf("a restore into the store was cut short, and its commit %d is not that of this log", at),
		"restore the same file as before, up to the same commit or further; or use a store that holds nothing")
}

func conflict(code, message, remedy string) error {
	return &InvalidError{Conflict: true, Problems: []Problem{{Code: code, Record: -1, Path: "store", Message: message, Remedy: remedy}}}
}

// Verifier is a Store that can tell whether what it holds is what was recorded.
type Verifier interface {
	Store
	// Verify reads all that the store holds and compares it with itself: the log with
	// its digests, and what is kept beside the log with what the log adds up to. A
	// store that is damaged is no error but has faults. The error is one of those of a
	// Store, or wraps errors.ErrUnsupported where there is nothing to compare.
	Verify(ctx context.Context) (Verification, error)
}

// Verification is what came of verifying a store.
type Verification struct {
	// Checked says what was looked at, a phrase each: "the log up to commit 5".
	Checked []string
	// Notes say what could not be looked at, and why that is no fault.
	Notes []string
	// Faults are none when all is well. There may be many of one cause; a store lists
	// the first of them and says how many more there are.
	Faults []Fault
}

// Fault is a place where a store does not hold what it should.
type Fault struct {
	// Commit is the commit that it is about; 0 where none can be named.
	Commit Sequence `json:"commit,omitempty"`
	// Where is the part of the store: "the log", "the native graph".
	Where string `json:"where"`
	// What says what is wrong.
	What string `json:"what"`
	// Remedy says what to do.
	Remedy string `json:"remedy,omitempty"`
}

// String is the fault in one line: where, at which commit, what, and what to do.
func (f Fault) String() string {
	var b strings.Builder
	b.WriteString(f.Where)
	if f.Commit > 0 {
		fmt.Fprintf(&b, ": commit %d", f.Commit)
	}
	fmt.Fprintf(&b, ": %s", f.What)
	if f.Remedy != "" {
		fmt.Fprintf(&b, "; %s", f.Remedy)
	}
	return b.String()
}

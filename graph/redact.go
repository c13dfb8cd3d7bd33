package graph

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"time"
)

// What is redacted is taken out of a store for good. A tombstone stays in the place of each
// record, with the digest that the chain of commits is over; nobody reads it as anything
// that was said. The redaction is a commit of its own, which names what it took out by
// place alone.

// RecordType is what a record is: a source, an entity or a claim.
type RecordType string

// The types of record.
const (
	SourceRecord RecordType = "source"
	EntityRecord RecordType = "entity"
	ClaimRecord  RecordType = "claim"
)

// Tombstone is what is left of a record that was redacted.
type Tombstone struct {
	// Place is where the record stood in its commit, from 0 on.
	Place int        `json:"place"`
	Type  RecordType `json:"type"`
	// Digest is Digest of the record, which is not taken again.
	Digest string `json:"digest"`
	// Key is a digest of the id of a claim, by which it is not taken again with another
	// excerpt or text either.
	Key string `json:"key,omitempty"`
	// Counts is the least strict marking for which the record makes its commit count,
	// where that is not its stamp.
	Counts Marking `json:"counts,omitempty"`
	// By is the commit that redacted it, by the number of the store where that was; At and
	// Reason are that commit's. Its reason may be redacted in turn.
	By     Sequence  `json:"by"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason,omitempty"`
	// Name, Told and Whole are those of its Remains; none of what older versions redacted.
	Name  string  `json:"name,omitempty"`
	Told  Marking `json:"told,omitempty"`
	Whole Marking `json:"whole,omitempty"`
	// Seal is the store's.
	Seal `json:"-"`
}

// Remains is a tombstone as it goes from store to store.
type Remains struct {
	// Name is a digest of the record with its stamp and where it comes from.
	Name    string     `json:"name"`
	Type    RecordType `json:"type"`
	Stamp   Marking    `json:"stamp"`
	InForce Marking    `json:"inForce"`
	// Told is the least strict marking that the record was ever under, otherwise than by
	// being raised: those are told of the tombstone who see that.
	Told Marking `json:"told"`
	// Digest and Key are Tombstone's, Whole the least strict marking at which all is seen
	// that the digest is over. They are empty for who is not to refuse what says the same.
	Digest string  `json:"digest,omitempty"`
	Key    string  `json:"key,omitempty"`
	Whole  Marking `json:"whole,omitempty"`
}

// Remains is the tombstone as it goes from store to store.
func (t *Tombstone) Remains() Remains {
	return Remains{
		Name: t.Name, Type: t.Type, Stamp: t.Stamp, InForce: t.InForce, Told: t.Told, Digest: t.Digest, Key: t.Key, Whole: t.Whole,
	}
}

// With is what two tombstones of one record say together.
func (r Remains) With(o Remains) Remains {
	r.InForce, r.Told = laxer(r.InForce, o.InForce), laxer(r.Told, o.Told)
	if o.Digest != "" && (r.Digest == "" || o.Digest < r.Digest) {
		r.Digest, r.Whole = o.Digest, o.Whole
	}
	r.Key = max(r.Key, o.Key)
	return r
}

func laxer(a, b Marking) Marking {
	if b.Level() < a.Level() {
		return b
	}
	return a
}

func (r *Remains) strictest() Marking { return stricter(r.Stamp, r.InForce) }

// AddTo is that of the tombstone.
func (r *Remains) AddTo(redacted map[string]Marking) {
	t := Tombstone{Digest: r.Digest, Key: r.Key, Seal: Seal{InForce: r.InForce}}
	t.AddTo(redacted)
}

func (t *Tombstone) counts() Marking { return either(t.Counts, t.Stamp) }

// Redacted names what a commit took out.
type Redacted struct {
	// Commit and Place are where it stood, the place counted from 0 on.
	Commit Sequence
	// Place is WhatItSaid for what the commit said of itself.
	Place int
	// Seal is that of the record; of what a commit said of itself, the strictest stamp in it.
	Seal
}

// WhatItSaid is the place of what a commit says of itself: its actor, reason and id.
const WhatItSaid = -1

// Redaction is what an operator has taken out of a log.
type Redaction struct {
	Actor, Reason string
	// Head is the last commit of the log for which it was planned.
	Head Sequence
	// IDs are entities, sources and claims: all records of them go.
	IDs []ID
	// Said are the commits of which what they say of themselves goes.
	Said []Sequence
}

// RedactionLog is what a store tells Redaction.Settle of its log, within the transaction
// that writes what comes of it.
type RedactionLog struct {
	Head Commit
	// Records is that of Log.
	Records func(ids map[ID]bool) iter.Seq2[Placed, error]
	// Where is where a record stands, by Placed.Place.
	Where func(place uint64) (commit Sequence, n int, err error)
	// Commit reads one commit up to the head, for what it says of itself. It is an error
	// for one whose digest does not allow that to be taken out.
	Commit func(n Sequence) (Change, error)
}

// Buried is a record of the log that becomes a tombstone.
type Buried struct {
	// Record is Placed.Place, Commit where it stands.
	Record uint64
	Commit Sequence
	Tombstone
}

// Burial is what is to become of a log by a redaction.
type Burial struct {
	// Change is the commit to write. It has no records.
	Change Change
	Buried []Buried
	// Held is what is to be known after it of the ids that it concerns; nothing of those
	// that are gone.
	Held Known
}

// Settle works out what a redaction comes to at a moment. Nothing may be written after an
// error.
func (r *Redaction) Settle(log RedactionLog, now time.Time) (Burial, error) {
	if r.Head != log.Head.Numbers.At(Red) {
		return Burial{}, conflict("LOG_MOVED", fmt.Sprintf("the redaction was planned for a log of %d commits, which has %d",
			r.Head, log.Head.Numbers.At(Red)), "plan it again")
	}
	out := Burial{Held: Known{}, Change: Change{
		Sequence: r.Head + 1, Writer: Red, Recorded: now, Actor: r.Actor, Reason: r.Reason,
	}}
	if now.Before(log.Head.RecordedAt) {
		out.Change.Recorded = log.Head.RecordedAt
	}
	err := errors.Join(r.check(), out.bury(r, &log))
	if err == nil {
		err = out.silence(r, &log)
	}
	out.Change.Numbers = log.Head.Numbers.NextOf(&out.Change)
	out.Change.Content = BurialContent(out.Change.Sequence, out.Buried)
	out.Change.Batch = out.Change.Content
	return out, err
}

// check checks what a redaction says of itself, and that it names something.
func (r *Redaction) check() error {
	c := &checker{record: -1}
	c.text("actor", r.Actor, MaxShort)
	c.text("reason", r.Reason, MaxText)
	if r.Reason == "" {
		c.add("MISSING", "reason", "it is empty", "say why, without a name of what is redacted")
	}
	if len(r.IDs)+len(r.Said) == 0 {
		c.add("MISSING", "id", "nothing is named", "name an entity, a source, a claim or a commit")
	}
	if len(c.problems) > 0 {
		return &InvalidError{Problems: c.problems}
	}
	return nil
}

// bury works out what becomes of the records.
func (out *Burial) bury(r *Redaction, log *RedactionLog) error {
	ids, touched := map[ID]bool{}, map[ID]bool{}
	for _, id := range r.IDs {
		ids[id], touched[id] = true, true
	}
	for p, err := range log.Records(ids) {
		if err != nil {
			return err
		}
		if !ids[p.ID()] {
			if p.Claim != nil {
				return Invalid("STILL_NAMED", "id", fmt.Sprintf("%s names what is to go, and would stay", p.ID()),
					"redact it too")
			}
			continue
		}
		out.Buried = append(out.Buried, Buried{Record: p.Place, Tombstone: p.tombstone(&out.Change)})
		if p.Claim != nil && p.Claim.Predicate == Retracts {
			touched[p.Claim.Subject] = true
		}
	}
	if len(r.IDs) > 0 && len(out.Buried) == 0 {
		return NotFound("id", r.IDs[0])
	}
	for i := range out.Buried {
		b := &out.Buried[i]
		var err error
		if b.Commit, b.Place, err = log.Where(b.Record); err != nil {
			return err
		}
		out.Change.Redacts = append(out.Change.Redacts, Redacted{b.Commit, b.Place, b.Seal})
	}
	return out.hold(ids, touched, log)
}

// hold works out what is known of the ids that are touched, without those that are gone.
func (out *Burial) hold(ids, touched map[ID]bool, log *RedactionLog) error {
	held := Known{}
	for p, err := range log.Records(touched) {
		if err != nil {
			return err
		}
		if !ids[p.ID()] {
			one := p.batch(p.Seal().InForce)
			held.Note(&one)
		}
	}
	for id := range touched {
		out.Held[id] = held[id]
	}
	return nil
}

// silence notes the commits that are to say nothing more of themselves.
func (out *Burial) silence(r *Redaction, log *RedactionLog) error {
	for _, n := range slices.Sorted(slices.Values(r.Said)) {
		if n == 0 || n > r.Head {
			return NotFound("id", ID(fmt.Sprintf("commit:%d", n)))
		}
		c, err := log.Commit(n)
		if err != nil {
			return err
		}
		if c.Unsaid != "" {
			return Invalid("REDACTED", "id", fmt.Sprintf("what commit %d says of itself is redacted already", n),
				"leave it out")
		}
		m := c.Strictest()
		out.Change.Redacts = append(out.Change.Redacts, Redacted{n, WhatItSaid, Seal{m, m}})
	}
	slices.SortFunc(out.Change.Redacts, func(a, b Redacted) int {
		return cmp.Or(cmp.Compare(a.Commit, b.Commit), cmp.Compare(a.Place, b.Place))
	})
	return nil
}

// BurialContent is the Content of the commit by which records were redacted, which are in
// the order of the log: a digest over its number and the tombstones.
func BurialContent(by Sequence, made []Buried) string {
	h := sha256.New()
	fmt.Fprintf(h, "redaction %d\n", by)
	for i := range made {
		t := &made[i]
		fmt.Fprintf(h, "%d %d %s %s %s %s\n", t.Commit, t.Place, t.Type, t.Digest, t.Key, t.Counts)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// keyOf is Tombstone.Key of a record; empty of what is no claim.
func keyOf(p *Placed) string {
	if p.Claim == nil {
		return ""
	}
	sum := sha256.Sum256([]byte(p.Claim.ID))
	return hex.EncodeToString(sum[:16])
}

// Among is the least strict marking under which the record, or what it says, is among the
// digests of tombstones that AddTo gave.
func (p *Placed) Among(redacted map[string]Marking) (m Marking, ok bool) {
	for _, d := range []string{p.Digest(), keyOf(p)} {
		if of, gone := redacted[d]; gone && (!ok || of.Level() < m.Level()) {
			m, ok = of, true
		}
	}
	return m, ok
}

// Add has a burial take out one more record, with its seal and where it stands. The tombstone
// is the burial's until the next one is added.
func (out *Burial) Add(p *Placed, seal Seal, commit Sequence, place int) *Tombstone {
	b := Buried{Record: p.Place, Commit: commit, Tombstone: p.tombstone(&out.Change)}
	b.Place, b.Seal = place, seal
	out.Buried = append(out.Buried, b)
	out.Change.Redacts = append(out.Change.Redacts, Redacted{commit, place, seal})
	return &out.Buried[len(out.Buried)-1].Tombstone
}

// tombstone is what a commit leaves of the record. Its place is not known here.
func (p *Placed) tombstone(by *Change) Tombstone {
	t := Tombstone{
		Type: p.Type(), Digest: p.Digest(), Key: keyOf(p), Seal: p.Seal(),
		By: by.Sequence, At: by.Recorded, Reason: by.Reason,
	}
	if p.Claim != nil && p.Claim.counts() != t.Stamp {
		t.Counts = p.Claim.counts()
	}
	return t
}

// Type is what the record is.
func (p *Placed) Type() RecordType {
	switch {
	case p.Source != nil:
		return SourceRecord
	case p.Entity != nil:
		return EntityRecord
	}
	return ClaimRecord
}

// Digest is that of the record.
func (p *Placed) Digest() string {
	switch {
	case p.Source != nil:
		return Digest(p.Source)
	case p.Entity != nil:
		return Digest(p.Entity)
	}
	return Digest(p.Claim)
}

// Fits reports whether the tombstones of a change are in order, each in a place that is left
// for what it was.
func (c *Change) Fits() bool {
	types := make([]RecordType, c.Size())
	last := -1
	for i := range c.Tombstones {
		t := &c.Tombstones[i]
		if t.Place <= last || t.Place >= len(types) {
			return false
		}
		last = t.Place
		types[last] = t.Type
	}
	for _, p := range c.Records() {
		types[p.Place] = p.Type()
	}
	order := []RecordType{SourceRecord, EntityRecord, ClaimRecord}
	byOrder := func(a, b RecordType) int { return slices.Index(order, a) - slices.Index(order, b) }
	return slices.IsSortedFunc(types, byOrder) &&
		!slices.ContainsFunc(types, func(t RecordType) bool { return !slices.Contains(order, t) })
}

// Encode is the canonical form of the record.
func (p *Placed) Encode() []byte {
	switch {
	case p.Source != nil:
		return Encode(p.Source)
	case p.Entity != nil:
		return Encode(p.Entity)
	}
	return Encode(p.Claim)
}

// Strictest is the strictest stamp in a change, of what it took out, too.
func (c *Change) Strictest() Marking {
	out := Clear
	for _, s := range c.Seals() {
		out = stricter(out, s.Stamp)
	}
	for _, r := range c.Redacts {
		out = stricter(out, stricter(r.Stamp, r.InForce))
	}
	if c.Origin != nil {
		for i := range c.Origin.Tombstones {
			out = stricter(out, c.Origin.Tombstones[i].strictest())
		}
	}
	return out
}

// SaidDigest is a digest of what a commit says of itself, which the chain of commits is
// over in its place; of one that was redacted the digest that was kept.
func (c *Change) SaidDigest() string {
	if c.Unsaid != "" {
		return c.Unsaid
	}
	h := sha256.New()
	for _, text := range []string{c.Actor, c.Reason, c.Batch} {
		var size [8]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(text)))
		h.Write(size[:])
		h.Write([]byte(text))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Silenced is the id of a batch that has none any more, since what its commit says of
// itself was redacted.
func Silenced(n Sequence) string { return fmt.Sprintf("redacted-%d", n) }

// silencedID is the form of those.
var silencedID = regexp.MustCompile(`^redacted-[0-9]+$`)

// gone are the records of a batch that were redacted where the writer saw them, and that
// nothing holds for it now. What was stricter is as if it had never been there.
func (b *Batch) gone(log *Log) ([]Problem, error) {
	if log.Redacted == nil {
		return nil, nil
	}
	redacted, err := log.Redacted()
	if err != nil || len(redacted) == 0 {
		return nil, err
	}
	c := Change{Writer: b.Clearance, Sources: b.Sources, Entities: b.Entities, Claims: b.Claims}
	var out []Problem
	for _, p := range c.Records() {
		digest := p.Digest()
		if !sees(redacted, b.Clearance, digest, keyOf(&p)) || log.Known.holds(&p, digest, b.Clearance) {
			continue
		}
		out = append(out, Problem{
			Code: "REDACTED", Record: int(p.Place), Path: b.pathOf(int(p.Place)),
			Message: "it was redacted from this store, which does not take it again",
			Remedy:  "leave it out, and what names it; who keeps the store knows why",
		})
	}
	return out, nil
}

// sees reports whether a writer could see a record that was redacted under one of some
// digests.
func sees(redacted map[string]Marking, writer Marking, digests ...string) bool {
	return slices.ContainsFunc(digests, func(d string) bool {
		m, ok := redacted[d]
		return ok && m.Level() <= writer.Level()
	})
}

// holds reports whether a record is there for a writer.
func (k Known) holds(p *Placed, digest string, writer Marking) bool {
	return slices.ContainsFunc(k[p.ID()], func(h Held) bool {
		return h.Marking.Level() <= writer.Level() && (p.Claim != nil || h.Digest == digest)
	})
}

// pathOf is where the record at a place stands in the batch as it came.
func (b *Batch) pathOf(n int) string {
	if n < len(b.Sources) {
		return b.Path("sources", n)
	}
	if n -= len(b.Sources); n < len(b.Entities) {
		return b.Path("entities", n)
	}
	return b.Path("claims", n-len(b.Entities))
}

// AddTo notes a tombstone among the digests that Log.Redacted gives, each with the least
// strict marking in force.
func (t *Tombstone) AddTo(redacted map[string]Marking) {
	for _, d := range []string{t.Digest, t.Key} {
		if m, ok := redacted[d]; d != "" && (!ok || t.InForce.Level() < m.Level()) {
			redacted[d] = t.InForce
		}
	}
}

// SealedWhole is the error for a commit of which what it says of itself cannot be taken out.
func SealedWhole(n Sequence) error {
	return Invalid("SEALED_WHOLE", "id",
		fmt.Sprintf("commit %d was sealed by an older version of rabta, whose digest does not allow it", n),
		"write the log into a new store with rabta backup and rabta restore, which seals it anew; redact it there, "+
			"and then destroy this store and the backup")
}

// Unburied is the error for a log that says that something was redacted and holds it.
func Unburied(by Sequence, r Redacted) error {
	what := fmt.Sprintf("record %d of commit %d", r.Place+1, r.Commit)
	if r.Place == WhatItSaid {
		what = fmt.Sprintf("what commit %d says of itself", r.Commit)
	}
	return Invalid("REDACTED", "store", fmt.Sprintf("commit %d redacted %s, and the log holds it", by, what),
		"make the backup again of the store where it was redacted")
}

// Burials compares what is gone from a log, which is noted in order, with what its commits
// took out.
type Burials struct {
	gone, made map[Redacted]bool
	tombstones []Buried // in the order of the log
	by         []Change // the commits that took something out, without records
}

// Note notes a change. own is what was gone of it when it was written: the log that it was
// taken over from lacked that.
func (b *Burials) Note(c *Change, own []Redacted) {
	if b.gone == nil {
		b.gone, b.made = map[Redacted]bool{}, map[Redacted]bool{}
	}
	for _, r := range c.Gone() {
		b.gone[r] = true
	}
	for _, r := range slices.Concat(c.Redacts, own) {
		b.made[r] = true
	}
	for _, t := range c.Tombstones {
		b.tombstones = append(b.tombstones, Buried{Commit: c.Sequence, Tombstone: t})
	}
	if len(c.Redacts) > 0 {
		b.by = append(b.by, Change{Sequence: c.Sequence, Recorded: c.Recorded, Reason: c.Reason, Content: c.Content})
	}
}

// Faults are, after a whole log was noted, where what is gone is not what its commits say.
func (b *Burials) Faults() (out []Fault) {
	fault := func(r Redacted, what string) {
		out = append(out, Fault{Commit: r.Commit, What: r.text() + what})
	}
	for r := range b.gone {
		if !b.made[r] {
			fault(r, " is gone, and no commit redacted it so")
		}
	}
	for r := range b.made {
		if !b.gone[r] {
			fault(r, " was redacted, and is there or is marked otherwise")
		}
	}
	for i := range b.by {
		by := &b.by[i]
		var made []Buried
		for _, t := range b.tombstones {
			if t.By != by.Sequence {
				continue
			}
			if made = append(made, t); !by.Recorded.Equal(t.At) || by.Reason != t.Reason {
				fault(Redacted{Commit: t.Commit, Place: t.Place},
					" was redacted at another time, or for another reason, than it says")
			}
		}
		if BurialContent(by.Sequence, made) != by.Content {
			out = append(out, Fault{Commit: by.Sequence, What: "the tombstones that it made are not as it made them"})
		}
	}
	slices.SortFunc(out, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Commit, b.Commit), cmp.Compare(a.What, b.What))
	})
	return out
}

func (r Redacted) text() string {
	if r.Place == WhatItSaid {
		return "what it says of itself"
	}
	return fmt.Sprintf("its record %d", r.Place+1)
}

// Gone are the places of a change's tombstones, and of what it said of itself where that
// is gone.
func (c *Change) Gone() (out []Redacted) {
	if c.Unsaid != "" {
		m := c.Strictest()
		out = append(out, Redacted{c.Sequence, WhatItSaid, Seal{m, m}})
	}
	for i := range c.Tombstones {
		out = append(out, Redacted{c.Sequence, c.Tombstones[i].Place, c.Tombstones[i].Seal})
	}
	return out
}

package neo4j

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"github.com/rabta/rabta/graph"
)

// commitAttempts is how often a batch is sent when the connection goes during
// the commit. The commit's token tells whether an earlier attempt arrived.
const commitAttempts = 3

// Apply is graph.Store's.
func (s *Store) Apply(ctx context.Context, b graph.Batch) (graph.Commit, error) {
	b = b.Normalised()
	token, sent := rand.Text(), ""
	var a *application
	var err error
	for range s.attempts {
		err = s.write(ctx, "apply", func(t tx) error {
			a = &application{tx: t, batch: b, token: token, sent: sent}
			return a.run(ctx)
		})
		if !outcomeUnknown(err) || ctx.Err() != nil {
			break
		}
		if a != nil {
			sent = a.id
		}
	}
	if err = s.failed(ctx, "apply", err); err != nil {
		if !errors.Is(err, graph.ErrInvalid) && !errors.Is(err, graph.ErrConflict) {
			s.inDoubt.Store(true) // the commit may be under way still
		}
		return graph.Commit{}, err
	}
	s.acknowledge(a.commit.Sequence)
	return a.commit, nil
}

// acknowledge notes that a commit was acknowledged to this Store.
func (s *Store) acknowledge(seq graph.Sequence) {
	for {
		old := s.acked.Load()
		if uint64(seq) <= old || s.acked.CompareAndSwap(old, uint64(seq)) {
			return
		}
	}
}

// application is one attempt to apply a batch, in one transaction.
type application struct {
	tx    tx
	batch graph.Batch
	token string
	// sent is the id under which an earlier attempt may have been recorded; id is
	// that of this one.
	sent, id string
	head     head
	holder   *graph.Holder // of the id that was looked for with what is known
	state    *state
	// commit is the outcome.
	commit graph.Commit
}

// head is the counter and what else the lock guards.
type head struct {
	seq      graph.Sequence
	recorded time.Time // of the last commit; zero when there is none
	digest   string    // of the last commit
	// marking and fold say what the native graph was made for and by.
	marking graph.Marking
	fold    int64
	// restoring is set while a Restore has not ended.
	restoring bool
}

func (a *application) run(ctx context.Context) error {
	known, err := a.lock(ctx)
	if err == nil && a.head.restoring {
		err = graph.Incomplete("apply")
	}
	if err != nil {
		return err
	}
	if arrived, err := a.arrived(ctx); err != nil || arrived {
		return err
	}
	to, err := graph.Settle(a.batch, graph.Log{
		Known: known, Head: graph.Commit{Sequence: a.head.seq, RecordedAt: a.head.recorded},
		Holder: func(id string) (*graph.Holder, error) { return a.findHolder(ctx, id) },
	})
	if err != nil {
		return err
	}
	if to.Replay != nil {
		a.commit = *to.Replay
		return nil
	}
	fresh := &to.Fresh
	a.id = fresh.ID
	a.commit = graph.Commit{
		Sequence: a.head.seq + 1, RecordedAt: later(time.Now(), a.head.recorded),
		Sources: len(fresh.Sources), Entities: len(fresh.Entities), Claims: len(fresh.Claims),
	}
	_, err = a.append(ctx, fresh, known, to.Content)
	return err
}

// append writes all that is in a batch as the commit, and returns its digest.
func (a *application) append(
	ctx context.Context, b *graph.Batch, known graph.Known, content string,
) (digest string, err error) {
	before, links, err := a.prepare(ctx, b, known)
	if err != nil {
		return "", err
	}
	w := &writer{tx: a.tx, state: a.state, seq: a.commit.Sequence}
	chain := newChainDigest(a.head.digest, w.seq, a.commit.RecordedAt, b.ID, b.Actor, b.Reason, content)
	if digest, err = w.records(ctx, b, known, chain); err != nil {
		return "", err
	}
	if err := w.writeLinks(ctx, before, links); err != nil {
		return "", err
	}
	return digest, a.advance(ctx, content, digest)
}

// later is now as the store keeps time, but not before the last commit.
func later(now, last time.Time) time.Time {
	if now = now.UTC().Truncate(time.Microsecond); now.Before(last) {
		return last
	}
	return now
}

// The lock on the head comes first, in a statement of its own: whoever holds it
// is the only writer, and what it reads after that is the latest.
const (
	cypherLockHead = `MATCH (h:Head {id: 0}) SET h.lock = true`
	cypherKnown    = `MATCH (h:Head {id: 0}) OPTIONAL MATCH (k:Commit {batch: $batch})
CALL () { UNWIND $entities AS id MATCH (e:Entity {id: id})
  RETURN collect(e.id) AS entity, collect(e.digest) AS entityDigest, collect(e.kind) AS kind }
CALL () { UNWIND $sources AS id MATCH (s:Source {id: id})
  RETURN collect(s.id) AS source, collect(s.digest) AS sourceDigest }
CALL () { UNWIND $claims AS id MATCH (c:Claim {id: id}) RETURN collect(c.id) AS claim, collect(c.counts) AS counts }
RETURN h.seq, h.recorded, h.marking, h.digest, h.restoring, k.seq, k.recorded, coalesce(k.content, ''),
  entity, entityDigest, kind, source, sourceDigest, claim, counts`
	cypherHolder  = `OPTIONAL MATCH (k:Commit {batch: $batch}) RETURN k.seq, k.recorded, coalesce(k.content, '')`
	cypherArrived = `OPTIONAL MATCH (k:Commit {batch: $batch}) WHERE k.token = $token
RETURN k.seq, k.recorded, k.sources, k.entities, k.claims`
)

// lock waits for the other writers and learns what the batch needs.
func (a *application) lock(ctx context.Context) (known graph.Known, err error) {
	if err := run(ctx, a.tx, cypherLockHead, nil); err != nil {
		return known, err
	}
	if a.id = a.batch.ID; a.id == "" {
		a.id = a.batch.Content()
	}
	n := a.batch.Needs()
	r, err := one(ctx, a.tx, cypherKnown, params{
		"batch": a.id, "entities": n.Entities, "sources": n.Sources, "claims": n.Claims,
	})
	if err != nil {
		return known, err
	}
	a.head = head{
		seq: graph.Sequence(r.int(0)), recorded: r.time(1), digest: r.text(3),
		marking: graph.Marking(r.text(2)), restoring: r.truth(4),
	}
	a.holder = holderOf(r[5:])
	return knownOf(r[8:]), nil
}

// findHolder is the commit that holds the id of a batch; nil when none does.
func (a *application) findHolder(ctx context.Context, id string) (*graph.Holder, error) {
	if id == a.id {
		return a.holder, nil
	}
	r, err := one(ctx, a.tx, cypherHolder, params{"batch": id})
	if err != nil {
		return nil, err
	}
	return holderOf(r), nil
}

func holderOf(r row) *graph.Holder {
	if r.null(0) {
		return nil
	}
	return &graph.Holder{Sequence: graph.Sequence(r.int(0)), RecordedAt: r.time(1), Content: r.text(2)}
}

// arrived reports whether an earlier attempt of this very call was recorded, which then
// is the outcome.
func (a *application) arrived(ctx context.Context) (bool, error) {
	if a.sent == "" {
		return false, nil
	}
	r, err := one(ctx, a.tx, cypherArrived, params{"batch": a.sent, "token": a.token})
	if err != nil || r.null(0) {
		return false, err
	}
	a.commit = graph.Commit{
		Sequence: graph.Sequence(r.int(0)), RecordedAt: r.time(1),
		Sources: int(r.int(2)), Entities: int(r.int(3)), Claims: int(r.int(4)),
	}
	return true, nil
}

// knownOf reads what the database holds from the last columns of cypherKnown.
func knownOf(r row) graph.Known {
	known := graph.Known{
		Entities: map[graph.ID]graph.EntityState{}, Sources: map[graph.ID]graph.RecordState{},
		Claims: map[graph.ID]bool{},
	}
	digests, kinds := list[string](r[1]), list[string](r[2])
	for i, id := range ids(r[0]) {
		known.Entities[id] = graph.EntityState{Digest: digests[i], Kind: graph.EntityKind(kinds[i])}
	}
	digests = list[string](r[4])
	for i, id := range ids(r[3]) {
		known.Sources[id] = graph.RecordState{Digest: digests[i]}
	}
	counts := list[bool](r[6])
	for i, id := range ids(r[5]) {
		known.Claims[id] = counts[i]
	}
	return known
}

// prepare brings into memory what the batch affects, and adds the batch to it. It
// returns the links to fold, and what they were before.
func (a *application) prepare(
	ctx context.Context, fresh *graph.Batch, known graph.Known,
) (before map[graph.ID]link, links []graph.ID, err error) {
	a.state = newState(a.head.marking)
	l := newLoader(a.tx, a.state)
	l.markAbsent(fresh, known)
	for i := range fresh.Entities {
		l.needRecord(fresh.Entities[i].ID)
	}
	for i := range fresh.Sources {
		l.need(fresh.Sources[i].ID)
	}
	for i := range fresh.Claims {
		l.need(references(&fresh.Claims[i])...)
	}
	if err := l.load(ctx); err != nil {
		return nil, nil, err
	}
	if links, err = l.affectedLinks(ctx, fresh); err != nil {
		return nil, nil, err
	}
	l.need(links...)
	if err := l.load(ctx); err != nil {
		return nil, nil, err
	}
	before = a.state.relationships(links)
	a.state.apply(a.commit.Sequence, fresh.Sources, fresh.Entities, fresh.Claims)
	return before, links, nil
}

// markAbsent tells the loader which of the batch's records the database does not hold.
func (l *loader) markAbsent(fresh *graph.Batch, known graph.Known) {
	for i := range fresh.Sources {
		if _, ok := known.Sources[fresh.Sources[i].ID]; !ok {
			l.requested[fresh.Sources[i].ID] = true
		}
	}
	for i := range fresh.Entities {
		if _, ok := known.Entities[fresh.Entities[i].ID]; !ok {
			l.requested[fresh.Entities[i].ID] = true
		}
	}
	for i := range fresh.Claims {
		if _, ok := known.Claims[fresh.Claims[i].ID]; !ok {
			l.requested[fresh.Claims[i].ID] = true
		}
	}
}

// safe is the head before this commit: a later holder of the lock saw it, so all
// of it is visible to everybody.
const cypherAdvance = `MATCH (h:Head {id: 0})
SET h.safe = h.seq, h.seq = $seq, h.recorded = $recorded, h.digest = $digest
CREATE (:Commit {seq: $seq, batch: $batch, content: $content, recorded: $recorded, actor: $actor, reason: $reason,
  sources: $sources, entities: $entities, claims: $claims, digest: $digest, token: $token})`

func (a *application) advance(ctx context.Context, content, digest string) error {
	c := &a.commit
	return run(ctx, a.tx, cypherAdvance, params{
		"seq": int64(c.Sequence), "recorded": c.RecordedAt,
		"batch": a.id, "content": content, "actor": a.batch.Actor, "reason": a.batch.Reason,
		"sources": c.Sources, "entities": c.Entities, "claims": c.Claims, "digest": digest, "token": a.token,
	})
}

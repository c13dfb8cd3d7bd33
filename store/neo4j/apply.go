package neo4j

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"github.com/rabta/rabta/graph"
)

// commitAttempts is how often a batch is sent when the connection goes during
// the commit. The batch's id tells whether an earlier attempt arrived.
const commitAttempts = 3

// Apply is graph.Store's.
func (s *Store) Apply(ctx context.Context, b graph.Batch) (graph.Commit, error) {
	b = b.Normalised()
	token := rand.Text()
	var a *application
	var err error
	for range s.attempts {
		err = s.write(ctx, "apply", func(t tx) error {
			a = &application{tx: t, batch: b, token: token}
			return a.run(ctx)
		})
		if !outcomeUnknown(err) || ctx.Err() != nil {
			break
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
	head  head
	state *state
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
}

func (a *application) run(ctx context.Context) error {
	known, done, err := a.lock(ctx)
	if err != nil || done {
		return err
	}
	fresh, err := graph.Plan(a.batch, known)
	if err != nil {
		return err
	}
	if len(fresh.Sources)+len(fresh.Entities)+len(fresh.Claims) == 0 {
		a.commit = graph.Commit{Sequence: a.head.seq, RecordedAt: a.head.recorded, Replayed: true}
		return nil
	}
	a.commit = graph.Commit{
		Sequence: a.head.seq + 1, RecordedAt: later(time.Now(), a.head.recorded),
		Sources: len(fresh.Sources), Entities: len(fresh.Entities), Claims: len(fresh.Claims),
	}
	before, links, err := a.prepare(ctx, &fresh, known)
	if err != nil {
		return err
	}
	w := &writer{tx: a.tx, state: a.state, seq: a.commit.Sequence}
	chain := newChainDigest(a.head.digest, w.seq, a.commit.RecordedAt, fresh.ID, fresh.Actor, fresh.Reason)
	digest, err := w.records(ctx, &fresh, known, chain)
	if err != nil {
		return err
	}
	if err := w.writeLinks(ctx, before, links); err != nil {
		return err
	}
	return a.advance(ctx, digest)
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
RETURN h.seq, h.recorded, h.marking, h.digest, k.seq, k.recorded, k.token, k.sources, k.entities, k.claims,
  entity, entityDigest, kind, source, sourceDigest, claim, counts`
)

// lock waits for the other writers and learns what the batch needs. done is set
// when the batch was applied before.
func (a *application) lock(ctx context.Context) (known graph.Known, done bool, err error) {
	if err := run(ctx, a.tx, cypherLockHead, nil); err != nil {
		return known, false, err
	}
	n := a.batch.Needs()
	r, err := one(ctx, a.tx, cypherKnown, params{
		"batch": a.batch.ID, "entities": n.Entities, "sources": n.Sources, "claims": n.Claims,
	})
	if err != nil {
		return known, false, err
	}
	a.head = head{graph.Sequence(r.int(0)), r.time(1), r.text(3), graph.Marking(r.text(2)), 0}
	if !r.null(4) {
		a.commit = graph.Commit{Sequence: graph.Sequence(r.int(4)), RecordedAt: r.time(5), Replayed: true}
		if r.text(6) == a.token { // an earlier attempt of this very call arrived
			a.commit.Replayed = false
			a.commit.Sources, a.commit.Entities, a.commit.Claims = int(r.int(7)), int(r.int(8)), int(r.int(9))
		}
		return known, true, nil
	}
	return knownOf(r[10:]), false, nil
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
CREATE (:Commit {seq: $seq, batch: $batch, recorded: $recorded, actor: $actor, reason: $reason,
  sources: $sources, entities: $entities, claims: $claims, digest: $digest, token: $token})`

func (a *application) advance(ctx context.Context, digest string) error {
	c := &a.commit
	return run(ctx, a.tx, cypherAdvance, params{
		"seq": int64(c.Sequence), "recorded": c.RecordedAt,
		"batch": a.batch.ID, "actor": a.batch.Actor, "reason": a.batch.Reason,
		"sources": c.Sources, "entities": c.Entities, "claims": c.Claims, "digest": digest, "token": a.token,
	})
}

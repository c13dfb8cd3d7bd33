package neo4j

import (
	"context"
	"crypto/rand"
	"errors"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/merge"
)

// commitAttempts is how often a batch is sent when the connection goes during
// the commit. The commit's token tells whether an earlier attempt arrived.
const commitAttempts = 3

// Apply is graph.Store's.
func (s *Store) Apply(ctx context.Context, b graph.Batch) (graph.Commit, error) {
	b = b.Normalised()
	token, sent := rand.Text(), ""
	var notices []graph.Problem
	var a *application
	var err error
	for range s.attempts {
		err = s.write(ctx, "apply", func(t tx) error {
			a = &application{tx: t, store: s, batch: b, token: token, sent: sent, notices: notices}
			return a.run(ctx)
		})
		if !outcomeUnknown(err) || ctx.Err() != nil {
			break
		}
		if a != nil {
			sent, notices = a.id, a.commit.Notices
		}
	}
	if err = s.failed(ctx, "apply", err); err != nil {
		if !errors.Is(err, graph.ErrInvalid) && !errors.Is(err, graph.ErrConflict) {
			s.inDoubt.Store(true) // the commit may be under way still
		}
		return graph.Commit{}, err
	}
	s.acknowledge(a.commit.Numbers.At(graph.Red))
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
	store *Store
	batch graph.Batch
	token string
	// sent is the id under which an earlier attempt may have been recorded, with what it
	// had to notice; id is that of this one.
	sent, id string
	notices  []graph.Problem
	head     head
	holder   *graph.Holder // of the id that was looked for with what is known
	state    *state
	// tombstones is set where there are any.
	tombstones bool
	merged     *merge.Log // the log after it, to be kept; nil where it was not read
	// commit is the outcome.
	commit graph.Commit
}

// head is the counter and what else the lock guards.
type head struct {
	seq      graph.Sequence
	numbers  graph.Numbers // of the last commit
	recorded time.Time     // of the last commit; zero when there is none
	digest   string        // of the last commit
	// marking and fold say what the native graph was made for and by.
	marking graph.Marking
	fold    int64
	// restoring is set while a Restore has not ended.
	restoring bool
	// gone is what is retired; see state.goneText.
	gone any
	// log is the id of the log, and merged is set where others recorded any of it.
	log    string
	merged bool
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
		Known: known, Head: graph.Commit{Sequence: a.head.seq, Numbers: a.head.numbers, RecordedAt: a.head.recorded},
		Holder: func(id string, writer graph.Marking) (*graph.Holder, error) { return a.findHolder(ctx, id, writer) },
		Records: func(ids map[graph.ID]bool) iter.Seq2[graph.Placed, error] {
			return recordsOf(ctx, a.tx, a.head.seq, ids)
		},
		Redacted: func() (map[string]graph.Marking, error) { return a.redacted(ctx) },
		Lines:    func(ids map[graph.ID]bool) iter.Seq2[graph.Placed, error] { return a.linesOf(ctx, ids) },
	})
	if err != nil {
		return err
	}
	if to.Replay != nil {
		a.commit = *to.Replay
		return nil
	}
	c := freshCommit(&to, later(time.Now(), a.head.recorded))
	a.id, a.commit = c.Batch, c.outcome()
	if _, err = a.append(ctx, c, known); err != nil {
		return err
	}
	switch {
	case len(c.marked) > 0:
		return a.mark(ctx, c)
	case a.state.asksAll(c):
		return a.remake(ctx, c.Sequence)
	}
	return nil
}

// append writes a commit, given what was known before it, and returns its digest.
func (a *application) append(ctx context.Context, c *commit, known graph.Known) (digest string, err error) {
	change, err := a.prepare(ctx, c, known)
	if err != nil {
		return "", err
	}
	w := &writer{tx: a.tx, state: a.state}
	if err := w.records(ctx, c, known); err != nil {
		return "", err
	}
	if err := w.names(ctx, change.names); err != nil {
		return "", err
	}
	if err := w.writeLinks(ctx, change.before, change.links); err != nil {
		return "", err
	}
	c.digest = c.chain(a.head.digest)
	return c.digest, a.advance(ctx, c)
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
	cypherLockHead = `MATCH (h:Head {id: 1}) SET h.lock = true`
	cypherKnown    = `MATCH (h:Head {id: 1})
OPTIONAL MATCH (l:Commit {seq: h.seq})
OPTIONAL MATCH (k:Commit {batch: $batch, writer: $writer})
CALL () { UNWIND $entities AS id MATCH (e:Entity {id: id}) RETURN collect([e.id, e.held, e.kind, e.digest, e.kinds]) AS entities }
CALL () { UNWIND $sources AS id MATCH (s:Source {id: id}) RETURN collect([s.id, s.held, s.digest]) AS sources }
CALL () { UNWIND $claims AS id MATCH (c:Claim {id: id}) RETURN collect([c.id, c.held, c.counts]) AS claims }
CALL () { UNWIND $claims AS id MATCH (l:Line {id: id}) RETURN collect([l.id, l.held, l.retractedBy]) AS lines }
RETURN h.seq, h.recorded, h.marking, h.digest, h.restoring, l.numbers, k.numbers, k.recorded, coalesce(k.content, ''),
  entities, sources, claims, lines, h.tombstones, h.gone, h.log, h.merged`
	cypherHolder = `OPTIONAL MATCH (k:Commit {batch: $batch, writer: $writer})
RETURN k.numbers, k.recorded, coalesce(k.content, '')`
	cypherArrived = `OPTIONAL MATCH (k:Commit {batch: $batch, writer: $writer}) WHERE k.token = $token
RETURN k.numbers, k.recorded, k.sources, k.entities, k.claims`
)

// lock waits for the other writers and learns what the batch needs.
func (a *application) lock(ctx context.Context) (known graph.Known, err error) {
	if err := run(ctx, a.tx, cypherLockHead, nil); err != nil {
		return known, err
	}
	if a.id = a.batch.ID; a.id == "" {
		a.id = a.batch.Content()
	}
	r, err := one(ctx, a.tx, cypherKnown, a.needs())
	if err != nil {
		return known, err
	}
	a.head = head{
		seq: graph.Sequence(r.int(0)), numbers: numbersOf(r[5]), recorded: r.time(1), digest: r.text(3),
		marking: graph.Marking(r.text(2)), restoring: r.truth(4),
		log: r.text(15), merged: r.truth(16),
	}
	a.holder = holderOf(r[6:])
	a.state = newState(a.head.marking)
	a.state.gone, a.tombstones = goneOf(r[14]), r.truth(13)
	if a.head.merged && !a.head.restoring {
		err = a.rank(ctx)
	}
	return a.state.knownOf(r[9:]), err
}

// needs are the parameters of cypherKnown.
func (a *application) needs() params {
	lists := map[string][]graph.ID{"entities": {}, "sources": {}, "claims": {}}
	for _, id := range a.batch.Needs() {
		of := "entities"
		if id.IsClaim() {
			of = "claims"
		} else if id.IsSource() {
			of = "sources"
		}
		lists[of] = append(lists[of], id)
	}
	p := params{"batch": a.id, "writer": a.batch.Clearance.Level()}
	for of, ids := range lists {
		p[of] = ids
	}
	return p
}

// findHolder is the commit that holds the id of a batch for writers of a clearance; nil
// when none does.
func (a *application) findHolder(ctx context.Context, id string, writer graph.Marking) (*graph.Holder, error) {
	if id == a.id && writer == a.batch.Clearance {
		return a.holder, nil
	}
	r, err := one(ctx, a.tx, cypherHolder, params{"batch": id, "writer": writer.Level()})
	if err != nil {
		return nil, err
	}
	return holderOf(r), nil
}

func holderOf(r row) *graph.Holder {
	if r.null(0) {
		return nil
	}
	return &graph.Holder{Numbers: numbersOf(r[0]), RecordedAt: r.time(1), Content: r.text(2)}
}

// arrived reports whether an earlier attempt of this very call was recorded, which then
// is the outcome.
func (a *application) arrived(ctx context.Context) (bool, error) {
	if a.sent == "" {
		return false, nil
	}
	r, err := one(ctx, a.tx, cypherArrived, params{"batch": a.sent, "writer": a.batch.Clearance.Level(), "token": a.token})
	if err != nil || r.null(0) {
		return false, err
	}
	n := numbersOf(r[0])
	a.commit = graph.Commit{
		Sequence: n.At(a.batch.Clearance), Numbers: n, RecordedAt: r.time(1),
		Sources: int(r.int(2)), Entities: int(r.int(3)), Claims: int(r.int(4)), Notices: a.notices,
	}
	return true, nil
}

// knownOf reads what the database holds from the last columns of cypherKnown, and notes
// the kinds of entities and the lines.
func (st *state) knownOf(r row) graph.Known {
	known := graph.Known{}
	for _, values := range list[[]any](r[0]) {
		v := row(values)
		id, kind := graph.ID(v.text(0)), graph.EntityKind(v.text(2))
		known[id] = heldOf(v[1], usualEntity(kind, v.text(3)))
		st.kinds[id] = kindsOf(v[4], kind)
	}
	for _, values := range list[[]any](r[1]) {
		v := row(values)
		known[graph.ID(v.text(0))] = heldOf(v[1], usualSource(v.text(2)))
	}
	for _, values := range list[[]any](r[2]) {
		v := row(values)
		known[graph.ID(v.text(0))] = heldOf(v[1], usualClaim(v.truth(2)))
	}
	for _, values := range list[[]any](r[3]) {
		v := row(values)
		id := graph.ID(v.text(0))
		known[id] = heldOf(v[1], graph.Held{})
		st.lines[id] = &line{retractedBy: ids(v[2])}
	}
	return known
}

// nativeChange is what a commit changes of the native graph beside what it records.
type nativeChange struct {
	links  []graph.ID // to fold
	before map[graph.ID]link
	names  []graph.ID // entities of which the names change
}

// prepare brings into memory what the commit affects, and adds the commit to it.
func (a *application) prepare(ctx context.Context, c *commit, known graph.Known) (out nativeChange, err error) {
	maps.Copy(a.state.known, known)
	l := newLoader(a.tx, a.state)
	l.lines = a.linesOf
	l.markAbsent(c, known)
	for i := range c.Entities {
		a.state.noteKind(&c.Entities[i])
		for _, id := range a.state.entityIDs(&c.Entities[i]) {
			l.needRecord(id)
		}
	}
	for i := range c.Sources {
		l.need(c.Sources[i].ID)
		l.needHistory(c.Sources[i].ID)
	}
	for i := range c.Claims {
		l.need(references(&c.Claims[i])...)
		l.needHistory(c.Claims[i].Source)
	}
	if err := l.load(ctx); err != nil {
		return out, err
	}
	links, entities, err := l.affectedBy(ctx, c.batch(), a.early(c))
	if err != nil {
		return out, err
	}
	l.need(links...)
	if err := l.loadNames(ctx, c, entities); err != nil {
		return out, err
	}
	if err := l.loadTimes(ctx, c, links); err != nil {
		return out, err
	}
	out.links, out.before = links, a.state.relationships(links)
	a.state.apply(&c.Change)
	maps.Copy(a.state.known, c.held)
	for _, id := range entities {
		out.names = append(out.names, a.state.nativeIDs(id)...)
	}
	return out, nil
}

// markAbsent tells the loader which of the commit's records the database does not hold.
func (l *loader) markAbsent(c *commit, known graph.Known) {
	absent := func(id graph.ID) {
		if _, ok := known[id]; !ok {
			l.absent[id] = true
		}
	}
	for i := range c.Sources {
		absent(c.Sources[i].ID)
	}
	for i := range c.Entities {
		absent(c.Entities[i].ID)
	}
	for i := range c.Claims {
		absent(c.Claims[i].ID)
	}
}

// safe is the head before this commit: a later holder of the lock saw it, so all
// of it is visible to everybody.
const cypherAdvance = `MATCH (h:Head {id: 1})
SET h.safe = h.seq, h.seq = $seq, h.recorded = $recorded, h.digest = $digest, h.merged = coalesce($merged, h.merged)
CREATE (:$($labels) {seq: $seq, numbers: $numbers, writer: $writer, batch: $batch, content: $content, recorded: $recorded,
  actor: $actor, reason: $reason, sources: $sources, entities: $entities, claims: $claims, marked: $marked, digest: $digest,
  sealed: true, said: $said, redacted: $redacted, token: $token, origin: $origin})`

func (a *application) advance(ctx context.Context, c *commit) error {
	labels, merged := []string{"Commit"}, any(nil)
	if c.Origin != nil {
		a.head.merged, merged = true, true
		if len(c.Origin.Tombstones) > 0 {
			labels = append(labels, "Burial")
			if err := run(ctx, a.tx, cypherAnyTombstones, nil); err != nil {
				return err
			}
		}
	}
	return run(ctx, a.tx, cypherAdvance, params{
		"seq": int64(c.Sequence), "numbers": numberRow(c.Numbers), "writer": c.Writer.Level(), "recorded": c.Recorded,
		"labels": labels, "merged": merged, "origin": optional(c.origin),
		"batch": merge.BatchText(c.Batch, c.origin, c.Sequence), "content": c.Content, "actor": c.Actor, "reason": c.Reason,
		"sources": c.sources, "entities": c.entities, "claims": c.claims, "marked": markedRow(c.marked),
		"digest": c.digest, "token": a.token, "said": c.said,
		"redacted": redactsOrNone(slices.Concat(c.Redacts, c.own)),
	})
}

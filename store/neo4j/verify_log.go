package neo4j

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/rabta/rabta/graph"
)

// The parts of a database, as faults name them, and what to do about them.
const (
	whereLog    = "the log"
	whereHead   = "the head of the log"
	restoreLog  = "restore a backup that has no fault into an empty database"
	rebuildThis = "open the store with another --native-marking and then with this one: that makes it anew"
)

// mostFaults is how many faults are listed.
const mostFaults = 200

// logVerifier reads the log commit by commit, and goes on behind one that is damaged.
type logVerifier struct {
	graph.Verification
	more  int    // faults that were not listed
	state *state // what the log adds up to, as long as nothing is damaged
	// merged is set where others recorded any of the log, and kept are its commits there: the
	// state is made of them in the order of all logs.
	merged  bool
	kept    []graph.Change
	damaged bool
	last    commit // that was read
	seals   sealVerifier
	burials graph.Burials
	records int64 // that the commits say they have
}

func (v *logVerifier) fault(at graph.Sequence, where, what, remedy string) {
	if len(v.Faults) == mostFaults {
		v.more++
		return
	}
	v.Faults = append(v.Faults, graph.Fault{Commit: at, Where: where, What: what, Remedy: remedy})
}

func (v *logVerifier) damage(at graph.Sequence, what string) {
	v.damaged = true
	v.fault(at, whereLog, what, restoreLog)
}

// A list of lists keeps what is null in its place.
const (
	cypherLogCommits = `MATCH (k:Commit) WHERE k.seq > $after AND k.seq <= $head WITH k ORDER BY k.seq LIMIT 1000
RETURN collect([k.seq, k.recorded, k.batch, k.actor, k.reason, k.sources, k.entities, k.claims, k.digest, k.numbers, k.writer, k.content, k.sealed, k.marked,
  k.said, coalesce(k.redacted, []), k.origin])`
	cypherLogItems = `CALL () { MATCH (c:Claim) WHERE c.seq >= $from AND c.seq <= $to AND c.n >= $low AND c.n < $high
  RETURN collect([c.seq, c.n, 'claim', c.json, coalesce(c.stamp, 0), coalesce(c.inForce, c.stamp, 0)]) AS claims }
CALL () { MATCH (r:Record) WHERE r.seq >= $from AND r.seq <= $to AND r.n >= $low AND r.n < $high
  RETURN collect([r.seq, r.n, r.kind, r.json, coalesce(r.stamp, 0), coalesce(r.inForce, r.stamp, 0)]) AS records }
CALL () { MATCH (t:Tombstone) WHERE t.seq >= $from AND t.seq <= $to AND t.n >= $low AND t.n < $high
  RETURN collect(` + tombstoneColumns + `) AS tombstones }
RETURN claims + records, tombstones`
	cypherLogRest = `CALL () { MATCH (k:Commit) WHERE k.seq > $head OR k.seq IS NULL OR k.seq < 1 RETURN count(k) AS commits }
CALL () { MATCH (c:Claim) RETURN count(c) AS claims }
CALL () { MATCH (r:Record) RETURN count(r) AS records }
CALL () { MATCH (t:Tombstone) RETURN count(t) AS tombstones }
RETURN commits, claims + records + tombstones`
)

// readLog verifies the log up to the head, which must be held.
func (v *logVerifier) readLog(ctx context.Context, t tx, h head) error {
	for v.last.Sequence < h.seq {
		r, err := one(ctx, t, cypherLogCommits, params{"after": int64(v.last.Sequence), "head": int64(h.seq)})
		if err != nil {
			return err
		}
		commits := verifiedCommits(list[[]any](r[0]))
		if len(commits) == 0 {
			v.damage(v.last.Sequence+1, missingCommits(v.last.Sequence+1, h.seq))
			v.last = commit{Change: graph.Change{Sequence: h.seq}}
			break
		}
		commits = firstPage(commits)
		items, err := logItems(ctx, t, commits)
		if err != nil {
			return err
		}
		for i := range commits {
			v.checkCommit(&commits[i], items[commits[i].Sequence])
		}
	}
	return v.checkEnd(ctx, t, h)
}

func missingCommits(from, to graph.Sequence) string {
	if from == to {
		return "it is missing"
	}
	return fmt.Sprintf("commits %d to %d are missing", from, to)
}

// verifiedCommits reads commits; one that lacks a value has no digest that could match.
func verifiedCommits(rows [][]any) []commit {
	out := make([]commit, len(rows))
	for i, values := range rows {
		r := row(values)
		out[i] = commit{
			Change: graph.Change{
				Sequence: graph.Sequence(r.int(0)), Numbers: numbersOf(r[9]), Writer: markingAt(r.int(10)), Recorded: r.time(1),
				Batch: r.text(2), Actor: r.text(3), Reason: r.text(4), Content: r.text(11),
			},
			sources: int(r.int(5)), entities: int(r.int(6)), claims: int(r.int(7)), digest: r.text(8),
			sealed: r.truth(12), marked: markedOf(r[13]), said: r.text(14), origin: r.text(16),
		}
		out[i].readOrigin()
		out[i].readRedacts(r[15])
		if slices.ContainsFunc(values[:11], func(v any) bool { return v == nil }) {
			out[i].digest = ""
		}
	}
	return out
}

// logItems reads the records of a run of commits, by commit and place.
func logItems(ctx context.Context, t tx, commits []commit) (map[graph.Sequence]map[int64]item, error) {
	most := 0
	for i := range commits {
		most = max(most, commits[i].size())
	}
	out := map[graph.Sequence]map[int64]item{}
	add := func(it item) {
		if out[it.seq] == nil {
			out[it.seq] = map[int64]item{}
		}
		out[it.seq][it.n] = it
	}
	for low := 0; low < most; low += chunk {
		r, err := one(ctx, t, cypherLogItems, params{
			"from": int64(commits[0].Sequence), "to": int64(commits[len(commits)-1].Sequence), "low": low, "high": low + chunk,
		})
		if err != nil {
			return nil, err
		}
		for _, values := range list[[]any](r[0]) {
			v := row(values)
			seal := graph.Seal{Stamp: markingAt(v.int(4)), InForce: markingAt(v.int(5))}
			add(item{graph.Sequence(v.int(0)), v.int(1), v.text(2), v.text(3), seal, nil})
		}
		for _, values := range list[[]any](r[1]) {
			add(tombstoneItem(values))
		}
	}
	return out, nil
}

// checkCommit verifies one commit, and adds it to what the log adds up to.
func (v *logVerifier) checkCommit(c *commit, items map[int64]item) {
	before := v.last
	v.records += int64(c.size())
	if c.Sequence != before.Sequence+1 {
		v.damage(before.Sequence+1, missingCommits(before.Sequence+1, c.Sequence-1))
		before = commit{}
	}
	v.last = *c
	ordered, what := orderedItems(c, items)
	switch {
	case what != "":
		v.damage(c.Sequence, what)
		return
	case (before.Sequence > 0 || c.Sequence == 1) && !c.intact(before.digest, ordered):
		v.damage(c.Sequence, "it does not match its digest, which is over all that it holds and the digest of the commit before")
		return
	case c.decode(ordered) != nil:
		v.damage(c.Sequence, "its records cannot be read")
		return
	case c.Recorded.Before(before.Recorded):
		v.fault(c.Sequence, whereLog, "it was recorded before the one before it", restoreLog)
	}
	v.seals.add(c)
	v.burials.Note(&c.Change, c.own)
	switch {
	case v.damaged: // what it refers to may be in what is damaged
	case v.merged:
		v.kept = append(v.kept, c.Change)
	case c.Origin != nil:
		v.damaged = true
		v.fault(c.Sequence, whereHead, "it does not say that others recorded any of the log, and this commit is of another store", restoreLog)
	default:
		v.state.apply(&c.Change)
	}
}

// orderedItems are the records of a commit in their order, or what is wrong with them.
func orderedItems(c *commit, items map[int64]item) (out []item, what string) {
	for n := range c.size() {
		it, ok := items[int64(n)]
		if !ok {
			return nil, fmt.Sprintf("its record %d of %d is missing", n+1, c.size())
		}
		out = append(out, it)
	}
	return out, ""
}

// checkEnd compares the head with the last commit, and looks for what no commit has.
func (v *logVerifier) checkEnd(ctx context.Context, t tx, h head) error {
	if !v.damaged && h.seq > 0 && (h.digest != v.last.digest || !h.recorded.Equal(v.last.Recorded)) {
		v.fault(h.seq, whereHead, "it does not name the last commit by its digest and time", restoreLog)
	}
	if h.restoring {
		v.fault(h.seq+1, whereLog, "a restore into the store has not ended", graph.ResumeRestore)
	}
	if !v.damaged {
		v.seals.check(v.damage)
	}
	if !v.damaged {
		for _, f := range v.burials.Faults() {
			v.fault(f.Commit, whereLog, f.What, restoreLog)
		}
	}
	r, err := one(ctx, t, cypherLogRest, params{"head": int64(h.seq)})
	if err != nil {
		return err
	}
	if n := r.int(0); n > 0 {
		v.fault(h.seq+1, whereLog, fmt.Sprintf("%d commits stand behind the head of the log, or have no number", n), restoreLog)
	}
	if n := r.int(1); !v.damaged && n != v.records {
		v.fault(0, whereLog, fmt.Sprintf("the database holds %d records, and its commits say that they have %d", n, v.records), restoreLog)
	}
	return nil
}

// finish says what was looked at.
func (v *logVerifier) finish(h head) graph.Verification {
	v.Checked = []string{fmt.Sprintf("the log up to commit %d", h.seq), whereHead, "the native graph"}
	if v.damaged {
		v.Notes = append(v.Notes, "the native graph was not compared, because the log is damaged")
	}
	if h.seq > 0 {
		v.Notes = append(v.Notes, fmt.Sprintf("whether commits were taken off the end together with the head, no database can say "+
			"of itself: the last one is %d, recorded %s", h.seq, h.recorded.Format(time.RFC3339)))
	}
	if v.more > 0 {
		v.Faults = append(v.Faults, graph.Fault{
			Where: whereLog, What: fmt.Sprintf("there are %d more faults", v.more), Remedy: restoreLog,
		})
	}
	return v.Verification
}

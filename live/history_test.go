package live_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/filter"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
	"github.com/rabta/rabta/tests/raced"
)

// eventText is an event in a line: what, of what, by which claim, and which fields.
func eventText(e *live.HistoryEvent) string {
	by := graph.ID("")
	if c := e.Claim(); c != nil {
		by = c.ID()
	}
	return strings.TrimSpace(fmt.Sprint(e.Commit().Sequence(), " ", e.What, " ", e.ID(), " ", by, " ", strings.Join(e.Fields(), ",")))
}

// commitText is all that a commit tells, in lines.
func commitText(t tb, c *live.LoggedCommit) []string {
	t.Helper()
	out := []string{fmt.Sprint(
		c.Sequence(), " ", c.RecordedAt().Format(time.RFC3339Nano), " ", deref(c.Actor()), " ", deref(c.Reason()), " ",
		deref(c.Batch()), " ", c.Sources(), " ", c.Entities(), " ", c.Claims(),
	)}
	for _, e := range whole(t, c.RecordPage) {
		out = append(out, eventText(e))
	}
	return out
}

// historyOf is what happened to an id, in lines; what went wrong instead.
func historyOf(t tb, v *live.View, id graph.ID) []string {
	t.Helper()
	if _, err := v.HistoryPage(id, page.Args{}); err != nil {
		return []string{err.Error()}
	}
	var out []string
	for _, e := range whole(t, func(p page.Args) (*live.HistoryEventConnection, error) { return v.HistoryPage(id, p) }) {
		out = append(out, eventText(e))
	}
	return out
}

// commitsOf are the commits, the oldest first.
func commitsOf(t tb, v *live.View, where *live.LoggedCommitWhere) []*live.LoggedCommit {
	t.Helper()
	return whole(t, func(p page.Args) (*live.LoggedCommitConnection, error) {
		return v.CommitPage(live.CommitQuery{Where: where, Order: page.Ascending, Page: p})
	})
}

// historyRead is all that can be read of history, with a page of each list.
type historyRead struct {
	Commits, Events []string
	Pages           []pageRead
}

// history reads who recorded what, and what happened to ids, there or not.
func history(t tb, v *live.View, ids ...graph.ID) historyRead {
	t.Helper()
	var out historyRead
	for _, c := range commitsOf(t, v, nil) {
		out.Commits = append(out.Commits, commitText(t, c)...)
		out.Pages = append(out.Pages, pageOf(t, func() (*live.HistoryEventConnection, error) {
			return c.RecordPage(page.Args{Last: ptr(3)})
		}, (*live.HistoryEvent).ID))
	}
	for _, id := range ids {
		out.Events = append(out.Events, historyOf(t, v, id)...)
	}
	for _, order := range []page.OrderDirection{page.Ascending, page.Descending} {
		out.Pages = append(out.Pages, pageOf(t, func() (*live.LoggedCommitConnection, error) {
			return v.CommitPage(live.CommitQuery{Order: order, Page: page.Args{First: ptr(2)}})
		}, func(c *live.LoggedCommit) graph.ID { return graph.ID(fmt.Sprint(c.Sequence())) }))
	}
	return out
}

// TestHistory: what becomes of a claim, its source and an entity is told in order, with the
// commit and the claim that did it.
func TestHistory(t *testing.T) {
	f := base()
	c := f.add(status("g", "active", from("b"), labelled("C1")))
	gone := f.add(retract(c))
	f.add(c) // again
	f.add(gone)
	back := f.add(retract(gone))
	taken := f.add(withdraw("s_b"))
	kept := f.add(retract(taken))
	f.apply(graph.Batch{
		ID: "better", Actor: "ana", Reason: "a better title",
		Sources: []graph.Source{{ID: "s_b", Kind: "REPORT", Title: "Another", Publisher: "A paper"}},
		Entities: []graph.Entity{
			{ID: "g", Kind: graph.Group, Names: []graph.Name{{Value: "G Two", Primary: true}}, Description: "A group."},
		},
	})
	v := f.view(t, graph.Red, nil)
	is := func(n int, what live.HistoryEventKind, id graph.ID, rest ...any) string {
		return strings.TrimSpace(fmt.Sprint(append([]any{n, " ", string(what), " ", string(id), " "}, rest...)...))
	}
	by := func(k graph.Claim) string { return string(k.ID) }
	same(t, "the claim", []string{
		is(2, live.Recorded, c.ID), is(3, live.Retracted, c.ID, by(gone)), is(4, live.Reasserted, c.ID),
		is(5, live.Retracted, c.ID, by(gone)), is(6, live.RetractionTakenBack, c.ID, by(back)),
		is(7, live.SourceWithdrawn, c.ID, by(taken)), is(8, live.WithdrawalTakenBack, c.ID, by(kept)),
	}, historyOf(t, v, c.ID))
	same(t, "what retracts it", []string{
		is(3, live.Recorded, gone.ID), is(5, live.RecordedAgain, gone.ID), is(6, live.Retracted, gone.ID, by(back)),
	}, historyOf(t, v, gone.ID))
	same(t, "its source", []string{
		is(1, live.Recorded, "s_b"), is(7, live.SourceWithdrawn, "s_b", by(taken)),
		is(8, live.WithdrawalTakenBack, "s_b", by(kept)), is(9, live.RecordedAgain, "s_b", " title,publisher"),
	}, historyOf(t, v, "s_b"))
	same(t, "the entity", []string{
		is(1, live.Recorded, "g"), is(9, live.RecordedAgain, "g", " names,description"),
	}, historyOf(t, v, "g"))
	same(t, "the last commit", []string{
		"9 " + recordedAt(9).Format(time.RFC3339Nano) + " ana a better title better 1 1 0",
		is(9, live.RecordedAgain, "s_b", " title,publisher"), is(9, live.RecordedAgain, "g", " names,description"),
	}, commitText(t, commitsOf(t, v, nil)[8]))
	then := f.view(t, graph.Red, &graph.Lens{KnownAtSequence: ptr(graph.Sequence(4))})
	same(t, "the claim as it was known", []string{
		is(2, live.Recorded, c.ID), is(3, live.Retracted, c.ID, by(gone)), is(4, live.Reasserted, c.ID),
	}, historyOf(t, then, c.ID))
	same(t, "the commits that were known", 4, len(commitsOf(t, then, nil)))
	for _, id := range []graph.ID{back.ID, "nobody", "s_nobody", "c_nobody"} {
		same(t, "the history of "+string(id), []string{graph.NotFound("id", id).Error()}, historyOf(t, then, id))
	}
	if _, err := v.HistoryPage(graph.LinkKey{Kind: "SUPPORTS", Source: "g", Target: "h"}.ID(), page.Args{}); err == nil {
		t.Error("a link has a history")
	}
}

// TestCommitsAreFiltered: by number, moment, actor, reason and batch.
func TestCommitsAreFiltered(t *testing.T) {
	f := base()
	f.apply(graph.Batch{Actor: "ana", Reason: "the first", Claims: []graph.Claim{status("g", "one")}})
	f.apply(graph.Batch{ID: "b3", Actor: "Ana Two", Claims: []graph.Claim{status("g", "two")}})
	f.apply(graph.Batch{Actor: "ana", Claims: []graph.Claim{status("g", "three")}})
	v := f.view(t, graph.Red, nil)
	is := func(s string) *filter.TextFilter { return &filter.TextFilter{Eq: &s} }
	starts := "ana"
	for name, x := range map[string]struct {
		where live.LoggedCommitWhere
		want  []graph.Sequence
	}{
		"actor":         {live.LoggedCommitWhere{Actor: is("ANA")}, []graph.Sequence{2, 4}},
		"actor, begins": {live.LoggedCommitWhere{Actor: &filter.TextFilter{StartsWith: &starts}}, []graph.Sequence{2, 3, 4}},
		"not an actor":  {live.LoggedCommitWhere{Not: &live.LoggedCommitWhere{Actor: is("ana")}}, []graph.Sequence{1, 3}},
		"reason":        {live.LoggedCommitWhere{Reason: is("the first")}, []graph.Sequence{2}},
		"batch":         {live.LoggedCommitWhere{Batch: is("b3")}, []graph.Sequence{3}},
		"number":        {live.LoggedCommitWhere{Sequence: &filter.IntFilter{Gte: ptr(2), Lt: ptr(4)}}, []graph.Sequence{2, 3}},
		"moment": {live.LoggedCommitWhere{
			RecordedAt: &filter.MomentFilter{From: ptr(recordedAt(2)), Before: ptr(recordedAt(4))},
		}, []graph.Sequence{2, 3}},
		"either": {live.LoggedCommitWhere{Or: []*live.LoggedCommitWhere{{Batch: is("b3")}, {Reason: is("the first")}}}, []graph.Sequence{2, 3}},
	} {
		var got []graph.Sequence
		for _, c := range commitsOf(t, v, &x.where) {
			got = append(got, c.Sequence())
		}
		same(t, name, x.want, got)
	}
}

// TestPagesOfCommits: a list of either order goes on behind a cursor when the graph has
// grown, and a cursor that points nowhere is refused.
func TestPagesOfCommits(t *testing.T) {
	f := base()
	for i := range 5 {
		f.add(status("g", fmt.Sprint("status ", i)))
	}
	read := func(order page.OrderDirection, p page.Args) (out []graph.Sequence, end *string, err error) {
		c, err := f.view(t, graph.Red, nil).CommitPage(live.CommitQuery{Order: order, Page: p})
		if err != nil {
			return nil, nil, err
		}
		for _, n := range c.Nodes() {
			out = append(out, n.Sequence())
		}
		return out, c.PageInfo.EndCursor, nil
	}
	first, newest, err := read(page.Descending, page.Args{First: ptr(2)})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the newest", []graph.Sequence{6, 5}, first)
	first, oldest, err := read(page.Ascending, page.Args{First: ptr(2)})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the oldest", []graph.Sequence{1, 2}, first)
	f.add(status("g", "a later one"))
	rest, _, err := read(page.Descending, page.Args{After: newest})
	same(t, "those before the newest", []graph.Sequence{4, 3, 2, 1}, rest)
	more, _, moreErr := read(page.Ascending, page.Args{After: oldest})
	same(t, "those after the oldest", []graph.Sequence{3, 4, 5, 6, 7}, more)
	if err != nil || moreErr != nil {
		t.Error(err, moreErr)
	}
	if _, _, err := read(page.Ascending, page.Args{After: newest}); err == nil {
		t.Error("a cursor of the other order is taken")
	}
}

// TestHistoryIsTheLog: commits and events are what the feed says, told by the rules as
// they are written down. All is CLEAR: what a reader sees of marked records is the law's.
func TestHistoryIsTheLog(t *testing.T) {
	raced.Alone(t)
	for name, tr := range map[string]traits{"wide": anything, "dense": dense} {
		tr.markings = false
		worlds := drawWorld(tr)
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			w := worlds.Draw(t, "world")
			for range 3 {
				w.takeBack(t)
			}
			n := rapid.IntRange(0, len(w.changes)).Draw(t, "known at")
			v := open(t, graphOf(w.changes), &graph.Lens{KnownAtSequence: ptr(graph.Sequence(n))})
			log := chronicle{w.changes[:n]}
			same(t, "the commits", log.commits(), history(t, v).Commits)
			for _, id := range slices.Concat(entitiesOf(w.changes), claimsOf(w.changes), linesOf(w.changes), []graph.ID{"s_a", "s_b", "s_c"}) {
				same(t, "the history of "+string(id), log.lines(id), historyOf(t, v, id))
			}
		}))
	}
}

// linesOf are the claims that lines of entities stand for.
func linesOf(changes []graph.Change) (out []graph.ID) {
	for _, ch := range changes {
		for i := range ch.Entities {
			for _, c := range graph.Expand(&ch.Entities[i]) {
				out = append(out, c.ID)
			}
		}
	}
	return out
}

// takeBack retracts a claim that retracts or withdraws, if there is one.
func (w world) takeBack(t *rapid.T) {
	var remarks []graph.Claim
	for _, ch := range w.changes {
		for _, c := range ch.Claims {
			if c.Predicate == graph.Retracts || c.Predicate == graph.Withdraws {
				remarks = append(remarks, c)
			}
		}
	}
	if len(remarks) > 0 {
		w.add(retract(rapid.SampledFrom(remarks).Draw(t, "taken back")))
	}
}

// chronicle tells the history of a feed from its changes alone.
type chronicle struct{ changes []graph.Change }

// told is an event as eventText gives it; by is empty for what was recorded.
type told struct {
	at     graph.Sequence
	what   live.HistoryEventKind
	id, by graph.ID
	fields []string
	onLine bool // the record of its subject says it
}

func (e told) String() string {
	return strings.TrimSpace(fmt.Sprint(e.at, " ", e.what, " ", e.id, " ", e.by, " ", strings.Join(e.fields, ",")))
}

// lines is what historyOf gives of an id.
func (l chronicle) lines(id graph.ID) []string {
	events := l.of(id)
	if !slices.ContainsFunc(events, func(e told) bool { return e.what == live.Recorded }) {
		return []string{graph.NotFound("id", id).Error()}
	}
	out := make([]string, len(events))
	for i, e := range events {
		out[i] = e.String()
	}
	return out
}

// of are the events of an id.
func (l chronicle) of(id graph.ID) []told {
	var out []told
	var last map[string]any // the fields of the record that came last
	add := func(at graph.Sequence, fields map[string]any, again live.HistoryEventKind) {
		e := told{at: at, what: live.Recorded, id: id}
		if last != nil {
			e.what = again
			for _, name := range fieldOrder {
				if text(last[name]) != text(fields[name]) {
					e.fields = append(e.fields, name)
				}
			}
		}
		last, out = fields, append(out, e)
	}
	var source graph.Source
	var entity graph.Entity
	effects, retracted := l.effects(id), false
	for _, ch := range l.changes {
		for _, s := range ch.Sources {
			if s.ID == id {
				source = source.Merge(s)
				add(ch.Sequence, fieldsOf(source), live.RecordedAgain)
			}
		}
		for _, e := range ch.Entities {
			if c, says := saidOn(e, id); says && last == nil {
				add(ch.Sequence, map[string]any{"label": c.Label, "excerpt": c.Excerpt}, "")
				out[len(out)-1].onLine = true
			}
			if e.ID == id {
				entity = entity.Merge(e)
				add(ch.Sequence, fieldsOf(entity), live.RecordedAgain)
			}
		}
		for _, c := range ch.Claims {
			if c.ID == id {
				again := live.RecordedAgain
				if retracted {
					again = live.Reasserted
				}
				add(ch.Sequence, map[string]any{"label": c.Label, "excerpt": c.Excerpt}, again)
				retracted = false
			}
			for _, what := range effects[c.ID] {
				out = append(out, told{at: ch.Sequence, what: what, id: id, by: c.ID})
			}
			retracted = retracted || c.Predicate == graph.Retracts && c.Subject == id
		}
	}
	return out
}

// saidOn is the claim of an id that the line of an entity stands for; false for none.
func saidOn(e graph.Entity, id graph.ID) (graph.Claim, bool) {
	claims := graph.Expand(&e)
	i := slices.IndexFunc(claims, func(c graph.Claim) bool { return c.ID == id })
	if i < 0 {
		return graph.Claim{}, false
	}
	return claims[i], true
}

var fieldOrder = []string{
	"kind", "title", "publisher", "authors", "published", "url", "language", "licence", "note", "reliability", "names",
	"description", "subtype", "representation", "external", "derivedFrom", "label", "excerpt",
}

// fieldsOf are the fields of a source or an entity, with what stands for none.
func fieldsOf(record any) map[string]any {
	var out map[string]any
	if err := json.Unmarshal([]byte(text(record)), &out); err != nil {
		panic(err)
	}
	for name, none := range map[string]any{"reliability": "F", "representation": "NAMED"} {
		if out[name] == nil {
			out[name] = none
		}
	}
	return out
}

// effects are the claims that do something to an id, and what that is: those that retract
// it and those that withdraw its source, those that retract them, and so on. One may do
// both: retract a claim that takes back that its own source was withdrawn.
func (l chronicle) effects(id graph.ID) map[graph.ID][]live.HistoryEventKind {
	of := id
	for _, ch := range l.changes {
		for _, e := range ch.Entities {
			if c, says := saidOn(e, id); says {
				of = c.Source
			}
		}
	}
	for _, c := range l.claims() {
		if c.ID == id {
			of = c.Source
		}
	}
	out := map[graph.ID][]live.HistoryEventKind{}
	for _, chain := range []map[graph.ID]live.HistoryEventKind{
		l.chain(graph.Retracts, id, live.Retracted, live.RetractionTakenBack),
		l.chain(graph.Withdraws, of, live.SourceWithdrawn, live.WithdrawalTakenBack),
	} {
		for by, what := range chain {
			out[by] = append(out[by], what)
		}
	}
	return out
}

// chain are the claims of a predicate about an id, those that retract them, and so on, and
// what each does.
func (l chronicle) chain(p graph.Predicate, id graph.ID, does, takesBack live.HistoryEventKind) map[graph.ID]live.HistoryEventKind {
	out, claims := map[graph.ID]live.HistoryEventKind{}, l.claims()
	for range claims { // what a claim is about may stand later in its batch
		for _, c := range claims {
			switch {
			case c.Predicate == p && c.Subject == id:
				out[c.ID] = does
			case c.Predicate == graph.Retracts && out[c.Subject] == does:
				out[c.ID] = takesBack
			case c.Predicate == graph.Retracts && out[c.Subject] == takesBack:
				out[c.ID] = does
			}
		}
	}
	return out
}

func (l chronicle) claims() (out []graph.Claim) {
	for _, ch := range l.changes {
		out = append(out, ch.Claims...)
	}
	return out
}

// commits are what commitText gives of each commit.
func (l chronicle) commits() []string {
	var out []string
	for i, ch := range l.changes {
		out = append(out, fmt.Sprint(
			ch.Sequence, " ", ch.Recorded.Format(time.RFC3339Nano), " ", ch.Actor, " ", ch.Reason, " ", ch.Batch, " ",
			len(ch.Sources), " ", len(ch.Entities), " ", len(ch.Claims),
		))
		then := chronicle{l.changes[:i+1]}
		var sources, entities, claims []graph.ID
		for _, s := range ch.Sources {
			sources = append(sources, s.ID)
		}
		for _, e := range ch.Entities {
			entities = append(entities, e.ID)
		}
		for _, c := range ch.Claims {
			claims = append(claims, c.ID)
		}
		out = append(out, then.recordedIn(ch.Sequence, sources, true)...)
		out = append(out, then.recordedIn(ch.Sequence, entities, true)...)
		out = append(out, then.recordedIn(ch.Sequence, claims, false)...)
	}
	return out
}

// recordedIn are the records of ids in one commit; of sources and entities first what was
// new.
func (l chronicle) recordedIn(n graph.Sequence, ids []graph.ID, newFirst bool) []string {
	var fresh, again []string
	for _, id := range ids {
		for _, e := range l.of(id) {
			switch {
			case e.at != n || e.by != "" || e.onLine:
			case e.what == live.Recorded || !newFirst:
				fresh = append(fresh, e.String())
			default:
				again = append(again, e.String())
			}
		}
	}
	return append(fresh, again...)
}

// TestWhatCameLater: a commit does not say of itself that it recorded what others did,
// who are hidden, and what was lowered since.
func TestWhatCameLater(t *testing.T) {
	f := base()
	f.apply(graph.Batch{Actor: "ben", Claims: []graph.Claim{status("g", "hidden", marked(graph.Red))}})
	f.apply(graph.Batch{Actor: "ana", Claims: []graph.Claim{status("g", "open")}})
	f.changes[1].Claims[0].InForce = graph.Clear
	last := commitsOf(t, f.view(t, graph.Clear, nil), nil)[1]
	same(t, "what the last commit records", 2, last.Claims())
	if who := last.Actor(); who != nil {
		t.Errorf("both are said to be recorded by %s", *who)
	}
}

// TestWhatACommitSaysOfItself: who and why are told to those alone who see all that a
// commit recorded, and one of which they see nothing is not there.
func TestWhatACommitSaysOfItself(t *testing.T) {
	f := base()
	record := func(reason string, claims ...graph.Claim) {
		f.apply(graph.Batch{ID: reason, Actor: "ana", Reason: reason, Claims: claims})
	}
	record("open", status("g", "one"))
	record("hidden", status("g", "two", marked(graph.Red)))
	record("mixed", status("g", "three"), status("g", "four", marked(graph.Red)))
	record("open again", status("g", "five"))
	for clearance, want := range map[graph.Marking][]string{
		graph.Clear: {"2 ana open open 1", "3    1", "4 ana open again open again 1"},
		graph.Red: {
			"2 ana open open 1", "3 ana hidden hidden 1", "4 ana mixed mixed 2", "5 ana open again open again 1",
		},
	} {
		var got []string
		for _, c := range commitsOf(t, f.view(t, clearance, nil), nil)[1:] {
			got = append(got, fmt.Sprint(
				c.Sequence(), " ", deref(c.Actor()), " ", deref(c.Reason()), " ", deref(c.Batch()), " ", c.Claims(),
			))
		}
		same(t, "what "+string(clearance)+" sees", want, got)
	}
}

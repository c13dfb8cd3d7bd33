package live_test

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// feed is a store's log without the store: batches are planned one after the
// other and kept as changes.
type feed struct {
	changes []graph.Change
	given   []graph.Batch // what became each of the changes
	known   graph.Known
}

func newFeed() *feed { return &feed{known: graph.Known{}} }

// begin is when the first commit of a feed is recorded; the others follow at
// every second minute, two at a time.
var begin = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

func recordedAt(n graph.Sequence) time.Time { return begin.Add(time.Duration(n/2) * time.Minute) }

// apply adds a batch; what is new of it becomes a change. It panics when the
// batch is refused, for the tests mean to write sound ones.
func (f *feed) apply(b graph.Batch) graph.Sequence {
	b = b.Normalised()
	fresh, err := graph.Plan(b, f.log())
	if err != nil {
		panic(fmt.Sprintf("a batch of the test is refused: %v", err))
	}
	if len(fresh.Sources)+len(fresh.Entities)+len(fresh.Claims) == 0 {
		return f.head()
	}
	n := f.head() + 1
	ch := graph.Change{
		Sequence: n, Numbers: f.numbers().Next(&fresh), Writer: fresh.Clearance, Recorded: recordedAt(n), Batch: b.ID,
		Actor: b.Actor, Reason: b.Reason, Sources: fresh.Sources, Entities: fresh.Entities, Claims: fresh.Claims,
	}
	for i := range ch.Claims {
		ch.Claims[i].Sequence, ch.Claims[i].RecordedAt = n, ch.Recorded
	}
	f.changes, f.given = append(f.changes, ch), append(f.given, b)
	f.known.Note(&fresh)
	return n
}

// log is what Plan asks of a store.
func (f *feed) log() graph.Log {
	yields := func(takes func(graph.Placed) bool) iter.Seq2[graph.Placed, error] {
		return func(yield func(graph.Placed, error) bool) {
			for i := range f.changes {
				for _, p := range f.changes[i].Records() {
					if takes(p) && !yield(p, nil) {
						return
					}
				}
			}
		}
	}
	return graph.Log{
		Known: f.known,
		Lines: func(map[graph.ID]bool) iter.Seq2[graph.Placed, error] {
			return yields(func(p graph.Placed) bool { return p.Entity != nil })
		},
		Records: func(ids map[graph.ID]bool) iter.Seq2[graph.Placed, error] {
			return yields(func(p graph.Placed) bool {
				return slices.ContainsFunc(p.Mentions(), func(id graph.ID) bool { return ids[id] })
			})
		},
	}
}

// older makes a feed the log that was written of the same batches before records had stamps: the name
// of a stricter source stood on its line.
func (f *feed) older() {
	for i := range f.changes {
		putBack(f.given[i], &f.changes[i])
	}
	older(f.changes)
}

// older gives the changes of a log that was written before records had stamps theirs.
func older(changes []graph.Change) {
	o := graph.NewOlder()
	for i := range changes {
		o.Note(&changes[i])
	}
	for i := range changes {
		o.Seal(&changes[i])
	}
}

// putBack puts the names of a batch that became claims of their own back on their lines.
func putBack(b graph.Batch, ch *graph.Change) {
	onLines := map[graph.ID]bool{}
	for _, e := range ch.Entities {
		onLines[e.ID] = true
	}
	ch.Claims = slices.DeleteFunc(slices.Clone(ch.Claims), func(c graph.Claim) bool {
		own := slices.ContainsFunc(b.Claims, func(o graph.Claim) bool { return o.ID == c.ID })
		onLines[c.Subject] = onLines[c.Subject] || !own
		return !own
	})
	ch.Entities = slices.DeleteFunc(slices.Clone(b.Entities), func(e graph.Entity) bool { return !onLines[e.ID] })
}

// refuses reports whether a batch would be refused.
func (f *feed) refuses(b graph.Batch) bool {
	_, err := graph.Plan(b.Normalised(), f.log())
	return err != nil
}

// numbers are those of the last commit.
func (f *feed) numbers() graph.Numbers {
	if len(f.changes) == 0 {
		return graph.Numbers{}
	}
	return f.changes[len(f.changes)-1].Numbers
}

func (f *feed) head() graph.Sequence { return graph.Sequence(len(f.changes)) }

// graphOf is the live graph of changes.
func graphOf(changes []graph.Change) *live.Graph { return graphFor(changes, graph.Red) }

// graphFor is the live graph of what a clearance sees of changes.
func graphFor(changes []graph.Change, clearance graph.Marking) *live.Graph {
	g := live.NewGraph(clearance)
	for _, ch := range seenBy(changes, clearance) {
		if err := g.Add(ch); err != nil {
			panic(err)
		}
	}
	return g
}

// seenBy is what a clearance sees of changes.
func seenBy(changes []graph.Change, clearance graph.Marking) (out []graph.Change) {
	sight := graph.NewSight(clearance)
	for _, ch := range changes {
		ch.Entities, ch.Claims = slices.Clone(ch.Entities), slices.Clone(ch.Claims)
		if seen, ok := sight.See(ch); ok {
			out = append(out, seen)
		}
	}
	return out
}

func ptr[T any](v T) *T { return &v }

func date(s string) graph.PartialDate {
	d, err := graph.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func day(s string) *graph.Day {
	d, err := graph.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return &d
}

// The builders of hand-written cases.

func source(id string, change ...func(*graph.Source)) graph.Source {
	s := graph.Source{ID: graph.ID("s_" + id), Kind: "REPORT", Title: "Report " + id, Reliability: "B"}
	for _, f := range change {
		f(&s)
	}
	return s
}

func entity(kind graph.EntityKind, id string, change ...func(*graph.Entity)) graph.Entity {
	e := graph.Entity{ID: graph.ID(id), Kind: kind, Names: []graph.Name{{Value: "The " + id}}}
	for _, f := range change {
		f(&e)
	}
	return e
}

func link(subject string, p graph.Predicate, object string, change ...func(*graph.Claim)) graph.Claim {
	return claim(graph.Claim{Subject: graph.ID(subject), Predicate: p, Object: graph.ID(object)}, change)
}

func attribute(subject string, p graph.Predicate, v graph.Value, change ...func(*graph.Claim)) graph.Claim {
	return claim(graph.Claim{Subject: graph.ID(subject), Predicate: p, Value: &v}, change)
}

func status(subject, text string, change ...func(*graph.Claim)) graph.Claim {
	return attribute(subject, "STATUS", graph.Value{Text: text}, change...)
}

func retract(c graph.Claim, change ...func(*graph.Claim)) graph.Claim {
	return claim(graph.Claim{Subject: c.ID, Predicate: graph.Retracts}, change)
}

func contradict(a, b graph.Claim, change ...func(*graph.Claim)) graph.Claim {
	return claim(graph.Claim{Subject: a.ID, Predicate: graph.Contradicts, Object: b.ID}, change)
}

func withdraw(source graph.ID, change ...func(*graph.Claim)) graph.Claim {
	return claim(graph.Claim{Subject: source, Predicate: graph.Withdraws}, change)
}

func claim(c graph.Claim, change []func(*graph.Claim)) graph.Claim {
	c.Source, c.Hedge = "s_a", graph.Stated
	for _, f := range change {
		f(&c)
	}
	return c.Normalised()
}

func from(source string) func(*graph.Claim) {
	return func(c *graph.Claim) { c.Source = graph.ID("s_" + source) }
}

func marked(m graph.Marking) func(*graph.Claim) { return func(c *graph.Claim) { c.Marking = m } }

func hedged(h graph.Hedge) func(*graph.Claim) { return func(c *graph.Claim) { c.Hedge = h } }

func polar(p graph.Polarity) func(*graph.Claim) { return func(c *graph.Claim) { c.Polarity = p } }

func labelled(label string) func(*graph.Claim) { return func(c *graph.Claim) { c.Label = label } }

func during(from, to string) func(*graph.Claim) {
	return func(c *graph.Claim) {
		if from != "" {
			c.ValidFrom = date(from)
		}
		if to != "" {
			c.ValidTo = date(to)
		}
	}
}

// base is a feed that holds sources s_a and s_b, s_red that is RED, and some
// entities.
func base() *feed {
	f := newFeed()
	f.apply(graph.Batch{
		ID: "base",
		Sources: []graph.Source{
			source("a"), source("b"), source("red", func(s *graph.Source) { s.Marking = graph.Red }),
		},
		Entities: []graph.Entity{
			entity(graph.Group, "g"), entity(graph.Group, "h"), entity(graph.Group, "k"), entity(graph.Individual, "i"),
			entity(graph.Individual, "j"),
			entity(graph.Incident, "bombing"), entity(graph.Organisation, "police"), entity(graph.Organisation, "cid"),
			entity(graph.Place, "quetta"),
		},
	})
	return f
}

// add adds claims in a commit of their own and returns the first.
func (f *feed) add(claims ...graph.Claim) graph.Claim {
	f.apply(graph.Batch{Claims: claims, Reassert: true})
	return claims[0]
}

func (f *feed) view(t tb, clearance graph.Marking, lens *graph.Lens) *live.View {
	t.Helper()
	return open(t, graphFor(f.changes, clearance), lens)
}

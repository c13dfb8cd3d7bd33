package analysis

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/rabta/rabta/algo"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/store/memory"
	"github.com/rabta/rabta/tests/raced"
	"github.com/rabta/rabta/work"
)

// everyAnswer is everything that link analysis says to a reader, in words.
func everyAnswer(t *testing.T, reader *live.Reader, q *ViewInput) map[string]string {
	t.Helper()
	n := must(q.Open(reader, nil, nil))
	v := n.View()
	out := map[string]string{}
	say := func(name string, x any) { out[name] = string(must(json.Marshal(x))) }
	ids := func(list []live.Entity) (out []graph.ID) {
		for _, e := range list {
			out = append(out, e.Base().ID())
		}
		return out
	}
	links := func(list []*live.Link) (out []string) {
		for _, l := range list {
			out = append(out,
				fmt.Sprintf("%s %s %d %d %v", l.ID(), l.Status(), l.Credibility(), l.IndependentSources(), claimsOf(t, l)))
		}
		return out
	}
	paths := func(p *PathResult) (out []string) {
		for _, path := range p.Paths {
			line := ""
			for _, h := range path.Hops {
				line += fmt.Sprintf("%s %s %t ", h.From.Base().ID(), h.Link.ID(), h.Forward)
			}
			for _, o := range path.When() {
				line += fmt.Sprint(edtf(o.From()), " to ", edtf(o.To()), ", ")
			}
			out = append(out, line, fmt.Sprint(path.When() == nil, path.UndatedHops()), Prose(path))
		}
		return append(out, fmt.Sprint(p.Excluded, p.Work))
	}
	some := []Measure{"DEGREE", "BETWEENNESS", "HARMONIC", "PAGERANK", "CORE", "CONSTRAINT", "KATZ", SignedDegree}
	for _, what := range some {
		o := RankingOptions{First: 50, Samples: []int{0, 5}[len(what)%2] * b2i(what != SignedDegree), BySource: 3, Seed: 1}
		r := must(RankBy(n, what, o, work.NewMeter(t.Context(), 0)))
		var rows []string
		for _, row := range r.Rows {
			line := fmt.Sprint(row.Rank, row.NodeID(), row.Value, row.Interval)
			for _, s := range row.BySource {
				line += fmt.Sprint(" ", s.SourceID(), s.Change)
			}
			rows = append(rows, line)
		}
		say(string(what), []any{rows, r.NodeCount, r.LinkCount, r.Excluded, r.Work})
	}
	for _, method := range []CommunityMethod{ByLeiden, ByLabels, ByComponents} {
		d := must(CommunitiesOf(n, CommunityOptions{method, 1, 1, 50}, nil))
		var rows []any
		for _, c := range d.Rows {
			rows = append(rows, ids(c.Members))
		}
		say(string(method), []any{rows, d.Modularity})
	}
	s := must(StructureOf(n, 1, nil))
	say("structure", []any{s.Structure, ids(s.Core), s.CoreSize, s.CoreFit, len(s.Cutpoints), s.BlockCount})
	nodes := []graph.ID{}
	for node := range algo.Node(n.Len()) {
		nodes = append(nodes, n.ID(node))
	}
	slices.Sort(nodes)
	say("nodes", nodes)
	if sub := must(n.Subgraph(4, nil)); true {
		say("subgraph", []any{ids(sub.Nodes), links(sub.Links)})
	}
	if len(nodes) > 2 {
		k := must(KeyPlayersOf(n, algo.KeyPlayerOptions{Goal: algo.Fragment, Size: 2, Seed: 1}, nil))
		say("key players", []any{ids(k.Members), k.Value})
	}
	b := must(BrokersOf(n, ByMembership, 50, nil))
	for _, row := range b.Rows {
		say("broker "+string(row.Node.Base().ID()), row.Roles)
	}
	balance := must(BalanceOf(n, 5, 1, nil))
	say("balance", []any{balance.Census, balance.Frustration, ids(balance.CampA), ids(balance.CampB)})
	layers := must(LayersOf(n, 50, nil))
	say("layers", []any{layers.Layers, layers.Pairs, layers.Overlap})
	members := TwoModeOptions{
		First: []graph.EntityKind{graph.Individual}, Second: []graph.EntityKind{graph.Group}, Weight: algo.NewmanProjection,
	}
	two := must(TwoModeOf(n, members, 50, nil))
	for i, tie := range two.Ties {
		say(fmt.Sprint("tie ", i), []any{tie.A.Base().ID(), tie.B.Base().ID(), tie.Weight, ids(tie.Shared)})
	}
	for i, id := range nodes {
		other := nodes[(i+1)%len(nodes)]
		for _, rank := range []PathRank{ByEvidence, ByLength, ByCredibility} {
			if id != other {
				q := PathRequest{From: id, To: other, Options: n.PathOptions(rank, 4, 4)}
				q.Options.Concurrent = rank != ByLength
				found := must(PathsBetween(n, q, work.NewMeter(t.Context(), 0)))
				say(fmt.Sprint("paths ", id, other, rank), paths(found))
			}
		}
		groups, o := []graph.EntityKind{graph.Group}, n.PathOptions(ByEvidence, 4, 3)
		o.Concurrent = true
		say(fmt.Sprint("paths to ", id), paths(must(PathsTo(n, id, groups, o, work.NewMeter(t.Context(), 0)))))
		for _, p := range must(PredictLinks(n, []*live.View{v}, []graph.ID{id}, PredictionOptions{Method: algo.ByAdamicAdar, Concurrent: true, First: 50}, nil)) {
			say(fmt.Sprint("predicted ", id, p.Target.Base().ID()), []any{p.Score, ids(p.Shared), links(p.RestsOn), links(p.JoinedBy)})
		}
		for _, p := range must(SimilarTo(n, id, algo.SimilarByJaccard, 50, nil)) {
			say(fmt.Sprint("similar ", id, p.Node.Base().ID()), p.Score)
		}
		for j, k := range must(Kin(v, id, 4, nil)) {
			say(fmt.Sprint("kin ", id, j), []any{k.Other.Base().ID(), k.Term, k.Credibility, legsOf(k), k.Conflicting})
		}
		line := must(TimelineOf(v, []graph.ID{id}, ByYear, live.Inside{Within: true}))
		say(fmt.Sprint("timeline ", id), []any{line.UndatedLinks, line.UndatedIncidents, len(line.Rows)})
		for _, row := range line.Rows {
			say(fmt.Sprint("timeline ", id, row.Label), []any{
				ids(row.Incidents), links(row.Started), links(row.Ended), row.Happened.Toll(graph.EffectKilled),
				row.Claimed.Toll(graph.EffectKilled), row.Attributed.Toll(graph.EffectKilled), row.AttributedAndDenied.Toll(graph.EffectKilled),
			})
		}
		if id != other {
			d := must(DyadOf(v, id, other, nil))
			say(fmt.Sprint("dyad ", id), []any{len(d.Years), links(d.Undated)})
		}
	}
	stricter := v.Lens()
	stricter.MinCredibility = ptr(3)
	d := must(Diff(n, must(q.Under(&stricter).Open(reader, nil, nil)), 100, nil))
	say("diff",
		[]any{ids(d.AddedNodes), ids(d.RemovedNodes), links(d.AddedLinks), links(d.RemovedLinks), d.ChangedCount, d.Work})
	if _, ok := v.Source("s_a"); ok {
		impact := must(Impact(reader, "s_a", q, 100, nil))
		say("impact",
			[]any{links(impact.Lost), links(impact.Gained), impact.WeakenedCount, impact.ChangedCount, len(impact.Moved)})
	}
	return out
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestNothingOfWhatIsHidden: what a reader is told is what he would be told of a graph
// from which all that he may not see is gone.
func TestNothingOfWhatIsHidden(t *testing.T) {
	r := rand.New(rand.NewPCG(161, 162))
	hidden, shown := 0, 0
	for range raced.Few(150) {
		b := society(r)
		if r.IntN(2) == 0 {
			giveDates(r, &b)
		}
		mark := func() graph.Marking {
			if r.IntN(5) == 0 {
				return graph.Red
			}
			return graph.Clear
		}
		secret := map[graph.ID]bool{}
		for i := range b.Sources {
			b.Sources[i].Marking = mark()
			secret[b.Sources[i].ID] = b.Sources[i].Marking == graph.Red
		}
		for range b.Sources { // what relies on what is secret is secret
			for i := range b.Sources {
				if s := &b.Sources[i]; slices.ContainsFunc(s.DerivedFrom, func(id graph.ID) bool { return secret[id] }) {
					s.Marking, secret[s.ID] = graph.Red, true
				}
			}
		}
		for i := range b.Entities {
			b.Entities[i].Marking = mark()
			secret[b.Entities[i].ID] = b.Entities[i].Marking == graph.Red
		}
		store, none := memory.New(), slog.New(slog.DiscardHandler)
		full, seen := live.NewFollower(store, graph.Red, none), live.NewFollower(store, graph.Clear, none)
		purged := live.NewFollower(memory.New(), graph.Red, none)
		r.Shuffle(len(b.Claims), func(i, j int) { b.Claims[i], b.Claims[j] = b.Claims[j], b.Claims[i] })
		for i := range b.Claims {
			c := &b.Claims[i]
			if c.Marking = mark(); c.Marking == graph.Red || secret[c.Source] || secret[c.Subject] || secret[c.Object] {
				c.Marking = graph.Red
				hidden++
			} else {
				shown++
			}
		}
		for part := range slices.Chunk(b.Claims, 7) { // in several commits
			for f, keeps := range map[*live.Follower]bool{full: true, purged: false} {
				x := graph.Batch{Actor: "test", Reason: "test"}
				for _, s := range b.Sources {
					if keeps || s.Marking != graph.Red {
						x.Sources = append(x.Sources, s)
					}
				}
				for i := range x.Sources {
					x.Sources[i].DerivedFrom = slices.DeleteFunc(slices.Clone(x.Sources[i].DerivedFrom),
						func(id graph.ID) bool { return !keeps && secret[id] })
				}
				for _, e := range b.Entities {
					if keeps || e.Marking != graph.Red {
						x.Entities = append(x.Entities, e)
					}
				}
				for _, c := range part {
					if keeps || c.Marking != graph.Red {
						x.Claims = append(x.Claims, c)
					}
				}
				if _, err := f.Apply(t.Context(), x); err != nil {
					t.Fatal(err)
				}
			}
		}
		q := drawRequest(r)
		q.Around, q.Depth = nil, nil
		combineSome(r, q)
		if err := seen.Catch(t.Context()); err != nil {
			t.Fatal(err)
		}
		want, got := everyAnswer(t, purged.Graph().Reader(), q), everyAnswer(t, seen.Graph().Reader(), q)
		if d := gocmp.Diff(want, got); d != "" {
			t.Fatalf("%+v: %s", q, d)
		}
	}
	if hidden < raced.Few(1000) || shown < raced.Few(1000) {
		t.Errorf("%d claims hidden, %d shown: the test says little", hidden, shown)
	}
}

// TestNothingOfWhatCameLater: what was known at a moment is what a graph tells that ends
// there.
func TestNothingOfWhatCameLater(t *testing.T) {
	r := rand.New(rand.NewPCG(163, 164))
	later := 0
	for range raced.Few(100) {
		b := society(r)
		if r.IntN(2) == 0 {
			giveDates(r, &b)
		}
		parts := slices.Collect(slices.Chunk(b.Claims, 7))
		known := 1 + r.IntN(len(parts))
		whole := live.NewFollower(memory.New(), graph.Clear, slog.New(slog.DiscardHandler))
		ends := live.NewFollower(memory.New(), graph.Clear, slog.New(slog.DiscardHandler))
		for i, part := range parts {
			x := graph.Batch{Actor: "test", Reason: "test", Claims: part}
			if i == 0 {
				x.Sources, x.Entities = b.Sources, b.Entities
			} else if r.IntN(2) == 0 { // and takes one back
				x.Claims = append(slices.Clone(part), graph.Claim{
					Subject: parts[0][0].Normalised().ID, Predicate: graph.Retracts, Source: "s_a", Hedge: graph.Stated,
					Locator: fmt.Sprint(i),
				})
			}
			for f, last := range map[*live.Follower]int{whole: len(parts), ends: known} {
				if i < last {
					if _, err := f.Apply(t.Context(), x); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		later += len(parts) - known
		q := drawRequest(r)
		q.Around, q.Depth = nil, nil
		combineSome(r, q)
		then := q.eachLens(func(lens graph.Lens) graph.Lens {
			lens.KnownAtSequence = ptr(graph.Sequence(known))
			return lens
		})
		want, got := everyAnswer(t, ends.Graph().Reader(), q), everyAnswer(t, whole.Graph().Reader(), then)
		if d := gocmp.Diff(want, got); d != "" {
			t.Fatalf("at %d of %d, %+v: %s", known, len(parts), q, d)
		}
	}
	if later < raced.Few(50) {
		t.Errorf("%d commits came later: the test says little", later)
	}
}

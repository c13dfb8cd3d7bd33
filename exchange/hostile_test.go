package exchange

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/store/memory"
)

func batch(m graph.Marking, entities []graph.ID, claims ...graph.Claim) graph.Batch {
	b := graph.Batch{
		Actor: "ana", Clearance: graph.Red, Marking: m, Claims: claims,
		Sources: []graph.Source{{ID: "s_a", Kind: graph.SourceKinds[0], Title: "A report"}},
	}
	for _, id := range entities {
		b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: graph.Group, Names: []graph.Name{{Value: "Group " + string(id), Primary: true}}})
	}
	return b
}

func allies(a, b graph.ID) graph.Claim {
	return graph.Claim{Subject: a, Predicate: graph.AlliedWith, Object: b, Source: "s_a", Hedge: graph.Stated}
}

// stored is a store that holds batches.
func stored(t testing.TB, batches ...graph.Batch) *memory.Store {
	t.Helper()
	s := memory.New()
	t.Cleanup(func() { _ = s.Close() })
	for _, b := range batches {
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// written is the log of a store as a file.
func written(t testing.TB, s graph.Receiver, clearance graph.Marking) string {
	t.Helper()
	var out bytes.Buffer
	if _, err := Write(context.Background(), &out, s, clearance, "test"); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// edited is a file whose commits were changed, closed as its writer would have closed it.
func edited(t testing.TB, file string, edit func(list []commit) []commit) string {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(file), "\n")
	var commits []commit
	for _, text := range lines[1 : len(lines)-1] {
		c, err := graph.Decode[commit]([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		commits = append(commits, c)
	}
	commits = edit(commits)
	var out bytes.Buffer
	out.WriteString(lines[0] + "\n")
	var set []graph.Change
	for i := range commits {
		if err := line(&out, commits[i]); err != nil {
			t.Fatal(err)
		}
		if len(commits[i].Stamps) == len(commits[i].Places) {
			set = append(set, commits[i].change())
		}
	}
	if err := line(&out, end{len(commits), summaryOf(set, graph.Red).Digest}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// codes are those of what is wrong with a file.
func codes(t testing.TB, err error) (out []string) {
	t.Helper()
	var faults *FaultsError
	if err != nil && !errors.As(err, &faults) {
		t.Fatal(err)
	}
	if faults != nil {
		for _, f := range faults.Faults {
			if f.Line < 1 || f.Message == "" || f.Remedy == "" {
				t.Errorf("a fault says not where, what or what to do: %+v", f)
			}
			out = append(out, f.Code)
		}
	}
	return out
}

// TestHostileFiles: a file that somebody made to do harm is refused whole, with all that is
// wrong, also where its digest is right.
func TestHostileFiles(t *testing.T) {
	from := stored(t, batch(graph.Clear, []graph.ID{"a", "b"}, allies("a", "b")), batch(graph.Clear, []graph.ID{"c"}, allies("a", "c")))
	good := written(t, from, graph.Red)
	for name, c := range map[string]struct {
		edit func(list []commit) []commit
		want []string
	}{
		"as it is":            {func(l []commit) []commit { return l }, nil},
		"twice the same":      {func(l []commit) []commit { return append(l, l[1]) }, []string{"OUT_OF_ORDER"}},
		"the wrong way round": {func(l []commit) []commit { slices.Reverse(l); return l }, []string{"OUT_OF_ORDER"}},
		"in the future":       {func(l []commit) []commit { l[1].Time = l[1].Time.AddDate(1, 0, 0); return l }, []string{"CLOCK_AHEAD"}},
		"another claim": {func(l []commit) []commit {
			l[1].Claims[0].Object = "b"
			return l
		}, []string{"WRONG_ID"}},
		"no store": {func(l []commit) []commit { l[0].Store = "mine"; return l }, []string{"BAD_STORE_ID"}},
		"no stamp": {func(l []commit) []commit { l[0].Stamps = l[0].Stamps[1:]; return l }, []string{"NOT_SEALED"}},
		"places":   {func(l []commit) []commit { l[0].Places[0] = []int{-1}; return l }, []string{"BAD_PLACE"}},
		"a stamp that is none": {func(l []commit) []commit {
			l[0].Stamps[0] = "PINK"
			return l
		}, []string{"UNKNOWN_MARKING", "BAD_PLACE"}},
		"all at once": {func(l []commit) []commit {
			l[0].Store, l[1].Claims[0].Object = "mine", "b"
			return l
		}, []string{"BAD_STORE_ID", "WRONG_ID"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(strings.NewReader(edited(t, good, c.edit)), time.Now())
			if got := codes(t, err); !slices.Equal(got, c.want) {
				t.Errorf("it is refused for %q, want %q", got, c.want)
			}
		})
	}
	for name, c := range map[string]struct{ text, want string }{
		"nothing":     {"", "NOT_A_LOG"},
		"cut":         {good[:strings.LastIndexByte(strings.TrimSpace(good), '\n')+1], "CUT"},
		"more":        {good + good, "MORE"},
		"edited":      {strings.Replace(good, "Group a", "Group z", 1), "DAMAGED"},
		"a newer one": {strings.Replace(good, `"version":1`, `"version":99`, 1), "NEWER_LOG"},
	} {
		_, err := Read(strings.NewReader(c.text), time.Now())
		if got := codes(t, err); len(got) == 0 || got[0] != c.want {
			t.Errorf("%s: it is refused for %q, want %s", name, got, c.want)
		}
	}
}

// TestWhatIsStricterHere: claims that are CLEAR in a file and name what is RED here open
// nothing, and stop nobody who reads; those that say that they were recorded before what they
// name are refused.
func TestWhatIsStricterHere(t *testing.T) {
	wrong := graph.Entity{ID: "a", Kind: graph.Group, Names: []graph.Name{{Value: "Group a", Primary: true}}}
	from := stored(t, batch(graph.Clear, []graph.ID{"a", "b"}), batch(graph.Clear, nil, allies("a", "b"), graph.Claim{
		Subject: graph.Expand(&wrong)[0].ID, Predicate: graph.Retracts, Source: "s_a", Hedge: graph.Stated,
	}))
	for name, at := range map[string]time.Duration{"before": -time.Hour, "after": time.Hour} {
		t.Run(name, func(t *testing.T) {
			here := stored(t, batch(graph.Red, []graph.ID{"a"}), batch(graph.Clear, []graph.ID{"b", "z"}, allies("b", "z")))
			text := edited(t, written(t, from, graph.Red), func(l []commit) []commit {
				l[0].Sources, l[0].Entities, l[0].Stamps, l[0].Places = nil, l[0].Entities[1:], l[0].Stamps[2:], [][]int{{0}} // b alone
				for i := range l {
					l[i].Time = l[i].Time.Add(at)
				}
				return l
			})
			file, err := Read(strings.NewReader(text), time.Now())
			if err != nil {
				t.Fatal(err)
			}
			_, err = file.Take(t.Context(), here, func() {})
			if got := codes(t, err); slices.Contains(got, "DANGLING_REFERENCE") != (name == "before") {
				t.Errorf("it is refused for %q", got)
			}
			for _, clearance := range []graph.Marking{graph.Clear, graph.Red} {
				follower := live.NewFollower(here, clearance, slog.New(slog.DiscardHandler))
				if err := follower.Catch(t.Context()); err != nil {
					t.Fatalf("%s reads nothing: %v", clearance, err)
				}
				v, err := follower.Graph().Reader().View(nil)
				if err != nil {
					t.Fatal(err)
				}
				if _, seen := v.Entity("a"); seen != (clearance == graph.Red) {
					t.Errorf("that %s sees a is %t", clearance, seen)
				}
				for c := range v.Claims() {
					if clearance == graph.Clear && c.SubjectID() == "a" {
						t.Errorf("CLEAR sees what is said of a")
					}
				}
			}
		})
	}
}

// FuzzRead: whatever a file holds, it is read whole or refused with what is wrong, and what is
// read holds what its last line says.
func FuzzRead(f *testing.F) {
	good := written(f, stored(f, batch(graph.Clear, []graph.ID{"a", "b"}, allies("a", "b"))), graph.Red)
	f.Add(good)
	f.Add(strings.ReplaceAll(good, `"CLEAR"`, `"RED"`))
	f.Add(good[:len(good)/2])
	f.Fuzz(func(t *testing.T, text string) {
		file, err := Read(strings.NewReader(text), time.Now())
		if got := codes(t, err); err != nil && len(got) == 0 {
			t.Errorf("it is refused without a fault: %v", err)
		}
		if err == nil && !strings.HasSuffix(strings.TrimSpace(text), `"`+summaryOf(file.commits, file.Header.Clearance).Digest+`"}`) {
			t.Error("its last line is not of what was read")
		}
	})
}

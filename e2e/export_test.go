package e2e

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/tests/raced"
)

// download is the body and the header of a file, which must come whole.
func (w *world) download(t *testing.T, path string, headers ...string) ([]byte, http.Header) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v: %.300s", path, resp.Status, err, body)
	}
	return body, resp.Header
}

// exported are files to ask for, each with another lens or selection.
var exported = []string{
	"/export/links.csv", "/export/links.csv?includeDenied=true&minIndependentSources=2", "/export/links.csv?kinds=ALLIED_WITH,RIVAL_OF&guard=false&excel=true",
	"/export/links.csv?combine=UNION&minCredibility=2&with.asOf=2003-06-01", "/export/entities.csv", "/export/entities.csv?entityKinds=INCIDENT,PLACE&minCredibility=3", "/export/entities.csv?kinds=ALLIED_WITH&excel=true",
	"/export/claims.ndjson", "/export/claims.ndjson?includeAssessments=true&asOf=2003-06-01", "/export/claims.ndjson?entityKinds=GROUP&kinds=ALLIED_WITH",
}

// Every store gives the same bytes, and as many records as announced.
func TestExports(t *testing.T) {
	files := map[string][]byte{}
	for _, kind := range stores {
		t.Run(kind, func(t *testing.T) {
			w := serve(t, openStore(t, kind), kind)
			seeded(t, w.follower)
			for _, path := range exported {
				body, header := w.download(t, path)
				records := bytes.Count(body, []byte("\n")) - 1 // without the header
				if rows := header.Get("Rabta-Rows"); rows != strconv.Itoa(records) || records < 2 {
					t.Errorf("%s: %d records came, %s were announced", path, records, rows)
				}
				if before := files[path]; before != nil && !bytes.Equal(before, body) {
					t.Errorf("%s differs from that of another store", path)
				}
				files[path] = body
			}
		})
	}
}

// What GraphQL says of each link is what its line says.
func TestExportedLinksAreThoseOfGraphQL(t *testing.T) {
	raced.Alone(t)
	w := serve(t, openStore(t, "memory"), "memory")
	seeded(t, w.follower)
	body, _ := w.download(t, "/export/links.csv?guard=false")
	lines, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Links struct {
			TotalCount int
			Nodes      []struct {
				ID, Kind, SourceID, TargetID, Status, Hedge, Reliability string
				Credibility, IndependentSources                          int
				Disputed                                                 bool
				Bearing, Direction                                       string
				Source, Target                                           struct{ Name, Kind string }
				ValidFrom                                                *struct{ EDTF, Earliest, Latest string }
				Role, Stage                                              *string
				Contested, Interrupted, OutsideLife                      bool
				ContradictedBy                                           []struct{ ID string }
				Held                                                     []struct{ From, To *struct{ EDTF string } }
				Speakers                                                 []struct {
					Polarity string
					Count    int
					Entity   *struct{ ID string }
					Text     *string
				}
				Claims struct{ TotalCount int }
			}
		}
	}
	w.data(t, `{ links(first: 500) { totalCount nodes {
		id kind sourceId targetId status hedge reliability credibility independentSources disputed bearing direction
		source { name kind } target { name kind } validFrom { edtf earliest latest } role stage claims { totalCount }
		contested interrupted outsideLife contradictedBy { id } held { from { edtf } to { edtf } }
		speakers { polarity count entity { id } text }
	} } }`, &got)
	if len(lines)-1 != got.Links.TotalCount || got.Links.TotalCount > 500 {
		t.Fatalf("%d lines, %d links", len(lines)-1, got.Links.TotalCount)
	}
	at := map[string]int{}
	for i, name := range lines[0] {
		at[name] = i
	}
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	for i, l := range got.Links.Nodes {
		var from, first, last string
		if d := l.ValidFrom; d != nil {
			from, first, last = d.EDTF, d.Earliest, d.Latest
		}
		var held, against, speakers []string
		for _, h := range l.Held {
			ends := [2]string{}
			for i, d := range []*struct{ EDTF string }{h.From, h.To} {
				if d != nil {
					ends[i] = d.EDTF
				}
			}
			held = append(held, ends[0]+":"+ends[1])
		}
		for _, c := range l.ContradictedBy {
			against = append(against, c.ID)
		}
		for _, s := range l.Speakers {
			who := text(s.Text)
			if s.Entity != nil {
				who = s.Entity.ID
			}
			speakers = append(speakers, fmt.Sprintf("%s:%d:%s", s.Polarity, s.Count, who))
		}
		for name, want := range map[string]string{
			"held": strings.Join(held, ";"), "contradicted_by": strings.Join(against, ";"), "speakers": strings.Join(speakers, ";"),
			"contested": strconv.FormatBool(l.Contested), "interrupted": strconv.FormatBool(l.Interrupted), "outside_life": strconv.FormatBool(l.OutsideLife),
			"id": l.ID, "kind": l.Kind, "source": l.SourceID, "target": l.TargetID, "status": l.Status, "hedge": l.Hedge, "reliability": l.Reliability,
			"credibility": strconv.Itoa(l.Credibility), "independent_sources": strconv.Itoa(l.IndependentSources), "claims": strconv.Itoa(l.Claims.TotalCount),
			"disputed": strconv.FormatBool(l.Disputed), "bearing": l.Bearing, "direction": l.Direction, "source_name": l.Source.Name, "target_name": l.Target.Name,
			"source_kind": l.Source.Kind, "target_kind": l.Target.Kind, "valid_from": from, "from_earliest": first, "from_latest": last, "role": text(l.Role), "stage": text(l.Stage),
		} {
			if line := lines[i+1]; line[at[name]] != want {
				t.Errorf("line %d: %s is %q, GraphQL says %q", i+2, name, line[at[name]], want)
			}
		}
	}
}

// A copy made of the exported claims answers with the same files.
func TestExportedClaimsMakeACopy(t *testing.T) {
	raced.Alone(t)
	w := serve(t, openStore(t, "memory"), "memory")
	seeded(t, w.follower)
	body, _ := w.download(t, "/export/claims.ndjson?includeAssessments=true")
	f, err := formats.ReadClaims(bytes.NewReader(body), "claims.ndjson")
	if err != nil {
		t.Fatal(err)
	}
	in, err := formats.Join(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"memory", "sqlite"} {
		second := serveTo(t, openStore(t, kind), kind, graph.Red)
		for _, part := range in.Parts(graph.MaxBatch) {
			if _, err := second.follower.Apply(t.Context(), part.Batch); err != nil {
				t.Fatal(err)
			}
		}
		for _, path := range append(exported, "/export/claims.ndjson?includeAssessments=true") {
			want, _ := w.download(t, path)
			if got, _ := second.download(t, path); !bytes.Equal(want, got) {
				t.Errorf("%s of a copy in %s is another", path, kind)
			}
		}
	}
}

// What GraphQL says of two views taken together is what the files of them hold.
func TestExportedCombinationsAreThoseOfGraphQL(t *testing.T) {
	raced.Alone(t)
	w := serve(t, openStore(t, "memory"), "memory")
	seeded(t, w.follower)
	for _, c := range []struct{ how, lens, with, query string }{
		{"DIFFERENCE", `{}`, `{minCredibility: 2}`, "with.minCredibility=2"},
		{"DIFFERENCE", `{asOf: "2023-06-01"}`, `{asOf: "2015-06-01"}`, "asOf=2023-06-01&with.asOf=2015-06-01"},
		{"INTERSECTION", `{minReliability: B}`, `{sourceKinds: [ARTICLE]}`, "minReliability=B&with.sourceKinds=ARTICLE"},
		{"UNION", `{sourceKinds: [ARTICLE]}`, `{includeDenied: true, sourceKinds: [REPORT]}`, "sourceKinds=ARTICLE&with.includeDenied=true&with.sourceKinds=REPORT"},
	} {
		var got struct {
			Subgraph struct {
				Nodes []struct{ ID string }
				Links []struct {
					ID, Status, Hedge string
					Credibility       int
					Combined          struct{ In string }
				}
				Truncated *struct{ Reason string }
			}
		}
		w.data(t, fmt.Sprintf(`{ subgraph(maxNodes: %d, view: {bearings: [ALL], lens: %s, combine: {how: %s, with: {lens: %s}}}) {
			nodes { id } truncated { reason } links { id status hedge credibility combined { in } }
		} }`, live.MaxNodes, c.lens, c.how, c.with), &got)
		var nodes, links [][]string
		for _, n := range got.Subgraph.Nodes {
			nodes = append(nodes, []string{n.ID})
		}
		for _, l := range got.Subgraph.Links {
			links = append(links, []string{l.ID, l.Status, l.Hedge, strconv.Itoa(l.Credibility), l.Combined.In})
		}
		query := "?combine=" + c.how + "&" + c.query
		slices.SortFunc(nodes, slices.Compare)
		entities := w.cells(t, "/export/entities.csv"+query, "id")
		slices.SortFunc(entities, slices.Compare)
		if d := cmp.Diff(nodes, entities); d != "" || got.Subgraph.Truncated != nil || len(nodes) < 5 {
			t.Errorf("entities, %s (-GraphQL +file):\n%s", query, d)
		}
		if d := cmp.Diff(links, w.cells(t, "/export/links.csv"+query, "id", "status", "hedge", "credibility", "combined")); d != "" || len(links) < 5 {
			t.Errorf("links, %s (-GraphQL +file):\n%s", query, d)
		}
	}
}

// cells are some columns of an exported table, line by line.
func (w *world) cells(t *testing.T, path string, columns ...string) (out [][]string) {
	t.Helper()
	body, _ := w.download(t, path)
	lines, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		var of []string
		for _, c := range columns {
			of = append(of, line[slices.Index(lines[0], c)])
		}
		out = append(out, of)
	}
	return out
}

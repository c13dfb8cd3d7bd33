package server

import (
	"context"
	"math"
	"net/http"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// named is an id with the words for it.
type named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// manifest is what the service says of itself.
type manifest struct {
	Versions        []string             `json:"versions"`
	Name            string               `json:"name"`
	IdentifierSpace string               `json:"identifierSpace"`
	SchemaSpace     string               `json:"schemaSpace"`
	View            map[string]string    `json:"view"`
	DefaultTypes    []named              `json:"defaultTypes"`
	Suggest         map[string]placement `json:"suggest"`
	Preview         preview              `json:"preview"`
	Extend          extension            `json:"extend"`
	BatchSize       int                  `json:"batchSize"`
}

type placement struct {
	URL  string `json:"service_url"`
	Path string `json:"service_path"`
}

type preview struct {
	URL    string `json:"url"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

type extension struct {
	Propose  placement `json:"propose_properties"`
	Settings []setting `json:"property_settings"`
}

type setting struct {
	Name    string `json:"name"`
	Label   string `json:"label"`
	Type    string `json:"type"`
	Default int    `json:"default"`
	Help    string `json:"help_text"`
}

// service answers /reconcile: queries, an extension, or the manifest.
func (c reconciler) service(ctx context.Context, w http.ResponseWriter, a *asked) error {
	if err := a.only("queries", "extend"); err != nil {
		return err
	}
	queries, err := a.one("queries")
	if err != nil {
		return err
	}
	extend, err := a.one("extend")
	switch {
	case err != nil:
		return err
	case queries != "" && extend != "":
		return badRequest("there are both queries and extend; send one of them")
	case queries != "":
		return reconcile(ctx, w, a, queries)
	case extend != "":
		return c.extend(ctx, w, a, extend)
	case a.Method == http.MethodPost:
		return badRequest("the form has neither queries nor extend; send one of them")
	}
	writeJSON(w, http.StatusOK, manifestOf(a))
	return nil
}

func manifestOf(a *asked) manifest {
	at := func(path string) placement { return placement{a.base(), a.path(path, "")} }
	page := a.base() + a.path("/reconcile/preview", "id={{id}}")
	m := manifest{
		Versions: []string{"0.2"}, Name: "rabta", IdentifierSpace: "urn:rabta:entity", SchemaSpace: "urn:rabta:schema",
		View: map[string]string{"url": page}, Preview: preview{page, 430, 300}, BatchSize: live.MaxDescriptions,
		Suggest: map[string]placement{"entity": at("/reconcile/suggest/entity"), "type": at("/reconcile/suggest/type"), "property": at("/reconcile/suggest/property")},
		Extend:  extension{at("/reconcile/properties"), []setting{{"limit", "At most", "number", 0, "How many values are taken, best first; 0 is all."}}},
	}
	for _, k := range graph.EntityKinds {
		m.DefaultTypes = append(m.DefaultTypes, typeOf(k))
	}
	return m
}

// typeOf is a kind of entity as a type: GROUP, Group.
func typeOf(k graph.EntityKind) named {
	return named{string(k), string(k[:1]) + strings.ToLower(string(k[1:]))}
}

type candidate struct {
	ID          graph.ID  `json:"id"`
	Name        string    `json:"name"`
	Description string    `json:"description,omitempty"`
	Type        []named   `json:"type"`
	Score       float64   `json:"score"`
	Match       bool      `json:"match"`
	Features    []feature `json:"features"`
}

type feature struct {
	ID    string  `json:"id"`
	Value float64 `json:"value"`
}

type results[T any] struct {
	Result []T `json:"result"`
}

func reconcile(ctx context.Context, w http.ResponseWriter, a *asked, text string) error {
	queries, err := parseQueries(text)
	if err != nil {
		return err
	}
	out := make(map[string]results[candidate], len(queries))
	for key, q := range queries {
		if err := ctx.Err(); err != nil {
			return err
		}
		found := []*live.Candidate{}
		if !q.none {
			// The second candidate has a say in whether the first one matches.
			if found, err = a.view.Match("queries."+key, q.Description, max(q.limit, 2)); err != nil {
				return err
			}
		}
		out[key] = results[candidate]{candidates(found, q.limit)}
	}
	writeJSON(w, http.StatusOK, out)
	return nil
}

func candidates(found []*live.Candidate, limit int) []candidate {
	out := make([]candidate, min(limit, len(found)))
	for i, c := range found[:len(out)] {
		e := c.Entity.Base()
		out[i] = candidate{
			ID: e.ID(), Name: e.Name(), Description: words(e), Type: []named{typeOf(e.Kind())}, Score: percent(c.Score),
			Match: i == 0 && sure(found), Features: features(c),
		}
	}
	return out
}

// words is the description of an entity, "" for none.
func words(e *live.Entity) string {
	if d := e.Description(); d != nil {
		return *d
	}
	return ""
}

// percent is a score of 0 to 1 on the scale of 0 to 100, to a tenth.
func percent(score float64) float64 { return math.Round(score*1000) / 10 }

// clearLead is how far the best candidate must be ahead of the second to be matched
// without a person's look.
const clearLead = 0.1

// sure reports whether the best candidate can be taken for the match: it is good
// enough, clearly ahead, and nothing known speaks against it.
func sure(found []*live.Candidate) bool {
	best := found[0]
	if !best.Suggested() || len(found) > 1 && best.Score-found[1].Score < clearLead {
		return false
	}
	for _, r := range best.Reasons {
		if strings.HasSuffix(r.Name, "-differs") {
			return false
		}
	}
	return true
}

// features adds up the reasons of each name.
func features(c *live.Candidate) []feature {
	out := []feature{}
	at := map[string]int{}
	for _, r := range c.Reasons {
		i, ok := at[r.Name]
		if !ok {
			i, at[r.Name] = len(out), len(out)
			out = append(out, feature{ID: r.Name})
		}
		out[i].Value += r.Weight
	}
	for i := range out {
		out[i].Value = math.Round(out[i].Value*1000) / 1000
	}
	return out
}

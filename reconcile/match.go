package reconcile

import (
	"cmp"
	"context"
	"encoding/json"
	"math"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// Candidate is an entity that a query may be of.
type Candidate struct {
	ID          graph.ID  `json:"id"`
	Name        string    `json:"name"`
	Description string    `json:"description,omitempty"`
	Type        []Named   `json:"type"`
	Score       float64   `json:"score"`
	Match       bool      `json:"match"`
	Features    []Feature `json:"features"`
}

// Feature is what one kind of reason adds to a score, or takes from it.
type Feature struct {
	ID    string  `json:"id"`
	Value float64 `json:"value"`
}

// Match lists the candidates for each query of a batch, best first, by the keys that
// the client chose.
func (s Service) Match(ctx context.Context, batch map[string]json.RawMessage) (map[string]Results[Candidate], error) {
	queries, err := parseQueries(batch)
	if err != nil {
		return nil, err
	}
	out := make(map[string]Results[Candidate], len(queries))
	for key, q := range queries {
		if err := cmp.Or(work.RequestOf(ctx).Err(), ctx.Err()); err != nil {
			return nil, err
		}
		found := []*live.MatchCandidate{}
		if !q.impossible {
			// The second candidate has a say in whether the first one matches.
			if found, err = s.View.Match("queries."+key, q.MatchQuery, max(q.limit, 2)); err != nil {
				return nil, err
			}
		}
		out[key] = Results[Candidate]{candidates(found, q.limit)}
	}
	return out, nil
}

func candidates(found []*live.MatchCandidate, limit int) []Candidate {
	out := make([]Candidate, min(limit, len(found)))
	for i, c := range found[:len(out)] {
		e := c.Entity.Base()
		out[i] = Candidate{
			ID: e.ID(), Name: e.Name(), Description: descriptionOf(e), Type: []Named{typeOf(e.Kind())},
			Score: percent(c.Score), Match: i == 0 && isMatch(found), Features: features(c),
		}
	}
	return out
}

// percent is a score of 0 to 1 on the scale of 0 to 100, to a tenth.
func percent(score float64) float64 { return math.Round(score*1000) / 10 }

// minLead is how far the best candidate must be ahead of the second to be matched
// without a person's look.
const minLead = 0.1

// isMatch reports whether the best candidate can be taken for the match: it is good
// enough, clearly ahead, and nothing known speaks against it.
func isMatch(found []*live.MatchCandidate) bool {
	best := found[0]
	if !best.Suggested() || len(found) > 1 && best.Score-found[1].Score < minLead {
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
func features(c *live.MatchCandidate) []Feature {
	out := []Feature{}
	at := map[string]int{}
	for _, r := range c.Reasons {
		i, ok := at[r.Name]
		if !ok {
			i, at[r.Name] = len(out), len(out)
			out = append(out, Feature{ID: r.Name})
		}
		out[i].Value += r.Weight
	}
	for i := range out {
		out[i].Value = math.Round(out[i].Value*1000) / 1000
	}
	return out
}

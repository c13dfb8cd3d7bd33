package neo4j

import (
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
)

// What is held of an id stands on its node, as one text for each marking: "RED GROUP" and
// the digest of the last record of an entity, "RED" and that of a source, "RED" for a
// claim, "RED retracted RED" where one of that marking retracts it, and before that, where
// lines of entities say it, the word that stands for these. It is not there where it is what
// the node says besides, under CLEAR alone. The kinds of which an entity was recorded stand likewise: "RED GROUP".

const retractedWord = "retracted"

// usualEntity is what is held of an entity whose node does not say what is.
func usualEntity(kind graph.EntityKind, digest string) graph.Held {
	return graph.Held{Kind: kind, Marking: graph.Clear, Digest: digest}
}

func usualSource(digest string) graph.Held { return graph.Held{Marking: graph.Clear, Digest: digest} }

func usualClaim(counts bool) graph.Held {
	if counts {
		return graph.Held{Marking: graph.Clear}
	}
	return graph.Held{Marking: graph.Clear, Retracted: graph.Clear}
}

// onLine reports whether what is held of a claim is that lines of entities say it: that
// alone has a digest.
func onLine(h graph.Held) bool { return h.Digest != "" }

// hasClaim reports whether there is a record of a claim among what is held of it.
func hasClaim(held []graph.Held) bool {
	return slices.ContainsFunc(held, func(h graph.Held) bool { return !onLine(h) })
}

// heldRow is what is held as the database keeps it; nil where it is the usual.
func heldRow(held []graph.Held, usual graph.Held) any {
	if len(held) == 1 && held[0] == usual {
		return nil
	}
	out := make([]string, len(held))
	for i, h := range held {
		words := []string{string(h.Marking)}
		for _, word := range []string{string(h.Kind), h.Digest} {
			if word != "" {
				words = append(words, word)
			}
		}
		if h.Retracted != "" {
			words = append(words, retractedWord, string(h.Retracted))
		}
		out[i] = strings.Join(words, " ")
	}
	return out
}

// heldOf reads what is held.
func heldOf(v any, usual graph.Held) []graph.Held {
	if v == nil {
		return []graph.Held{usual}
	}
	var out []graph.Held
	for _, text := range list[string](v) {
		said, by, _ := strings.Cut(text, " "+retractedWord+" ")
		h := graph.Held{Retracted: graph.Marking(by)}
		for i, word := range strings.Fields(said) {
			switch {
			case i == 0:
				h.Marking = graph.Marking(word)
			case slices.Contains(graph.EntityKinds, graph.EntityKind(word)):
				h.Kind = graph.EntityKind(word)
			default:
				h.Digest = word
			}
		}
		out = append(out, h)
	}
	return out
}

// kindsRow is the kinds of an entity as the database keeps them.
func kindsRow(kinds []kindSeen) any {
	if len(kinds) == 1 && kinds[0].stamp == graph.Clear {
		return nil
	}
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = string(k.stamp) + " " + string(k.kind)
	}
	return out
}

func kindsOf(v any, kind graph.EntityKind) []kindSeen {
	if v == nil {
		return []kindSeen{{kind, graph.Clear}}
	}
	var out []kindSeen
	for _, text := range list[string](v) {
		stamp, kind, _ := strings.Cut(text, " ")
		out = append(out, kindSeen{graph.EntityKind(kind), graph.Marking(stamp)})
	}
	return out
}

// lastsRow is where a claim was last recorded under each marking, in the order of what is
// held of it; nil where that is under CLEAR alone.
func (st *state) lastsRow(c *claim, held []graph.Held) any {
	if len(held) == 1 && held[0].Marking == graph.Clear && c.lasts[graph.Clear].at == c.last {
		return nil
	}
	out := make([]int64, len(held))
	for i, h := range held {
		out[i] = int64(st.order.located(c.lasts[h.Marking].at))
	}
	return out
}

// writersRow is the levels of the writers, likewise; nil where these say nothing.
func writersRow(c *claim, held []graph.Held) any {
	if !takesBack(&c.Claim) {
		return nil
	}
	out := make([]int64, len(held))
	for i, h := range held {
		out[i] = int64(c.lasts[h.Marking].writer)
	}
	return out
}

// lastsOf reads both, given the texts of what is held.
func lastsOf(lasts, writers, held any, last position) map[graph.Marking]recording {
	out, at, by := map[graph.Marking]recording{}, list[int64](lasts), list[int64](writers)
	if lasts == nil {
		at = []int64{int64(last)}
	}
	for i, h := range heldOf(held, usualClaim(true)) {
		if i >= len(at) || at[i] == 0 {
			continue
		}
		r := recording{at: position(at[i])}
		if i < len(by) {
			r.writer = uint8(by[i])
		}
		out[h.Marking] = r
	}
	return out
}

package older

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
)

// identities are the entities of a world that judgements may make one, as readers of one
// clearance see them. A merged entity showed the least of its ids, and now shows the one that
// was recorded first: an answer that names it so is the one that was kept.
type identities struct {
	order   map[graph.ID]int      // of recording
	cluster map[graph.ID]graph.ID // of each that is merged, one that stands for all in a comparison
	links   map[graph.ID]string   // of each link of such, under every id of an end, what it is
}

// identitiesOf reads them off the log of a world.
func identitiesOf(ctx context.Context, s graph.Store, c graph.Marking) (*identities, error) {
	out := &identities{order: map[graph.ID]int{}, cluster: map[graph.ID]graph.ID{}, links: map[graph.ID]string{}}
	sight, keys := graph.NewSight(c), map[graph.LinkKey]bool{}
	for ch, err := range s.Changes(ctx, 0) {
		if err != nil {
			return nil, err
		}
		seen, ok := sight.See(ch)
		if !ok {
			continue
		}
		for i := range seen.Entities {
			if _, known := out.order[seen.Entities[i].ID]; !known {
				out.order[seen.Entities[i].ID] = len(out.order)
			}
		}
		for i := range seen.Claims {
			out.note(&seen.Claims[i], keys)
		}
	}
	for key := range keys {
		out.link(key)
	}
	return out, nil
}

func (s *identities) note(c *graph.Claim, keys map[graph.LinkKey]bool) {
	spec := c.Predicate.Spec()
	if spec.IsLink() || spec.IsAttribute() {
		keys[c.Key()] = true
	}
	if c.Predicate != graph.SameAs {
		return
	}
	a, b := s.of(c.Subject), s.of(c.Object)
	for _, id := range append(s.members(a), s.members(b)...) {
		s.cluster[id] = min(a, b)
	}
}

func (s *identities) of(id graph.ID) graph.ID {
	if first, ok := s.cluster[id]; ok {
		return first
	}
	return id
}

func (s *identities) members(first graph.ID) []graph.ID {
	out := []graph.ID{first}
	for id, of := range s.cluster {
		if of == first && id != first {
			out = append(out, id)
		}
	}
	return out
}

// link notes the ids that a link may have.
func (s *identities) link(k graph.LinkKey) {
	name := fmt.Sprint(k.Kind, " ", s.of(k.Source), " ", s.of(k.Target), " ", s.of(graph.ID(k.Discriminator)))
	for _, source := range s.members(s.of(k.Source)) {
		for _, target := range s.members(s.of(k.Target)) {
			for _, discriminator := range s.members(s.of(graph.ID(k.Discriminator))) {
				for _, ends := range [][2]graph.ID{{source, target}, {target, source}} {
					id := graph.LinkKey{Kind: k.Kind, Source: ends[0], Target: ends[1], Discriminator: string(discriminator)}.ID()
					if ends[0] == source || k.Kind.Spec().Symmetric {
						s.links[id] = name
					}
				}
			}
		}
	}
}

// raw are fields that hold an id as it was recorded.
var raw = []string{"subjectId", "objectId", "subject", "object", "speaker", "attributor"}

// named is a word that may be an id.
var named = regexp.MustCompile(`[a-z0-9_]+(-[a-z0-9]+)*`)

// alike reports whether a text that is told now says what the kept one did, but for the ids of
// merged entities and of their links, and for the order of what such an entity has several of.
func (s *identities) alike(path, kept, now string) bool {
	if s == nil || slices.ContainsFunc(raw, func(field string) bool { return strings.HasSuffix(path, "."+field) }) {
		return false
	}
	k, n := graph.ID(kept), graph.ID(now)
	if s.cluster[k] != "" && s.cluster[n] != "" {
		return s.of(k) == s.of(n) && k < n && s.order[n] < s.order[k]
	}
	return s.bare(kept) == s.bare(now)
}

// bare is a text with one id in the place of all of an entity.
func (s *identities) bare(text string) string {
	text = named.ReplaceAllStringFunc(text, func(word string) string {
		if name, ok := s.links[graph.ID(word)]; ok {
			return name
		}
		return string(s.of(graph.ID(word)))
	})
	parts := strings.Split(text, ";")
	slices.Sort(parts)
	return strings.Join(parts, ";")
}

// matched gives the keys of a list as it was kept the names of those that stand in their place
// now.
func (s *identities) matched(path string, kept, now []string) []string {
	if s == nil {
		return kept
	}
	out := slices.Clone(kept)
	for i, key := range kept {
		if slices.Contains(now, key) {
			continue
		}
		at := slices.IndexFunc(now, func(other string) bool {
			return !slices.Contains(kept, other) && !slices.Contains(out, other) && s.alike(path, key, other)
		})
		if at >= 0 {
			out[i] = now[at]
		}
	}
	return out
}

// sameSet reports whether a list of the ids of one entity holds the same, the one that was
// recorded first before the others.
func (s *identities) sameSet(kept, now []any) bool {
	k, n := textsOf(kept), textsOf(now)
	if s == nil || len(n) < 2 || len(n) != len(now) {
		return false
	}
	inOrder := slices.IsSortedFunc(n, func(a, b string) int { return s.order[graph.ID(a)] - s.order[graph.ID(b)] })
	slices.Sort(k)
	slices.Sort(n)
	return inOrder && slices.Equal(k, n)
}

func textsOf(list []any) (out []string) {
	for _, v := range list {
		if t, ok := v.(string); ok {
			out = append(out, t)
		}
	}
	return out
}

// tied reports whether lists differ in the order of equal elements alone, or in which of equal
// ones are the last, because merged entities are among them: equal ones come by their ids.
func (s *identities) tied(kept, now []any, keptKeys, nowKeys []string) bool {
	if s == nil || len(kept) != len(now) || slices.Equal(keptKeys, nowKeys) {
		return false
	}
	merged := false
	for i := range kept {
		k, n := unnamed(kept[i]), unnamed(now[i])
		if len(k) == 0 || told(k) != told(n) {
			return false
		}
		if keptKeys[i] != nowKeys[i] {
			merged = merged || s.merged(keptKeys[i]) || s.merged(nowKeys[i])
		}
	}
	return merged
}

// merged reports whether a key names an entity that may be one with others.
func (s *identities) merged(key string) bool {
	return s.cluster[graph.ID(strings.TrimSpace(key))] != ""
}

// naming are the fields that say which element it is.
var naming = []string{"id", "nodeId", "label", "name", "names", "node", "entity", "other", "cursor"}

// unnamed is what an element of a list says but for which it is.
func unnamed(v any) map[string]any {
	m, _ := v.(map[string]any)
	out := map[string]any{}
	for name, value := range m {
		if !slices.Contains(naming, name) {
			out[name] = value
		}
	}
	return out
}

package live

import "github.com/rabta/rabta/graph"

// Unseen are the ids that a batch declares or refers to, and that are there and hidden
// from the view's reader.
func (v *View) Unseen(b graph.Batch) map[graph.ID]bool {
	b = b.Normalised()
	needs, out := b.Needs(), map[graph.ID]bool{}
	for _, id := range needs.Entities {
		if row, recorded := v.g.entityIndex.get(id); recorded && !v.entityExists(row) {
			out[id] = true
		}
	}
	for _, id := range needs.Sources {
		if row, recorded := v.g.sourceIndex.get(id); recorded && !v.sourceExists(row) {
			out[id] = true
		}
	}
	for _, id := range needs.Claims {
		_, recorded := v.g.claimIndex.get(id)
		if _, seen := v.claimRow(id); recorded && !seen {
			out[id] = true
		}
	}
	return out
}

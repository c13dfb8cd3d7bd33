package merge

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/rabta/rabta/graph"
)

// OriginText is where a commit comes from, as stores keep it; empty for one of their own.
func OriginText(o *graph.Origin) string {
	if o == nil {
		return ""
	}
	text, _ := json.Marshal(o) // of texts, numbers and a time
	return string(text)
}

// OriginOf reads what OriginText gave. It is nil of a text that cannot be read, which is a
// fault of the commit's digest.
func OriginOf(text string) *graph.Origin {
	var o graph.Origin
	if text == "" || json.Unmarshal([]byte(text), &o) != nil {
		return nil
	}
	return &o
}

// batchMark stands around the number of a commit before the id of its batch, where that is
// another store's. No id that is given holds it.
const batchMark = "\x1f"

// BatchText is the id of a batch as stores keep it, which have each text once: that of
// another store's commit, of which origin is the text, begins with the commit's number.
func BatchText(batch, origin string, sequence graph.Sequence) string {
	if origin == "" {
		return batch
	}
	return fmt.Sprintf("%s%d%s%s", batchMark, sequence, batchMark, batch)
}

// BatchOf reads what BatchText gave of another store's commit.
func BatchOf(text string) string {
	if _, batch, ok := strings.Cut(strings.TrimPrefix(text, batchMark), batchMark); ok {
		return batch
	}
	return text
}

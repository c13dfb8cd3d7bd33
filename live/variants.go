package live

import (
	"fmt"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
)

// NameVariants lists likely spellings of a name, at most limit, likely ones first.
func NameVariants(name string, limit int) ([]*names.Variant, error) {
	if limit < 1 || limit > names.MaxVariants {
		return nil, graph.Invalid("OUT_OF_RANGE", "limit", fmt.Sprintf("%d is not 1 to %d", limit, names.MaxVariants), "ask for fewer spellings")
	}
	if strings.TrimSpace(name) == "" {
		return nil, graph.Invalid("MISSING", "name", "there is no name", "give the name of which you want spellings")
	}
	out := []*names.Variant{}
	for _, v := range names.Variants(name, limit) {
		out = append(out, &v)
	}
	return out, nil
}

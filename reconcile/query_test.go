package reconcile

import (
	"encoding/json"
	"strings"
	"testing"
)

// FuzzQueries: whatever the batch, there is an answer or a reason, and no query
// without a name or with a limit that matching refuses.
func FuzzQueries(f *testing.F) {
	for _, s := range []string{
		"", "{",
		`{"q": {"query": "x", "type": ["GROUP"], "limit": 3, "properties": [{"pid": "birth", "v": [{"id": "1964"}]}]}}`,
		`{"q": {"query": "x", "properties": [{"pid": "father", "v": [[1]]}]}}`,
		`{"q": {"query": "x", "type": "", "properties": [{"pid": "kind", "v": 1e9}]}}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var batch map[string]json.RawMessage
		if json.Unmarshal([]byte(text), &batch) != nil {
			t.Skip()
		}
		queries, err := parseQueries(batch)
		if err != nil && err.Error() == "" {
			t.Error("refused without a reason")
		}
		for key, q := range queries {
			if len(q.Names) != 1 || strings.TrimSpace(q.Names[0]) == "" || q.limit < 1 || q.limit > 20 {
				t.Errorf("%s: %+v", key, q)
			}
		}
	})
}

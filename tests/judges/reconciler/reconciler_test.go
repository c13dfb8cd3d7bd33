// Package reconciler_test has a client of others match a column of names against a
// running server.
package reconciler_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/rabta/rabta/tests/judges"
)

// TestJudgeReconciler: both names get the candidate that they are of.
func TestJudgeReconciler(t *testing.T) {
	judge := judges.Installed(t, "reconciler")
	address, said := judges.Serve(t)
	cmd := exec.CommandContext(t.Context(), filepath.Join(judge, "venv", "bin", "python"), filepath.Join(judge, "match.py"), address+"/reconcile")
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1")
	var rows []struct {
		ID    string  `json:"id"`
		Type  string  `json:"type_id"`
		Score float64 `json:"score"`
		Input string  `json:"input_value"`
	}
	out := judges.Output(t, time.Minute, cmd)
	if err := json.Unmarshal(out, &rows); err != nil {
		t.Fatalf("%v: %s\nthe server said:\n%s", err, out, said())
	}
	want := map[string]string{"Khaled Sheikh Muhamad": "INDIVIDUAL", "Lashkar-e-Jhangvi": "GROUP"}
	if len(rows) != len(want) {
		t.Fatalf("%d rows: %s", len(rows), out)
	}
	for _, r := range rows {
		if r.ID == "" || r.Type != want[r.Input] || r.Score < 80 || r.Score > 100 {
			t.Errorf("%+v", r)
		}
	}
}

package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// readyReason is what /readyz says is wrong; empty when nothing is.
func readyReason(t *testing.T, w *world) string {
	t.Helper()
	resp, err := http.Get(w.url + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var status struct{ Reason string }
	text, err := io.ReadAll(resp.Body)
	if err == nil {
		err = json.Unmarshal(text, &status)
	}
	if err != nil || (status.Reason == "") != (resp.StatusCode == http.StatusOK) {
		t.Fatalf("/readyz answers %s, %s, %v", resp.Status, text, err)
	}
	return status.Reason
}

// A disk that is full is told everywhere in the same words, and what was refused is
// taken when there is room, by the same process.
func TestAFullDiskIsToldAndHeals(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=24m"); err != nil {
		t.Skipf("only root can make a file system: %v", err)
	}
	s := openURL(t, "sqlite:"+filepath.Join(dir, "rabta.db"))
	t.Cleanup(func() {
		_ = s.Close()
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	w := serve(t, s, "sqlite")
	seeded(t, w.follower)
	ballast, err := os.Create(filepath.Join(dir, "ballast"))
	if err != nil {
		t.Fatal(err)
	}
	for block := make([]byte, 64<<10); err == nil; {
		_, err = ballast.Write(block)
	}
	_ = ballast.Close()

	refused, n := "", 0
	for ; refused == "" && n < 500; n++ { // the log may have some room left
		answer := string(w.post(t, fmt.Sprintf(recordStatement, fmt.Sprint("full-", n), strings.Repeat("x", 3000)+fmt.Sprint(n)), nil))
		if strings.Contains(answer, `"errors"`) {
			refused = answer
		}
	}
	const want = "the disk is full; make room; then writing goes on by itself. Reads go on from memory, writes are refused until then"
	if !strings.Contains(refused, want) || !strings.Contains(refused, `"UNAVAILABLE"`) {
		t.Fatalf("after %d writes the answer is %s", n, refused)
	}
	var told struct {
		Revision struct {
			StoreAnswers bool
			StoreTrouble *string
		}
	}
	const ask = `{ revision { storeAnswers storeTrouble } }`
	if w.data(t, ask, &told); told.Revision.StoreAnswers {
		t.Error("the store is said to answer")
	}
	if got := told.Revision.StoreTrouble; got == nil || *got != want {
		t.Errorf("storeTrouble is %v", got)
	}
	if got := readyReason(t, w); got != want {
		t.Errorf("/readyz says %q", got)
	}

	if err := os.Remove(ballast.Name()); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the trouble is over", func() bool { w.data(t, ask, &told); return told.Revision.StoreAnswers })
	if got := readyReason(t, w); got != "" || told.Revision.StoreTrouble != nil {
		t.Errorf("with room again, /readyz says %q and storeTrouble is %v", got, told.Revision.StoreTrouble)
	}
	var done recorded
	w.data(t, fmt.Sprintf(recordStatement, fmt.Sprint("full-", n-1), strings.Repeat("x", 3000)+fmt.Sprint(n-1)), &done)
	if done.Record.Commit == nil || done.Record.Commit.Claims != 1 {
		t.Errorf("what was refused gives %+v", done)
	}
}

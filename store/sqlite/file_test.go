package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rabta/rabta/graph"
)

func batch(id string) graph.Batch {
	return graph.Batch{ID: id, Sources: []graph.Source{{ID: graph.ID("s_" + id), Kind: "BOOK", Title: "Title " + id}}}
}

func apply(t *testing.T, s *Store, b graph.Batch) graph.Commit {
	t.Helper()
	c, err := s.Apply(t.Context(), b)
	if err != nil {
		t.Fatalf("apply %s: %v", b.ID, err)
	}
	return c
}

// raw is a plain connection to a file, as another program would have.
func raw(t *testing.T, path string, statements ...string) *sql.DB {
	t.Helper()
	configureDriver()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	for _, stmt := range statements {
		if _, err := db.Exec(stmt); err != nil {
			t.Fatalf("%s: %v", stmt, err)
		}
	}
	return db
}

func TestForeignFilesAreLeftAsTheyAre(t *testing.T) {
	for name, make := range map[string]func(path string){
		"text":     func(path string) { _ = os.WriteFile(path, []byte(strings.Repeat("not a database\n", 500)), 0o644) },
		"short":    func(path string) { _ = os.WriteFile(path, []byte("a note"), 0o644) },
		"tables":   func(path string) { _ = raw(t, path, "CREATE TABLE commits (a)").Close() },
		"version":  func(path string) { _ = raw(t, path, "PRAGMA user_version = 1").Close() },
		"other id": func(path string) { _ = raw(t, path, "PRAGMA application_id = 7", "CREATE TABLE t (a)").Close() },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "theirs.db")
			make(path)
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			_, err = Open(t.Context(), path, nil)
			refused(t, err, "FOREIGN_FILE", path)
			after, err := os.ReadFile(path)
			if err != nil || !bytes.Equal(before, after) {
				t.Errorf("the file was changed (%v)", err)
			}
			if list, _ := os.ReadDir(filepath.Dir(path)); len(list) != 1 {
				t.Errorf("there are files beside it: %v", list)
			}
		})
	}
}

func refused(t *testing.T, err error, code, path string) {
	t.Helper()
	invalid, ok := errors.AsType[*graph.InvalidError](err)
	if !ok || invalid.Problems[0].Code != code || invalid.Problems[0].Remedy == "" || !strings.Contains(err.Error(), path) {
		t.Errorf("the error is %v, want %s about %s", err, code, path)
	}
}

func TestNewerFilesAreRefused(t *testing.T) {
	f := newFile(t)
	s := f.open(t)
	apply(t, s, batch("a"))
	if _, err := s.writer.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), string(f), nil)
	refused(t, err, "NEWER_STORE", string(f))
}

func TestOtherMigrationsAreRefused(t *testing.T) {
	f := newFile(t)
	s := f.open(t)
	if _, err := s.writer.Exec("UPDATE migrations SET checksum = 'x'"); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), string(f), nil)
	refused(t, err, "FOREIGN_STORE", string(f))
}

// A released migration is never edited: this is the checksum of each.
func TestReleasedMigrations(t *testing.T) {
	for i, want := range []string{
		"3027ab7ff7ee7c7474f6a52b764c52fcc8e98e8569246368301820613f867a90",
		"d7fd5947b0c0551d5a462a0a97c49179d65087269e87c40d5d4546da5651dd26",
		"3df882197b64a3475196735aa94830b36ce7098110ed212a5cf375389c599b23",
		"0339b7353230cc0978d7f18687e00b852708875c8a9a12862856dbe0d5addefb",
	} {
		if got := checksum(migrations[i]); got != want {
			t.Errorf("migration %d has the checksum %s, it was released with %s: add a migration instead", i+1, got, want)
		}
	}
}

func TestSettings(t *testing.T) {
	s := newFile(t).open(t)
	for _, c := range []struct {
		db           *sql.DB
		pragma, want string
	}{
		{s.writer, "journal_mode", "wal"},
		{s.writer, "synchronous", "2"},
		{s.writer, "foreign_keys", "1"},
		{s.writer, "application_id", "1919054945"},
		{s.writer, "user_version", strconv.Itoa(len(migrations))},
		{s.writer, "busy_timeout", busyMillis},
		{s.writer, "query_only", "0"},
		{s.writer, "trusted_schema", "0"},
		{s.readers, "journal_mode", "wal"},
		{s.readers, "query_only", "1"},
		{s.readers, "busy_timeout", busyMillis},
		{s.readers, "trusted_schema", "0"},
	} {
		var got string
		if err := c.db.QueryRow("PRAGMA " + c.pragma).Scan(&got); err != nil || got != c.want {
			t.Errorf("%s is %q (%v), want %q", c.pragma, got, err, c.want)
		}
	}
	if _, err := s.readers.Exec("DELETE FROM commits"); err == nil {
		t.Error("a reader can write")
	}
	var lax int
	err := s.readers.QueryRow("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND NOT strict").Scan(&lax)
	if err != nil || lax != 0 {
		t.Errorf("%d tables are not strict (%v)", lax, err)
	}
}

func TestOnlyTheOwnerReads(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	s := file(filepath.Join(dir, "rabta.db")).open(t)
	apply(t, s, batch("a"))
	for path, want := range map[string]os.FileMode{
		dir: 0o700, filepath.Dir(dir): 0o700,
		s.path: 0o600, s.path + "-wal": 0o600, s.path + "-shm": 0o600,
	} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v, want %v", path, info.Mode(), err, want)
		}
	}
}

func TestPathsAreTakenLiterally(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a b.db", "q?mode=memory.db", "h#ash.db", "p%20.db", "ur-دو.db", "semi;colon&and.db"} {
		s := file(filepath.Join(dir, name)).open(t)
		apply(t, s, batch("a"))
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 && s.Close() != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if list, _ := filepath.Glob(filepath.Join(dir, "*.db")); len(list) != 6 {
		t.Errorf("the files are %q", list)
	}
}

func TestPathsThatCannotBe(t *testing.T) {
	dir := t.TempDir()
	blocked := filepath.Join(dir, "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]error{
		"": graph.ErrInvalid, ":memory:": graph.ErrInvalid,
		dir: graph.ErrUnavailable, filepath.Join(blocked, "rabta.db"): graph.ErrUnavailable,
	} {
		if s, err := Open(t.Context(), path, nil); s != nil || !errors.Is(err, want) {
			t.Errorf("%q gives %v, want %v", path, err, want)
		}
	}
}

func TestManyOpenAFreshFileAtOnce(t *testing.T) {
	for range 10 {
		f := newFile(t)
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				s, err := Open(t.Context(), string(f), nil)
				if err != nil {
					t.Error(err)
					return
				}
				defer func() { _ = s.Close() }()
				if _, err := s.Apply(t.Context(), batch(string(rune('a'+i)))); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if h, err := f.open(t).Head(t.Context()); h != 8 || err != nil {
			t.Errorf("the head is %d, %v", h, err)
		}
	}
}

// TestOpenWaits: a fresh file that another process is turning to its journal is waited
// for; SQLite says at once that it is busy.
func TestOpenWaits(t *testing.T) {
	f := newFile(t)
	other := raw(t, string(f), "BEGIN IMMEDIATE")
	freed := make(chan error)
	go func() {
		time.Sleep(300 * time.Millisecond)
		_, err := other.Exec("ROLLBACK")
		freed <- err
	}()
	apply(t, f.open(t), batch("a"))
	if err := <-freed; err != nil {
		t.Fatal(err)
	}
}

func TestTimeNeverRunsBackwards(t *testing.T) {
	s := newFile(t).open(t)
	first := apply(t, s, batch("a"))
	s.now = func() time.Time { return first.RecordedAt.Add(-time.Hour) }
	if c := apply(t, s, batch("b")); !c.RecordedAt.Equal(first.RecordedAt) {
		t.Errorf("after %v comes %v", first.RecordedAt, c.RecordedAt)
	}
	s.now = func() time.Time { return first.RecordedAt.Add(time.Hour + 999*time.Nanosecond) }
	if c := apply(t, s, batch("c")); !c.RecordedAt.Equal(first.RecordedAt.Add(time.Hour)) {
		t.Errorf("an hour after %v it is %v", first.RecordedAt, c.RecordedAt)
	}
}

func TestWaitingForAnotherProcess(t *testing.T) {
	f := newFile(t)
	s := f.open(t)
	other := raw(t, string(f), "BEGIN IMMEDIATE")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := s.Apply(ctx, batch("a")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("while another writes, a deadline gives %v", err)
	}
	if _, err := s.writer.Exec("PRAGMA busy_timeout = 10"); err != nil {
		t.Fatal(err)
	}
	_, err := s.Apply(t.Context(), batch("a"))
	if !errors.Is(err, graph.ErrUnavailable) || strings.Contains(err.Error(), "SQLITE") || s.Trouble(t.Context()) != nil {
		t.Errorf("while another writes, waiting in vain gives %v", err)
	}
	if h, err := s.Head(t.Context()); h != 0 || err != nil {
		t.Errorf("while another writes, the head is %d, %v", h, err)
	}
	if _, err := other.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	apply(t, s, batch("a"))
}

func TestTheLogHasTheDriversWords(t *testing.T) {
	var out bytes.Buffer
	f := newFile(t)
	s, err := Open(t.Context(), string(f), slog.New(slog.NewTextHandler(&out, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	raw(t, string(f), "DROP TABLE held")
	b := batch("a")
	b.Entities = []graph.Entity{{ID: "g", Kind: graph.Group, Names: []graph.Name{{Value: "G"}}}}
	b.Claims = []graph.Claim{{Subject: "g", Predicate: "STATUS", Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Text: "active"}}}
	_, err = s.Apply(t.Context(), b)
	if !errors.Is(err, graph.ErrUnavailable) || strings.Contains(err.Error(), "held") {
		t.Errorf("the error is %v", err)
	}
	if !strings.Contains(out.String(), "no such table: held") {
		t.Errorf("the log has %s", out.String())
	}
}

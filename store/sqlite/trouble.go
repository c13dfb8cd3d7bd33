package sqlite

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/rabta/rabta/graph"
)

// trouble is why a store takes no writes.
//
// A full disk is trouble that passes: SQLite has undone the write whole, every commit
// before it is on the disk, and the next one is tried as soon as there is room. All
// else stays until the store is opened again. After a failed fsync nobody knows what
// of the write is on the disk: the system may show it from memory and have dropped it,
// and a second fsync would succeed. So nothing is built on it. What was acknowledged
// before is safe, and what was not is settled by applying it again after opening, best
// after the disk was looked at and the file verified.
type trouble struct {
	mu     sync.Mutex
	why    *graph.UnavailableError // nil: none
	passes bool
	probed time.Time // when it was last looked whether it has passed
}

// get is the trouble, and whether it stays until the store is opened again.
func (t *trouble) get() (why *graph.UnavailableError, stays bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.why, t.why != nil && !t.passes
}

// set notes trouble, and reports whether it is news. What stays is not replaced.
func (t *trouble) set(why *graph.UnavailableError, passes bool) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.why != nil && (!t.passes || passes) {
		return false
	}
	t.why, t.passes, t.probed = why, passes, time.Now()
	return true
}

// clear ends trouble that passes, and reports whether there was any.
func (t *trouble) clear() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.why == nil || !t.passes {
		return false
	}
	t.why = nil
	return true
}

// due reports whether it is time to look if the trouble has passed.
func (t *trouble) due() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.why == nil || !t.passes || time.Since(t.probed) < probeEvery {
		return false
	}
	t.probed = time.Now()
	return true
}

const (
	probeEvery = time.Second
	probeBytes = 1 << 20
)

// Trouble is graph.Reporter's. It looks for the file and its log, and, while the disk is
// full, once a second whether there is room again.
func (s *Store) Trouble(ctx context.Context) error {
	if err := s.beginCall(ctx); err != nil {
		return err
	}
	defer s.endCall()
	if err := s.checkFiles(ctx); err != nil || s.readOnly {
		return err
	}
	if s.trouble.due() && s.hasRoom() {
		s.recovered(ctx)
	}
	if why, _ := s.trouble.get(); why != nil {
		return why
	}
	return nil
}

// stop ends all writing until the store is opened again, and reports whether that is
// news.
func (s *Store) stop(ctx context.Context, why *graph.UnavailableError) (news bool) {
	if news = s.trouble.set(why, false); news {
		s.logger.ErrorContext(ctx, "the store takes no more writes", "reason", why.What, "remedy", why.Remedy)
	}
	return news
}

// checkFiles is an error when the files are no longer those that were opened. Then
// nothing is written, and nothing read: a new connection would read the others.
func (s *Store) checkFiles(ctx context.Context) error {
	why := s.files.changed()
	if why == nil {
		return nil
	}
	if s.stop(ctx, why) {
		s.rescue(ctx)
	}
	return why
}

// recovered ends trouble that has passed.
func (s *Store) recovered(ctx context.Context) {
	if s.trouble.clear() {
		s.logger.InfoContext(ctx, "the store takes writes again")
	}
}

// hasRoom reports whether the disk takes a file of some size beside the store.
func (s *Store) hasRoom() bool {
	file, err := os.CreateTemp(filepath.Dir(s.path), filepath.Base(s.path)+"-room-*")
	if err != nil {
		return false
	}
	defer func() { _ = os.Remove(file.Name()) }()
	defer func() { _ = file.Close() }()
	if _, err := file.Write(make([]byte, probeBytes)); err != nil {
		return false
	}
	return file.Sync() == nil
}

// openedFiles are the file of a store and its write-ahead log as they were opened.
type openedFiles struct {
	path      string
	main, wal os.FileInfo
}

const walSuffix = "-wal"

// noteFiles notes which files the connections have open. A connection that writes must
// stay open from before until the end, so that SQLite does not exchange the log itself;
// one that only reads has no hold on the log.
func noteFiles(path string, readOnly bool) (f openedFiles, err error) {
	f.path = path
	if f.main, err = os.Stat(path); err == nil && !readOnly {
		f.wal, err = os.Stat(path + walSuffix)
	}
	return f, err
}

// changed says what became of the files when their names lead to others now: what is
// written then is lost as soon as the store is closed. It is nil while all is well.
func (f *openedFiles) changed() *graph.UnavailableError {
	if !f.is(f.main, "") {
		return &graph.UnavailableError{
			What:   "the file of the store was removed or replaced while it was open",
			Remedy: "stop what has the store open, put back the file that was there, and start again",
		}
	}
	if !f.is(f.wal, walSuffix) {
		return &graph.UnavailableError{
			What:   "the write-ahead log of the store (-wal) was removed or replaced while it was open",
			Remedy: "stop what has the store open, verify it with rabta check --store, and start again",
		}
	}
	return nil
}

func (f *openedFiles) is(opened os.FileInfo, suffix string) bool {
	if opened == nil {
		return true
	}
	now, err := os.Stat(f.path + suffix)
	return err == nil && os.SameFile(opened, now)
}

// writable is nil when a write may be tried.
func (s *Store) writable() error {
	if s.readOnly {
		return fmt.Errorf("%w: the store was opened for reading alone", graph.ErrDenied)
	}
	if why, stays := s.trouble.get(); stays {
		return fmt.Errorf("apply: %w", why)
	}
	return nil
}

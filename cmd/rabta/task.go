package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// task is work in steps, each of which does so many of so many. A nil task is work that
// nobody looks at.
type task struct {
	mu    sync.Mutex
	what  string
	count func(int64) string // how a number of what is done is written
	done  int64
	total int64 // 0 when nobody knows
	began time.Time
}

// begin begins the next step.
func (t *task) begin(what string, total int64, count func(int64) string) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.what, t.count, t.done, t.total, t.began = what, count, 0, total, time.Now()
}

// add counts more of the step as done.
func (t *task) add(n int) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done += int64(n)
}

// line tells how far the step is, how fast it goes, and how long it will take where that
// is known.
func (t *task) line() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return progressLine(t.what, t.done, t.total, time.Since(t.began), t.count)
}

func progressLine(what string, done, total int64, since time.Duration, count func(int64) string) string {
	line := what
	switch {
	case total > 0 && count != nil:
		line += fmt.Sprintf(": %s of %s, %d %%", count(done), count(total), 100*done/total)
	case done > 0 && count != nil:
		line += ": " + count(done)
	}
	if seconds := since.Seconds(); done > 0 && seconds >= 1 {
		line += fmt.Sprintf(", %s a second", count(int64(float64(done)/seconds)))
		if left := float64(total-done) * seconds / float64(done); left > 0 {
			line += fmt.Sprintf(", %.0f s left", left)
		}
		return line
	}
	return line + fmt.Sprintf(", %.0f s", since.Seconds())
}

func records(n int64) string { return fmt.Sprintf("%d records", n) }
func commits(n int64) string { return fmt.Sprintf("%d commits", n) }
func sizes(n int64) string   { return bytesText(uint64(n)) }

type taskKey struct{}

// showTask shows on a terminal how far a command is, from when it has run for a moment.
// What does the work finds the task in the command's context.
func showTask(c *cobra.Command, what string) (done func()) {
	w := terminal(c)
	if w == nil {
		return func() {}
	}
	t := new(task)
	t.begin(what, 0, nil)
	c.SetContext(context.WithValue(c.Context(), taskKey{}, t))
	return printProgress(w, progressAfter, func(time.Duration) string { return t.line() })
}

// taskFrom is the task of a context; nil when nobody looks.
func taskFrom(ctx context.Context) *task {
	t, _ := ctx.Value(taskKey{}).(*task)
	return t
}

// countedReader counts what is read of a file as done.
type countedReader struct {
	io.Reader
	task *task
}

func (r countedReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.task.add(n)
	return n, err
}

// countedFile is a file of which what is read counts as done; it may be read again.
type countedFile struct {
	countedReader
	io.Seeker
}

// countedFeed is a feed of which each commit that is taken counts as done.
func countedFeed(t *task, feed iter.Seq2[graph.Change, error]) iter.Seq2[graph.Change, error] {
	return func(yield func(graph.Change, error) bool) {
		for c, err := range feed {
			if !yield(c, err) {
				return
			}
			t.add(1)
		}
	}
}

// countedStore counts what is read of its log as done.
type countedStore struct {
	graph.Store
	task *task
}

func (s countedStore) Changes(ctx context.Context, since graph.Sequence) iter.Seq2[graph.Change, error] {
	return countedFeed(s.task, s.Store.Changes(ctx, since))
}

// readingFile begins the step of reading a file.
func readingFile(ctx context.Context, f *os.File) io.Reader {
	t := taskFrom(ctx)
	size := int64(0)
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		size = info.Size()
	}
	t.begin("reading "+f.Name(), size, sizes)
	return countedFile{countedReader{f, t}, f}
}

// readingInput begins the step of reading standard input.
func readingInput(c *cobra.Command) io.Reader {
	t := taskFrom(c.Context())
	t.begin("reading standard input", 0, sizes)
	return countedReader{c.InOrStdin(), t}
}

// showLoading shows how far a graph has read its store: as a line on a terminal, else as
// a line in the log from time to time.
func showLoading(c *cobra.Command, f *live.Follower, log *slog.Logger) (done func()) {
	if w := terminal(c); w != nil {
		return printProgress(w, progressAfter, func(since time.Duration) string { return loadingLine(f, since) })
	}
	ctx, stop := context.WithCancel(c.Context())
	go logLoading(ctx, f, log)
	return stop
}

func loadingLine(f *live.Follower, since time.Duration) string {
	return progressLine("reading the store", int64(f.Health().Read), int64(f.Health().Head), since, commits)
}

// logLoading logs how far a graph has read its store until the context ends.
func logLoading(ctx context.Context, f *live.Follower, log *slog.Logger) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(logEvery):
			log.InfoContext(ctx, "reading the store", "sequence", f.Health().Read, "of", f.Health().Head)
		}
	}
}

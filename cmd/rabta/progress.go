package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"github.com/rabta/rabta/work"
)

// When progress is shown: on a terminal after a moment and then often, in a log seldom.
const (
	progressAfter = 2 * time.Second
	progressEvery = 250 * time.Millisecond
	logEvery      = 10 * time.Second
)

// terminal is where a command may show progress; nil when nobody looks.
func terminal(c *cobra.Command) io.Writer {
	if f, ok := c.ErrOrStderr().(*os.File); ok && isatty.IsTerminal(f.Fd()) {
		return f
	}
	return nil
}

// showQuery shows on a terminal that a query is still running; nothing is written
// to anything else. The function that it returns ends and clears the line.
func showQuery(c *cobra.Command) (done func()) {
	t := terminal(c)
	if t == nil {
		return func() {}
	}
	p := new(work.Progress)
	c.SetContext(work.WithProgress(c.Context(), p))
	return printProgress(t, 0, func(since time.Duration) string { return queryLine(since, p.Slots()) })
}

// printProgress writes a line of progress again and again, over the one before, once some
// time has passed. The function that it returns ends that and clears the line; it may be
// called twice.
func printProgress(w io.Writer, after time.Duration, line func(since time.Duration) string) (done func()) {
	start, end := time.Now(), make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		tick := time.NewTicker(progressEvery)
		defer tick.Stop()
		for shown := false; ; {
			select {
			case <-tick.C:
				if since := time.Since(start); since >= after {
					_, _ = fmt.Fprintf(w, "\r\x1b[K%s", line(since))
					shown = true
				}
			case <-end:
				if shown {
					_, _ = fmt.Fprint(w, "\r\x1b[K")
				}
				return
			}
		}
	})
	return sync.OnceFunc(func() {
		close(end)
		wait.Wait()
	})
}

// queryLine says how long a query has been running, and how much was read for it
// here; the work of a server cannot be seen.
func queryLine(since time.Duration, slots int64) string {
	line := fmt.Sprintf("working for %.0f s", since.Seconds())
	switch {
	case slots >= 1e6:
		line += fmt.Sprintf(", %.1f million link slots read", float64(slots)/1e6)
	case slots > 0:
		line += fmt.Sprintf(", %d link slots read", slots)
	}
	return line
}

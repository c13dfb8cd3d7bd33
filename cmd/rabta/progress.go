package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"github.com/rabta/rabta/algo"
)

// showProgress shows on a terminal that a query is still running; nothing is written
// to anything else. The function that it returns ends and clears the line.
func showProgress(c *cobra.Command) (done func()) {
	f, ok := c.ErrOrStderr().(*os.File)
	if !ok || !isatty.IsTerminal(f.Fd()) {
		return func() {}
	}
	p := new(algo.Progress)
	c.SetContext(algo.WithProgress(c.Context(), p))
	tick := time.NewTicker(250 * time.Millisecond)
	return printProgress(f, p, tick)
}

// printProgress writes a line of progress at each tick, over the one before.
func printProgress(w io.Writer, p *algo.Progress, tick *time.Ticker) (done func()) {
	start, end := time.Now(), make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		for {
			select {
			case <-tick.C:
				_, _ = fmt.Fprintf(w, "\r\x1b[K%s", progressLine(time.Since(start), p.Slots()))
			case <-end:
				_, _ = fmt.Fprint(w, "\r\x1b[K")
				return
			}
		}
	})
	return func() {
		tick.Stop()
		close(end)
		wait.Wait()
	}
}

// progressLine says how long a query has been running, and how much was read for it
// here; the work of a server cannot be seen.
func progressLine(since time.Duration, slots int64) string {
	line := fmt.Sprintf("working for %.0f s", since.Seconds())
	switch {
	case slots >= 1e6:
		line += fmt.Sprintf(", %.1f million link slots read", float64(slots)/1e6)
	case slots > 0:
		line += fmt.Sprintf(", %d link slots read", slots)
	}
	return line
}

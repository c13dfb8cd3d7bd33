// Package browser_test opens the pages of the real program in a real browser.
package browser_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// projectRoot is where the tests of this package find scripts/ and cmd/.
const projectRoot = "../.."

// browserPath asks scripts/chromium for a browser. Where there is none the test
// is skipped with the script's word on what to install; under CI it fails.
func browserPath(t *testing.T) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), filepath.Join(projectRoot, "scripts", "chromium"))
	var advice bytes.Buffer
	cmd.Stderr = &advice
	out, err := cmd.Output()
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(advice.String(), err)
		}
		t.Skip(advice.String())
	}
	return strings.TrimSpace(string(out))
}

// newTab starts a browser with a profile of its own and returns the context of
// its tab. The browser ends with the test.
func newTab(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(browserPath(t)),
		chromedp.UserDataDir(t.TempDir()),
		chromedp.WindowSize(1400, 900),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(ctx)
	t.Cleanup(closeTab)
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute) // a hang ends with a message of ours
	t.Cleanup(cancel)
	return ctx
}

// record is what a tab asked for and complained about, and the workers that it began.
type record struct {
	mu         sync.Mutex
	requests   []string
	complaints []string
	workers    []string
}

// watch begins the record of a tab.
func watch(t *testing.T, tab context.Context) *record {
	t.Helper()
	r := &record{}
	err := chromedp.Listen(tab, func(event any) {
		r.mu.Lock()
		defer r.mu.Unlock()
		switch event := event.(type) {
		case *network.EventRequestWillBeSent:
			r.requests = append(r.requests, event.Request.URL)
		case *log.EventEntryAdded:
			if event.Entry.Level != log.EntryLevelVerbose && event.Entry.Level != log.EntryLevelInfo {
				r.complaints = append(r.complaints, event.Entry.Text)
			}
		case *runtime.EventConsoleAPICalled:
			text := consoleText(event.Args)
			if isTrouble(event.Type) && !strings.Contains(text, explorerRemark) {
				r.complaints = append(r.complaints, "console: "+text)
			}
		case *runtime.EventExceptionThrown:
			r.complaints = append(r.complaints, "exception: "+event.ExceptionDetails.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := chromedp.ListenBrowser(tab, r.begun); err != nil {
		t.Fatal(err)
	}
	return r
}

// begun notes where a worker comes from, which may end before it can be asked.
func (r *record) begun(event any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch event := event.(type) {
	case *target.EventTargetCreated:
		r.note(event.TargetInfo)
	case *target.EventTargetInfoChanged:
		r.note(event.TargetInfo)
	}
}

func (r *record) note(of *target.Info) {
	if of.Type == "worker" && of.URL != "" && !slices.Contains(r.workers, of.URL) {
		r.workers = append(r.workers, of.URL)
	}
}

// explorerRemark is what the explorer plugin prints about an argument that is a
// list of input objects: it does not draw it, and leaves it as it stands.
const explorerRemark = "arg mismatch between arg and selection"

func isTrouble(kind runtime.ConsoleAPICalledType) bool {
	return kind == runtime.ConsoleAPICalledTypeError || kind == runtime.ConsoleAPICalledTypeWarning
}

func consoleText(arguments []*runtime.RemoteObject) string {
	var words []string
	for _, argument := range arguments {
		words = append(words, string(argument.Value)+argument.Description)
	}
	return strings.Join(words, " ")
}

// seen returns what was recorded up to now.
func (r *record) seen() (requests, complaints []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Concat(r.requests, r.workers), slices.Clone(r.complaints)
}

// workersBegun returns the address of every worker that began up to now.
func (r *record) workersBegun() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.workers)
}

// do runs steps in a tab and ends the test when one fails.
func do(t *testing.T, tab context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(tab, steps...); err != nil {
		picture(t, tab, strings.ToLower(t.Name())+"-failed")
		t.Fatal(err)
	}
}

// get runs one action in a tab and returns what it yields.
func get[T any](t *testing.T, tab context.Context, action chromedp.Action[T]) T {
	t.Helper()
	value, err := chromedp.Run(tab, action)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// picture saves what the tab shows as NAME.png in $RABTA_SCREENSHOTS, if set.
func picture(t *testing.T, tab context.Context, name string) {
	t.Helper()
	folder := os.Getenv("RABTA_SCREENSHOTS")
	if folder == "" {
		return
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	png := get(t, tab, chromedp.CaptureScreenshot())
	if err := os.WriteFile(filepath.Join(folder, name+".png"), png, 0o644); err != nil {
		t.Fatal(err)
	}
}

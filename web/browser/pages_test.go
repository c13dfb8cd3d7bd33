package browser_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	firstExample = chromedp.CSS(".examples button[data-example]")
	answer       = `document.querySelector(".result-window .view-lines")?.innerText ?? ""`
)

// A visit as an analyst makes it: open an example, run it, look into the
// explorer and the history. Nothing may be asked of another host on the way.
func TestPlayground(t *testing.T) {
	tab := newTab(t)
	home := serve(t)
	seen := watch(t, tab)

	do(t, tab, chromedp.Navigate(home+"/playground"))
	if got, want := get(t, tab, chromedp.Location()), home+"/playground/"; got != want {
		t.Errorf("/playground leads to %s, want %s", got, want)
	}
	if got, want := get(t, tab, chromedp.Title()), "rabta playground"; got != want {
		t.Errorf("the title is %q, want %q", got, want)
	}
	do(t, tab, chromedp.WaitVisible(firstExample), chromedp.WaitVisible(chromedp.CSS(".graphiql-query-editor .view-lines")))
	if note := get(t, tab, chromedp.Text(chromedp.CSS(".bar"))); !strings.Contains(note, "implies no wrongdoing") {
		t.Errorf("the bar says %q, and not that presence implies no wrongdoing", note)
	}
	picture(t, tab, "playground-first-visit")

	do(t, tab, chromedp.Click(firstExample), chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	do(t, tab, chromedp.Poll[chromedp.Void](`(`+answer+`).includes('"data"')`))
	if text := get(t, tab, chromedp.Evaluate[string](answer)); strings.Contains(text, `"errors"`) {
		t.Errorf("the first example is answered with errors: %s", text)
	}
	picture(t, tab, "playground-answer")

	openSidebar(t, tab, "GraphiQL Explorer", ".docExplorerWrap .graphiql-explorer-root")
	openSidebar(t, tab, "History", ".graphiql-history-items li")

	askedAnswered(t, tab, seen, home)
}

// openSidebar shows a plugin and waits for what it contains.
func openSidebar(t *testing.T, tab context.Context, plugin, contents string) {
	t.Helper()
	do(t, tab,
		chromedp.Click(chromedp.CSS(`.graphiql-sidebar button[aria-label="Show `+plugin+`"]`)),
		chromedp.WaitVisible(chromedp.CSS(contents)))
	picture(t, tab, "playground-"+strings.ToLower(strings.ReplaceAll(plugin, " ", "-")))
}

// askedAnswered checks the record of a visit: every request went to the server,
// those of the workers too, nothing was refused or complained about. Then it
// breaks the rule on purpose, so that a blind record cannot pass.
func askedAnswered(t *testing.T, tab context.Context, seen *record, home string) {
	t.Helper()
	for until := time.Now().Add(20 * time.Second); len(seen.workersBegun()) < 2; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("the editor began the workers %q, want at least 2", seen.workersBegun())
		}
	}
	requests, complaints := seen.seen()
	if len(complaints) > 0 {
		t.Errorf("the page complained:\n%s", strings.Join(complaints, "\n"))
	}
	if !slices.Contains(requests, home+"/graphql") {
		t.Errorf("no query was seen among the requests %q", requests)
	}
	for _, url := range append(requests, workerRequests(t, tab)...) {
		if !strings.HasPrefix(url, home+"/") && !strings.HasPrefix(url, "data:") {
			t.Errorf("a request left for %s", url)
		}
	}

	outside := "http://outside.invalid/"
	do(t, tab, chromedp.Evaluate[chromedp.Void](`fetch("`+outside+`").catch(() => {})`, chromedp.EvalAwaitPromise))
	_, complaints = seen.seen()
	if !slices.ContainsFunc(complaints, func(text string) bool {
		return strings.Contains(text, outside) && strings.Contains(text, "Content Security Policy")
	}) {
		t.Errorf("a request to %s was not refused by the policy; the page complained: %q", outside, complaints)
	}
}

// workerRequests returns the address of every worker that runs now and of all that
// the workers loaded. The editor ends and begins workers as it likes: where one ended
// before it was asked, all are asked again.
func workerRequests(t *testing.T, tab context.Context) []string {
	t.Helper()
	var urls []string
	var err error
	for range 20 {
		if urls, err = askWorkers(tab); err == nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if err != nil {
		t.Fatal(err)
	}
	return urls
}

// askWorkers asks each worker of the page where it comes from and what it loaded.
func askWorkers(tab context.Context) (urls []string, err error) {
	targets, err := chromedp.Targets(tab)
	if err != nil {
		return nil, err
	}
	for _, target := range targets {
		if target.Type != "worker" {
			continue
		}
		worker, leave := chromedp.NewContext(tab, chromedp.WithTargetID(target.TargetID))
		loaded, err := chromedp.Run(worker, chromedp.Evaluate[[]string](
			`[location.href, ...performance.getEntriesByType("resource").map((entry) => entry.name)]`))
		leave()
		if err != nil {
			return nil, err
		}
		urls = append(urls, loaded...)
	}
	return urls, nil
}

func TestHome(t *testing.T) {
	tab := newTab(t)
	home := serve(t)
	seen := watch(t, tab)
	do(t, tab, chromedp.Navigate(home+"/"), chromedp.WaitVisible(chromedp.CSS(".counts")))
	picture(t, tab, "home")
	for _, path := range []string{"/playground/", "/graphql", "/schema.graphql", "/export/links.csv", "/export/entities.csv", "/export/claims.ndjson", "/clients/python/", "/healthz", "/readyz"} {
		found := get(t, tab, chromedp.Evaluate[bool](`[...document.links].some((link) => link.pathname === "`+path+`")`))
		if !found {
			t.Errorf("the start page has no link to %s", path)
		}
	}
	if styled := get(t, tab, chromedp.Evaluate[bool](`getComputedStyle(document.querySelector(".counts")).display === "grid"`)); !styled {
		t.Error("the style sheet of the start page is not applied")
	}
	if _, complaints := seen.seen(); len(complaints) > 0 {
		t.Errorf("the page complained:\n%s", strings.Join(complaints, "\n"))
	}
	do(t, tab, chromedp.Click(chromedp.CSS("a.button")), chromedp.WaitVisible(firstExample))
}

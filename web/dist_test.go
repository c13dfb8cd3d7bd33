package web

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// loads are the ways in which a page makes a browser ask another host for
// something by itself. None may occur in what is built, for any host.
var loads = []*regexp.Regexp{
	// HTML and JSX: attributes that load. A link's href is followed by a click alone.
	regexp.MustCompile(`\b(?:src|srcset|poster|action|formaction|ping|background)\\?["']?\s*[=:]\s*\\?["'` + "`" + `]?(?:https?:|wss?:)?//[\w.]`),
	regexp.MustCompile(`<(?:link|base|object|use|image)\b[^>]*\b(?:href|data)=\\?["']?(?:https?:)?//`),
	// CSS.
	regexp.MustCompile(`\burl\(\s*["']?(?:https?:)?//`),
	regexp.MustCompile(`@import\s*["'](?:https?:)?//`),
	// JavaScript.
	regexp.MustCompile(`\b(?:import|from)\s*\(?\s*["'` + "`" + `](?:https?:)?//`),
	regexp.MustCompile(`\b(?:fetch|importScripts|URL|Request|Worker|SharedWorker|WebSocket|EventSource|sendBeacon|open)\(\s*["'` + "`" + `](?:https?:|wss?:)?//[\w.]`),
	regexp.MustCompile(`\.open\(\s*["'` + "`" + `]\w+["'` + "`" + `]\s*,\s*["'` + "`" + `](?:https?:)?//`),
	regexp.MustCompile(`\b(?:setAttribute)\(\s*["'` + "`" + `](?:src|href)["'` + "`" + `]\s*,\s*["'` + "`" + `](?:https?:)?//`),
}

// mentions lists the hosts that the build may name, each with what for. Naming
// is not asking: these are names of formats, and pages a reader may open by a
// click or finds in the text of an error. A host that is not here fails the
// test, so that somebody looks at what it is for.
var mentions = map[string]string{
	"www.w3.org":            "names of SVG, XHTML, MathML, XLink and XML",
	"json-schema.org":       "names of the drafts of JSON Schema; the editor does not fetch schemas",
	"react.dev":             "React's errors name the page that explains them",
	"commonmark.org":        "graphql-js, in a comment about descriptions",
	"en.wikipedia.org":      "graphql-js, description of Float",
	"yarnpkg.com":           "graphql-js, error about two copies of itself",
	"prettier.io":           "Prettier, error about plugins",
	"github.com":            "addresses of projects in errors, settings and unused credits",
	"www.onegraph.com":      "credit of the explorer plugin, switched off",
	"code.visualstudio.com": "GraphiQL's list of shortcuts and settings texts of the editor",
	"microsoft.com":         "the editor, base of an address that is only parsed",
	"fontello.com":          "the icon font, name of the tool that made it",
}

var hostPattern = regexp.MustCompile(`(?:https?|wss?):\\?/\\?/([A-Za-z0-9.-]*[A-Za-z0-9])`)

// findLoads returns the parts of a text that would make a browser ask a host.
func findLoads(text string) []string {
	var found []string
	for _, pattern := range loads {
		for _, at := range pattern.FindAllStringIndex(text, -1) {
			found = append(found, text[at[0]:min(at[1]+40, len(text))])
		}
	}
	return found
}

func builtFiles(t *testing.T) map[string]string {
	t.Helper()
	files, err := loadAssets(dist, playgroundRoot)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for name, file := range files {
		text, err := file.plain()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		texts[name] = string(text)
	}
	return texts
}

func TestNothingIsAskedOfOtherHosts(t *testing.T) {
	named := map[string]bool{}
	for name, text := range builtFiles(t) {
		if name == "NOTICES.txt" {
			continue // plain text, which a browser shows and does not read
		}
		for _, load := range findLoads(text) {
			t.Errorf("%s asks another host: %s", name, load)
		}
		for _, found := range hostPattern.FindAllStringSubmatch(text, -1) {
			named[found[1]] = true
			if mentions[found[1]] == "" {
				t.Errorf("%s names %s, which is not in the list of hosts that may be named", name, found[0])
			}
		}
	}
	for host := range mentions {
		if !named[host] {
			t.Errorf("the build no longer names %s: take it off the list", host)
		}
	}
}

// The search itself must see what it is there for.
func TestFindLoads(t *testing.T) {
	bad := []string{
		`<script src="https://unpkg.com/react"></script>`,
		`<script src=//cdn.example/x.js></script>`,
		`<link rel="stylesheet" href="https://fonts.example/css">`,
		`<base href="https://elsewhere.example/">`,
		`jsx("img",{src:"https://elsewhere.example/x.png"})`,
		`e.src="//elsewhere.example/x.png"`,
		`form{background:url(https://elsewhere.example/x)}`,
		`a{background:url("//elsewhere.example/x")}`,
		`@import "https://elsewhere.example/x.css";`,
		`import x from"https://esm.sh/monaco-editor"`,
		"import(`https://esm.sh/monaco-editor`)",
		`import "https://esm.sh/monaco-editor"`,
		`fetch("https://elsewhere.example/telemetry")`,
		`importScripts('//cdn.example/w.js')`,
		`new Worker("https://cdn.example/w.js")`,
		`new URL("https://cdn.example/")`,
		`new WebSocket("wss://elsewhere.example")`,
		`navigator.sendBeacon("https://elsewhere.example")`,
		`x.open("GET","https://elsewhere.example")`,
		`s.setAttribute("src","https://elsewhere.example")`,
	}
	for _, text := range bad {
		if len(findLoads(text)) == 0 {
			t.Errorf("not found: %s", text)
		}
	}
	good := []string{
		`<script src="./assets/index.js"></script>`,
		`<a href="https://react.dev/errors/">`,
		`jsx("a",{href:"https://code.visualstudio.com/x",target:"_blank"})`,
		`xmlns:"http://www.w3.org/2000/svg"`,
		`throw Error("see https://prettier.io/docs")`,
		`import("./editor.js")`,
		`a{background:url(./x.ttf)}`,
		`fetch("./examples.json")`,
		`new URL("../graphql",location.href)`,
	}
	for _, text := range good {
		if found := findLoads(text); len(found) > 0 {
			t.Errorf("found %q in %s", found, text)
		}
	}
}

// Every file that a built file refers to is there: a build half committed would
// otherwise show only in a browser.
func TestBuildIsWhole(t *testing.T) {
	files := builtFiles(t)
	reference := regexp.MustCompile(`["'(` + "`" + `](?:\./|assets/|\./assets/)([\w.-]+\.(?:js|css|ttf|svg))["')` + "`" + `]`)
	seen := 0
	for name, text := range files {
		if name == "NOTICES.txt" {
			continue
		}
		for _, found := range reference.FindAllStringSubmatch(text, -1) {
			seen++
			_, asset := files["assets/"+found[1]]
			_, top := files[found[1]]
			if !asset && !top {
				t.Errorf("%s refers to %s, which is not in the build; run web/build and commit web/dist", name, found[0])
			}
		}
	}
	if seen < 10 {
		t.Errorf("only %d references between the built files were seen", seen)
	}
}

func TestNotices(t *testing.T) {
	text := builtFiles(t)["NOTICES.txt"]
	headings := regexp.MustCompile(`(?m)^(\S+) \d\S* \((.+)\)$`).FindAllStringSubmatch(text, -1)
	var names []string
	permissive := []string{"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"}
	for _, heading := range headings {
		names = append(names, heading[1])
		if !slices.Contains(permissive, heading[2]) {
			t.Errorf("%s has the licence %s, which is not in %s", heading[1], heading[2], strings.Join(permissive, ", "))
		}
	}
	for _, name := range []string{"graphiql", "@graphiql/react", "graphql", "monaco-editor", "monaco-graphql", "react", "react-dom", "prettier"} {
		if !slices.Contains(names, name) {
			t.Errorf("%s is in the page and not in NOTICES.txt", name)
		}
	}
}

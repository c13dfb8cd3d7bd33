package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"net/http"
	"strconv"
)

//go:embed home.html
var homeHTML string

//go:embed home.css
var homeCSS string

var homePage = template.Must(template.New("home").Funcs(template.FuncMap{"count": count}).Parse(homeHTML))

// Summary is what the start page says about the graph behind it.
type Summary struct {
	Entities, Links, Claims, Sources int
	Sequence                         uint64
	Store                            string // the kind of store: sqlite, neo4j, memory
}

// Home returns the handler of the start page, which answers / alone: what rabta
// is, what it holds, and where to go. It has no script and loads nothing but its
// icon. The summary is asked for at each request; when that fails the page says
// so in place of the counts, and never why.
func Home(summary func(context.Context) (Summary, error)) http.Handler {
	policy := homePolicy()
	return withHeaders(policy, readOnly(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		held, err := summary(r.Context())
		var page bytes.Buffer
		if err := homePage.Execute(&page, homeData{Summary: held, Known: err == nil, Style: template.CSS(homeCSS)}); err != nil {
			http.Error(w, "the page could not be written", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", contentTypes[".html"])
		w.Header().Set("Cache-Control", "no-cache")
		sendTagged(w, r, `W/"`+digest(page.Bytes())+`"`, page.Bytes()) // weak: it may be compressed on its way
	}))
}

// homeData is what home.html prints.
type homeData struct {
	Summary
	Known bool
	Style template.CSS
}

// homePolicy admits the page's own style sheet, by its hash, and its icon.
func homePolicy() string {
	sum := sha256.Sum256([]byte(homeCSS))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; " +
		"img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

// count prints a number with thin spaces between thousands.
func count(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0 && digits[at-1] != '-'; at -= 3 {
		digits = digits[:at] + "\u2009" + digits[at:]
	}
	return digits
}

// Package web holds rabta's pages: the playground, built from web/playground
// into web/dist by web/build, and the start page. Everything a page needs is in
// the binary; no page asks another host for anything.
package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

//go:embed all:dist/playground
var dist embed.FS

const playgroundRoot = "dist/playground"

// playgroundPolicy is the content security policy of the playground. Its editor
// writes style elements, hence 'unsafe-inline' there and nowhere else.
const playgroundPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// iconPolicy is that of a picture, which may do nothing at all.
const iconPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Example is a ready query in the playground's list. The list keeps its order;
// examples of one Group stand together where the first of them stands.
type Example struct {
	Name        string          `json:"name"`
	Title       string          `json:"title"`
	Description string          `json:"description"`
	Group       string          `json:"group"`
	Query       string          `json:"query"`
	Variables   json.RawMessage `json:"variables"`
}

// Playground returns the handler of /playground and everything below it. It
// serves the built page, and the examples as /playground/examples.json. The page
// sends its queries to /graphql beside it, also behind a proxy that adds a prefix.
//
// Playground panics if the Variables of an example are not JSON.
func Playground(examples []Example) http.Handler {
	files, err := loadAssets(dist, playgroundRoot)
	if err != nil {
		panic(fmt.Sprintf("web: the embedded playground is damaged: %v; rebuild it with web/build", err))
	}
	files["examples.json"] = examplesAsset(examples)
	return withHeaders(playgroundPolicy, readOnly(func(w http.ResponseWriter, r *http.Request) {
		name, below := strings.CutPrefix(r.URL.Path, "/playground/")
		if !below {
			redirectToSlash(w, r)
			return
		}
		if name == "" {
			name = "index.html"
		}
		file, found := files[name]
		if !found {
			http.NotFound(w, r)
			return
		}
		file.serve(w, r)
	}))
}

// Favicon returns the handler of /favicon.ico: the icon of the pages, for readers
// that ask for it by that name.
func Favicon() http.Handler {
	drawing, err := dist.ReadFile(playgroundRoot + "/favicon.svg")
	if err != nil {
		panic(fmt.Sprintf("web: the embedded playground is damaged: %v; rebuild it with web/build", err))
	}
	icon := newAsset("favicon.svg", drawing)
	return withHeaders(iconPolicy, readOnly(icon.serve))
}

// redirectToSlash sends /playground to /playground/, relative to whatever
// address the reader's browser knows it by.
func redirectToSlash(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/playground" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Location", "./playground/")
	w.WriteHeader(http.StatusPermanentRedirect)
}

func examplesAsset(examples []Example) asset {
	if examples == nil {
		examples = []Example{}
	}
	body, err := json.Marshal(examples)
	if err != nil {
		panic(fmt.Sprintf("web: the examples are not JSON: %v; mend their variables", err))
	}
	return newAsset("examples.json", body)
}

// withHeaders adds what every answer of a page carries, errors included.
func withHeaders(policy string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// readOnly refuses every method but GET and HEAD.
func readOnly(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "this page can only be read: use GET", http.StatusMethodNotAllowed)
			return
		}
		next(w, r)
	})
}

// sendTagged writes body, or 304 when the reader already has the version tag.
func sendTagged(w http.ResponseWriter, r *http.Request, tag string, body []byte) {
	w.Header().Set("Etag", tag)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// digest is a short name for the contents of a file.
func digest(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:12])
}

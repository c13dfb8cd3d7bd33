package server

import (
	"bytes"
	"context"
	"html/template"
	"net/http"
	"strings"

	"github.com/rabta/rabta/graph"
)

// previewPolicy lets the page have a style of its own, and nothing else: no script,
// no picture, no form. Who may frame it is added.
const previewPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors "

var previewPage = template.Must(template.New("preview").Parse(`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{.Name}}</title>
<style>body{font:14px/1.4 sans-serif;margin:.6em}h1{font-size:1.1em;margin:0}p{margin:.3em 0}ul{margin:.3em 0;padding-left:1.2em}small{color:#555}</style></head>
<body>
<h1 dir="auto">{{.Name}}</h1>
<p><small>{{.Type}}, <code>{{.ID}}</code></small></p>
{{with .Description}}<p dir="auto">{{.}}</p>
{{end}}{{with .Aliases}}<p dir="auto">Also: {{range $i, $a := .}}{{if $i}}; {{end}}<bdi>{{$a}}</bdi>{{end}}</p>
{{end}}{{with .Said}}<ul>{{range .}}<li>{{.}}</li>{{end}}</ul>
{{end}}{{with .Sources}}<p><small>Sources: {{range $i, $s := .}}{{if $i}}; {{end}}<bdi>{{$s}}</bdi>{{end}}</small></p>
{{end}}</body>
</html>
`))

// preview shows an entity in a small page.
func (c reconciler) preview(_ context.Context, w http.ResponseWriter, a *asked) error {
	if err := a.only("id"); err != nil {
		return err
	}
	id, err := a.one("id")
	if err != nil {
		return err
	}
	e, ok := a.view.Entity(graph.ID(id))
	if !ok {
		return &problem{status: http.StatusNotFound, code: CodeNotFound, message: "there is no entity of this id, or you may not see it"}
	}
	b := e.Base()
	const sources = 5
	titles := sourceTitles(e)
	var page bytes.Buffer
	err = previewPage.Execute(&page, map[string]any{
		"Name": b.Name(), "ID": b.ID(), "Type": typeOf(b.Kind()).Name, "Description": words(b), "Aliases": aliases(e),
		"Said": wording(e), "Sources": titles[:min(sources, len(titles))],
	})
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", previewPolicy+"'none'")
	if len(c.config.ReconcileOrigins) > 0 {
		h.Set("Content-Security-Policy", previewPolicy+strings.Join(c.config.ReconcileOrigins, " "))
		h.Del("X-Frame-Options")
	}
	_, _ = w.Write(page.Bytes())
	return nil
}

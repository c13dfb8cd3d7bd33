package reconcile

import (
	"bytes"
	"html/template"

	"github.com/rabta/rabta/graph"
)

const previewStyle = "body{font:14px/1.4 sans-serif;margin:.6em}h1{font-size:1.1em;margin:0}p{margin:.3em 0}" +
	"ul{margin:.3em 0;padding-left:1.2em}small{color:#555}"

var previewPage = template.Must(template.New("preview").Parse(`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{.Name}}</title>
<style>` + previewStyle + `</style></head>
<body>
<h1 dir="auto">{{.Name}}</h1>
<p><small>{{.Type}}, <code>{{.ID}}</code></small></p>
{{with .Retired}}<p>Retired: <bdi>{{.Reason}}</bdi>{{with .Successor}}. See {{.Base.Name}}, <code>{{.Base.ID}}</code>{{end}}</p>
{{end}}{{with .Description}}<p dir="auto">{{.}}</p>
{{end}}{{with .Aliases}}<p dir="auto">Also: {{range $i, $a := .}}{{if $i}}; {{end}}<bdi>{{$a}}</bdi>{{end}}</p>
{{end}}{{with .Said}}<ul>{{range .}}<li>{{.}}</li>{{end}}</ul>
{{end}}{{with .Sources}}<p><small>Sources: {{range $i, $s := .}}{{if $i}}; {{end}}<bdi>{{$s}}</bdi>{{end}}</small></p>
{{end}}</body>
</html>
`))

// Preview is a small page about an entity. The error is a graph.ErrNotFound for an id
// that names nothing the reader may see.
func (s Service) Preview(id graph.ID) ([]byte, error) {
	e, ok := s.View.Entity(id)
	if !ok {
		return nil, graph.NotFound("id", id)
	}
	b := e.Base()
	const sources = 5
	titles := sourceTitles(e)
	var page bytes.Buffer
	err := previewPage.Execute(&page, map[string]any{
		"Name": b.Name(), "ID": b.ID(), "Type": typeOf(b.Kind()).Name, "Description": descriptionOf(b),
		"Retired": b.Retired(), "Aliases": otherNames(e), "Said": wording(e), "Sources": titles[:min(sources, len(titles))],
	})
	return page.Bytes(), err
}

// Package clients holds the client libraries as they are handed out: what a reader
// of a server needs to query it is there without another host.
package clients

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"net/textproto"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
)

//go:embed python/dist
var dist embed.FS

// Python returns the handler of /clients/python/ and everything below it: a list of
// the wheels, the wheels, and below simple/ the same as a package index that pip
// reads (PEP 503). Without a wheel it answers 404 and says so. It panics if a wheel
// that was built in is damaged.
func Python() http.Handler {
	built, err := fs.Sub(dist, "python/dist")
	if err == nil {
		var i *index
		if i, err = newIndex(built); err == nil {
			return i
		}
	}
	panic(fmt.Sprintf("clients: %v; build the wheel again", err))
}

// wheel is one file that pip can install.
type wheel struct {
	File, Project, Sum string
	// Requires is the Python that it needs, as in ">=3.9"; empty for any.
	Requires string
	body     []byte
}

// index is what is below /clients/python/.
type index struct{ wheels []wheel }

func newIndex(files fs.FS) (*index, error) {
	names, err := fs.Glob(files, "*.whl")
	if err != nil {
		return nil, err
	}
	i := &index{}
	for _, name := range names {
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		w, err := newWheel(name, body)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		i.wheels = append(i.wheels, w)
	}
	return i, nil
}

// separators are what counts as one hyphen in the name of a project.
var separators = regexp.MustCompile(`[-_.]+`)

func newWheel(name string, body []byte) (wheel, error) {
	project, _, _ := strings.Cut(name, "-")
	sum := sha256.Sum256(body)
	w := wheel{File: name, Project: strings.ToLower(separators.ReplaceAllString(project, "-")), Sum: hex.EncodeToString(sum[:]), body: body}
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return wheel{}, err
	}
	for _, f := range archive.File {
		if ok, _ := path.Match("*.dist-info/METADATA", f.Name); !ok {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return wheel{}, err
		}
		defer func() { _ = r.Close() }()
		header, err := textproto.NewReader(bufio.NewReader(r)).ReadMIMEHeader()
		if err != nil && err != io.EOF {
			return wheel{}, fmt.Errorf("METADATA: %w", err)
		}
		w.Requires = header.Get("Requires-Python")
		return w, nil
	}
	return wheel{}, fmt.Errorf("it holds no METADATA")
}

var listPage = template.Must(template.New("list").Parse(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="pypi:repository-version" content="1.0">
<title>{{.Title}}</title>
</head>
<body>
<h1>{{.Title}}</h1>
{{range .Links}}<p><a href="{{.Address}}"{{with .Requires}} data-requires-python="{{.}}"{{end}}>{{.Text}}</a></p>
{{end}}{{with .Note}}<p>{{.}}</p>
{{end}}</body>
</html>
`))

type list struct {
	Title, Note string
	Links       []listed
}

type listed struct{ Address, Text, Requires string }

// ServeHTTP answers one address below /clients/python/.
func (i *index) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	below := strings.TrimPrefix(r.URL.Path, "/clients/python/")
	switch project, isIndex := strings.CutPrefix(below, "simple/"); {
	case len(i.wheels) == 0:
		http.Error(w, "this program was built without the Python client; build it with a wheel in clients/python/dist", http.StatusNotFound)
	case below == "":
		show(w, list{Title: "The Python client", Links: i.files("", ""), Note: "Install it with: python -m pip install, and the address of the wheel."})
	case isIndex && project == "":
		show(w, list{Title: "Package index", Links: i.projects()})
	case isIndex:
		i.project(w, r, project)
	default:
		i.file(w, r, below)
	}
}

func show(w http.ResponseWriter, l list) {
	var page bytes.Buffer
	if err := listPage.Execute(&page, l); err != nil {
		http.Error(w, "the page could not be written", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(page.Bytes())
}

// files links to the wheels of a project, or of all for "", from a page up levels
// below.
func (i *index) files(project, up string) (out []listed) {
	for _, w := range i.wheels {
		if project == "" || w.Project == project {
			out = append(out, listed{up + w.File + "#sha256=" + w.Sum, w.File, w.Requires})
		}
	}
	return out
}

func (i *index) projects() (out []listed) {
	for _, w := range i.wheels {
		link := listed{Address: w.Project + "/", Text: w.Project}
		if !slices.Contains(out, link) {
			out = append(out, link)
		}
	}
	return out
}

// project is a page of the package index.
func (i *index) project(w http.ResponseWriter, r *http.Request, below string) {
	name, slash := strings.CutSuffix(below, "/")
	links := i.files(name, "../../")
	switch {
	case name == "" || len(links) == 0:
		http.Error(w, "there is no such package here; simple/ lists those that there are", http.StatusNotFound)
	case !slash:
		w.Header().Set("Location", name+"/") // relative to simple/, whatever lies before it
		w.WriteHeader(http.StatusPermanentRedirect)
	default:
		show(w, list{Title: "Links for " + name, Links: links})
	}
}

// file is a wheel.
func (i *index) file(w http.ResponseWriter, r *http.Request, name string) {
	at := slices.IndexFunc(i.wheels, func(w wheel) bool { return w.File == name })
	if at < 0 {
		http.Error(w, "there is no such file here; /clients/python/ lists those that there are", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("ETag", `"`+i.wheels[at].Sum+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(i.wheels[at].body))
}

package clients

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

// packed is a wheel with that metadata.
func packed(t *testing.T, metadata string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range map[string]string{"rabta/__init__.py": "", "rabta-1.2.dist-info/METADATA": metadata} {
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func ask(h http.Handler, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func TestIndex(t *testing.T) {
	const name = "rabta-1.2-py3-none-any.whl"
	body := packed(t, "Metadata-Version: 2.1\nName: rabta\nRequires-Python: >=3.9\n\nA description.\n")
	sum := sha256.Sum256(body)
	link := name + "#sha256=" + hex.EncodeToString(sum[:]) + `" data-requires-python="&gt;=3.9">` + name + "</a>"
	i, err := newIndex(fstest.MapFS{name: {Data: body}, "README.md": {Data: []byte("no wheel")}})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/clients/python/":              `<a href="` + link,
		"/clients/python/simple/":       `<a href="rabta/">rabta</a>`,
		"/clients/python/simple/rabta/": `<a href="../../` + link,
		"/clients/python/" + name:       string(body),
	} {
		w := ask(i, path)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d, without %q: %s", path, w.Code, want, w.Body)
		}
	}
	if w := ask(i, "/clients/python/simple/rabta"); w.Code != http.StatusPermanentRedirect || w.Header().Get("Location") != "rabta/" {
		t.Errorf("without a slash: %d, %v", w.Code, w.Header())
	}
	for _, path := range []string{"/clients/python/README.md", "/clients/python/other.whl", "/clients/python/simple/other/", "/clients/python/simple//", "/clients/python/../clients.go"} {
		if w := ask(i, path); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "there is no such") {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
}

func TestWithoutAWheel(t *testing.T) {
	i, err := newIndex(fstest.MapFS{"README.md": {}})
	if err != nil {
		t.Fatal(err)
	}
	if w := ask(i, "/clients/python/simple/rabta/"); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "without the Python client") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestDamagedWheel(t *testing.T) {
	var empty bytes.Buffer
	if err := zip.NewWriter(&empty).Close(); err != nil {
		t.Fatal(err)
	}
	for _, body := range [][]byte{[]byte("no zip"), empty.Bytes(), packed(t, "no header")} {
		if _, err := newIndex(fstest.MapFS{"rabta-1.whl": {Data: body}}); err == nil || !strings.Contains(err.Error(), "rabta-1.whl") {
			t.Errorf("a damaged wheel is taken: %v", err)
		}
	}
}

// What is built in can be served, whether or not there is a wheel.
func TestBuiltIn(t *testing.T) {
	names, err := fs.Glob(dist, "python/dist/*.whl")
	if err != nil {
		t.Fatal(err)
	}
	want := http.StatusOK
	if len(names) == 0 {
		want = http.StatusNotFound
	}
	if w := ask(Python(), "/clients/python/simple/rabta/"); w.Code != want {
		t.Errorf("with %d wheels: %d %s", len(names), w.Code, w.Body)
	}
}

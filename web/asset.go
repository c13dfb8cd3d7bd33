package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// contentTypes names the media type of each kind of file in a page, whatever
// the machine's own table of types says.
var contentTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json; charset=utf-8",
	".svg":  "image/svg+xml",
	".ttf":  "font/ttf",
	".txt":  "text/plain; charset=utf-8",
}

// asset is one file of a page. Its body is kept compressed, and unpacked for the
// rare reader that does not take gzip.
type asset struct {
	zipped    []byte
	mediaType string
	cache     string
	tag       string
}

// newAsset compresses a body. Names under assets/ carry a hash of their
// contents, so that a reader may keep them for good.
func newAsset(name string, body []byte) asset {
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	w.Write(body) // a bytes.Buffer takes everything
	w.Close()
	return zippedAsset(name, zipped.Bytes())
}

func zippedAsset(name string, zipped []byte) asset {
	cache := "no-cache"
	if strings.HasPrefix(name, "assets/") {
		cache = "public, max-age=31536000, immutable"
	}
	return asset{zipped: zipped, mediaType: contentTypes[path.Ext(name)], cache: cache, tag: digest(zipped)}
}

// loadAssets reads every file below root. A file NAME.gz is served as NAME.
func loadAssets(files fs.FS, root string) (map[string]asset, error) {
	found := map[string]asset{}
	err := fs.WalkDir(files, root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := fs.ReadFile(files, file)
		if err != nil {
			return err
		}
		name, zipped := strings.CutSuffix(strings.TrimPrefix(file, root+"/"), ".gz")
		if contentTypes[path.Ext(name)] == "" {
			return fmt.Errorf("%s: no media type is known for %q", file, path.Ext(name))
		}
		if zipped {
			found[name] = zippedAsset(name, body)
		} else {
			found[name] = newAsset(name, body)
		}
		return nil
	})
	return found, err
}

func (a asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", a.mediaType)
	h.Set("Cache-Control", a.cache)
	h.Set("Vary", "Accept-Encoding")
	if acceptsGzip(r.Header.Values("Accept-Encoding")) {
		h.Set("Content-Encoding", "gzip")
		sendTagged(w, r, `"`+a.tag+`-gzip"`, a.zipped)
		return
	}
	body, err := a.plain()
	if err != nil {
		http.Error(w, "the file is damaged", http.StatusInternalServerError)
		return
	}
	sendTagged(w, r, `"`+a.tag+`"`, body)
}

// plain returns the uncompressed body.
func (a asset) plain() ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(a.zipped))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// acceptsGzip reads Accept-Encoding: gzip by name decides, else the star.
func acceptsGzip(fields []string) bool {
	star := false
	for _, item := range strings.Split(strings.Join(fields, ","), ",") {
		name, rest, _ := strings.Cut(item, ";")
		wanted := weight(rest) > 0
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "gzip", "x-gzip":
			return wanted
		case "*":
			star = wanted
		}
	}
	return star
}

// weight reads a quality value; none or a broken one counts as 1.
func weight(parameters string) float64 {
	key, value, _ := strings.Cut(parameters, "=")
	if strings.ToLower(strings.TrimSpace(key)) != "q" {
		return 1
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil {
		return 1
	}
	return q
}

package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/rabta/rabta/bulk"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

const rowsHeader = "Rabta-Rows"

// exporter answers /export/: it streams a file of what the reader may see, as of one
// moment, and breaks the connection where the file would not be whole.
type exporter struct {
	moments
	running chan struct{} // holds one token for each export that runs
}

func newExporter(m moments) exporter {
	return exporter{m, make(chan struct{}, m.config.ExportsAtOnce)}
}

func (e exporter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(newRequest(r.Context()), e.config.ExportTimeout)
	defer cancel()
	w.Header().Set("Cache-Control", "no-store")
	request, err := e.parse(r)
	if err == nil {
		ctx, err = e.open(ctx, w, r)
	}
	if err != nil {
		e.reject(ctx, w, r, err)
		return
	}
	reader := live.FromContext(ctx)
	tag := exportTag(request, reader)
	if known(tag, r.Header.Values("If-None-Match")) {
		tagged(w, tag, reader)
		w.WriteHeader(http.StatusNotModified)
		return
	}
	select {
	case e.running <- struct{}{}:
		defer func() { <-e.running }()
	default:
		e.refuse(ctx, w, r, busy(cap(e.running)))
		return
	}
	export, err := request.Open(ctx, reader)
	if err != nil {
		e.reject(ctx, w, r, err)
		return
	}
	tagged(w, tag, reader)
	describe(w, request, reader, export)
	if r.Method != http.MethodHead {
		e.stream(ctx, w, export)
	}
}

// parse reads what is asked for from the address.
func (e exporter) parse(r *http.Request) (*bulk.Request, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badQueryString()
	}
	request, err := bulk.Parse(r.PathValue("file"), values)
	if errors.Is(err, graph.ErrNotFound) {
		return nil, noSuchPage()
	}
	return request, err
}

func busy(most int) *problem {
	return &problem{
		status: http.StatusServiceUnavailable, code: CodeBusy,
		message: fmt.Sprintf("%d exports are running, and no more may at once; ask again when one has ended", most),
		header:  map[string]string{"Retry-After": "5"},
	}
}

// tagged lets the client ask whether a file still is the same. Only what anybody may
// see is let into its cache.
func tagged(w http.ResponseWriter, tag string, r *live.Reader) {
	w.Header().Set("ETag", tag)
	if r.Clearance() == graph.Clear {
		w.Header().Set("Cache-Control", "private, no-cache")
	}
}

func describe(w http.ResponseWriter, q *bulk.Request, r *live.Reader, x *bulk.Export) {
	h := w.Header()
	name, extension, _ := strings.Cut(q.File().Name, ".")
	h.Set("Content-Type", q.File().Media)
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="rabta-%s-%d.%s"`, name, r.Sequence(), extension))
	h.Set(rowsHeader, strconv.Itoa(x.Rows))
}

// stream writes the file. When it cannot be written whole the connection is broken:
// the client gets an error, and not a file that ends early.
func (e exporter) stream(ctx context.Context, w http.ResponseWriter, x *bulk.Export) {
	err := x.Write(ctx, &patient{w, http.NewResponseController(w), e.config.ExportStall})
	if err == nil {
		return
	}
	level := slog.LevelWarn
	if errors.Is(err, context.Canceled) {
		level = slog.LevelDebug // the client went away
	}
	e.config.Log.Log(ctx, level, "an export was broken off", slog.String("error", err.Error()))
	panic(http.ErrAbortHandler)
}

// patient gives each part that is written time of its own, for downloads that take
// longer than any answer may.
type patient struct {
	http.ResponseWriter
	control *http.ResponseController
	stall   time.Duration
}

func (p *patient) Write(b []byte) (int, error) {
	_ = p.control.SetWriteDeadline(time.Now().Add(p.stall)) // a test's writer has none
	return p.ResponseWriter.Write(b)
}

// exportTag names the bytes of an export: by what is asked, of which graph at which
// moment, for whom, and by which program.
func exportTag(q *bulk.Request, r *live.Reader) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%d %d %s\n%s", q.Key(), r.Sequence(), r.Recorded().UnixNano(), r.Clearance(), program))
	return `W/"` + hex.EncodeToString(sum[:12]) + `"`
}

// program tells builds apart that may answer differently.
var program = func() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	return info.String()
}()

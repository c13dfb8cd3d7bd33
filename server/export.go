package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"strconv"

	"github.com/rabta/rabta/bulk"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/server/internal/reply"
	"github.com/rabta/rabta/work"
)

const rowsHeader = "Rabta-Rows"

// exportHandler answers /export/: it streams a file of what the reader may see, out of
// one snapshot, and breaks the connection where the file would not be whole.
type exportHandler struct {
	snapshots
	errors  *errorPresenter
	running chan struct{} // holds one token for each export that runs
}

func newExportHandler(s snapshots, errors *errorPresenter) exportHandler {
	return exportHandler{s, errors, make(chan struct{}, s.config.ExportsAtOnce)}
}

func (e exportHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), e.config.ExportTimeout)
	defer cancel()
	ctx, done := e.request(ctx, 0) // it has limits of its own
	defer done()
	w.Header().Set("Cache-Control", "no-store")
	request, err := e.parse(r)
	if err == nil {
		ctx, err = e.open(ctx, w, r)
	}
	if err != nil {
		e.errors.writeRequestError(ctx, w, r, err)
		return
	}
	reader := live.FromContext(ctx)
	tag := exportETag(request, reader)
	if reply.ETagMatches(tag, r.Header.Values("If-None-Match")) {
		setETag(w, tag, reader)
		w.WriteHeader(http.StatusNotModified)
		return
	}
	select {
	case e.running <- struct{}{}:
		defer func() { <-e.running }()
	default:
		e.errors.writeError(ctx, w, r, tooManyExports(cap(e.running)))
		return
	}
	export, err := request.Open(ctx, reader)
	if err != nil {
		e.errors.writeRequestError(ctx, w, r, err)
		return
	}
	setETag(w, tag, reader)
	setExportHeaders(w, request, reader, export)
	if r.Method != http.MethodHead {
		e.stream(ctx, w, export)
	}
}

// parse reads what is asked for from the address.
func (e exportHandler) parse(r *http.Request) (*bulk.Request, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badQueryString()
	}
	request, err := bulk.Parse(r.PathValue("file"), values)
	if errors.Is(err, graph.ErrNotFound) {
		return nil, noSuchRoute()
	}
	return request, err
}

func tooManyExports(most int) *reply.Problem {
	return &reply.Problem{
		Status: http.StatusServiceUnavailable, Code: CodeBusy,
		Message: fmt.Sprintf("%d exports are running, as many as may at once; try again when one has ended", most),
		Header:  map[string]string{"Retry-After": "5"},
	}
}

// setETag lets the client ask whether a file still is the same. Only what anybody may
// see is let into its cache.
func setETag(w http.ResponseWriter, tag string, r *live.Reader) {
	w.Header().Set("ETag", tag)
	if r.Clearance() == graph.Clear {
		w.Header().Set("Cache-Control", "private, no-cache")
	}
}

func setExportHeaders(w http.ResponseWriter, q *bulk.Request, r *live.Reader, x *bulk.Export) {
	h := w.Header()
	f := q.Format()
	h.Set("Content-Type", f.Media)
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="rabta-%s-%d.%s"`, f.Stem, r.Sequence(), f.Extension))
	h.Set(rowsHeader, strconv.Itoa(x.Rows))
}

// stream writes the file. When it cannot be written whole the connection is broken:
// the client gets an error, and not a file that ends early.
func (e exportHandler) stream(ctx context.Context, w http.ResponseWriter, x *bulk.Export) {
	client := idleWriter{reply.WithDeadlines(w, e.config.ExportStall), work.RequestOf(ctx)}
	err := x.Write(ctx, client)
	if err == nil {
		return
	}
	level := slog.LevelWarn
	if errors.Is(err, context.Canceled) {
		level = slog.LevelDebug // the client went away
	}
	e.config.Log.Log(ctx, level, "an export was aborted", slog.String("error", err.Error()))
	panic(http.ErrAbortHandler)
}

// idleWriter lets others work while a client takes what it is sent.
type idleWriter struct {
	to      io.Writer
	request *work.Request
}

func (i idleWriter) Write(b []byte) (n int, err error) {
	i.request.Idle(func() { n, err = i.to.Write(b) })
	return n, err
}

// exportETag identifies the bytes of an export: what is asked, of which snapshot of
// which graph, for whom, and by which build.
func exportETag(q *bulk.Request, r *live.Reader) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%d %d %s\n%s",
		q.Key(), r.Sequence(), r.Recorded().UnixNano(), r.Clearance(), buildInfo))
	return `W/"` + hex.EncodeToString(sum[:12]) + `"`
}

// buildInfo tells builds apart that may answer differently.
var buildInfo = func() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	return info.String()
}()

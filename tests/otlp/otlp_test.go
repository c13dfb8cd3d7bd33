// Package otlp checks what rabta sends as traces with the types that OpenTelemetry
// publishes for receivers. It is a module of its own, so that what these are built from,
// gRPC among it, is no dependency of rabta.
package otlp

import (
	"bufio"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/protobuf/proto"
)

// The program, told of a receiver by the environment, sends it spans of what it is asked,
// and the last of them before it ends.
func TestReceiver(t *testing.T) {
	received := make(chan *collector.ExportTraceServiceRequest, 100)
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var request collector.ExportTraceServiceRequest
		if err == nil {
			err = proto.Unmarshal(body, &request)
		}
		if err != nil || r.URL.Path != "/v1/traces" || r.Header.Get("Content-Type") != "application/x-protobuf" {
			t.Errorf("%s %s: %v", r.Method, r.URL, err)
		}
		received <- &request
		answer, _ := proto.Marshal(new(collector.ExportTraceServiceResponse))
		w.Header().Set("Content-Type", "application/x-protobuf")
		_, _ = w.Write(answer)
	}))
	defer receiver.Close()
	ask(t, receiver.URL)
	receiver.Close()
	close(received)
	var names []string
	for request := range received {
		for _, of := range request.ResourceSpans {
			for _, in := range of.ScopeSpans {
				for _, span := range in.Spans {
					names = append(names, span.Name)
				}
			}
		}
	}
	got := strings.Join(names, ", ")
	for _, want := range []string{"graphql mutation", "store apply", "POST /graphql"} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no span %q in %s", want, got)
		}
	}
}

const mutation = `{"query": "mutation { record(input: {entities: [{id: \"a-new-group\", kind: GROUP,` +
	` names: [{value: \"A New Group\", primary: true}]}]}) { userErrors { code } } }"}`

// ask runs a server that sends spans to the receiver, has it record something, and ends it.
func ask(t *testing.T, receiver string) {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "rabta")
	build := exec.Command("go", "build", "-o", binary, "./cmd/rabta")
	build.Dir, build.Stderr = filepath.Join("..", ".."), os.Stderr
	if err := build.Run(); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary, "serve", "--store", "memory:", "--listen", "127.0.0.1:0")
	cmd.Env = append(os.Environ(), "OTEL_EXPORTER_OTLP_ENDPOINT="+receiver)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stuck := time.AfterFunc(2*time.Minute, func() { _ = cmd.Process.Kill() })
	defer stuck.Stop()
	address := ""
	for lines := bufio.NewScanner(out); lines.Scan(); {
		words := strings.Fields(lines.Text())
		if words[0] == "GraphQL" {
			address = words[1]
		}
		if words[0] == "graph" { // it is loaded
			resp, err := http.Post(address, "application/json", strings.NewReader(mutation))
			if err != nil {
				t.Error(err)
			} else if body, _ := io.ReadAll(resp.Body); !strings.Contains(string(body), `"userErrors":[]`) {
				t.Errorf("it answers %s", body)
			}
			_ = cmd.Process.Signal(syscall.SIGTERM)
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
}

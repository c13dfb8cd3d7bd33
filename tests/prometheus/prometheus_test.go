// Package prometheus has Prometheus' own parsers read what rabta serves as metrics, and
// the files of ops that ask for them. It is a module of its own, so that these are no
// dependency of rabta.
package prometheus

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/model/textparse"
	"github.com/prometheus/prometheus/promql/parser"
)

var ops = filepath.Join("..", "..", "ops")

// Everything that the dashboard and the alerts ask for is served under that name and with
// those labels.
func TestWhatIsAskedForIsServed(t *testing.T) {
	series := served(t)
	asked := append(dashboard(t), alerts(t)...)
	if len(asked) < 20 {
		t.Fatalf("only %d expressions found", len(asked))
	}
	for _, expr := range asked {
		for _, problem := range check(expr, series) {
			t.Errorf("%s: %s", expr, problem)
		}
	}
	for _, wrong := range []string{
		"rabta_no_such_metric", `rabta_store_up{colour="red"}`, "sum by (colour) (rabta_store_up)", "rate(",
	} {
		if len(check(wrong, series)) == 0 {
			t.Errorf("nothing is found in %s: the test is blind", wrong)
		}
	}
}

// check is what is wrong with an expression, given the labels of each series.
func check(expr string, series map[string][]string) (problems []string) {
	parsed, err := parser.NewParser(parser.Options{}).ParseExpr(expr)
	if err != nil {
		return []string{err.Error()}
	}
	var known []string // labels of what is selected
	parser.Inspect(parsed, func(node parser.Node, _ []parser.Node) error {
		s, ok := node.(*parser.VectorSelector)
		if !ok {
			return nil
		}
		have, ok := series[s.Name]
		if !ok {
			problems = append(problems, "there is no metric "+s.Name)
			return nil
		}
		known = append(append(known, have...), target...)
		for _, m := range s.LabelMatchers {
			if m.Name != labels.MetricName && !slices.Contains(known, m.Name) {
				problems = append(problems, fmt.Sprintf("%s has no label %s", s.Name, m.Name))
			}
		}
		return nil
	})
	parser.Inspect(parsed, func(node parser.Node, _ []parser.Node) error {
		if a, ok := node.(*parser.AggregateExpr); ok {
			for _, name := range a.Grouping {
				if !slices.Contains(known, name) {
					problems = append(problems, "nothing that is selected has the label "+name)
				}
			}
		}
		return nil
	})
	return problems
}

// target are the labels that Prometheus adds.
var target = []string{"instance", "job"}

// dashboard are the expressions of the dashboard, with its variables filled in.
func dashboard(t *testing.T) (out []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(ops, "grafana-dashboard.json"))
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Panels []struct {
			Title, Type, Description string
			Targets                  []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	for _, p := range d.Panels {
		if p.Type != "row" && (len(p.Targets) == 0 || p.Title == "" || p.Description == "") {
			t.Errorf("a panel asks for nothing or is not described: %+v", p)
		}
		for _, asked := range p.Targets {
			out = append(out, strings.NewReplacer("$__rate_interval", "5m", "$instance", ".*").Replace(asked.Expr))
		}
	}
	return out
}

// alerts are the expressions of the alerts, which Prometheus takes as they are.
func alerts(t *testing.T) (out []string) {
	t.Helper()
	groups, problems := rulefmt.ParseFile(filepath.Join(ops, "prometheus-alerts.yml"), false, model.UTF8Validation,
		parser.NewParser(parser.Options{}), slog.New(slog.DiscardHandler))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, group := range groups.Groups {
		for _, rule := range group.Rules {
			if rule.Annotations["summary"] == "" || rule.Annotations["description"] == "" || rule.Labels["severity"] == "" {
				t.Errorf("%s says nothing, or not how bad it is", rule.Alert)
			}
			out = append(out, rule.Expr)
		}
	}
	return out
}

// served are the series that a server serves, with their labels, as Prometheus reads them.
func served(t *testing.T) map[string][]string {
	t.Helper()
	body := scrape(t)
	p, err := textparse.New([]byte(body), "text/plain; version=0.0.4", labels.NewSymbolTable(), textparse.ParserOptions{})
	if err != nil {
		t.Fatal(err)
	}
	series := map[string][]string{"up": nil}
	for {
		entry, err := p.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if entry != textparse.EntrySeries {
			continue
		}
		var l labels.Labels
		p.Labels(&l)
		name := l.Get(labels.MetricName)
		series[name] = nil
		l.Range(func(l labels.Label) { series[name] = append(series[name], l.Name) })
	}
	if len(series) < 30 {
		t.Fatalf("only %d series in\n%s", len(series), body)
	}
	return series
}

// scrape runs a server, asks it something, and returns its metrics.
func scrape(t *testing.T) (body string) {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "rabta")
	build := exec.Command("go", "build", "-o", binary, "./cmd/rabta")
	build.Dir, build.Stderr = filepath.Join("..", ".."), os.Stderr
	if err := build.Run(); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary, "serve", "--store", "memory:", "--listen", "127.0.0.1:0")
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
	address := map[string]string{}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		words := strings.Fields(lines.Text())
		address[words[0]] = words[1]
		if words[0] == "graph" { // it is loaded
			get(t, address["GraphQL"]+"?query=%7B__typename%7D")
			body = get(t, address["metrics"])
			_ = cmd.Process.Signal(syscall.SIGTERM)
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	return body
}

func get(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Error(err)
		return ""
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("%s: %s, %v", url, resp.Status, err)
	}
	return string(body)
}

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/server"
)

func queryCommand(s *settings) *cobra.Command {
	var variables, url string
	var compact bool
	c := &cobra.Command{
		Use:   "query [FILE|-]",
		Short: "Run a GraphQL query and print its answer as JSON",
		Long: "Run a GraphQL query and print its answer as JSON. It is answered by a server with --server, else from the\n" +
			"store by the same code; without a store of the user's own, from the seed graph. The exit code is 1 when the\n" +
			"answer holds an error. A terminal shows how long the query has been running, and how many link slots it has\n" +
			"read here.",
		Example: exampleLines(
			"rabta query question.graphql",
			"rabta query question.graphql --variables '{\"id\":\"lej\"}' --compact",
			"rabta query question.graphql --variables @variables.json --store sqlite:rabta.db",
			"rabta query - --server http://127.0.0.1:8420 < question.graphql"),
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if url != "" && !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "https://") {
				return usageError{fmt.Errorf("server: %q is no address; write for instance http://127.0.0.1:8420", url)}
			}
			text, err := readArg(c, args)
			if err != nil {
				return err
			}
			body, err := request(text, variables)
			if err != nil {
				return err
			}
			answer, err := answerTo(c, s, url, body)
			if err != nil {
				return err
			}
			return printAnswer(c.OutOrStdout(), answer, compact)
		},
	}
	c.Flags().StringVar(&variables, "variables", "", "variables as JSON, or @FILE")
	c.Flags().StringVar(&url, "server", "", "ask this server, such as http://127.0.0.1:8420, instead of opening a store")
	c.Flags().BoolVar(&compact, "compact", false, "print the answer on one line")
	return c
}

// readArg reads the file that the first argument names; "-" or none is standard
// input.
func readArg(c *cobra.Command, args []string) ([]byte, error) {
	if len(args) == 0 || args[0] == "-" {
		return io.ReadAll(c.InOrStdin())
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return nil, usageError{err}
	}
	return text, nil
}

// request is the body of a GraphQL request; variables are JSON, or @ and the name of a
// file of it.
func request(query []byte, variables string) ([]byte, error) {
	r := map[string]any{"query": string(query)}
	if path, ok := strings.CutPrefix(variables, "@"); ok {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, usageError{fmt.Errorf("variables: %w", err)}
		}
		variables = string(text)
	}
	if variables != "" {
		if !json.Valid([]byte(variables)) {
			return nil, usageError{errors.New(
				"variables: they are not JSON; write for instance --variables '{\"id\": \"lej\"}'")}
		}
		r["variables"] = json.RawMessage(variables)
	}
	return json.Marshal(r)
}

// answerTo answers a request by the server at a URL, or from the store without one.
func answerTo(c *cobra.Command, s *settings, url string, body []byte) ([]byte, error) {
	done := showQuery(c)
	defer done()
	if url != "" {
		return post(c.Context(), url, body)
	}
	return answerFromStore(c, s, body)
}

// post sends a request to a server and returns its answer.
func post(ctx context.Context, url string, body []byte) ([]byte, error) {
	address := strings.TrimRight(url, "/") + "/graphql"
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, usageError{err}
	}
	r.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %s does not answer; check that a server runs there", graph.ErrUnavailable, url)
	}
	defer func() { _ = resp.Body.Close() }()
	return io.ReadAll(resp.Body)
}

// answerFromStore answers from a store, with the very handler that serves it.
func answerFromStore(c *cobra.Command, s *settings, body []byte) ([]byte, error) {
	f, kind, err := openGraph(c, s)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	log, err := s.logger(c.ErrOrStderr())
	if err != nil {
		return nil, err
	}
	here := *s
	if s.store == "" && kind == "memory" {
		here.writes = "false" // nothing would keep them
	}
	config, err := serverConfig(&here, f, kind, log, "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	srv, err := server.New(config)
	if err != nil {
		return nil, err
	}
	r := httptest.NewRequestWithContext(c.Context(), http.MethodPost, "http://127.0.0.1/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	srv.Handler().ServeHTTP(w, r)
	return w.Body.Bytes(), nil
}

// printAnswer prints an answer, indented or on one line, and says whether it holds
// errors.
func printAnswer(out io.Writer, answer []byte, compact bool) error {
	var shown bytes.Buffer
	err := json.Compact(&shown, answer)
	if err == nil && !compact {
		shown.Reset()
		err = json.Indent(&shown, answer, "", "  ")
	}
	if err != nil {
		return fmt.Errorf("the server's answer is not JSON: %.200q", answer)
	}
	fmt.Fprintln(out, strings.TrimSpace(shown.String()))
	var got struct{ Errors []json.RawMessage }
	if json.Unmarshal(answer, &got) == nil && len(got.Errors) > 0 {
		return errAnswer
	}
	return nil
}

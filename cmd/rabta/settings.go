package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/server"
)

// settings are everything that can be set. Each has one name: the flag --listen
// is RABTA_LISTEN in the environment and listen in the configuration file. A flag
// beats the environment, which beats the file.
type settings struct {
	config            string
	listen            string
	store             string
	readOnly          bool
	seeds             bool
	neo4jUsername     string
	neo4jPasswordFile string
	neo4jDatabase     string
	nativeMarking     string
	clearance         string
	defaultMarking    string
	writes            string
	allowedHosts      []string
	reconcileOrigins  []string
	logLevel          string
	logFormat         string
	queryTimeout      time.Duration
	workBudget        int64
	heavyAtOnce       int
	connections       int
	bodyLimit         int64
	exportTimeout     time.Duration
	exportsAtOnce     int
	metricsListen     string
	json              bool

	source map[string]string // where each comes from, when it is not its default
}

func defaults() *settings { return &settings{source: map[string]string{}} }

// sourceOf says where a setting comes from.
func (s *settings) sourceOf(name string) string {
	if source := s.source[name]; source != "" {
		return source
	}
	return "default"
}

func (s *settings) declare(f *pflag.FlagSet) {
	f.StringVar(&s.config, "config", "",
		"configuration file, YAML (default: rabta/config.yaml in the user's configuration folder, if it is there)")
	f.StringVar(&s.listen, "listen", "127.0.0.1:8420", "address to serve on")
	f.StringVar(&s.store, "store", "",
		"store: sqlite:PATH, memory:, neo4j://HOST:PORT, neo4j+s://..., bolt://... "+
			"(default: sqlite: in the user's data folder)")
	f.BoolVar(&s.readOnly, "read-only", false,
		"open the store for reading alone: a file or a folder that cannot be written will do")
	f.BoolVar(&s.seeds, "seeds", true, "load the seed graph into a store that holds nothing")
	f.StringVar(&s.neo4jUsername, "neo4j-username", "neo4j", "user of a Neo4j store")
	f.StringVar(&s.neo4jPasswordFile, "neo4j-password-file", "",
		"file that holds the password of a Neo4j store (or RABTA_NEO4J_PASSWORD)")
	f.StringVar(&s.neo4jDatabase, "neo4j-database", "neo4j", "database of a Neo4j store")
	f.StringVar(&s.nativeMarking, "native-marking", string(graph.Clear),
		"strictest marking that may go into Neo4j's native relationships")
	f.StringVar(&s.clearance, "clearance", string(graph.Clear), "strictest marking that readers of this server may see")
	f.StringVar(&s.defaultMarking, "default-marking", "",
		"what is recorded is at least so strict, where its batch says no other marking; seeds are as they are")
	f.StringVar(&s.writes, "writes", "auto",
		"accept writes over GraphQL: true, false, or auto (only when listening on loopback)")
	f.StringSliceVar(&s.allowedHosts, "allowed-hosts", nil,
		"host names under which the server is reached beside localhost, or * for any; beyond loopback it must be given")
	f.StringSliceVar(&s.reconcileOrigins, "reconcile-origins", nil,
		"origins of pages that may read what /reconcile answers, such as http://127.0.0.1:3333 for OpenRefine")
	f.StringVar(&s.logLevel, "log-level", "info", "debug, info, warn or error")
	f.StringVar(&s.logFormat, "log-format", "text", "text or json")
	f.DurationVar(&s.queryTimeout, "query-timeout", 15*time.Second, "longest time for one query")
	f.Int64Var(&s.workBudget, "work-budget", 2_000_000_000,
		"most slots of work for one request, a slot being a link that is read: link analysis answers in part "+
			"when they are used up, a list not at all; 0 is no limit")
	f.IntVar(&s.heavyAtOnce, "heavy-at-once", runtime.NumCPU(),
		"most requests that cost much and run at the same time; a few more wait for 2 s, others are refused with status 503")
	f.IntVar(&s.connections, "connections", 1000, "most connections that are open at the same time; further ones wait")
	f.DurationVar(&s.exportTimeout, "export-timeout", 15*time.Minute, "longest time for one exported file")
	f.IntVar(&s.exportsAtOnce, "exports-at-once", 8,
		"most exports that run at the same time; further ones are refused with status 503")
	f.StringVar(&s.metricsListen, "metrics-listen", "auto",
		"where /metrics is served: an address of its own such as 127.0.0.1:9420, off, or auto "+
			"(with the rest, if that is on loopback and has no allowed-hosts, to those who come without a proxy)")
	f.Int64Var(&s.bodyLimit, "body-limit", 1<<20, "largest request, in bytes")
	f.BoolVar(&s.json, "json", false, "print results as JSON")
}

// envName is the environment's name for a flag.
func envName(flag string) string {
	return "RABTA_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// load fills in what the environment and the file say and no flag does. A variable
// of the environment that is empty says nothing.
func (s *settings) load(f *pflag.FlagSet) error {
	var problems []error
	f.VisitAll(func(fl *pflag.Flag) {
		v := os.Getenv(envName(fl.Name))
		switch {
		case fl.Changed:
			s.source[fl.Name] = "--" + fl.Name
			return
		case v == "":
			return
		}
		s.source[fl.Name] = envName(fl.Name)
		if err := f.Set(fl.Name, v); err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", envName(fl.Name), err))
		}
	})
	if err := s.loadFile(f); err != nil {
		problems = append(problems, err)
	}
	if len(problems) == 0 {
		return s.check()
	}
	return errors.Join(problems...)
}

func (s *settings) loadFile(f *pflag.FlagSet) error {
	path := s.config
	if path == "" {
		dir, err := os.UserConfigDir()
		if err != nil {
			return nil // no home: no file
		}
		path = filepath.Join(dir, "rabta", "config.yaml")
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && s.config == "" {
		return nil
	}
	if err != nil {
		return fmt.Errorf("config: %w", err)
	}
	file, err := parseFile(text)
	if err != nil {
		return fmt.Errorf("%s:%w", path, err)
	}
	var problems []error
	for _, e := range file {
		decided := s.source[e.name] != ""
		if err := setFromFile(f, e.name, e.value, decided); err != nil {
			problems = append(problems, fmt.Errorf("%s:%d: %s: %w", path, e.line, e.name, err))
		} else if !decided {
			s.source[e.name] = fmt.Sprintf("%s:%d", path, e.line)
		}
	}
	return errors.Join(problems...)
}

// setFromFile sets what the file says about one setting, unless it is decided already;
// then it only must be a setting.
func setFromFile(f *pflag.FlagSet, name string, value any, decided bool) error {
	if name == "config" || f.Lookup(name) == nil {
		return errors.New("there is no such setting; see rabta serve --help")
	}
	text, err := flagText(value)
	if err != nil || decided {
		return err
	}
	return f.Set(name, text)
}

func (s *settings) check() error {
	for _, m := range [][2]string{
		{"clearance", s.clearance},
		{"native-marking", s.nativeMarking},
		{"default-marking", cmp.Or(s.defaultMarking, string(graph.Clear))},
	} {
		if int(graph.Marking(m[1]).Level()) == len(graph.Markings) {
			return fmt.Errorf("%s: %q is no marking; use CLEAR, GREEN, AMBER, AMBER_STRICT or RED", m[0], m[1])
		}
	}
	switch s.writes {
	case "auto", "true", "false":
	default:
		return fmt.Errorf("writes: %q is not true, false or auto", s.writes)
	}
	if s.workBudget < 0 {
		return fmt.Errorf("work-budget: %d is not a number of slots; write 0 for no limit", s.workBudget)
	}
	if s.heavyAtOnce <= 0 {
		return fmt.Errorf("heavy-at-once: %d is too few; write for instance 2", s.heavyAtOnce)
	}
	if s.connections <= 0 {
		return fmt.Errorf("connections: %d is too few; write for instance 1000", s.connections)
	}
	if s.queryTimeout <= 0 {
		return fmt.Errorf("query-timeout: %s is no time; write for instance 15s", s.queryTimeout)
	}
	if s.exportTimeout <= 0 {
		return fmt.Errorf("export-timeout: %s is no time; write for instance 15m", s.exportTimeout)
	}
	if s.exportsAtOnce <= 0 {
		return fmt.Errorf("exports-at-once: %d is too few; write for instance 8", s.exportsAtOnce)
	}
	if _, _, err := net.SplitHostPort(s.metricsListen); s.metricsOnOwn() && err != nil {
		return fmt.Errorf("metrics-listen: %q is not auto, off or HOST:PORT; write for instance 127.0.0.1:9420",
			s.metricsListen)
	}
	if s.bodyLimit <= 0 {
		return fmt.Errorf("body-limit: %d is too little; write for instance 1048576", s.bodyLimit)
	}
	return nil
}

// logger is a logger as the settings say.
func (s *settings) logger(w interface{ Write([]byte) (int, error) }) (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(s.logLevel)); err != nil {
		return nil, usageError{fmt.Errorf("log-level: %q is not debug, info, warn or error", s.logLevel)}
	}
	o := &slog.HandlerOptions{Level: level}
	switch s.logFormat {
	case "text":
		return slog.New(server.LogRequests(slog.NewTextHandler(w, o))), nil
	case "json":
		return slog.New(server.LogRequests(slog.NewJSONHandler(w, o))), nil
	}
	return nil, usageError{fmt.Errorf("log-format: %q is not text or json", s.logFormat)}
}

package neo4j

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/notifications"

	"github.com/rabta/rabta/graph"
)

// Options say how to open a database.
type Options struct {
	Username, Password string
	// Credentials stand in the place of Username and Password where they are not nil.
	Credentials *Credentials
	// Database is the name of the database on the server, "neo4j" when empty.
	Database string
	// Marking is the strictest marking that goes into the native graph, CLEAR
	// when empty. It is kept in the database: opening it with another one rebuilds
	// the native graph.
	Marking graph.Marking
	// Logger gets what the server or the driver said where an error only says
	// that the store is unavailable. Nothing is logged when it is nil.
	Logger *slog.Logger
}

// Store is a graph.Store over one Neo4j database. Several may be open on one
// database, in one process or in many.
type Store struct {
	driver    driver.DriverWithContext
	auth      *Credentials
	bookmarks driver.BookmarkManager
	database  string
	marking   graph.Marking
	log       *slog.Logger
	attempts  int
	// acked is the highest commit that was acknowledged to this Store: it may
	// be read at once, where others' commits must all be visible first.
	acked atomic.Uint64
	// inDoubt is set while a commit of this Store may be under way though its
	// Apply has ended.
	inDoubt atomic.Bool
	// lost is set when the server could not be reached, until it answers.
	lost atomic.Bool

	merging merging
	lines   graph.LineIndex

	mu     sync.Mutex // guards the change of closed against new calls
	closed atomic.Bool
	calls  sync.WaitGroup // what uses the driver
}

var _ graph.Store = (*Store)(nil)

// Time that is given to reaching a server and to retrying what may succeed.
const (
	connectTimeout = 2 * time.Second
	acquireTimeout = 5 * time.Second
	retryTime      = 5 * time.Second
	idleBeforeTest = 30 * time.Second
	connections    = 50
)

// Open connects to the database at uri (neo4j://, neo4j+s://, bolt://, ...),
// brings its schema up to date and warms its plan cache. Several processes may open one
// database at once. It returns an error that is graph.ErrUnavailable when the
// server cannot be reached or refuses the password, and graph.ErrInvalid when
// the database was made by another release or has been altered.
func Open(ctx context.Context, uri string, o Options) (*Store, error) {
	s, err := connect(ctx, uri, o)
	if err != nil {
		return nil, err
	}
	if err := s.prepare(ctx); err != nil {
		_ = s.driver.Close(context.WithoutCancel(ctx))
		return nil, err
	}
	return s, nil
}

// connect makes the driver of a database, which asks nothing yet.
func connect(ctx context.Context, uri string, o Options) (*Store, error) {
	s := &Store{
		auth: o.Credentials, database: o.Database, marking: o.Marking, log: o.Logger, attempts: commitAttempts,
	}
	if s.database == "" {
		s.database = "neo4j"
	}
	if s.marking == "" {
		s.marking = graph.Clear
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.marking.Level() >= uint8(len(graph.Markings)) {
		return nil, graph.Invalid("UNKNOWN_VALUE", "marking", "the native graph's marking is not known",
			"use one of graph.Markings, such as CLEAR")
	}
	if s.auth == nil {
		s.auth = NewCredentials(o.Username, func() (string, error) { return o.Password, nil })
	}
	var err error
	if s.driver, err = driver.NewDriverWithContext(uri, s.auth, configure); err != nil {
		s.log.ErrorContext(ctx, "the store failed", "operation", "open", "error", err)
		return nil, graph.Invalid("BAD_URL", "store", "it is not the address of a Neo4j server",
			"write it as neo4j://HOST:PORT, without user, password or path")
	}
	s.bookmarks = driver.NewBookmarkManager(driver.BookmarkManagerConfig{})
	return s, nil
}

func configure(c *config.Config) {
	c.UserAgent = "rabta"
	c.TelemetryDisabled = true
	c.MaxConnectionPoolSize = connections
	c.SocketConnectTimeout = connectTimeout
	c.ConnectionAcquisitionTimeout = acquireTimeout
	c.MaxTransactionRetryTime = 0 // retry does it: the driver sleeps two seconds first, and then four
	c.ConnectionLivenessCheckTimeout = idleBeforeTest
	c.NotificationsMinSeverity = notifications.DisabledLevel
}

// prepare makes a connected database ready for use.
func (s *Store) prepare(ctx context.Context) error {
	info, err := s.driver.GetServerInfo(ctx)
	if err != nil {
		return s.failed(ctx, "open", err)
	}
	if tooOld(info.Agent()) {
		return incompatible("OLD_SERVER", "the server is "+info.Agent()+", which lacks what rabta needs",
			"use Neo4j 5.26 or later")
	}
	for _, step := range []func(context.Context) error{s.migrate, s.refreshNative, s.warmPlanCache} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// tooOld reports whether a server that calls itself, say, Neo4j/5.26.0 lacks
// what the statements use. What cannot be read passes.
func tooOld(agent string) bool {
	var major, minor int
	if n, _ := fmt.Sscanf(agent, "Neo4j/%d.%d", &major, &minor); n < 2 {
		return false
	}
	return major < 5 || major == 5 && minor < 26
}

// planParams are parameters with which the statements change and find nothing.
var planParams = params{
	"rows": []any{}, "links": []any{}, "claims": []any{}, "sources": []any{}, "records": []any{}, "entities": []any{}, "histories": []any{},
	"batch": "", "writer": 0, "after": 0, "head": 0, "from": 0, "to": -1, "low": 0, "high": 0, "seq": 0,
}

// warmPlanCache has the server plan the statements that writes and followers run,
// which takes it some hundred milliseconds the first time. Nothing is written.
func (s *Store) warmPlanCache(ctx context.Context) error {
	err := s.explicit(ctx, "warm the plan cache", readLimit, func(t driver.ExplicitTransaction) error {
		for _, cypher := range []string{
			cypherHead, cypherLoad, cypherCommits, cypherItems, cypherSources, cypherEntities, cypherRecords,
			cypherClaims, cypherUnlink, cypherRelink, cypherLink, cypherKnown,
		} {
			if err := run(ctx, t, cypher, planParams); err != nil {
				return err
			}
		}
		return t.Rollback(ctx)
	})
	return s.failed(ctx, "open", err)
}

// errClosed becomes an ErrUnavailable that says so.
var errClosed = errors.New("closed")

// beginCall keeps the driver open until endCall. It fails when the store is closed.
func (s *Store) beginCall() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed.Load() {
		return errClosed
	}
	s.calls.Add(1)
	return nil
}

func (s *Store) endCall() { s.calls.Done() }

// Close waits for the calls that are under way and releases the connections.
// Later calls return graph.ErrUnavailable.
func (s *Store) Close() error {
	s.mu.Lock()
	again := s.closed.Swap(true)
	s.mu.Unlock()
	if again {
		return nil
	}
	s.calls.Wait()
	if err := s.driver.Close(context.Background()); err != nil {
		s.log.Warn("the store failed", "operation", "close", "error", err)
	}
	return nil
}

const cypherInspect = `OPTIONAL MATCH (h:Head) RETURN max(h.seq), max(h.recorded)`

// Inspect asks a server, once, what it calls itself, and reads the newest commit of the
// database and when it was recorded; nothing is written. A server that refuses the
// password is not asked again. A database that rabta has not used yet has commit 0.
func Inspect(ctx context.Context, uri string, o Options) (agent string, _ graph.Sequence, _ time.Time, _ error) {
	s, err := connect(ctx, uri, o)
	if err != nil {
		return "", 0, time.Time{}, err
	}
	defer func() { _ = s.driver.Close(context.WithoutCancel(ctx)) }()
	info, err := s.driver.GetServerInfo(ctx)
	if err != nil {
		return "", 0, time.Time{}, s.failed(ctx, "open", err)
	}
	var head row
	err = s.read(ctx, "inspect", func(t tx) (err error) {
		head, err = one(ctx, t, cypherInspect, nil)
		return err
	})
	if err != nil {
		return info.Agent(), 0, time.Time{}, s.failed(ctx, "read the head", err)
	}
	return info.Agent(), graph.Sequence(head.int(0)), head.time(1), nil
}

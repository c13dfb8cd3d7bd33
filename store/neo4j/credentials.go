package neo4j

import (
	"context"
	"sync"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/auth"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/db"

	"github.com/rabta/rabta/graph"
)

// Credentials are a user and a password. What a server refused is not sent to it again
// at every try, which would lock the account, but after a pause, and then ever more
// seldom; a password that has changed meanwhile is sent at once. All stores that are
// opened with the same Credentials keep to that together.
type Credentials struct {
	username string
	read     func() (string, error)

	mu       sync.Mutex
	password *string // nil until it was read
	refused  bool
	since    time.Time // of the last refusal
	next     time.Time // when it may be sent again
	pause    time.Duration
}

var _ auth.TokenManager = (*Credentials)(nil)

// How long a password that was refused is not sent.
const (
	firstRefusal = time.Minute
	longest      = time.Hour
	refusalGrows = 10
)

// NewCredentials are a user and the function that reads the password: once, and again
// after it was refused. Without a user there is no authentication.
func NewCredentials(username string, password func() (string, error)) *Credentials {
	return &Credentials{username: username, read: password, pause: firstRefusal}
}

// errRefused is a password that the server refused.
var errRefused = &graph.UnavailableError{
	What: "the server refuses the user or the password",
	Remedy: "correct them; lest the account be locked they are tried again ever more seldom, " +
		"and at once when the file with the password changes",
}

// GetAuthToken implements auth.TokenManager.
func (c *Credentials) GetAuthToken(context.Context) (driver.AuthToken, error) {
	if c.username == "" {
		return driver.NoAuth(), nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.password == nil || c.refused {
		if err := c.reread(); err != nil {
			return driver.AuthToken{}, err
		}
	}
	if c.refused {
		now := time.Now()
		if now.Before(c.next) {
			return driver.AuthToken{}, errRefused
		}
		c.postpone(now)
	}
	return driver.BasicAuth(c.username, *c.password, ""), nil
}

// reread reads the password. One that differs from what was refused may be sent.
func (c *Credentials) reread() error {
	password, err := c.read()
	switch {
	case err != nil && c.password == nil:
		return &graph.UnavailableError{What: "the password for the server cannot be read", Remedy: "look at its file and the file's permissions"}
	case err == nil && (c.password == nil || *c.password != password):
		c.password, c.refused = &password, false
	}
	return nil
}

// postpone says when the password may be sent next, and lets the pause grow.
func (c *Credentials) postpone(now time.Time) {
	c.next = now.Add(c.pause)
	c.pause = min(refusalGrows*c.pause, longest)
}

// HandleSecurityException implements auth.TokenManager.
func (c *Credentials) HandleSecurityException(_ context.Context, sent driver.AuthToken, err *db.Neo4jError) (bool, error) {
	if err.Code != codeUnauthorized && err.Code != codeLocked {
		return false, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	c.since = now
	if c.password != nil && sent.Tokens["credentials"] == *c.password && !c.refused {
		c.refused = true
		c.postpone(now)
	}
	return false, nil
}

// accepted notes that the server answered.
func (c *Credentials) accepted() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refused = false
	if time.Since(c.since) > longest {
		c.pause = firstRefusal
	}
}

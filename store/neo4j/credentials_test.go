package neo4j

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/db"

	"github.com/rabta/rabta/graph"
)

// refuse has a server refuse what it was sent.
func refuse(t *testing.T, c *Credentials, sent driver.AuthToken, code string) {
	t.Helper()
	if again, err := c.HandleSecurityException(t.Context(), sent, &db.Neo4jError{Code: code}); again || err != nil {
		t.Errorf("%s: to be tried again: %t, %v", code, again, err)
	}
}

// sends reports whether a password may be sent now.
func sends(t *testing.T, c *Credentials, want string) (token driver.AuthToken) {
	t.Helper()
	token, err := c.GetAuthToken(t.Context())
	switch {
	case want == "" && !errors.Is(err, graph.ErrUnavailable):
		t.Errorf("it is sent %v, %v", token.Tokens, err)
	case want != "" && (err != nil || token.Tokens["credentials"] != want):
		t.Errorf("it is sent %v, %v, want %s", token.Tokens, err, want)
	}
	return token
}

// What was refused is sent again after a minute, then ten, then once an hour, each time
// once; another password at once.
func TestRefusedPasswordIsSentSeldom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := "old"
		c := NewCredentials("somebody", func() (string, error) { return now, nil })
		token := sends(t, c, "old")
		sends(t, c, "old")
		refuse(t, c, token, "Neo.ClientError.Security.Forbidden")
		sends(t, c, "old")
		for _, pause := range []time.Duration{time.Minute, 10 * time.Minute, time.Hour, time.Hour} {
			refuse(t, c, token, codeUnauthorized)
			sends(t, c, "")
			time.Sleep(pause - time.Second)
			sends(t, c, "")
			time.Sleep(time.Second)
			sends(t, c, "old")
			sends(t, c, "") // until it is known what became of that
		}
		now = "new"
		sends(t, c, "new")
		refuse(t, c, token, codeUnauthorized) // of a connection that was begun before
		sends(t, c, "new")
		c.accepted()
		sends(t, c, "new")
	})
}

// A password that cannot be read is said to be so; one that was read stands.
func TestPasswordThatCannotBeRead(t *testing.T) {
	broken := errors.New("broken")
	now, err := "", broken
	c := NewCredentials("somebody", func() (string, error) { return now, err })
	sends(t, c, "")
	now, err = "first", nil
	token := sends(t, c, "first")
	err = broken
	refuse(t, c, token, codeLocked)
	sends(t, c, "")
	if token, err := NewCredentials("", nil).GetAuthToken(t.Context()); err != nil || token.Tokens["scheme"] != "none" {
		t.Errorf("without a user it is sent %v, %v", token.Tokens, err)
	}
}

// However often a store is asked and opened with a wrong password, the server is asked
// once: the account is not locked, and the right password is taken.
func TestRefusedPasswordLocksNothing(t *testing.T) {
	empty(t)
	wrong := NewCredentials(server.Username, func() (string, error) { return "wrong-password", nil })
	for range 12 {
		_, err := Open(t.Context(), server.URI, Options{Credentials: wrong})
		wantUnavailable(t, "Open", err)
		if err == nil || !strings.Contains(err.Error(), errRefused.Reason()) {
			t.Fatalf("the error is %v", err)
		}
	}
	s := mustOpen(t, server.URI, Options{})
	apply(t, s, people())
}

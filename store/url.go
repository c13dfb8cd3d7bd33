package store

import (
	"net/url"
	"strconv"

	"github.com/rabta/rabta/graph"
)

// CheckURL reports, as an ErrInvalid, what is wrong with a URL that names a server,
// and asks nothing there: what a server that is down cannot say. Any other URL is
// left to Open. The URL is not quoted, because a password may stand in it.
func CheckURL(address string) error {
	if k := kindOf(address); k == nil || !k.server {
		return nil
	}
	wrong := func(what, remedy string) error { return graph.Invalid("BAD_URL", "store", what, remedy) }
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return wrong("it is not the address of a server", "write it as neo4j://HOST:PORT")
	case u.User != nil:
		return wrong("it holds a user or a password",
			"write it as neo4j://HOST:PORT, and give the user and a file with the password as settings of their own")
	case u.Hostname() == "":
		return wrong("it names no server", "write it as neo4j://HOST:PORT")
	case u.Path != "" && u.Path != "/" || u.Fragment != "":
		return wrong("it goes on after the server",
			"write it as neo4j://HOST:PORT, and give the name of the database as a setting of its own")
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return wrong("its port is not 1 to 65535", "write it as neo4j://HOST:PORT, for instance neo4j://127.0.0.1:7687")
		}
	}
	return nil
}

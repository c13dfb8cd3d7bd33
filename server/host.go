package server

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/rabta/rabta/server/internal/reply"
)

// hostGuard refuses requests for a host that is not this server. A page of
// another site can point its own name at 127.0.0.1 and would then read a local
// server as its own: the Host header gives it away.
type hostGuard struct {
	anyHost bool
	allowed map[string]bool
}

// newHostGuard allows loopback, the host of listen and the names given. Away
// from loopback it allows every host unless names are given.
func newHostGuard(listen string, loopback bool, names []string) hostGuard {
	g := hostGuard{anyHost: !loopback && len(names) == 0, allowed: map[string]bool{}}
	for _, name := range append([]string{listen}, names...) {
		g.allowed[hostOf(name)] = true
	}
	delete(g.allowed, "")
	return g
}

func (g hostGuard) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !g.allows(r.Host) {
			(&reply.Problem{
				Status: http.StatusMisdirectedRequest, Code: CodeMisdirected,
				Message: "this server is not reached under this host name; " +
					"use localhost, or add the name to the allowed hosts",
			}).Write(w, reply.JSON)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (g hostGuard) allows(hostport string) bool {
	host := hostOf(hostport)
	return g.anyHost || g.allowed[host] || host != "" && isLoopback(host)
}

// hostOf is the host in host, host:port or [v6]:port, in lower case and
// without a final dot.
func hostOf(hostport string) string {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.TrimSuffix(strings.TrimPrefix(hostport, "["), "]")
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// isLoopback reports whether a host can only be this machine. No host at all
// counts as loopback: it is where a server listens that is not told where to.
func isLoopback(host string) bool {
	if host == "" || host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}

// listensOnLoopback reports whether only this machine reaches the address. A
// socket file has no host that a browser could be led to.
func listensOnLoopback(addr net.Addr) bool {
	tcp, ok := addr.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

package server

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
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

// AnyHost among the allowed hosts allows every host.
const AnyHost = "*"

// newHostGuard allows loopback, the host of listen and the names given.
func newHostGuard(listen string, names []string) hostGuard {
	g := hostGuard{anyHost: slices.Contains(names, AnyHost), allowed: map[string]bool{}}
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

// foreign reports whether a browser asks for a page of another site. It compares the
// origin with the host where the browser does not say so itself.
func (g hostGuard) foreign(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return false
	case "":
		origin := r.Header.Get("Origin")
		_, host, _ := strings.Cut(origin, "://")
		return origin != "" && host != r.Host && !g.allowed[hostOf(host)]
	}
	return true
}

// crossSite refuses what a page of another site has a browser ask for, without its
// reader's knowing: a GET needs nobody's leave. Browsers say where a request comes from,
// and other programs say nothing.
func (g hostGuard) crossSite(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if g.foreign(r) {
			refuseCrossSite(w)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func refuseCrossSite(w http.ResponseWriter) {
	(&reply.Problem{
		Status: http.StatusForbidden, Code: CodeCrossSite,
		Message: "a page of another site has asked for this in your browser; " +
			"open the address yourself, or ask from a page of this server or from a program",
	}).Write(w, reply.JSON)
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

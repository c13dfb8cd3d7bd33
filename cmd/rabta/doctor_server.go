package main

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/rabta/rabta/machine"
	"github.com/rabta/rabta/server"
)

// checkServer looks at the address to serve on: who may reach it, and what runs there.
func (d *doctor) checkServer(ctx context.Context) {
	s := d.settings
	address, err := dialAddress(s.listen)
	if err != nil {
		d.add(levelProblem, "settings", "", "%v", err)
		return
	}
	if !onLoopback(s.listen) {
		d.checkExposure()
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		status, answers := askHealth(ctx, "http://"+address+path)
		switch {
		case !answers && path == "/healthz":
			d.checkFree(address)
			return
		case status == "ok" || status == "ready":
			d.add(levelOK, "server", "", "the server on %s says %s", address, status)
		default:
			d.add(levelWarning, "server", "look at its log, and ask again", "the server on %s says: %s", address, status)
		}
	}
}

// checkExposure warns of what others than this machine's users would get.
func (d *doctor) checkExposure() {
	s := d.settings
	const remedy = "listen on loopback, or put something in front that knows who asks"
	d.add(levelWarning, "server", remedy, "whoever reaches %s may read all up to %s", s.listen, s.clearance)
	if s.writes == "true" {
		d.add(levelWarning, "server", "set writes to false", "whoever reaches %s may record claims", s.listen)
	}
	if err := checkHosts(s, s.listen); err != nil {
		d.add(levelProblem, "settings", "", "%v", err)
	}
	if slices.Contains(s.allowedHosts, server.AnyHost) {
		d.add(levelWarning, "server", "name the hosts in allowed-hosts",
			"any host name is taken: a page of others could have a reader's browser ask this server under its own name")
	}
}

// askHealth asks a page of health, and tells what it says.
func askHealth(ctx context.Context, url string) (status string, answers bool) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", false
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", false
	}
	defer func() { _ = resp.Body.Close() }()
	var said struct{ Status, Reason string }
	body, _ := io.ReadAll(io.LimitReader(resp.Body, 4096))
	if json.Unmarshal(body, &said) != nil || said.Status == "" {
		return "something that is not rabta's health: " + resp.Status, true
	}
	if said.Reason != "" {
		return said.Status + ", " + said.Reason, true
	}
	return said.Status, true
}

// checkFree says whether a server could listen where none answers.
func (d *doctor) checkFree(address string) {
	l, err := net.Listen("tcp", d.settings.listen)
	if err != nil {
		d.add(levelProblem, "server", "choose another address with --listen, or end what uses this one",
			"nothing answers on %s as rabta does, and it cannot be listened on: %v", address, err)
		return
	}
	_ = l.Close()
	d.add(levelNote, "server", "rabta serve starts one", "no server runs on %s; the address is free", address)
}

// checkMemory compares what memory there is with what the graph may need: all of it is
// kept in memory.
func (d *doctor) checkMemory() {
	limit, from := machine.MemoryLimit()
	if limit == 0 {
		d.add(levelNote, "memory", "", "how much there is cannot be seen on this system")
		return
	}
	d.add(levelOK, "memory", "", "%s, %s", bytesText(limit), from)
	address, err := d.settings.storeURL()
	path, isFile := strings.CutPrefix(address, "sqlite:")
	if err != nil || !isFile {
		return
	}
	if info, err := os.Stat(path); err == nil && uint64(info.Size()) > limit {
		d.add(levelWarning, "memory", "give it more: the whole graph is kept in memory",
			"the store's %s are more than that", bytesText(uint64(info.Size())))
	}
}

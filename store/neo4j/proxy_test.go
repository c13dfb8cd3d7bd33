package neo4j

import (
	"bytes"
	"io"
	"net"
	"net/url"
	"sync/atomic"
	"testing"
)

// proxy stands between a Store and the server, and can cut the line at a commit.
type proxy struct {
	listener net.Listener
	server   string
	next     atomic.Int32
	cuts     atomic.Int32
}

// What happens to the next commit.
const (
	pass int32 = iota
	cutBefore
	cutAfter
)

// commitMessage is Bolt's COMMIT: a chunk of two bytes, and the end of a message.
var commitMessage = []byte{0, 2, 0xB0, 0x12, 0, 0}

func newProxy(t *testing.T) *proxy {
	t.Helper()
	u, err := url.Parse(server.URI)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{listener: listener, server: u.Host}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go p.serve(client)
		}
	}()
	return p
}

// uri is the server's, through the proxy. It does not route, or the server would
// tell the driver of its own address.
func (p *proxy) uri() string { return "bolt://" + p.listener.Addr().String() }

// FailNextCommit implements storetest.Faults.
func (p *proxy) FailNextCommit(afterDurable bool) {
	if afterDurable {
		p.next.Store(cutAfter)
	} else {
		p.next.Store(cutBefore)
	}
}

func (p *proxy) serve(client net.Conn) {
	defer client.Close()
	upstream, err := net.Dial("tcp", p.server)
	if err != nil {
		return
	}
	defer upstream.Close()
	var mute atomic.Bool // set when the server's next answer is to be lost
	go func() {
		defer client.Close()
		buf := make([]byte, 64<<10)
		for {
			n, err := upstream.Read(buf)
			if err != nil || mute.Load() {
				return
			}
			if _, err := client.Write(buf[:n]); err != nil {
				return
			}
		}
	}()
	buf := make([]byte, 64<<10)
	for {
		n, err := client.Read(buf)
		if err != nil {
			return
		}
		if bytes.Contains(buf[:n], commitMessage) {
			switch p.next.Swap(pass) {
			case cutBefore:
				p.cuts.Add(1)
				return
			case cutAfter:
				p.cuts.Add(1)
				mute.Store(true)
			}
		}
		if _, err := io.Copy(upstream, bytes.NewReader(buf[:n])); err != nil {
			return
		}
	}
}

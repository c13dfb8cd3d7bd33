package neo4jtest

import (
	"bytes"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
)

// Proxy stands between a client and a server, and can cut the lines.
type Proxy struct {
	listener net.Listener
	server   string
	next     atomic.Int32 // what happens to the next commit
	cuts     atomic.Int32

	mu      sync.Mutex
	refuses bool
	lines   map[*line]bool
	order   *order // for the line that next sends its words
	ordered *line  // that the last order was for
}

// order has a line cut when so many bytes went over it after its words, which it must send
// one after another.
type order struct {
	words []string
	after int64
	hold  bool
}

// What happens to the next commit.
const (
	pass int32 = iota
	cutBefore
	cutAfter
)

// CommitMessage is Bolt's COMMIT: a chunk of two bytes, and the end of a message.
const CommitMessage = "\x00\x02\xB0\x12\x00\x00"

// NewProxy is a proxy of a server, until the test ends.
func NewProxy(t testing.TB, s *Server) *Proxy {
	t.Helper()
	u, err := url.Parse(s.URI)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{listener: listener, server: u.Host, lines: map[*line]bool{}}
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

// URI is the server's, through the proxy. It does not route, or the server would
// tell the driver of its own address.
func (p *Proxy) URI() string { return "bolt://" + p.listener.Addr().String() }

// FailNextCommit implements storetest.Faults.
func (p *Proxy) FailNextCommit(afterDurable bool) {
	if afterDurable {
		p.next.Store(cutAfter)
	} else {
		p.next.Store(cutBefore)
	}
}

// Cuts is how many lines were cut.
func (p *Proxy) Cuts() int { return int(p.cuts.Load()) }

// CutAfter has the line that next sends all the words, one after another, cut when so many
// bytes went over it, either way, from the last word on. With hold all others are cut with
// it, and none is taken until Refuse is called with false. An order that was given before
// is void.
func (p *Proxy) CutAfter(bytes int64, hold bool, words ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ordered != nil {
		p.ordered.limit.Store(0)
		p.ordered.waits = nil
	}
	p.order, p.ordered = &order{words, bytes, hold}, nil
}

// Passed is how many bytes went over the line that CutAfter was for from the words on.
func (p *Proxy) Passed() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ordered == nil {
		return 0
	}
	return p.ordered.passed.Load()
}

// Refuse cuts all lines and takes no others, until it is called with false.
func (p *Proxy) Refuse(refuse bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuses = refuse
	for l := range p.lines {
		if refuse {
			l.cut()
		}
	}
}

// line is a connection, to both sides.
type line struct {
	proxy            *Proxy
	client, upstream net.Conn
	waits            *order       // that has words to come; under the proxy's mutex
	mute             atomic.Bool  // set when the server's next answer is to be lost
	hold             atomic.Bool  // whether others are cut with it
	limit            atomic.Int64 // of what passes, where it is cut; 0 before there is one
	passed           atomic.Int64 // since then
}

func (p *Proxy) serve(client net.Conn) {
	upstream, err := net.Dial("tcp", p.server)
	if err != nil {
		_ = client.Close()
		return
	}
	l := &line{proxy: p, client: client, upstream: upstream}
	defer l.cut()
	p.mu.Lock()
	refused := p.refuses
	p.lines[l] = true
	p.mu.Unlock()
	defer func() { p.mu.Lock(); delete(p.lines, l); p.mu.Unlock() }()
	if refused {
		return
	}
	go l.answers()
	l.questions()
}

func (l *line) cut() {
	_ = l.client.Close()
	_ = l.upstream.Close()
}

// answers passes on what the server says.
func (l *line) answers() {
	defer l.cut()
	buf := make([]byte, 64<<10)
	for {
		n, err := l.upstream.Read(buf)
		if err != nil || l.mute.Load() || !l.send(l.client, buf[:n]) {
			return
		}
	}
}

// questions passes on what the client says.
func (l *line) questions() {
	buf := make([]byte, 64<<10)
	for {
		n, err := l.client.Read(buf)
		if err != nil {
			return
		}
		if bytes.Contains(buf[:n], []byte(CommitMessage)) {
			switch l.proxy.next.Swap(pass) {
			case cutBefore:
				l.proxy.cuts.Add(1)
				return
			case cutAfter:
				l.proxy.cuts.Add(1)
				l.mute.Store(true)
			}
		}
		l.take(buf[:n])
		if !l.send(l.upstream, buf[:n]) {
			return
		}
	}
}

// take takes the order of the proxy, if this is the first of its words, and counts from
// the last of them on.
func (l *line) take(text []byte) {
	p := l.proxy
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.order != nil && bytes.Contains(text, []byte(p.order.words[0])) {
		p.ordered, l.waits, p.order = l, p.order, nil
	}
	o := l.waits
	if o == nil || !bytes.Contains(text, []byte(o.words[0])) {
		return
	}
	if o.words = o.words[1:]; len(o.words) > 0 {
		return
	}
	l.waits = nil
	l.passed.Store(0)
	l.hold.Store(o.hold)
	l.limit.Store(o.after)
}

// send passes bytes on, up to where the line is to be cut; it reports whether it goes on.
func (l *line) send(to net.Conn, text []byte) bool {
	passed, limit := l.passed.Add(int64(len(text))), l.limit.Load()
	over := limit > 0 && passed > limit
	if over {
		text = text[:max(0, int64(len(text))-(passed-limit))]
	}
	_, err := to.Write(text)
	if over && l.limit.Swap(0) > 0 {
		l.proxy.cuts.Add(1)
		if l.hold.Load() {
			l.proxy.Refuse(true)
		}
	}
	return err == nil && !over
}

package neo4j

import (
	"context"
	"time"

	"github.com/rabta/rabta/graph"
)

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

// Command rabta is the knowledge-graph service for militant-group networks.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/seeds"
	"github.com/rabta/rabta/server"
	"github.com/rabta/rabta/store"
)

func main() {
	ctx := context.Background()
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	st, err := store.Open(ctx, "memory:", store.Options{Logger: log})
	if err != nil {
		panic(err)
	}
	b, err := seeds.Batch()
	if err != nil {
		panic(err)
	}
	f := live.NewFollower(st, log)
	if _, err := f.Apply(ctx, b); err != nil {
		panic(err)
	}
	c := server.Assemble(server.Service{Follower: f, Store: "memory", Clearance: graph.Clear, Writes: true, Log: log})
	c.Listen = "127.0.0.1:8420"
	s, err := server.New(c)
	if err != nil {
		panic(err)
	}
	ln, err := net.Listen("tcp", c.Listen)
	if err != nil {
		panic(err)
	}
	fmt.Println("http://127.0.0.1:8420/playground")
	_ = s.Run(ctx, ln)
}

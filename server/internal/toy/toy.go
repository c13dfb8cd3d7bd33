// Package toy is a small GraphQL service of groups that the tests of the HTTP
// side are run against: it has a list, pages, a mutation, a subscription, a
// scalar of its own and fields that go wrong on request.
package toy

//go:generate go tool gqlgen generate

import (
	"context"
	_ "embed"
	"errors"
	"fmt"

	"github.com/99designs/gqlgen/graphql"

	"github.com/rabta/rabta/server/internal/toy/date"
	"github.com/rabta/rabta/server/internal/toy/generated"
)

// SDL is the toy's schema as text.
//
//go:embed schema.graphql
var SDL string

// ErrKnown stands for an error that an error table knows.
var ErrKnown = errors.New("no such group")

// Secret is part of every error that no client may read.
const Secret = "bolt://admin:hunter2@10.0.0.7"

// New returns the toy service.
func New() graphql.ExecutableSchema {
	return generated.NewExecutableSchema(generated.Config{Resolvers: root{}})
}

type sequenceKey struct{}

// WithSequence puts the moment of a reader into a context; the field
// "sequence" answers it.
func WithSequence(ctx context.Context, n uint64) context.Context {
	return context.WithValue(ctx, sequenceKey{}, n)
}

type root struct{}

func (root) Query() generated.QueryResolver               { return query{} }
func (root) Mutation() generated.MutationResolver         { return mutation{} }
func (root) Subscription() generated.SubscriptionResolver { return subscription{} }
func (root) Group() generated.GroupResolver               { return group{} }

func one(id string) *generated.Group {
	return &generated.Group{ID: id, Name: "Group " + id, Kind: generated.GroupKindArmed, Aliases: []string{id}}
}

func some(n int) []*generated.Group {
	groups := make([]*generated.Group, n)
	for i := range groups {
		groups[i] = one(fmt.Sprint(i + 1))
	}
	return groups
}

// page answers at most three groups, whatever was asked for.
func page(first, last *int32) *generated.GroupConnection {
	n := 3
	for _, size := range []*int32{first, last} {
		if size != nil && *size >= 0 && int(*size) < n {
			n = int(*size)
		}
	}
	return &generated.GroupConnection{Nodes: some(n), TotalCount: 3}
}

type query struct{}

func (query) Node(_ context.Context, id string) (generated.Node, error) { return one(id), nil }

func (query) Nodes(_ context.Context, ids []string) ([]generated.Node, error) {
	nodes := make([]generated.Node, len(ids))
	for i, id := range ids {
		nodes[i] = one(id)
	}
	return nodes, nil
}

func (query) Group(_ context.Context, id string) (*generated.Group, error) { return one(id), nil }

func (query) Groups(_ context.Context, _ *generated.GroupWhere, first *int32, _ *string, last *int32, _ *string) (*generated.GroupConnection, error) {
	return page(first, last), nil
}

func (query) Neighbourhood(_ context.Context, of []string, _ *int32) ([]generated.Node, error) {
	return query{}.Nodes(context.Background(), of)
}

func (query) Day(_ context.Context, of date.Date) (date.Date, error) { return of, nil }

func (query) Ratio(_ context.Context, of float64) (float64, error) { return of, nil }

func (query) Fail(ctx context.Context, how generated.Failure) (*string, error) {
	switch how {
	case generated.FailureKnown:
		return nil, fmt.Errorf("looking in %s: %w", Secret, ErrKnown)
	case generated.FailurePanic:
		panic("lost " + Secret)
	case generated.FailureSlow:
		<-ctx.Done()
		return nil, fmt.Errorf("asking %s: %w", Secret, ctx.Err())
	default:
		return nil, errors.New("cannot reach " + Secret)
	}
}

func (query) Failures(ctx context.Context, count int32) ([]*string, error) {
	for range min(count, 1000) {
		graphql.AddError(ctx, errors.New("cannot reach "+Secret))
	}
	return []*string{}, nil
}

func (query) Sequence(ctx context.Context) (int32, error) {
	n, _ := ctx.Value(sequenceKey{}).(uint64)
	return int32(n), nil
}

type mutation struct{}

func (mutation) Rename(_ context.Context, id, name string) (*generated.Group, error) {
	g := one(id)
	g.Name = name
	return g, nil
}

type subscription struct{}

func (subscription) Ticks(ctx context.Context) (<-chan int32, error) {
	ticks := make(chan int32, 1)
	ticks <- 1
	close(ticks)
	return ticks, nil
}

type group struct{}

func (group) Allies(_ context.Context, _ *generated.Group, first *int32, _ *string, last *int32, _ *string) (*generated.GroupConnection, error) {
	return page(first, last), nil
}

func (group) Rivals(context.Context, *generated.Group) ([]*generated.Group, error) {
	return some(2), nil
}

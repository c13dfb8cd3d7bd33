package server

import (
	"context"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/rabta/rabta/graph"
)

// recordInput has what is wrong with records in variables told as data, all at once and
// with what else is wrong with them. The validator of variables would refuse the request
// at the first word of a list that is not in it:
//
//	before the validator   what it would refuse is noted and put aside
//	after it               words that are not in a list, and what is missing, are put back:
//	                       the check of the batch tells of them
//	in record              the rest goes into graph.Batch.Faults
type recordInput struct {
	schema *ast.Schema
	cache  graphql.Cache[*ast.QueryDocument]
}

// recordInputType is the one type whose faults are told so: what is resolved from others
// would not ask for them.
const recordInputType = "RecordInput"

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
	graphql.OperationContextMutator
} = (*recordInput)(nil)

// ExtensionName names it to the executor.
func (r *recordInput) ExtensionName() string { return "RecordInput" }

// Validate accepts every schema.
func (r *recordInput) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters puts aside what the validator of variables would refuse.
func (r *recordInput) MutateOperationParameters(ctx context.Context, request *graphql.RawParams) *gqlerror.Error {
	if len(request.Variables) == 0 || r.schema.Mutation == nil || !strings.Contains(request.Query, "mutation") {
		return nil
	}
	document, known := r.cache.Get(ctx, request.Query)
	if !known {
		var err error
		if document, err = parser.ParseQuery(&ast.Source{Input: request.Query}); err != nil {
			return nil // the executor says so
		}
	}
	operation := document.Operations.ForName(request.OperationName)
	if operation == nil || operation.Operation != ast.Mutation {
		return nil
	}
	_, info := withRequestInfo(ctx)
	info.faults = inputFaults{problems: map[string][]graph.Problem{}}
	for _, selection := range operation.SelectionSet {
		if field, ok := selection.(*ast.Field); ok {
			r.field(&info.faults, field, request.Variables)
		}
	}
	return nil
}

func (r *recordInput) field(faults *inputFaults, field *ast.Field, variables map[string]any) {
	declared := r.schema.Mutation.Fields.ForName(field.Name)
	if declared == nil {
		return
	}
	for _, argument := range field.Arguments {
		d := declared.Arguments.ForName(argument.Name)
		if d != nil && d.Type.Name() == recordInputType {
			w := inputWalk{schema: r.schema, variables: variables, faults: faults, field: field.Alias}
			w.literal(d.Type, argument.Value, "")
		}
	}
}

// MutateOperationContext puts back what the check of a batch tells of.
func (r *recordInput) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	_, info := withRequestInfo(ctx)
	for _, undo := range info.faults.undo {
		undo(op.Variables)
	}
	return nil
}

// inputFaults are what is wrong with the arguments of a mutation, by the alias of its
// field, and what undoes the changes that were made for the validator's sake, in the
// variables as it gives them.
type inputFaults struct {
	problems map[string][]graph.Problem
	undo     []func(variables map[string]any)
}

// faultsOf are those of the field that is being resolved.
func faultsOf(ctx context.Context) []graph.Problem {
	_, info := withRequestInfo(ctx)
	field := graphql.GetFieldContext(ctx)
	if field == nil {
		return nil
	}
	return info.faults.problems[field.Field.Alias]
}

package main

import (
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/graphql"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/rabta/rabta/schema/scalar"
)

// marshalString is gqlgen's own function for texts.
func marshalString() *types.Func {
	pkg := types.NewPackage("github.com/99designs/gqlgen/graphql", "graphql")
	return types.NewFunc(token.NoPos, pkg, "MarshalString", types.NewSignatureType(nil, nil, nil, nil, nil, false))
}

// groups is what gqlgen knows of "type Group { name: String! rivals: [Group!]! allies(first: Int): String! }".
func groups() *codegen.Data {
	text := &ast.Definition{Kind: ast.Scalar, Name: "String"}
	definition := &ast.Definition{Kind: ast.Object, Name: "Group"}
	group := types.NewNamed(types.NewTypeName(token.NoPos, types.NewPackage("example.org/toy", "toy"), "Group", nil), types.NewStruct(nil, nil), nil)
	one := &codegen.Object{Definition: definition}
	name := &config.TypeReference{
		Definition: text, GQL: ast.NonNullNamedType("String", nil), GO: types.Typ[types.String], Marshaler: marshalString(),
	}
	list := &config.TypeReference{
		Definition: definition, GQL: ast.NonNullListType(ast.NonNullNamedType("Group", nil), nil),
		GO: types.NewSlice(types.NewPointer(group)),
	}
	field := func(name string, t *config.TypeReference) *codegen.Field {
		return &codegen.Field{
			FieldDefinition: &ast.FieldDefinition{Name: name, Type: t.GQL},
			TypeReference:   t, Object: one, GoFieldType: codegen.GoFieldMethod, NoErr: true,
		}
	}
	one.Fields = []*codegen.Field{field("name", name), field("rivals", list), {
		FieldDefinition: &ast.FieldDefinition{Name: "allies"}, TypeReference: name, Object: one, IsResolver: true,
	}}
	return &codegen.Data{
		Objects:         codegen.Objects{one, {Definition: &ast.Definition{Name: "Subscription"}, Stream: true}},
		ReferencedTypes: map[string]*config.TypeReference{"a": name, "b": list},
	}
}

// written is what gqlgen writes for it.
func written(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "written.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestRewrite(t *testing.T) {
	all := files{"group.go": written(t)}
	if err := all.rewrite(groups()); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("testdata", "rewritten.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), all["group.go"]); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestWhatIsNotKnownIsRefused: whatever gqlgen comes to write in another way is an error that names the place.
func TestWhatIsNotKnownIsRefused(t *testing.T) {
	for _, c := range []struct{ what, old, now, says string }{
		{"a middleware", "\t\tnil,\n", "\t\tchain,\n", "_Group_name"},
		{"another function for fields", "return graphql.ResolveField(", "return graphql.Resolve(", "_Group_name"},
		{"an argument more", "\t\ttrue,\n\t\ttrue,\n\t)", "\t\ttrue,\n\t\ttrue,\n\t\ttrue,\n\t)", "_Group_name"},
		{"an argument less", "\t\ttrue,\n\t\ttrue,\n\t)", "\t\ttrue,\n\t)", "_Group_name"},
		{"a panic that is let through", "\t\ttrue,\n\t\ttrue,\n\t)", "\t\tfalse,\n\t\ttrue,\n\t)", "_Group_name"},
		{"a value that is worked on", "\t\t\treturn obj.Name(), nil\n", "\t\t\tv := obj.Name()\n\t\t\treturn v, nil\n", "_Group_name"},
		{"a value that can fail", "obj.Name(), nil", "obj.Name()", "_Group_name"},
		{"another writer", "marshalNString2string(ctx, selections", "marshalNID2string(ctx, selections", "_Group_name"},
		{"a field renamed", "_Group_rivals(", "_Group_Rivals(", "_Group_rivals"},
		{"two of one name", "_Group_allies(", "_Group_name(", "_Group_name"},
		{"another object's context", "ec.fieldContext_Group_name(ctx", "ec.fieldContext_Person_name(ctx", "_Group_name"},
		{"no group of deferred fields", "\tdeferred := graphql.NewDeferredGroup(ctx)\n", "", "_Group:"},
		{"another group of deferred fields", "graphql.NewDeferredGroup(ctx)", "graphql.NewDeferredGroup()", "_Group:"},
		{"deferred fields sent otherwise", "ec.ProcessDeferredGroup(deferred)", "ec.Process(deferred)", "_Group:"},
		{"deferred fields elsewhere", "ec.OperationContext, &deferred, i,", "ec.OperationContext, i, &deferred,", "&deferred"},
		{"a bound on workers", "len(v), 0, false,", "len(v), 4, false,", "marshalNGroup2"},
		{"elements answered otherwise", "graphql.MarshalSliceConcurrently(", "graphql.MarshalSlice(", "marshalNGroup2"},
		{"a list of another name", "marshalNGroup2ᚕᚖexampleᚗorgᚋtoyᚐGroupᚄ(ctx context.Context, sel", "marshalList(ctx context.Context, sel", "marshalNGroup2"},
		{"what is no Go", "package toy", "package", "expected"},
	} {
		text := written(t)
		if !strings.Contains(text, c.old) {
			t.Errorf("%s: there is no %q to change", c.what, c.old)
			continue
		}
		err := files{"group.go": strings.Replace(text, c.old, c.now, 1)}.rewrite(groups())
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want one that says %q", c.what, err, c.says)
		}
	}
}

// TestNothingIsWrittenInPart: a folder is rewritten whole or stays as gqlgen left it, and files of others are left alone.
func TestNothingIsWrittenInPart(t *testing.T) {
	folder := t.TempDir()
	own, other := filepath.Join(folder, "group.generated.go"), filepath.Join(folder, "own.go")
	bad := strings.Replace(written(t), "len(v), 0, false,", "len(v), 4, false,", 1)
	for name, text := range map[string]string{own: bad, other: strings.TrimPrefix(bad, mark)} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := rewriteFolder(folder, groups()); err == nil || !strings.Contains(err.Error(), folder) {
		t.Errorf("error %v, want one that names the folder", err)
	}
	if text, err := os.ReadFile(own); err != nil || string(text) != bad {
		t.Errorf("the file was changed; %v", err)
	}
}

// TestUnfailing: what is taken to write any value never says that it was none.
func TestUnfailing(t *testing.T) {
	written := map[string]graphql.Marshaler{
		"github.com/99designs/gqlgen/graphql.MarshalBoolean":   graphql.MarshalBoolean(false),
		"github.com/99designs/gqlgen/graphql.MarshalID":        graphql.MarshalID(""),
		"github.com/99designs/gqlgen/graphql.MarshalInt":       graphql.MarshalInt(0),
		"github.com/99designs/gqlgen/graphql.MarshalString":    graphql.MarshalString(""),
		"github.com/rabta/rabta/schema/scalar.MarshalDate":     scalar.MarshalDate(0),
		"github.com/rabta/rabta/schema/scalar.MarshalID":       scalar.MarshalID(""),
		"github.com/rabta/rabta/schema/scalar.MarshalSequence": scalar.MarshalSequence(0),
	}
	for name := range unfailing {
		if m, ok := written[name]; !ok || m == graphql.Null || m == graphql.RequiredNull {
			t.Errorf("%s wrote null, or is not tried here", name)
		}
	}
}

// TestQuiet: only what can make no error is written without its field's context.
func TestQuiet(t *testing.T) {
	text := types.Typ[types.String]
	required := ast.NonNullNamedType("String", nil)
	base := config.TypeReference{
		Definition: &ast.Definition{Kind: ast.Scalar, Name: "String"}, GQL: required, GO: text, Marshaler: marshalString(),
	}
	for _, c := range []struct {
		what   string
		change func(*config.TypeReference)
		want   bool
	}{
		{"text", func(*config.TypeReference) {}, true},
		{"an optional text", func(r *config.TypeReference) {
			r.GO, r.GQL = types.NewPointer(text), ast.NamedType("String", nil)
		}, true},
		{"a text that may be missing and must not", func(r *config.TypeReference) { r.GO = types.NewPointer(text) }, false},
		{"texts", func(r *config.TypeReference) {
			r.GO, r.GQL = types.NewSlice(text), ast.NonNullListType(required, nil)
		}, true},
		{"texts that may be missing and must not", func(r *config.TypeReference) {
			r.GO, r.GQL = types.NewSlice(types.NewPointer(text)), ast.NonNullListType(required, nil)
		}, false},
		{"words in a list, which are answered as elements", func(r *config.TypeReference) {
			r.Definition = &ast.Definition{Kind: ast.Enum, Name: "Word"}
			r.GO, r.GQL = types.NewSlice(text), ast.NonNullListType(required, nil)
		}, false},
		{"what is written in its context", func(r *config.TypeReference) { r.IsContext = true }, false},
		{"what writes itself", func(r *config.TypeReference) { r.Marshaler = nil }, false},
		{"what another function writes", func(r *config.TypeReference) {
			r.Marshaler = types.NewFunc(token.NoPos, r.Marshaler.Pkg(), "MarshalTime", r.Marshaler.Signature())
		}, false},
		{"an object", func(r *config.TypeReference) { r.Definition = &ast.Definition{Kind: ast.Object, Name: "Group"} }, false},
	} {
		t.Run(c.what, func(t *testing.T) {
			r := base
			c.change(&r)
			if got := quiet(&r); got != c.want {
				t.Errorf("quiet: %v", got)
			}
		})
	}
}

// Package schema is the GraphQL schema as text, one file a noun.
package schema

import (
	"embed"
	"io/fs"
	"strings"
)

//go:generate go tool gqlgen generate --config ../gqlgen.yml

//go:embed *.graphqls
var files embed.FS

// SDL is the whole schema in GraphQL's schema definition language, files in the
// order of their names.
func SDL() string {
	var text strings.Builder
	names, _ := fs.Glob(files, "*.graphqls") // the pattern is well formed
	for _, name := range names {
		b, _ := files.ReadFile(name) // embedded under that name
		text.Write(b)
		text.WriteByte('\n')
	}
	return text.String()
}

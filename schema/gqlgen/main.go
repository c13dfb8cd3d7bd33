// Command gqlgen generates the executor of a schema with github.com/99designs/gqlgen, and takes out of what that writes
// whatever answers that are read from memory have no use for: see rewrite. It stands in the place of gqlgen's own command:
//
//	go tool gqlgen generate
//
// in the folder of a gqlgen.yml.
package main

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
)

func main() {
	if len(os.Args) != 2 || os.Args[1] != "generate" {
		fmt.Fprintln(os.Stderr, "usage, in the folder of a gqlgen.yml: go tool gqlgen generate")
		os.Exit(2)
	}
	if err := generate(); err != nil {
		fmt.Fprintln(os.Stderr, "gqlgen:", err)
		os.Exit(1)
	}
}

func generate() error {
	log.SetOutput(io.Discard) // gqlgen says there what it did
	cfg, err := config.LoadConfigFromDefaultLocations()
	if err != nil {
		return fmt.Errorf("reading gqlgen.yml: %w", err)
	}
	var seen known
	if err := api.Generate(cfg, api.AddPlugin(&seen)); err != nil {
		return err
	}
	if seen.Data == nil {
		return errors.New("gqlgen did not show what it generates from; see what its plugins are called with now")
	}
	return rewriteFolder(cfg.Exec.Dir(), seen.Data)
}

// known is a plugin that keeps what gqlgen generates from.
type known struct{ *codegen.Data }

// Name is the plugin's name in gqlgen's messages.
func (*known) Name() string { return "rewrite" }

// GenerateCode generates nothing.
func (k *known) GenerateCode(data *codegen.Data) error {
	k.Data = data
	return nil
}

// Package compose checks, without an engine, what is written for one:
// docker-compose.yml and the Dockerfile. It is a module of its own, so that the
// parser of Compose is no dependency of rabta.
package compose

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

func project(t *testing.T) *types.Project {
	t.Helper()
	o, err := cli.NewProjectOptions([]string{filepath.Join("..", "..", "docker-compose.yml")}, cli.WithoutEnvironmentResolution)
	if err != nil {
		t.Fatal(err)
	}
	p, err := o.LoadProject(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The parser of Compose itself reads the file, and finds what the documents say.
func TestComposeFile(t *testing.T) {
	p := project(t)
	for _, name := range []string{"neo4j", "rabta"} {
		s, err := p.GetService(name)
		if err != nil {
			t.Fatal(err)
		}
		if s.HealthCheck == nil || s.MemLimit == 0 || len(s.Secrets) == 0 || len(s.Ports) == 0 {
			t.Errorf("%s lacks a health check, a limit of memory, a secret or a port", name)
		}
		for _, port := range s.Ports {
			if port.HostIP != "127.0.0.1" {
				t.Errorf("%s publishes %s on %q, not on loopback", name, port.Published, port.HostIP)
			}
		}
		if !slices.Contains(s.SecurityOpt, "no-new-privileges:true") || !slices.Contains(s.CapDrop, "ALL") || len(s.CapAdd) > 0 {
			t.Errorf("%s may gain privileges, or keeps some", name)
		}
	}
	neo4j, _ := p.GetService("neo4j")
	if !regexp.MustCompile(`^neo4j:5\.26\.\d+-community$`).MatchString(neo4j.Image) || value(neo4j, "NEO4J_dbms_usage__report_enabled") != "false" || len(neo4j.Volumes) == 0 {
		t.Errorf("neo4j: image %s, volumes %v, or it reports its usage", neo4j.Image, neo4j.Volumes)
	}
	rabta, _ := p.GetService("rabta")
	if !rabta.ReadOnly || rabta.DependsOn["neo4j"].Condition != types.ServiceConditionHealthy {
		t.Errorf("rabta: read-only %v, depends %v", rabta.ReadOnly, rabta.DependsOn)
	}
	if rabta.Build == nil || rabta.Build.Args["COMMIT"] == nil {
		t.Error("the image is not told its commit")
	}
	for name, secret := range p.Secrets {
		if !strings.Contains(secret.File, "secrets") {
			t.Errorf("secret %s is read from %s", name, secret.File)
		}
	}
}

func value(s types.ServiceConfig, name string) string {
	if v := s.Environment[name]; v != nil {
		return *v
	}
	return ""
}

// The image is of the version that the tests run against.
func TestSameNeo4j(t *testing.T) {
	pom, err := os.ReadFile(filepath.Join("..", "..", "scripts", "neo4j.d", "pom.xml"))
	if err != nil {
		t.Fatal(err)
	}
	neo4j, err := project(t).GetService("neo4j")
	if err != nil {
		t.Fatal(err)
	}
	version := strings.TrimSuffix(strings.TrimPrefix(neo4j.Image, "neo4j:"), "-community")
	if !strings.Contains(string(pom), "<version>"+version+"</version>") {
		t.Errorf("the tests run against another version than %s", neo4j.Image)
	}
}

// Every setting of rabta in the file is one that it knows.
func TestSettingsAreKnown(t *testing.T) {
	help := serveHelp(t)
	rabta, err := project(t).GetService("rabta")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for name := range rabta.Environment {
		setting, ok := strings.CutPrefix(name, "RABTA_")
		if !ok {
			continue
		}
		found++
		flag := "--" + strings.ToLower(strings.ReplaceAll(setting, "_", "-"))
		if !strings.Contains(help, flag+" ") {
			t.Errorf("%s: there is no %s", name, flag)
		}
	}
	if found < 4 {
		t.Errorf("only %d settings", found)
	}
}

func serveHelp(t *testing.T) string {
	t.Helper()
	help, err := inRoot("go", "run", "./cmd/rabta", "serve", "--help").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(help)
}

func inRoot(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = filepath.Join("..", "..")
	cmd.Stderr = os.Stderr
	return cmd
}

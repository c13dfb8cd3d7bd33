package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/rabta/rabta/store"
)

// passwordEnv is a setting that the environment alone may hold.
const passwordEnv = "RABTA_NEO4J_PASSWORD"

// checkSettings tells each setting and where it comes from, and what is wrong with them.
func (d *doctor) checkSettings(f *pflag.FlagSet, wrong error) {
	f.VisitAll(func(fl *pflag.Flag) {
		d.add(levelOK, "settings", "", "%s = %s (%s)", fl.Name, shownValue(fl), d.settings.sourceOf(fl.Name))
	})
	if wrong != nil {
		for line := range strings.Lines(wrong.Error()) {
			d.add(levelProblem, "settings", "correct it", "%s", strings.TrimSuffix(line, "\n"))
		}
	}
	for _, name := range strangeVariables(f, os.Environ()) {
		d.add(levelWarning, "settings", "correct its name or unset it",
			"%s is in the environment, and there is no such setting", name)
	}
	if os.Getenv(passwordEnv) != "" {
		d.add(levelNote, "settings", "a file named by neo4j-password-file is safer",
			"%s is set: whoever may look at this process can read the environment", passwordEnv)
	}
	if file := d.settings.neo4jPasswordFile; file != "" {
		d.checkSecret(file)
	}
}

// shownValue is the value of a setting. An address that may hold a password is not shown.
func shownValue(f *pflag.Flag) string {
	text := f.Value.String()
	if f.Name == "store" && store.CheckURL(text) != nil {
		return "not shown"
	}
	if text == "" || text == "[]" {
		return "nothing"
	}
	return text
}

// strangeVariables are the names in the environment that look like settings and are none.
func strangeVariables(f *pflag.FlagSet, environ []string) (names []string) {
	known := []string{passwordEnv}
	f.VisitAll(func(fl *pflag.Flag) { known = append(known, envName(fl.Name)) })
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		if value != "" && strings.HasPrefix(name, "RABTA_") && !slices.Contains(known, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// checkSecret looks at who may read a file that holds a password.
func (d *doctor) checkSecret(path string) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		d.add(levelProblem, "settings", "correct neo4j-password-file, or make the file",
			"the password file: %v", plainPathError(err))
	case info.Size() == 0:
		d.add(levelProblem, "settings", "write the password into it", "%s is empty", path)
	case othersMay(info, 0o044):
		d.add(levelWarning, "settings", "chmod 600, unless a container's user must read it",
			"%s holds a password, and others on this machine may read it (%v)", path, info.Mode().Perm())
	default:
		d.add(levelOK, "settings", "", "%s is for its owner alone", path)
	}
}

// othersMay reports whether others than the owner of a file have one of the rights.
func othersMay(info fs.FileInfo, rights fs.FileMode) bool {
	return runtime.GOOS != "windows" && info.Mode().Perm()&rights != 0
}

// plainPathError is an error about a file without the name of the system call.
func plainPathError(err error) string {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Sprintf("%s: %v", at.Path, at.Err)
	}
	return err.Error()
}

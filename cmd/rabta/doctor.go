package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// The levels of what the doctor finds. A problem keeps rabta from working, a warning
// does not.
const (
	levelOK      = "ok"
	levelNote    = "note"
	levelWarning = "warning"
	levelProblem = "problem"
)

// diagnosis is one thing that the doctor found, and what to do about it.
type diagnosis struct {
	Subject string `json:"subject"`
	Level   string `json:"level"`
	Found   string `json:"found"`
	Remedy  string `json:"remedy,omitempty"`
}

func (d diagnosis) String() string {
	line := fmt.Sprintf("%-8s %-9s %s", d.Level, d.Subject, d.Found)
	if d.Remedy != "" {
		line += "; " + d.Remedy
	}
	return line
}

// doctor looks at everything that rabta needs, and changes nothing.
type doctor struct {
	settings *settings
	found    []diagnosis
}

func (d *doctor) add(level, subject, remedy, found string, args ...any) {
	d.found = append(d.found, diagnosis{subject, level, fmt.Sprintf(found, args...), remedy})
}

func doctorCommand(s *settings) *cobra.Command {
	var wrong error
	return &cobra.Command{
		Use:   "doctor",
		Short: "Say what is set, what is there, and what to do about what is wrong",
		Long: "Say what is set and where that comes from, how the store is, who may read its files, how much room and\n" +
			"memory there is, and whether a server runs. Nothing is changed, and nothing leaves this machine but one\n" +
			"question to a Neo4j server that is set. A line begins with ok, note, warning or problem and ends with what\n" +
			"to do.\n\n" +
			"The exit code is 0 without problems, 2 when a setting is wrong, 3 when the store cannot be used, 1 otherwise.",
		Example: exampleLines(
			"rabta doctor",
			"rabta doctor --store sqlite:rabta.db",
			"rabta doctor --json"),
		Args: cobra.NoArgs,
		PersistentPreRunE: func(c *cobra.Command, _ []string) error {
			wrong = s.load(c.Root().PersistentFlags()) // is told among the rest
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error {
			d := &doctor{settings: s}
			d.version()
			d.checkSettings(c.Root().PersistentFlags(), wrong)
			if wrong == nil {
				d.checkStore(c)
				d.checkServer(c.Context())
			}
			d.checkMemory()
			if err := d.print(c.OutOrStdout()); err != nil {
				return err
			}
			return d.verdict()
		},
	}
}

func (d *doctor) version() { d.add(levelOK, "version", "", "%s %s", readBuild(), readBuild().System) }

func (d *doctor) print(out io.Writer) error {
	if d.settings.json {
		text, err := json.MarshalIndent(map[string]any{"findings": d.found}, "", "  ")
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(out, string(text))
		return err
	}
	var b strings.Builder
	for _, f := range d.found {
		fmt.Fprintln(&b, f)
	}
	fmt.Fprintf(&b, "%s, %s\n", plural(d.count(levelProblem), "problem"), plural(d.count(levelWarning), "warning"))
	_, err := io.WriteString(out, b.String())
	return err
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func (d *doctor) count(level string) (n int) {
	for _, f := range d.found {
		if f.Level == level {
			n++
		}
	}
	return n
}

// verdict is the error, and with it the exit code, that the worst of the problems makes.
func (d *doctor) verdict() error {
	if d.count(levelProblem) == 0 {
		return nil
	}
	err := errors.New("something keeps rabta from working; see the lines that begin with problem")
	for _, f := range d.found {
		switch {
		case f.Level == levelProblem && f.Subject == "settings":
			return usageError{err}
		case f.Level == levelProblem && f.Subject == "store":
			return storeError{err}
		}
	}
	return err
}

// bytesText is a number of bytes for people.
func bytesText(n uint64) string {
	const step = 1024
	units := []string{"bytes", "KiB", "MiB", "GiB", "TiB"}
	size, unit := float64(n), 0
	for size >= step && unit < len(units)-1 {
		size, unit = size/step, unit+1
	}
	if unit == 0 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%.1f %s", size, units[unit])
}

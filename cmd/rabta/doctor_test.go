package main

import (
	"strings"
	"testing"
	"time"

	"github.com/rabta/rabta/store"
)

// only is the one thing that a doctor found.
func only(t *testing.T, look func(*doctor)) diagnosis {
	t.Helper()
	d := &doctor{settings: defaults()}
	if look(d); len(d.found) == 0 {
		return diagnosis{}
	}
	return d.found[len(d.found)-1]
}

// TestClockIsCompared: a newest commit that lies ahead of this machine's clock is told of,
// and one that does not is none of that.
func TestClockIsCompared(t *testing.T) {
	for ahead, want := range map[time.Duration]string{-time.Hour: levelOK, 0: levelOK, time.Hour: levelWarning} {
		got := only(t, func(d *doctor) { d.checkHead(store.Inspection{Head: 7, Recorded: time.Now().Add(ahead)}) })
		if got.Level != want || (got.Subject == "clock") != (want == levelWarning) {
			t.Errorf("%s ahead: %s", ahead, got)
		}
	}
}

// TestEncryptionIsAsked: who sends a password over a network unencrypted is told so.
func TestEncryptionIsAsked(t *testing.T) {
	for address, want := range map[string]bool{
		"neo4j://127.0.0.1:7687": false, "bolt://localhost": false, "neo4j://[::1]:7687": false,
		"neo4j+s://db.example:7687": false, "bolt+ssc://db.example": false,
		"neo4j://db.example:7687": true, "bolt://10.0.0.7": true,
	} {
		got := only(t, func(d *doctor) { d.checkEncryption(address) })
		if (got.Level == levelWarning) != want {
			t.Errorf("%s: %q", address, got)
		}
		if want && !strings.Contains(got.Remedy, "+s://") {
			t.Errorf("%s: the remedy is %q", address, got.Remedy)
		}
	}
}

// TestVerdict: the exit code is that of what is worst for whoever wants to start.
func TestVerdict(t *testing.T) {
	for _, tt := range []struct {
		problems string
		want     int
	}{
		{"", exitDone}, {"server", exitAnswer}, {"store", exitStore}, {"settings", exitUsage}, {"settings store", exitUsage},
	} {
		d := &doctor{settings: defaults()}
		d.add(levelWarning, "store", "", "a warning")
		for _, subject := range strings.Fields(tt.problems) {
			d.add(levelProblem, subject, "", "a problem")
		}
		if got := exitCode(d.verdict()); got != tt.want {
			t.Errorf("%q: exit code %d, want %d", tt.problems, got, tt.want)
		}
	}
}

func TestBytesText(t *testing.T) {
	for n, want := range map[uint64]string{0: "0 bytes", 1023: "1023 bytes", 1024: "1.0 KiB", 3 << 29: "1.5 GiB"} {
		if got := bytesText(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}

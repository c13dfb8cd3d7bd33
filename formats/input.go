package formats

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
)

// Input is a batch made of files, and where each of its records stands: sources,
// then entities, then claims.
type Input struct {
	Batch graph.Batch
	At    []Position
	// Notices are what is taken as it stands because older editions took it or wrote it so;
	// see graph.Batch.Unclear and Record.Lost.
	Notices []Finding
}

// Join makes one batch of the records of files, of any size, and checks it by itself; a
// record that stands in them twice is kept once. A claim about claims may name one of
// the files' own by its label, as "@C36". References to what a store may hold are left
// to the store. The error is a *FindingsError.
func Join(files ...[]Record) (Input, error) {
	j := joiner{seen: map[string]bool{}}
	for _, records := range files {
		for i := range records {
			j.add(&records[i])
		}
	}
	j.resolveLabels()
	j.dropDuplicates()
	in := Input{Batch: j.batch, At: slices.Concat(j.sources, j.entities, j.claims)}
	if len(j.findings) == 0 {
		for _, part := range in.Parts(graph.MaxBatch) {
			j.findings = append(j.findings, part.Explain(part.Batch.Check())...)
		}
	}
	if len(j.findings) > 0 {
		return Input{}, &FindingsError{j.findings}
	}
	notices := slices.Concat(in.Batch.Unclear(), in.Batch.Outdated())
	in.Notices = append(in.Explain(&graph.InvalidError{Problems: notices}), j.lost...)
	return in, nil
}

// Explain turns what is wrong with the batch, as a check or a store says it, into
// findings with the positions of the records; nil for any other error.
func (in *Input) Explain(err error) []Finding {
	var invalid *graph.InvalidError
	if !errors.As(err, &invalid) {
		return nil
	}
	out := make([]Finding, 0, len(invalid.Problems))
	for _, p := range invalid.Problems {
		f := Finding{Field: p.Field(), Code: p.Code, Message: p.Message, Remedy: p.Remedy}
		switch {
		case p.Record >= 0 && p.Record < len(in.At):
			f.Position = in.At[p.Record]
			if f.Field == p.Path && strings.HasSuffix(p.Path, "]") { // the record itself
				f.Field = "line"
			}
		case len(in.At) > 0:
			f.File = in.At[0].File
		}
		out = append(out, f)
	}
	return out
}

type joiner struct {
	batch                     graph.Batch
	sources, entities, claims []Position
	seen                      map[string]bool
	findings, lost            []Finding
}

func (j *joiner) add(r *Record) {
	if r.Lost != "" {
		j.lost = append(j.lost, Finding{
			r.At, r.Lost, "LOST_CHARACTER", "it holds U+FFFD, which stands for a character that was lost", "write what the source has",
		})
	}
	switch {
	case r.Source != nil:
		if j.isNew(graph.Encode(r.Source)) {
			j.batch.Sources, j.sources = append(j.batch.Sources, *r.Source), append(j.sources, r.At)
		}
	case r.Entity != nil:
		if j.isNew(graph.Encode(r.Entity)) {
			j.batch.Entities, j.entities = append(j.batch.Entities, *r.Entity), append(j.entities, r.At)
		}
	case r.Claim != nil:
		j.batch.Claims, j.claims = append(j.batch.Claims, *r.Claim), append(j.claims, r.At)
	}
}

// isNew reports whether a record has not been seen, and remembers it.
func (j *joiner) isNew(record []byte) bool {
	if j.seen[string(record)] {
		return false
	}
	j.seen[string(record)] = true
	return true
}

// resolveLabels replaces "@LABEL" in claims about claims by the claim's id, and checks
// ids that are given.
func (j *joiner) resolveLabels() {
	labels := j.labels()
	for i := range j.batch.Claims {
		c := &j.batch.Claims[i]
		for _, ref := range []struct {
			field string
			id    *graph.ID
		}{{"subject", &c.Subject}, {"object", &c.Object}} {
			label, ok := strings.CutPrefix(string(*ref.id), "@")
			if !ok {
				continue
			}
			if len(labels[label]) != 1 {
				j.findings = append(j.findings, Finding{
					j.claims[i], ref.field, "DANGLING_REFERENCE",
					fmt.Sprintf("%d claims of the input have the label %.40q", len(labels[label]), label),
					"name one claim by a label that occurs once",
				})
				continue
			}
			*ref.id = labels[label][0]
		}
		if c.ID != "" && c.ID != c.Normalised().ID {
			j.findings = append(j.findings, Finding{
				j.claims[i], "id", "WRONG_ID", "it is not the hash of what the claim says", "leave it out",
			})
		}
	}
}

// labels gives the ids of the claims that have each label, each id once.
func (j *joiner) labels() map[string][]graph.ID {
	labels := map[string][]graph.ID{}
	for i := range j.batch.Claims {
		c := &j.batch.Claims[i]
		if c.Label == "" {
			continue
		}
		if id := c.Normalised().ID; !slices.Contains(labels[c.Label], id) {
			labels[c.Label] = append(labels[c.Label], id)
		}
	}
	return labels
}

// dropDuplicates drops claims that stand in the input twice.
func (j *joiner) dropDuplicates() {
	claims, at := j.batch.Claims[:0], j.claims[:0]
	for i, c := range j.batch.Claims {
		if j.isNew([]byte(c.Normalised().ID)) {
			claims, at = append(claims, c), append(at, j.claims[i])
		}
	}
	j.batch.Claims, j.claims = claims, at
}

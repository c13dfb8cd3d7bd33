package formats

import "github.com/rabta/rabta/graph"

// Parts divides the input in batches of at most so many records, to be recorded
// one after another: what a record refers to is in its own part or in one before
// it. An input that is small enough is one part.
func (in *Input) Parts(most int) []Input {
	if len(in.At) <= most {
		return []Input{*in}
	}
	var parts []Input
	now := in.part()
	put := func(at Position, add func(*graph.Batch)) {
		if len(now.At) == most {
			parts, now = append(parts, now), in.part()
		}
		add(&now.Batch)
		now.At = append(now.At, at)
	}
	b := &in.Batch
	for i, s := range b.Sources {
		put(in.At[i], func(b *graph.Batch) { b.Sources = append(b.Sources, s) })
	}
	for i, e := range b.Entities {
		put(in.At[len(b.Sources)+i], func(b *graph.Batch) { b.Entities = append(b.Entities, e) })
	}
	for _, last := range []bool{false, true} {
		for i, c := range b.Claims {
			if aboutClaims(&c) == last {
				at := in.At[len(b.Sources)+len(b.Entities)+i]
				put(at, func(b *graph.Batch) { b.Claims = append(b.Claims, c) })
			}
		}
	}
	return append(parts, now)
}

// part is an empty part, with what is said of the whole.
func (in *Input) part() Input {
	var out Input
	out.About(&in.Batch)
	return out
}

// About takes over what a batch says of itself; its records are left.
func (in *Input) About(b *graph.Batch) {
	records := in.Batch
	in.Batch = *b
	in.Batch.Sources, in.Batch.Entities, in.Batch.Claims = records.Sources, records.Entities, records.Claims
}

func aboutClaims(c *graph.Claim) bool {
	shape := c.Predicate.Spec().Shape
	return shape == graph.ShapeClaim || shape == graph.ShapeClaimPair
}

package server

// Limits bound what one GraphQL document may ask for. They are measured before
// the document is validated, with every fragment counted wherever it is spread.
// A limit of zero means the default, a negative one means no limit.
type Limits struct {
	QueryBytes int // the document's text; long values belong in variables
	NameBytes  int // one name in it
	Tokens     int
	Fields     int // fields, fragment spreads and inline fragments, over all operations
	Depth      int // fields within fields
	ListDepth  int // lists of objects within lists of objects
	InputDepth int // lists and objects within each other in one argument or variable
	Aliases    int
	Directives int
	RootFields int
	Fragments  int
	PageSize   int // first and last
	MaxNodes   int // maxNodes
	Records    int // what all pages could hold together, nested pages multiplied
	Errors     int // errors shown in one answer
}

// DefaultLimits returns the limits of a server that was told nothing else.
// They leave room for GraphiQL's introspection and for six hops of links.
func DefaultLimits() Limits {
	return Limits{
		QueryBytes: 128 << 10,
		NameBytes:  200,
		Tokens:     5000,
		Fields:     1000,
		Depth:      15,
		ListDepth:  4,
		InputDepth: 32,
		Aliases:    30,
		Directives: 50,
		RootFields: 20,
		Fragments:  50,
		PageSize:   500,
		MaxNodes:   5000,
		Records:    500_000,
		Errors:     20,
	}
}

// withDefaults fills in what is zero.
func (l Limits) withDefaults() Limits {
	d := DefaultLimits()
	for _, f := range []struct{ value, standard *int }{
		{&l.QueryBytes, &d.QueryBytes},
		{&l.NameBytes, &d.NameBytes},
		{&l.Tokens, &d.Tokens},
		{&l.Fields, &d.Fields},
		{&l.Depth, &d.Depth},
		{&l.ListDepth, &d.ListDepth},
		{&l.InputDepth, &d.InputDepth},
		{&l.Aliases, &d.Aliases},
		{&l.Directives, &d.Directives},
		{&l.RootFields, &d.RootFields},
		{&l.Fragments, &d.Fragments},
		{&l.PageSize, &d.PageSize},
		{&l.MaxNodes, &d.MaxNodes},
		{&l.Records, &d.Records},
		{&l.Errors, &d.Errors},
	} {
		if *f.value == 0 {
			*f.value = *f.standard
		}
	}
	return l
}

// exceeds reports whether n is more than the limit allows.
func exceeds(n, limit int) bool { return limit >= 0 && n > limit }

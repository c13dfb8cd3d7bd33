module github.com/rabta/rabta/tests/gonum

go 1.26.0

require (
	github.com/rabta/rabta v0.0.0
	gonum.org/v1/gonum v0.17.0
)

require (
	github.com/mozillazg/go-unidecode v0.2.0 // indirect
	golang.org/x/text v0.43.0 // indirect
)

replace github.com/rabta/rabta => ../..

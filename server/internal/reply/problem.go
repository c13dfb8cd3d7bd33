// Package reply is what all handlers of the server need to answer over HTTP, whatever
// they answer: the media type a client asks for, problems and other JSON, ETags,
// compression, and the headers and the log line of every answer. It knows neither the
// graph nor the limits of a server; what is refused, and why, the handlers say.
package reply

import (
	"encoding/json"
	"maps"
	"net/http"
	"strconv"
)

// Problem is a request refused with a status of its own. It is an error that handlers
// may return, and everything in it is for the client to read.
type Problem struct {
	Status     int
	Code       string // what is wrong, for programs
	Message    string // what is wrong and what helps, for people
	Header     map[string]string
	Extensions map[string]any // what else programs should know, beside the code
}

func (p *Problem) Error() string { return p.Message }

// Write answers with the problem, in the shape of a GraphQL request error.
func (p *Problem) Write(w http.ResponseWriter, media Media) {
	extensions := map[string]any{"code": p.Code}
	maps.Copy(extensions, p.Extensions)
	body := marshal(problems{[]problem{{p.Message, extensions}}})
	h := w.Header()
	for name, value := range p.Header {
		h.Set(name, value)
	}
	h.Set("Content-Type", media.ContentType())
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(p.Status)
	_, _ = w.Write(body)
}

// problems is the body of an answer that is a Problem.
type problems struct {
	Errors []problem `json:"errors"`
}

type problem struct {
	Message    string         `json:"message"`
	Extensions map[string]any `json:"extensions"`
}

// WriteJSON answers with v in JSON. It panics when v does not marshal.
func WriteJSON(w http.ResponseWriter, status int, v any) {
	body := marshal(v)
	w.Header().Set("Content-Type", JSON.ContentType())
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

func marshal(v any) []byte {
	body, err := json.Marshal(v)
	if err != nil {
		panic("reply: an answer of ours does not marshal: " + err.Error())
	}
	return body
}

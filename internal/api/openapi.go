package api

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html/template"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// schemaOf registers a Go type with the document and returns a reference to it.
func schemaOf(doc *huma.OpenAPI, v any) *huma.Schema {
	t := reflect.TypeOf(v)
	return doc.Components.Schemas.Schema(t, true, t.Name())
}

// openAPI renders the document.
func (s *server) openAPI() ([]byte, error) {
	<-s.built
	return json.MarshalIndent(s.doc, "", " ")
}

// describeStream adds the one route to the document that is not one
// of routes. It is done once: an operation is there once.
func (s *server) describeStream() {
	s.doc.AddOperation(&huma.Operation{
		OperationID: "stream", Method: http.MethodGet, Path: "/stream", Tags: []string{"Live"},
		Summary: "Server-sent events: every change the reader may see. Event ids are sequence numbers; Last-Event-ID or from resumes",
		Parameters: []*huma.Param{
			{Name: "project", In: "query", Schema: &huma.Schema{Type: "string"}, Description: "Only this project's changes"},
			{Name: "from", In: "query", Schema: &huma.Schema{Type: "integer"}, Description: "Resume after this sequence number"},
			{Name: "tab", In: "query", Schema: &huma.Schema{Type: "string"}, Description: "The name of the page, as in the reports of where it is; who else is there comes as presence"},
		},
		Security:  []map[string][]string{{"session": {}}, {"token": {}}},
		Responses: map[string]*huma.Response{"200": {Description: "Events: hello, change, reset, inbox, presence, bye", Content: map[string]*huma.MediaType{"text/event-stream": {}}}},
	})
}

func (s *server) serveOpenAPI(w http.ResponseWriter, r *http.Request) {
	doc, err := s.openAPI()
	if err != nil {
		s.writeProblem(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/openapi+json;version=3.1")
	w.Write(doc) // the client left
}

//go:embed docs.html
var docsPage string

//go:embed docs.css
var docsStyle []byte

// docsOp is one operation on the readable page.
type docsOp struct {
	Method, Path, ID, Summary string
	Public                    bool
	Params                    []docsParam
	Body, Answer              string
}

type docsParam struct{ Name, In, Type, About string }

type docsTag struct {
	Name string
	Ops  []docsOp
}

// serveDocs renders the OpenAPI document as a page to read.
func (s *server) serveDocs(w http.ResponseWriter, r *http.Request) {
	page, err := template.New("docs").Parse(docsPage)
	if err != nil {
		s.writeProblem(w, r, err)
		return
	}
	var buf bytes.Buffer
	if err := page.Execute(&buf, map[string]any{"Tags": s.docsTags(), "Version": s.opts.Version}); err != nil {
		s.writeProblem(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Write(buf.Bytes()) // the client left
}

func (s *server) serveDocsStyle(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Write(docsStyle) // the client left
}

func (s *server) docsTags() []docsTag {
	byTag := make(map[string][]docsOp)
	for path, item := range s.doc.Paths {
		for _, o := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if o == nil {
				continue
			}
			tag := "Other"
			if len(o.Tags) > 0 {
				tag = o.Tags[0]
			}
			byTag[tag] = append(byTag[tag], docsOf(path, o))
		}
	}
	var tags []docsTag
	for name, ops := range byTag {
		slices.SortFunc(ops, func(a, b docsOp) int { return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method) })
		tags = append(tags, docsTag{name, ops})
	}
	slices.SortFunc(tags, func(a, b docsTag) int { return strings.Compare(a.Name, b.Name) })
	return tags
}

func docsOf(path string, o *huma.Operation) docsOp {
	d := docsOp{Method: o.Method, Path: prefix + path, ID: o.OperationID, Summary: o.Summary, Public: len(o.Security) == 0}
	for _, p := range o.Parameters {
		d.Params = append(d.Params, docsParam{p.Name, p.In, schemaName(p.Schema), p.Description})
	}
	if o.RequestBody != nil {
		for _, m := range o.RequestBody.Content {
			d.Body = schemaName(m.Schema)
		}
	}
	for _, status := range []string{"200", "201", "204"} {
		if r := o.Responses[status]; r != nil {
			for _, m := range r.Content {
				d.Answer = schemaName(m.Schema)
			}
		}
	}
	return d
}

func schemaName(s *huma.Schema) string {
	switch {
	case s == nil:
		return ""
	case s.Ref != "":
		return s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]
	case s.Type == "array":
		return "list of " + schemaName(s.Items)
	}
	return s.Type
}

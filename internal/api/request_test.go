package api

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"cairn"
)

// paged is embedded, as the requests of many routes are made of parts.
type paged struct {
	Limit int `query:"limit" minimum:"1" maximum:"50" default:"5"`
}

type wholeRequest struct {
	Project string `path:"project"`
	paged
	Kind  cairn.Ref `query:"kind" enum:"idea,comment" required:"true"`
	All   bool      `query:"all"`
	Since cairn.ID  `query:"since"`
	Mark  string    `header:"Cairn-Mark" maxLength:"3"`
	Body  struct {
		Title string `json:"title" maxLength:"5"`
		Most  int    `json:"most,omitempty" default:"7"`
	}
}

// noting notes until when a body may arrive.
type noting struct {
	*httptest.ResponseRecorder
	until []time.Time
}

func (n *noting) SetReadDeadline(t time.Time) error {
	n.until = append(n.until, t)
	return nil
}

func shapeOf(most int64) *requestShape {
	return describeRequest(newDocument("test"), &huma.Operation{OperationID: "try", MaxBodyBytes: most}, reflect.TypeFor[wholeRequest]())
}

func TestRequestsAreRead(t *testing.T) {
	r := httptest.NewRequest("POST", "/x?kind=idea&all=true&since=12", strings.NewReader(`{"title":"Add"}`))
	r.SetPathValue("project", "INS")
	r.Header.Set("Cairn-Mark", "abc")
	r.Header.Set("Content-Type", "Application/JSON; charset=utf-8")
	w := &noting{ResponseRecorder: httptest.NewRecorder()}
	var got wholeRequest
	if err := shapeOf(1000).read(w, r, reflect.ValueOf(&got).Elem()); err != nil {
		t.Fatal(err)
	}
	want := wholeRequest{Project: "INS", paged: paged{5}, Kind: "idea", All: true, Since: 12, Mark: "abc"}
	want.Body.Title, want.Body.Most = "Add", 7
	if got != want {
		t.Errorf("read %+v, want %+v", got, want)
	}
	if len(w.until) != 0 {
		t.Errorf("deadlines of a body that was there: %v; want none", w.until)
	}
}

// silent is a body that does not come until there is a deadline, which has passed.
type silent struct {
	noting
	passed chan struct{}
}

func (s *silent) SetReadDeadline(t time.Time) error {
	if !t.IsZero() {
		close(s.passed)
	}
	return s.noting.SetReadDeadline(t)
}

func (s *silent) Read([]byte) (int, error) {
	<-s.passed
	return 0, timedOut{}
}

// TestBodyDeadline: a body may take half a minute. A deadline left behind would end
// a long use case, as if its client had left.
func TestBodyDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &silent{noting: noting{ResponseRecorder: httptest.NewRecorder()}, passed: make(chan struct{})}
		began := time.Now()
		r := httptest.NewRequest("POST", "/x?kind=idea", s)
		r.SetPathValue("project", "INS")
		var got wholeRequest
		if p := problemOf(shapeOf(40).read(s, r, reflect.ValueOf(&got).Elem())); p.Status != http.StatusRequestTimeout {
			t.Errorf("a body that does not come: %d %s", p.Status, p.Detail)
		}
		if took := time.Since(began); took != bodyTimeout {
			t.Errorf("it was waited for %s, want %s", took, bodyTimeout)
		}
		if len(s.until) != 2 || !s.until[1].IsZero() {
			t.Errorf("deadlines of the body: %v; want one that is taken back", s.until)
		}
	})
}

func TestRequestsThatAreNotAsDescribed(t *testing.T) {
	for _, c := range []struct {
		query, mark, contentType, body string
		status                         int
		says                           string
	}{
		{"", "", "", `{"title":"A"}`, 422, "query.kind: required query parameter is missing"},
		{"kind=view", "", "", `{"title":"A"}`, 422, "query.kind: expected value to be one of"},
		{"kind=idea&limit=x", "", "", `{"title":"A"}`, 422, "query.limit: invalid integer"},
		{"kind=idea&limit=51", "", "", `{"title":"A"}`, 422, "query.limit: expected number <= 50"},
		{"kind=idea&limit=0", "", "", `{"title":"A"}`, 422, "query.limit: expected number >= 1"},
		{"kind=idea&limit=99999999999999999999", "", "", `{"title":"A"}`, 422, "query.limit: invalid integer"},
		{"kind=idea&all=maybe", "", "", `{"title":"A"}`, 422, "query.all: invalid boolean"},
		{"kind=idea", "abcd", "", `{"title":"A"}`, 422, "header.Cairn-Mark: expected length <= 3"},
		{"kind=idea", "", "", ``, 400, "has no body"},
		{"kind=idea", "", "", `{"title":`, 400, "body: unexpected end of JSON input"},
		{"kind=idea", "", "", `{"title":"A"} x`, 400, "body: invalid character"},
		{"kind=idea", "", "", `[]`, 422, "body: expected object"},
		{"kind=idea", "", "", `{}`, 422, "body: expected required property title to be present"},
		{"kind=idea", "", "", `{"title":"A","tilte":1}`, 422, "tilte: unexpected property"},
		{"kind=idea", "", "", `{"title":7}`, 422, "title: expected string"},
		{"kind=idea", "", "", `{"title":"abcdef"}`, 422, "title: expected length <= 5"},
		{"limit=0&all=maybe", "", "", `{}`, 422, "query.all: invalid boolean; body: expected required"},
		{"kind=idea", "", "text/plain", `{"title":"A"}`, 415, "of type text/plain; send JSON"},
		{"kind=idea", "", "", `{"title":"` + strings.Repeat("a", 40) + `"}`, 413, "larger than 40 bytes"},
	} {
		r := httptest.NewRequest("POST", "/x?"+c.query, strings.NewReader(c.body))
		r.SetPathValue("project", "INS")
		r.Header.Set("Cairn-Mark", c.mark)
		if c.contentType != "" {
			r.Header.Set("Content-Type", c.contentType)
		}
		var got wholeRequest
		p := problemOf(shapeOf(40).read(httptest.NewRecorder(), r, reflect.ValueOf(&got).Elem()))
		if p.Status != c.status || !strings.Contains(p.Detail, c.says) || p.Title != http.StatusText(c.status) {
			t.Errorf("%s %s: %d %s %q; want %d %q", c.query, c.body, p.Status, p.Title, p.Detail, c.status, c.says)
		}
	}
}

// slow is a body that does not come.
type slow struct{}

func (slow) Read([]byte) (int, error) { return 0, timedOut{} }

type timedOut struct{}

func (timedOut) Error() string   { return "i/o timeout" }
func (timedOut) Timeout() bool   { return true }
func (timedOut) Temporary() bool { return true }

// broken is a body that ends early.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("unexpected EOF") }

func TestBodiesThatDoNotArrive(t *testing.T) {
	for body, want := range map[interface{ Read([]byte) (int, error) }]int{slow{}: 408, broken{}: 400} {
		r := httptest.NewRequest("POST", "/x?kind=idea", body)
		var got wholeRequest
		if p := problemOf(shapeOf(40).read(httptest.NewRecorder(), r, reflect.ValueOf(&got).Elem())); p.Status != want {
			t.Errorf("%T: %d %s; want %d", body, p.Status, p.Detail, want)
		}
	}
}

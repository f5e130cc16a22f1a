package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"cairn"
)

// bodyTimeout is how long a body may take to arrive.
const bodyTimeout = 30 * time.Second

// requestShape is how the requests of one route are read: a struct with parameters
// of path, query and header, and where there is one a Body. It is found once by
// reflection, so that one piece of code reads the requests of all routes; the
// framework's own is compiled for each.
type requestShape struct {
	schemas huma.Registry
	params  []requestParam
	// query tells whether one of them stands in the query.
	query bool
	body  *requestBody // nil for none
}

// requestParam is a field that a part of the request's head goes to.
type requestParam struct {
	field     []int
	in, name  string
	otherwise string
	required  bool
	// schema is nil when what can be parsed is valid.
	schema *huma.Schema
}

// requestBody is the field that the JSON of a body goes to.
type requestBody struct {
	field  []int
	schema *huma.Schema
	// most is the largest body in bytes.
	most     int64
	defaults []bodyDefault
}

// bodyDefault is a number that stands for one left out, in a field of the body.
type bodyDefault struct {
	field []int
	value int64
}

// taker is a request that takes the body as it comes, such as a file.
type taker interface{ take(body io.Reader) }

// describeRequest documents what an operation takes, the type t, and returns how
// it is read.
func describeRequest(doc *huma.OpenAPI, op *huma.Operation, t reflect.Type) *requestShape {
	shape := &requestShape{schemas: doc.Components.Schemas}
	shape.addParams(op, t, nil)
	f, ok := t.FieldByName("Body")
	if !ok {
		return shape
	}
	shape.body = &requestBody{field: f.Index, schema: huma.SchemaFromField(shape.schemas, f, t.Name()+f.Name), most: op.MaxBodyBytes}
	op.RequestBody = &huma.RequestBody{
		Required: true,
		Content:  map[string]*huma.MediaType{jsonType: {Schema: shape.body.schema}},
	}
	for i := range f.Type.NumField() {
		member := f.Type.Field(i)
		if d := member.Tag.Get("default"); d != "" {
			n, err := strconv.ParseInt(d, 10, 64)
			if err != nil {
				panic(op.OperationID + ": only whole numbers have defaults in a body: " + member.Name)
			}
			shape.body.defaults = append(shape.body.defaults, bodyDefault{slices.Concat(f.Index, member.Index), n})
		}
	}
	return shape
}

// addParams notes the parameters among the fields of a struct, which stands at an
// index of the request.
func (shape *requestShape) addParams(op *huma.Operation, t reflect.Type, at []int) {
	for i := range t.NumField() {
		f := t.Field(i)
		index := slices.Concat(at, f.Index)
		if f.Anonymous && f.Type.Kind() == reflect.Struct {
			shape.addParams(op, f.Type, index)
			continue
		}
		for _, in := range []string{"path", "query", "header"} {
			if name := f.Tag.Get(in); name != "" {
				p := requestParam{field: index, in: in, name: name, otherwise: f.Tag.Get("default")}
				p.required = in == "path" || f.Tag.Get("required") == "true"
				shape.addParam(op, f, p)
			}
		}
	}
}

func (shape *requestShape) addParam(op *huma.Operation, f reflect.StructField, p requestParam) {
	switch f.Type.Kind() {
	case reflect.String, reflect.Int, reflect.Int64, reflect.Bool: // those that readParam reads
	default:
		panic(fmt.Sprintf("%s: a parameter %s of type %s", op.OperationID, p.name, f.Type))
	}
	schema := huma.SchemaFromField(shape.schemas, f, "")
	documented := &huma.Param{Name: p.name, Description: schema.Description, In: p.in, Required: p.required, Schema: schema}
	if p.in == "query" {
		shape.query = true
		documented.Explode = new(bool)
	}
	op.Parameters = append(op.Parameters, documented)
	if schema.Enum != nil || schema.Minimum != nil || schema.Maximum != nil || schema.MaxLength != nil || schema.Ref != "" {
		p.schema = schema
	}
	shape.params = append(shape.params, p)
}

// unexpected collects what of a request is not as described.
type unexpected struct {
	status int
	huma.ValidateResult
	at *huma.PathBuffer
}

// read fills a request, a struct of the shape, or says what is wrong with it.
func (shape *requestShape) read(w http.ResponseWriter, r *http.Request, v reflect.Value) error {
	wrong := unexpected{status: http.StatusUnprocessableEntity}
	var query url.Values
	if shape.query && r.URL.RawQuery != "" {
		query = r.URL.Query()
	}
	for i := range shape.params {
		p := &shape.params[i]
		var given string
		switch p.in {
		case "path":
			given = r.PathValue(p.name)
		case "query":
			given = query.Get(p.name)
		default:
			given = r.Header.Get(p.name)
		}
		shape.readParam(p, given, &wrong, v)
	}
	if shape.body != nil {
		if err := shape.readBody(w, r, &wrong, v); err != nil {
			return err
		}
	}
	if len(wrong.Errors) > 0 {
		return wrong.problem()
	}
	if in, ok := v.Addr().Interface().(taker); ok {
		in.take(r.Body)
	}
	return nil
}

// readParam puts what is given for a parameter into its field.
func (shape *requestShape) readParam(p *requestParam, given string, wrong *unexpected, v reflect.Value) {
	if given == "" {
		given = p.otherwise
	}
	if given == "" {
		if p.required {
			wrong.add(p, "required "+p.in+" parameter is missing")
		}
		return
	}
	var checked any = given
	var err error
	switch f := v.FieldByIndex(p.field); f.Kind() {
	case reflect.String:
		f.SetString(given)
	case reflect.Int, reflect.Int64:
		var n int64
		if n, err = strconv.ParseInt(given, 10, 64); err != nil || f.OverflowInt(n) {
			wrong.add(p, "invalid integer")
			return
		}
		f.SetInt(n)
		checked = n
	case reflect.Bool:
		var b bool
		if b, err = strconv.ParseBool(given); err != nil {
			wrong.add(p, "invalid boolean")
			return
		}
		f.SetBool(b)
		checked = b
	}
	if p.schema != nil {
		huma.Validate(shape.schemas, p.schema, wrong.path(p.in, p.name), huma.ModeWriteToServer, checked, &wrong.ValidateResult)
	}
}

// readBody reads, checks and decodes the body.
func (shape *requestShape) readBody(w http.ResponseWriter, r *http.Request, wrong *unexpected, v reflect.Value) error {
	buf := takeBuffer()
	defer keepBuffer(buf)
	if err := receive(w, r, buf, shape.body.most); err != nil {
		return err
	}
	if buf.Len() == 0 {
		return problem(http.StatusBadRequest, "The request has no body, and this one needs one: JSON as /api/docs describes it")
	}
	if sent, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); sent != "" && !strings.EqualFold(strings.TrimSpace(sent), jsonType) {
		return problem(http.StatusUnsupportedMediaType, fmt.Sprintf("The request's body is of type %s; send JSON, with the Content-Type %s", sent, jsonType))
	}
	body := v.FieldByIndex(shape.body.field).Addr().Interface()
	if own, ok := body.(plainBody); ok && own.readPlain(buf.Bytes()) {
		return nil
	}
	before := len(wrong.Errors)
	var parsed any
	if err := json.Unmarshal(buf.Bytes(), &parsed); err != nil {
		wrong.status = http.StatusBadRequest
		wrong.Add(wrong.path("body"), nil, err.Error())
		return nil
	}
	huma.Validate(shape.schemas, shape.body.schema, wrong.path("body"), huma.ModeWriteToServer, parsed, &wrong.ValidateResult)
	if len(wrong.Errors) > before {
		return nil
	}
	if err := json.Unmarshal(buf.Bytes(), body); err != nil {
		wrong.Add(wrong.path("body"), nil, err.Error())
	}
	for _, d := range shape.body.defaults {
		if f := v.FieldByIndex(d.field); f.IsZero() {
			f.SetInt(d.value)
		}
	}
	return nil
}

// receive reads a body of at most so many bytes.
func receive(w http.ResponseWriter, r *http.Request, into *bytes.Buffer, most int64) error {
	// Mostly the body is here already, and a timer that is stopped costs less than a
	// deadline that is set and taken back.
	conn := http.NewResponseController(w)
	late := make(chan struct{})
	timer := time.AfterFunc(bodyTimeout, func() {
		conn.SetReadDeadline(time.Now()) // where there is none, none is needed
		close(late)
	})
	n, err := into.ReadFrom(io.LimitReader(r.Body, most+1))
	if !timer.Stop() {
		// The deadline must not end what comes after: a request whose connection is
		// read in vain counts as left.
		<-late
		conn.SetReadDeadline(time.Time{})
	}
	var network net.Error
	switch {
	case n > most:
		return tooLargeBody(most)
	case errors.As(err, &network) && network.Timeout():
		return problem(http.StatusRequestTimeout, "The request's body did not arrive in "+bodyTimeout.String())
	case err != nil:
		return problem(http.StatusBadRequest, "The request's body could not be read: "+err.Error())
	}
	return nil
}

// path names a part of the request.
func (u *unexpected) path(parts ...string) *huma.PathBuffer {
	if u.at == nil {
		u.at = huma.NewPathBuffer(nil, 0)
	}
	u.at.Reset()
	for _, part := range parts {
		u.at.Push(part)
	}
	return u.at
}

func (u *unexpected) add(p *requestParam, message string) {
	u.Add(u.path(p.in, p.name), nil, message)
}

// problem says all of it.
func (u *unexpected) problem() *Problem {
	p := problem(u.status, "")
	var said []string
	for _, err := range u.Errors {
		var d *huma.ErrorDetail
		if !errors.As(err, &d) {
			d = &huma.ErrorDetail{Message: err.Error()}
		}
		field := strings.TrimPrefix(strings.TrimPrefix(d.Location, "body."), "body")
		if field == "" {
			field = d.Location
		}
		p.Errors = append(p.Errors, cairn.Detail{Field: field, Message: d.Message})
		said = append(said, strings.TrimSpace(field+": "+d.Message))
	}
	p.Detail = "The request is not as expected: " + strings.Join(said, "; ")
	return p
}

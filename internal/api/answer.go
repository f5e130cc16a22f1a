package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
)

// streamed is an answer that writes itself.
type streamed struct {
	Body func(http.ResponseWriter)
}

// answerShape is how the answers of one route are written: a struct with headers
// and, where there is one, a Body.
type answerShape struct {
	status  int
	headers []answerHeader
	// body is the index of the field, -1 for none.
	body int
}

// answerHeader is a field that becomes a header.
type answerHeader struct {
	field int
	name  string
}

// describeAnswer documents an operation's answer of type t and returns how it is
// written.
func describeAnswer(doc *huma.OpenAPI, op *huma.Operation, t reflect.Type) *answerShape {
	shape := &answerShape{status: op.DefaultStatus, body: -1}
	if f, ok := t.FieldByName("Body"); ok {
		shape.body = f.Index[0]
	}
	if shape.status == 0 {
		shape.status = http.StatusOK
		if shape.body < 0 {
			shape.status = http.StatusNoContent
		}
	}
	op.DefaultStatus = shape.status
	schemas := doc.Components.Schemas
	schema := func(f reflect.StructField, otherwise string) *huma.Schema {
		hint := op.OperationID + otherwise
		if t.Name() != "" {
			hint = t.Name() + f.Name
		}
		return huma.SchemaFromField(schemas, f, hint)
	}
	status := strconv.Itoa(shape.status)
	res := op.Responses[status]
	if res == nil {
		res = &huma.Response{Description: http.StatusText(shape.status)}
		op.Responses[status] = res
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, isHeader := f.Tag.Lookup("header")
		switch {
		case i == shape.body && f.Type == reflect.TypeFor[func(http.ResponseWriter)](): // writes itself
		case i == shape.body:
			if body := schema(f, "Response"); res.Content == nil {
				res.Content = map[string]*huma.MediaType{jsonType: {Schema: body}}
			}
		case isHeader:
			shape.headers = append(shape.headers, answerHeader{i, name})
			if res.Headers == nil {
				res.Headers = make(map[string]*huma.Header)
			}
			if reflect.PointerTo(f.Type).Implements(reflect.TypeFor[fmt.Stringer]()) {
				f.Type = reflect.TypeFor[string]()
			}
			res.Headers[name] = &huma.Header{Schema: schema(f, status+name)}
		default:
			panic(fmt.Sprintf("%s: the answer's field %s is neither a header nor the body", op.OperationID, f.Name))
		}
	}
	return shape
}

// write sends an answer, a pointer to a struct of the shape.
func (shape *answerShape) write(w http.ResponseWriter, out any) {
	v := reflect.ValueOf(out).Elem()
	var body any
	if shape.body >= 0 {
		body = v.Field(shape.body).Addr().Interface()
		w.Header().Set("Content-Type", jsonType)
	}
	for _, h := range shape.headers {
		switch value := v.Field(h.field).Addr().Interface().(type) {
		case *string:
			if *value != "" {
				w.Header().Set(h.name, *value)
			}
		case fmt.Stringer:
			w.Header().Set(h.name, value.String())
		}
	}
	switch body := body.(type) {
	case nil:
		w.WriteHeader(shape.status)
	case *func(http.ResponseWriter):
		(*body)(w)
	case *[]byte:
		w.WriteHeader(shape.status)
		w.Write(*body) // the client left
	default:
		encode(w, shape.status, body)
	}
}

// encode sends a value as JSON. What cannot be encoded is a fault of the program.
func encode(w http.ResponseWriter, status int, body any) {
	buf := takeBuffer()
	defer keepBuffer(buf)
	if own, ok := body.(ownJSON); ok {
		buf.Write(append(own.appendJSON(buf.AvailableBuffer()), '\n'))
	} else {
		enc := json.NewEncoder(buf)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(body); err != nil {
			panic(fmt.Errorf("encoding an answer: %w", err))
		}
	}
	w.WriteHeader(status)
	w.Write(buf.Bytes()) // the client left
}

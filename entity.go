package cairn

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Entity is the stored form of every noun: what it is, where it belongs and a
// flat set of attributes. The typed nouns (Idea, Project …) are read from it
// and written back to it.
type Entity struct {
	ID   ID
	Kind Kind
	// Project is the project it belongs to; zero for workspace-wide kinds.
	Project ID
	// Parent is what it hangs on, such as a comment's idea; zero for none.
	Parent ID
	// Version is the sequence number of the change set that last touched it.
	Version int64
	// Attrs holds every attribute but the long one.
	Attrs Attrs
	// Text is the value of the kind's long attribute (KindInfo.Long).
	Text string
}

// Attrs maps an attribute's name to its JSON value. An absent attribute and one
// that is null are the same. Keys starting with f and a digit are custom fields.
type Attrs map[string]json.RawMessage

// AttrsOf turns a struct with json tags into attributes; zero values tagged
// omitempty or omitzero are left out.
func AttrsOf(v any) (Attrs, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode attributes: %w", err)
	}
	var a Attrs
	if err := json.Unmarshal(raw, &a); err != nil {
		return nil, fmt.Errorf("attributes are not an object: %w", err)
	}
	return a, nil
}

// Decode fills the struct v from the attributes.
func (a Attrs) Decode(v any) error {
	raw, err := a.MarshalJSON()
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, v)
}

// Set puts one attribute; a null or empty value removes it.
func (a Attrs) Set(name string, v json.RawMessage) {
	if IsNull(v) {
		delete(a, name)
		return
	}
	a[name] = v
}

// Text returns a string attribute, "" when absent or not a string.
func (a Attrs) Text(name string) string {
	var s string
	if json.Unmarshal(a[name], &s) != nil {
		return ""
	}
	return s
}

// MarshalJSON writes the attributes in the order of their names, so that equal
// attributes are equal bytes.
func (a Attrs) MarshalJSON() ([]byte, error) {
	names := make([]string, 0, len(a))
	for n, v := range a {
		if !IsNull(v) {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	buf := make([]byte, 0, 32*len(names)+2)
	buf = append(buf, '{')
	for i, n := range names {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = AppendJSONString(buf, n)
		buf = append(buf, ':')
		buf = append(buf, a[n]...)
	}
	return append(buf, '}'), nil
}

// IsNull reports whether a raw JSON value is absent or null.
func IsNull(v json.RawMessage) bool {
	return len(v) == 0 || bytes.Equal(v, []byte("null"))
}

// AppendJSONString appends s as a JSON string. Plain ASCII takes a fast path.
func AppendJSONString(dst []byte, s string) []byte {
	plain := !strings.ContainsFunc(s, func(r rune) bool {
		return r < 0x20 || r > 0x7e || r == '"' || r == '\\'
	})
	if plain {
		dst = append(dst, '"')
		dst = append(dst, s...)
		return append(dst, '"')
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil { // a string always encodes
		return append(dst, `""`...)
	}
	return append(dst, bytes.TrimRight(buf.Bytes(), "\n")...)
}

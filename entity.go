package cairn

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
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
	raw := a[name]
	if len(raw) >= 2 && raw[0] == '"' && raw[len(raw)-1] == '"' && plainASCII(raw[1:len(raw)-1]) {
		return string(raw[1 : len(raw)-1])
	}
	var s string
	if len(raw) == 0 || json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

// plainASCII reports whether what stands between the quotes of a JSON string is
// its text as it is; encoding/json is asked about everything else.
func plainASCII(b []byte) bool {
	for _, c := range b {
		if c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
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

// AppendJSONString appends s as a JSON string, in the same bytes as
// encoding/json without its escapes for HTML.
func AppendJSONString(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	start := 0 // of what has not been copied yet
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\' {
			i++
			continue
		}
		size, escape := 1, ""
		switch {
		case c >= utf8.RuneSelf:
			var r rune
			r, size = utf8.DecodeRuneInString(s[i:])
			switch {
			case r == utf8.RuneError && size == 1:
				escape = `\ufffd`
			case r == '\u2028' || r == '\u2029': // line ends in JavaScript
				escape = `\u202` + hex[r&0xf:r&0xf+1]
			default:
				i += size
				continue
			}
		case c == '"' || c == '\\':
			escape = `\` + s[i:i+1]
		case strings.IndexByte("\b\t\n\f\r", c) >= 0:
			escape = `\` + string("btn_fr"[c-'\b'])
		default:
			escape = `\u00` + hex[c>>4:c>>4+1] + hex[c&0xf:c&0xf+1]
		}
		dst = append(dst, s[start:i]...)
		dst = append(dst, escape...)
		i += size
		start = i
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

package cairn

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
)

var errCompact = errors.New("the JSON text is damaged or has spaces between its parts")

// ParseSnapshot reads the JSON form of a Snapshot. The attributes of its compact
// form, which is how the log holds it, are slices of raw.
func ParseSnapshot(raw json.RawMessage) (Snapshot, error) {
	var s Snapshot
	if s.cut(raw) == nil {
		return s, nil
	}
	s = Snapshot{}
	err := json.Unmarshal(raw, &s)
	return s, err
}

// cut reads the compact form; encoding/json takes three times as long.
func (s *Snapshot) cut(raw []byte) error {
	return EachMember(raw, func(name, value []byte) error {
		switch string(name) {
		case "parent":
			n, err := strconv.ParseInt(string(value), 10, 64)
			s.Parent = ID(n)
			return err
		case "attrs":
			if s.Attrs != nil {
				return errCompact
			}
			s.Attrs = make(Attrs, 24)
			return EachMember(value, func(name, value []byte) error {
				s.Attrs[UnquoteJSON(name)] = value
				return nil
			})
		case "text":
			if len(value) < 2 || value[0] != '"' {
				return errCompact
			}
			s.Text = UnquoteJSON(value[1 : len(value)-1])
		default: // encoding/json also knows names by other letters
			return errCompact
		}
		return nil
	})
}

// EachMember calls yield for each member of a compact JSON object, as the store
// and encoding/json write them: without spaces between the parts. name is what
// stands between the quotes (see UnquoteJSON), value a slice of b. It checks no
// more than it needs to find their ends; what comes from outside has been
// checked. What is not a compact object gives an error, yield's own is passed on.
func EachMember(b []byte, yield func(name, value []byte) error) error {
	if len(b) < 2 || b[0] != '{' {
		return errCompact
	}
	if b[1] == '}' {
		return nil
	}
	for i := 1; ; i++ {
		end := skipValue(b, i)
		if end < 0 || b[i] != '"' || end >= len(b) || b[end] != ':' {
			return errCompact
		}
		valueEnd := skipValue(b, end+1)
		if valueEnd < 0 || valueEnd >= len(b) {
			return errCompact
		}
		if err := yield(b[i+1:end-1], b[end+1:valueEnd:valueEnd]); err != nil {
			return err
		}
		if i = valueEnd; b[i] == '}' {
			return nil
		}
		if b[i] != ',' {
			return errCompact
		}
	}
}

// EachElement is EachMember for the elements of a compact JSON array.
func EachElement(b []byte, yield func(value []byte) error) error {
	if len(b) < 2 || b[0] != '[' {
		return errCompact
	}
	if b[1] == ']' {
		return nil
	}
	for i := 1; ; i++ {
		end := skipValue(b, i)
		if end < 0 || end >= len(b) {
			return errCompact
		}
		if err := yield(b[i:end:end]); err != nil {
			return err
		}
		if i = end; b[i] == ']' {
			return nil
		}
		if b[i] != ',' {
			return errCompact
		}
	}
}

// skipValue returns the position after the compact JSON value at i, -1 when
// there is none.
func skipValue(b []byte, i int) int {
	if i >= len(b) {
		return -1
	}
	depth := 0
	for i < len(b) {
		switch b[i] {
		case '"':
			i = skipString(b, i)
			if i < 0 {
				return -1
			}
		case '{', '[':
			depth++
			i++
			continue
		case '}', ']':
			depth--
			i++
			if depth < 0 {
				return -1
			}
		case ',', ':':
			if depth == 0 {
				return -1
			}
			i++
			continue
		case ' ', '\t', '\r', '\n':
			return -1
		default:
			for i < len(b) && b[i] != ',' && b[i] != '}' && b[i] != ']' && b[i] != ':' {
				i++
			}
		}
		if depth == 0 {
			return i
		}
	}
	return -1
}

// skipString returns the position after the JSON string at i, -1 when it does
// not end.
func skipString(b []byte, i int) int {
	for i++; i < len(b); i++ {
		switch b[i] {
		case '"':
			return i + 1
		case '\\':
			i++
		}
	}
	return -1
}

// UnquoteJSON returns the text that stands between the quotes of a JSON string.
func UnquoteJSON(b []byte) string {
	next := bytes.IndexByte(b, '\\')
	if next < 0 {
		return string(b)
	}
	plain := make([]byte, 0, len(b))
	for rest := b; ; next = bytes.IndexByte(rest, '\\') {
		if next < 0 {
			return string(append(plain, rest...))
		}
		if next+1 == len(rest) {
			break
		}
		at := strings.IndexByte(`"\/bfnrt`, rest[next+1])
		if at < 0 { // a code, or damaged
			break
		}
		plain = append(append(plain, rest[:next]...), "\"\\/\b\f\n\r\t"[at])
		rest = rest[next+2:]
	}
	var s string
	quoted := append(append([]byte{'"'}, b...), '"')
	if json.Unmarshal(quoted, &s) != nil {
		return string(b)
	}
	return s
}

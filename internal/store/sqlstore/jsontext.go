package sqlstore

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"cairn"
)

// member is one name and value of a JSON object, the value as written.
type member struct {
	name  string
	value []byte
}

var errJSON = errors.New("stored JSON is damaged")

// compact returns a JSON value without spaces between its parts, and without a
// copy where there are none. ok is false when it is not JSON.
func compact(v []byte) (out []byte, ok bool) {
	if len(v) > 0 && simple(v) {
		return v, true
	}
	if !json.Valid(v) || !utf8.Valid(v) {
		return nil, false
	}
	if bytes.ContainsAny(v, " \t\r\n") {
		var buf bytes.Buffer
		buf.Grow(len(v))
		if json.Compact(&buf, v) != nil {
			return nil, false
		}
		return buf.Bytes(), true
	}
	return v, true
}

// simple recognises the bulk of values without a parser: plain ASCII strings,
// integers, true and false.
func simple(v []byte) bool {
	switch v[0] {
	case '"':
		if len(v) < 2 || v[len(v)-1] != '"' {
			return false
		}
		for _, c := range v[1 : len(v)-1] {
			if c < ' ' || c > '~' || c == '"' || c == '\\' {
				return false
			}
		}
		return true
	case 't', 'f':
		return string(v) == "true" || string(v) == "false"
	case '1', '2', '3', '4', '5', '6', '7', '8', '9':
		for _, c := range v {
			if c < '0' || c > '9' {
				return false
			}
		}
		return true
	}
	return string(v) == "0"
}

// sortedMembers returns the attributes that are not null, in the order of their
// names and in compact form. It refuses names that a change could not tell from
// the whole entity or from its long text. The guess, which may be dst, is what
// was there before or what the last entity had: mostly the names are the same,
// and then their order is known. A value that shares the guess's memory has been
// checked already.
func sortedMembers(dst, guess []member, kind cairn.Kind, a cairn.Attrs) ([]member, error) {
	longName := long(kind)
	dst = dst[:0]
	for i := range guess {
		g := guess[i]
		raw, ok := a[g.name]
		if !ok || cairn.IsNull(raw) || g.name == longName {
			continue
		}
		if len(raw) != len(g.value) || &raw[0] != &g.value[0] {
			var err error
			if g, err = memberOf(g.name, raw); err != nil {
				return nil, err
			}
		}
		dst = append(dst, g)
	}
	if len(dst) == len(a) {
		return slices.DeleteFunc(dst, member.null), nil
	}
	dst = dst[:0]
	for name, raw := range a {
		if cairn.IsNull(raw) {
			continue
		}
		if name == "" || name == longName || !plain(name) {
			return nil, cairn.Errorf(cairn.CodeInternal, "A %s cannot have an attribute named %q", noun(kind), name)
		}
		m, err := memberOf(name, raw)
		if err != nil {
			return nil, err
		}
		dst = append(dst, m)
	}
	slices.SortFunc(dst, func(a, b member) int { return strings.Compare(a.name, b.name) })
	return slices.DeleteFunc(dst, member.null), nil
}

// memberOf checks one attribute's value.
func memberOf(name string, raw []byte) (member, error) {
	v, ok := compact(raw)
	if !ok {
		return member{}, cairn.Invalid(name, "The value of %q is not valid JSON text in UTF-8", name)
	}
	return member{name, v}, nil
}

// null reports whether the value is null, which is the same as none.
func (m member) null() bool { return string(m.value) == "null" }

// appendMembers appends the JSON object of members.
func appendMembers(dst []byte, ms []member) []byte {
	dst = append(dst, '{')
	for i, m := range ms {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = cairn.AppendJSONString(dst, m.name)
		dst = append(dst, ':')
		dst = append(dst, m.value...)
	}
	return append(dst, '}')
}

// parseMembers splits an attributes object as stored, which is in the order of
// the names.
func parseMembers(dst []member, b []byte, names *interner) ([]member, error) {
	err := cairn.EachMember(b, func(name, value []byte) error {
		dst = append(dst, member{names.text(name), value})
		return nil
	})
	return dst, err
}

// parseAttrs reads an attributes object; the values share b.
func parseAttrs(b []byte, names *interner) (cairn.Attrs, error) {
	attrs := make(cairn.Attrs, names.size)
	err := cairn.EachMember(b, func(name, value []byte) error {
		attrs[names.text(name)] = value
		return nil
	})
	names.size = len(attrs)
	return attrs, err
}

// interner keeps one copy of each attribute name: thousands of rows share a
// dozen names. It is used by one goroutine.
type interner struct {
	seen map[string]string
	// size is how many attributes the last row had, a guess for the next.
	size int
}

func newInterner() *interner { return &interner{seen: make(map[string]string)} }

// text returns the text of a JSON string given without its quotes.
func (in *interner) text(b []byte) string {
	if s, ok := in.seen[string(b)]; ok {
		return s
	}
	s := cairn.UnquoteJSON(b)
	if len(in.seen) < 4096 {
		in.seen[string(b)] = s
	}
	return s
}

// appendSnapshot appends the JSON form of cairn.Snapshot and says where in it
// the attributes stand.
func appendSnapshot(dst []byte, parent cairn.ID, ms []member, text string) (out []byte, from, to int) {
	dst = append(dst, '{')
	if parent != 0 {
		dst = append(dst, `"parent":`...)
		dst = strconv.AppendInt(dst, int64(parent), 10)
		dst = append(dst, ',')
	}
	dst = append(dst, `"attrs":`...)
	from = len(dst)
	dst = appendMembers(dst, ms)
	to = len(dst)
	if text != "" {
		dst = append(dst, `,"text":`...)
		dst = cairn.AppendJSONString(dst, text)
	}
	return append(dst, '}'), from, to
}

// appendChange appends the JSON form of a change. Old and new values are copied
// as they are: encoding/json would escape them anew, and the log keeps bytes.
func appendChange(dst []byte, c *cairn.Change) []byte {
	dst = append(dst, `{"kind":`...)
	dst = cairn.AppendJSONString(dst, string(c.Kind))
	dst = append(dst, `,"id":`...)
	dst = strconv.AppendInt(dst, int64(c.ID), 10)
	if c.Attr != "" {
		dst = append(dst, `,"attr":`...)
		dst = cairn.AppendJSONString(dst, c.Attr)
	}
	if len(c.Old) > 0 {
		dst = append(dst, `,"old":`...)
		dst = append(dst, c.Old...)
	}
	if len(c.New) > 0 {
		dst = append(dst, `,"new":`...)
		dst = append(dst, c.New...)
	}
	return append(dst, '}')
}

// parseChanges reads the changes column of the log; the values share b. With
// only, other entities' changes are left out.
func parseChanges(b []byte, only cairn.ID, names *interner) ([]cairn.Change, error) {
	var out []cairn.Change
	if only == 0 {
		n := 0
		if err := cairn.EachElement(b, func([]byte) error { n++; return nil }); err != nil {
			return nil, err
		}
		out = make([]cairn.Change, 0, n)
	}
	err := cairn.EachElement(b, func(v []byte) error {
		c, err := parseChange(v, names)
		if err == nil && (only == 0 || c.ID == only) {
			out = append(out, c)
		}
		return err
	})
	return out, err
}

func parseChange(b []byte, names *interner) (c cairn.Change, err error) {
	err = cairn.EachMember(b, func(name, value []byte) error {
		switch string(name) {
		case "kind", "attr":
			if len(value) < 2 || value[0] != '"' {
				return errJSON
			}
			s := names.text(value[1 : len(value)-1])
			if name[0] == 'k' {
				c.Kind = cairn.Kind(s)
			} else {
				c.Attr = s
			}
		case "id":
			n, err := strconv.ParseInt(string(value), 10, 64)
			c.ID = cairn.ID(n)
			return err
		case "old":
			c.Old = value
		case "new":
			c.New = value
		}
		return nil
	})
	return c, err
}

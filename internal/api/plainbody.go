package api

import "cairn"

// plainBody is a body that reads itself where nothing in it needs a parser, as in
// most edits: encoding/json and the framework's check of the schema went through
// the same few bytes three times. ok is false for everything else, wrong or not;
// nothing is set then.
type plainBody interface{ readPlain(b []byte) (ok bool) }

var _ plainBody = (*IdeaPatch)(nil)

// readPlain reads a patch of nothing but plain values of fields.
func (p *IdeaPatch) readPlain(b []byte) bool {
	in := plainJSON{rest: b}
	if !in.skip(`{"values":{`) {
		return false
	}
	values := make(map[cairn.Ref]rawMessage, 2)
	for {
		name, ok := in.text()
		if !ok || !in.skip(":") {
			return false
		}
		value, ok := in.value()
		if !ok {
			return false
		}
		values[cairn.Ref(name[1:len(name)-1])] = append(rawMessage(nil), value...)
		if !in.skip(",") {
			break
		}
	}
	if !in.skip("}}") || len(in.rest) > 0 {
		return false
	}
	p.Values = values
	return true
}

// plainJSON reads JSON without spaces, of plain text and whole numbers.
type plainJSON struct{ rest []byte }

// skip passes over what is expected, if it is there.
func (in *plainJSON) skip(s string) bool {
	if len(in.rest) < len(s) || string(in.rest[:len(s)]) != s {
		return false
	}
	in.rest = in.rest[len(s):]
	return true
}

// take returns the next n bytes.
func (in *plainJSON) take(n int) []byte {
	v := in.rest[:n]
	in.rest = in.rest[n:]
	return v
}

// text returns a string in its quotes; it is of ASCII without escapes.
func (in *plainJSON) text() (v []byte, ok bool) {
	b := in.rest
	if len(b) == 0 || b[0] != '"' {
		return nil, false
	}
	for i := 1; i < len(b); i++ {
		switch c := b[i]; {
		case c == '"':
			return in.take(i + 1), true
		case c < ' ' || c > '~' || c == '\\':
			return nil, false
		}
	}
	return nil, false
}

// value returns a string, a whole number that is not negative, true, false or null.
func (in *plainJSON) value() (v []byte, ok bool) {
	b := in.rest
	if len(b) == 0 {
		return nil, false
	}
	for _, word := range [...]string{"true", "false", "null"} {
		if b[0] == word[0] {
			ok := len(b) >= len(word) && string(b[:len(word)]) == word
			if ok {
				v = in.take(len(word))
			}
			return v, ok
		}
	}
	n := 0
	for n < len(b) && b[n] >= '0' && b[n] <= '9' {
		n++
	}
	switch {
	case n == 0:
		return in.text()
	case n > 1 && b[0] == '0':
		return nil, false
	}
	// What follows, such as a fraction, is neither a comma nor the end then.
	return in.take(n), true
}

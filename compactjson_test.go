package cairn_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"unicode/utf8"

	"cairn"
)

// FuzzMembers: on any bytes the splitter ends without a panic, and on what
// encoding/json calls a compact object it finds the same members.
func FuzzMembers(f *testing.F) {
	for _, s := range []string{
		`{}`, `{"a":1}`, `{"a":{"b":["}",{}]},"c\"":"\\"}`, `{"a":"\""}`, `{"`, `{"a`, `{"a":`, `{"a":1`, `{"a":1,`, `{"a":"`, `{"a":"\`, `{]`, `[`, `[1,`, `{"a":]}`, `{,}`, `{"a"}`, `{"a":}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		got := map[string]string{}
		n := 0
		err := cairn.EachMember(b, func(name, value []byte) error {
			got[cairn.UnquoteJSON(name)] = string(value)
			n++
			return nil
		})
		_ = cairn.EachElement(b, func([]byte) error { return nil })
		var small bytes.Buffer
		var want map[string]json.RawMessage
		if !utf8.Valid(b) || json.Compact(&small, b) != nil || !bytes.Equal(small.Bytes(), b) || json.Unmarshal(b, &want) != nil || want == nil {
			return // not what is stored
		}
		if err != nil {
			t.Fatalf("%s: %v", b, err)
		}
		if len(want) > n {
			t.Fatalf("%s: %d members, want %d", b, n, len(want))
		}
		for name, v := range want {
			if got[name] != string(v) {
				t.Fatalf("%s: %q is %s, want %s", b, name, got[name], v)
			}
		}
	})
}

// FuzzSnapshot: whatever the form, a snapshot is read as encoding/json reads it.
func FuzzSnapshot(f *testing.F) {
	for _, s := range []string{
		`{"parent":7,"attrs":{"title":"a","f1":[1,{"x":"}"}]},"text":"b\n\"c\""}`, `{"attrs":{}}`, `{}`, `{"attrs":null}`,
		`{"attrs": {"a": "x}y"}}`, `{"attrs":{"a":[ "x]y"]}}`, `{"attrs":{"\u0061":1},"text":""}`, `{"parent":"7"}`, `{"text":7}`,
		`{"parent":null}`, `{"attrs":[]}`, `{"parent":1.5}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := cairn.ParseSnapshot(b)
		var want cairn.Snapshot
		if !json.Valid(b) || !utf8.Valid(b) || len(b) == 0 || b[0] != '{' {
			return // a change never holds that
		}
		wantErr := json.Unmarshal(b, &want)
		if (err == nil) != (wantErr == nil) {
			t.Fatalf("%s: %v, want %v", b, err, wantErr)
		}
		if err == nil && (got.Parent != want.Parent || got.Text != want.Text || !sameAttrs(got.Attrs, want.Attrs)) {
			t.Fatalf("%s becomes %+v, want %+v", b, got, want)
		}
	})
}

func sameAttrs(a, b cairn.Attrs) bool {
	return len(a) == 0 && len(b) == 0 || reflect.DeepEqual(a, b)
}

// FuzzUnquoteJSON: it reads every string as encoding/json does.
func FuzzUnquoteJSON(f *testing.F) {
	for _, s := range []string{``, `a`, `\n`, `a\"b\\c\/d\be\ff\ng\rh\ti`, `\u00e9`, `a\nb\u00e9\\`, `\ud83d\ude00`, `\`, `\x`, "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var want string
		if json.Unmarshal([]byte(`"`+s+`"`), &want) != nil || !utf8.ValidString(s) {
			return
		}
		if got := cairn.UnquoteJSON([]byte(s)); got != want {
			t.Fatalf("%s becomes %q, want %q", s, got, want)
		}
	})
}

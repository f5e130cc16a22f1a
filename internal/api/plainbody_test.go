package api

import (
	"encoding/json"
	"reflect"
	"testing"
)

// FuzzPlainBody: what reads itself is what encoding/json reads, and what is not
// JSON, or has more to it, does not read itself.
func FuzzPlainBody(f *testing.F) {
	for _, s := range []string{
		`{"values":{"f1":12}}`, `{"values":{"f1":12,"f2":"plain text","f3":true,"f4":false,"f5":null,"f1":0}}`,
		`{"values":{"f1":-1}}`, `{"values":{"f1":1.5}}`, `{"values":{"f1":1e5}}`, `{"values":{"f1":01}}`, `{"values":{"f1":"ü"}}`,
		`{"values":{"f1":"\n"}}`, `{"values":{"f1":12}`, `{"values":{"f1":12}} `, `{"values":{}}`, `{"values":{"f1":tru}}`,
		`{"values":{"f1":12},"version":3}`, `{"values":{"f1":[1,2]}}`, `{"values":{"f1":}}`, `{"values":{"f1":12,}}`, `{"values":{"":""}}`, ``,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var own, want IdeaPatch
		if !own.readPlain(b) {
			if !reflect.ValueOf(own).IsZero() {
				t.Fatalf("%s was not read, but set %+v", b, own)
			}
			return
		}
		if err := json.Unmarshal(b, &want); err != nil || !reflect.DeepEqual(own, want) {
			t.Fatalf("%s was read as %+v, want %+v; %v", b, own, want, err)
		}
	})
}

// TestPlainBody: edits as the web app and most scripts send them read themselves.
func TestPlainBody(t *testing.T) {
	for body, want := range map[string]bool{
		`{"values":{"f12":450}}`:                        true,
		`{"values":{"f12":"Later","f13":true}}`:         true,
		`{"values":{"f12":null}}`:                       true,
		`{"values":{"f12":450},"version":17}`:           false,
		`{"values":{"f12":"with \"quotes\" in it"}}`:    false,
		`{"values":{"f12":{"start":"2026-01-01"}}}`:     false,
		`{"title":"Something","values":{"f12":"text"}}`: false,
	} {
		if got := new(IdeaPatch).readPlain([]byte(body)); got != want {
			t.Errorf("%s reads itself: %v, want %v", body, got, want)
		}
	}
}

package sqlstore

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cairn"
)

// FuzzCompact: it accepts what encoding/json accepts, and gives the same bytes.
func FuzzCompact(f *testing.F) {
	for _, s := range []string{``, `1`, `01`, `-1`, `"a"`, `"a`, `"`, `tru`, `true`, ` 1 `, `{ "a" : "b c" }`, `"é"`, "\"\xff\"", `nul`, `null `, `0`, `00`, `1e`, "\"\t\""} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		got, ok := compact(b)
		var want bytes.Buffer
		valid := json.Compact(&want, b) == nil && json.Valid(b)
		if ok && !valid || ok && !bytes.Equal(got, want.Bytes()) {
			t.Fatalf("%q becomes %q, want %q (valid %v)", b, got, want.Bytes(), valid)
		}
		if valid && !ok && bytes.ToValidUTF8(b, nil) != nil && bytes.Equal(bytes.ToValidUTF8(b, nil), b) {
			t.Fatalf("%q is refused", b)
		}
	})
}

// TestChangesRoundTrip: the log column gives back every byte of a change.
func TestChangesRoundTrip(t *testing.T) {
	value := rapid.SampledFrom([]string{"", "1", `"\u003c<"`, `[1,{"a":"]"}]`, `{"x\\":"\""}`, `"日本\ud83d\ude00"`})
	rapid.Check(t, func(t *rapid.T) {
		var want []cairn.Change
		for range rapid.IntRange(1, 5).Draw(t, "n") {
			c := cairn.Change{Kind: cairn.Kind(rapid.String().Draw(t, "kind")), ID: cairn.ID(rapid.Int64().Draw(t, "id")), Attr: rapid.String().Draw(t, "attr")}
			for _, v := range []*json.RawMessage{&c.Old, &c.New} {
				if s := value.Draw(t, "value"); s != "" {
					*v = json.RawMessage(s)
				}
			}
			want = append(want, c)
		}
		raw := []byte(changesJSON(want, 0))
		if !json.Valid(raw) {
			t.Fatalf("%s is not JSON", raw)
		}
		same := func(a, b cairn.Change) bool {
			return a.Kind == b.Kind && a.ID == b.ID && a.Attr == b.Attr && bytes.Equal(a.Old, b.Old) && bytes.Equal(a.New, b.New)
		}
		got, err := parseChanges(raw, 0, newInterner())
		if err != nil || !slices.EqualFunc(got, want, same) {
			t.Fatalf("%s becomes %+v, %v", raw, got, err)
		}
		var std []cairn.Change
		if err := json.Unmarshal(raw, &std); err != nil || !slices.EqualFunc(std, want, same) {
			t.Fatalf("%s is %+v to encoding/json, %v", raw, std, err)
		}
		only := want[0].ID
		got, err = parseChanges(raw, only, newInterner())
		want = slices.DeleteFunc(want, func(c cairn.Change) bool { return c.ID != only })
		if only != 0 && (err != nil || !slices.EqualFunc(got, want, same)) {
			t.Fatalf("%s becomes %+v for %d, %v", raw, got, only, err)
		}
	})
}

// TestSortedMembersGuess: what was written before does not change the result.
func TestSortedMembersGuess(t *testing.T) {
	attrs := rapid.Custom(func(t *rapid.T) cairn.Attrs {
		a := cairn.Attrs{}
		for _, name := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}), rapid.ID).Draw(t, "names") {
			a[name] = json.RawMessage(rapid.SampledFrom([]string{"1", "null", " null", `"x"`, "{", ""}).Draw(t, "value"))
		}
		return a
	})
	rapid.Check(t, func(t *rapid.T) {
		w := &writer{}
		for range rapid.IntRange(1, 6).Draw(t, "n") {
			a := attrs.Draw(t, "attrs")
			got, err := w.sorted(cairn.KindIdea, a)
			want, wantErr := sortedMembers(nil, nil, cairn.KindIdea, a)
			if (err == nil) != (wantErr == nil) || err == nil && string(appendMembers(nil, got)) != string(appendMembers(nil, want)) {
				t.Fatalf("%v becomes %s, %v; want %s, %v", a, appendMembers(nil, got), err, appendMembers(nil, want), wantErr)
			}
		}
	})
}

package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"cairn"
)

// pack makes a zstd stream of lines; with sealed, an end with a right checksum
// is added.
func pack(t testing.TB, sealed bool, lines ...string) []byte {
	t.Helper()
	text := strings.Join(lines, "\n") + "\n"
	if sealed {
		sum := sha256.Sum256([]byte(text))
		text += fmt.Sprintf(`{"end":{"records":%d,"sha256":"%s"}}`, len(lines), hex.EncodeToString(sum[:])) + "\n"
	}
	var buf bytes.Buffer
	z, err := zstd.NewWriter(&buf)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// readAll reads an archive to its end.
func readAll(raw []byte) (list []Record, err error) {
	r, err := NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	for {
		record, err := r.Next()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return list, err
		}
		list = append(list, record)
	}
}

func TestRoundTrip(t *testing.T) {
	want := []Record{
		{Entity: &Entity{ID: 1, Kind: "idea", Project: 2, Parent: 3, Version: 1, Created: 1, Attrs: json.RawMessage(`{"a":"<\u003c\u2028"}`), Text: "<b>\n\u2028"}},
		{Entity: &Entity{ID: 5, Kind: "user", Version: 2, Created: 2, Attrs: json.RawMessage(`{}`)}},
		{Set: &Set{Seq: 1, At: 7, Actor: 1, Project: 2, Group: "g", Reason: "r", Origin: "o", Changes: json.RawMessage(`[{"kind":"idea","id":1}]`)}},
		{Set: &Set{Seq: 2, At: 8, Changes: json.RawMessage(`[]`)}},
		{Number: &Number{Project: 2, Next: 9}},
		{Private: &Private{Scope: "s", Key: "k", Owner: 1, Value: json.RawMessage(`"x"`), Created: 1, Expires: 2}},
		{Blob: &Blob{Key: "empty"}},
		{Blob: &Blob{Key: "file", Size: 5}},
		{Part: &Part{Data: []byte("abc")}},
		{Part: &Part{Data: []byte{0, 255}}},
	}
	var buf bytes.Buffer
	w, err := NewWriter(&buf, Header{Workspace: "w", Seq: 2, NextID: 6})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range want {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := NewReader(bytes.NewReader(buf.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if r.Header != (Header{Format: Format, Workspace: "w", Seq: 2, NextID: 6}) {
		t.Errorf("the header is %+v", r.Header)
	}
	got, err := readAll(buf.Bytes())
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	for n := range buf.Bytes() {
		if _, err := readAll(buf.Bytes()[:n]); cairn.CodeOf(err) != cairn.CodeInvalid {
			t.Errorf("cut at %d: %v", n, err)
		}
	}
}

func TestRefused(t *testing.T) {
	const head = `{"cairn":{"format":1,"workspace":"w","seq":1,"nextId":9}}`
	const set = `{"set":{"seq":1,"at":1,"changes":[]}}`
	entity := func(id int) string { return fmt.Sprintf(`{"entity":{"id":%d,"kind":"idea","attrs":{}}}`, id) }
	if _, err := readAll(pack(t, true, head, entity(1), entity(2), set)); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		raw  []byte
		word string
	}{
		{"nothing", nil, "not an archive"},
		{"text", []byte("title,score\n"), "not an archive"},
		{"no header", pack(t, true, set), "not an archive"},
		{"a newer format", pack(t, true, strings.Replace(head, `"format":1`, `"format":2`, 1), set), "newer version"},
		{"not JSON", pack(t, true, head, "x"), "record 2 is not one"},
		{"an array", pack(t, true, head, "[]"), "record 2 is not one"},
		{"an empty record", pack(t, true, head, "{}"), "record 2 holds not just one thing"},
		{"two in one", pack(t, true, head, `{"number":{"project":1,"next":2},"set":{"seq":1}}`), "holds not just one thing"},
		{"two headers", pack(t, true, head, head, set), "record 2 is not in its place"},
		{"an entity after the log", pack(t, true, head, set, entity(1)), "record 3 is not in its place"},
		{"ids out of order", pack(t, true, head, entity(2), entity(2), set), "order of ids"},
		{"a hole", pack(t, true, head, `{"set":{"seq":2,"at":1,"changes":[]}}`), "hole in the log"},
		{"a short log", pack(t, true, head, entity(1)), "ends at 0, not at 1"},
		{"a long log", pack(t, true, head, set, `{"set":{"seq":2,"at":1,"changes":[]}}`), "ends at 2, not at 1"},
		{"a part too much", pack(t, true, head, set, `{"blob":{"key":"k","size":1}}`, `{"part":{"data":"YWI="}}`), "does not fit"},
		{"a part without a file", pack(t, true, head, set, `{"part":{"data":"YWI="}}`), "does not fit"},
		{"a part missing", pack(t, true, head, set, `{"blob":{"key":"k","size":1}}`), "before the end of a file"},
		{"a negative file", pack(t, true, head, set, `{"blob":{"key":"k","size":-1}}`), "negative size"},
		{"no end", pack(t, false, head, set), "cut off after 2 records"},
		{"a wrong sum", pack(t, false, head, set, `{"end":{"records":2,"sha256":"00"}}`), "checksum"},
		{"something after the end", append(pack(t, true, head, set), pack(t, false, set)...), "follows its end"},
	} {
		_, err := readAll(test.raw)
		if cairn.CodeOf(err) != cairn.CodeInvalid || !strings.Contains(err.Error(), test.word) {
			t.Errorf("%s: %v; want %q", test.name, err, test.word)
		}
	}
}

// FuzzReader: any lines are read or refused, never worse.
func FuzzReader(f *testing.F) {
	f.Add([]byte(`{"cairn":{"format":1}}` + "\n" + `{"end":{}}`))
	f.Add([]byte(`{"cairn":{"format":1,"seq":1}}` + "\n" + `{"set":{"seq":1}}` + "\n" + `{"blob":{"size":9}}` + "\n" + `{"part":{"data":"YQ=="}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, raw := range [][]byte{text, pack(t, false, string(text)), pack(t, true, strings.Split(string(text), "\n")...)} {
			if _, err := readAll(raw); err != nil && cairn.CodeOf(err) != cairn.CodeInvalid {
				t.Fatalf("%q: %v", text, err)
			}
		}
	})
}

package cairn

import (
	"bytes"
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

// TestAppendJSONString compares it with encoding/json on every text, valid or
// not.
func TestAppendJSONString(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(
			rapid.String(),
			rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
			rapid.StringOf(rapid.RuneFrom([]rune("\x00\b\v\f\n\r\t\x1f\x7f\"\\\\/<>&\u2027\u2028\u2029\ufffd"))),
		).Draw(t, "text")
		var want bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(s); err != nil {
			t.Fatal(err)
		}
		if got := AppendJSONString([]byte("x"), s); string(got) != "x"+string(bytes.TrimRight(want.Bytes(), "\n")) {
			t.Fatalf("%q becomes %s, want %s", s, got[1:], want.Bytes())
		}
	})
}

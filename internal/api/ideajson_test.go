package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"cairn"
)

// TestIdeaJSON: an idea writes itself as encoding/json does, whatever is in it.
func TestIdeaJSON(t *testing.T) {
	texts := []string{"", "plain", `<b>&"quotes"\`, "über 日本語 \u2028\u2029", "\x00\x1f\n\t", "broken \xff", "עברית"}
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 500 {
		var idea Idea
		v := reflect.ValueOf(&idea).Elem()
		for i := range v.NumField() {
			if n > 0 && r.IntN(3) == 0 {
				continue // the first idea has everything
			}
			fillField(t, v.Field(i), r, texts)
		}
		if n == 0 {
			for i := range v.NumField() {
				if v.Field(i).IsZero() {
					t.Fatalf("the test leaves %s empty", v.Type().Field(i).Name)
				}
			}
		}
		var want bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(idea); err != nil {
			t.Fatal(err)
		}
		if got := string(idea.appendJSON(nil)) + "\n"; got != want.String() {
			t.Fatalf("got\n%s\nwant\n%s", got, &want)
		}
	}
}

// fillField puts something into a field.
func fillField(t *testing.T, f reflect.Value, r *rand.Rand, texts []string) {
	t.Helper()
	switch p := f.Addr().Interface().(type) {
	case *cairn.ID:
		*p = cairn.ID(1 + r.Int64N(1<<40))
	case *int64:
		*p = 1 + r.Int64N(1<<40)
	case *string:
		*p = texts[1+r.IntN(len(texts)-1)]
	case *bool:
		*p = true
	case *time.Time:
		*p = time.Unix(r.Int64N(4e9), r.Int64N(1e9)).UTC()
	case *map[cairn.Ref]rawMessage:
		*p = make(map[cairn.Ref]rawMessage)
		for i := range r.IntN(50) {
			(*p)[cairn.Ref(fmt.Sprintf("f%d", r.IntN(200)))] = []rawMessage{rawMessage("12.5"), rawMessage(`"<x>"`), rawMessage(`[1,2]`), rawMessage(`{"a":null}`), nil}[i%5]
		}
		(*p)["f1"] = rawMessage("true")
	default:
		t.Fatalf("the test knows no %s", f.Type())
	}
}

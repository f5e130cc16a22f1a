package cairn_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"cairn"
)

// CONV-1: who and what a text mentions; code mentions nobody.
func TestMentions(t *testing.T) {
	for text, want := range map[string]cairn.Mentioned{
		"nobody": {},
		"[@Ada](cairn:person/7) and [INS-3](cairn:idea/9), [@Ada](cairn:person/7)":            {People: ids(7), Ideas: ids(9)},
		"`[@Ada](cairn:person/7)` and ``a ` [@Bob](cairn:person/8)``":                         {},
		"an odd ` tick [@Ada](cairn:person/7)":                                                {People: ids(7)},
		"a \\` tick [@Ada](cairn:person/7) ` more":                                            {People: ids(7)},
		"a ` tick\n\nno code [@Ada](cairn:person/7) ` more":                                   {People: ids(7)},
		"```\n[@Ada](cairn:person/7)\n```\n[@Bob](cairn:person/8)":                            {People: ids(8)},
		"~~~md\n[@Ada](cairn:person/7)\n```\n[@Bob](cairn:person/8)\n~~~~\n[C](cairn:idea/1)": {Ideas: ids(1)},
		"> ```\n> [@Ada](cairn:person/7)\n> ```\n[@Bob](cairn:person/8)":                      {People: ids(8)},
		"```\nnever closed [@Ada](cairn:person/7)":                                            {},
		`[@Ada \[x\]](cairn:person/7)`:                                                        {People: ids(7)},
		"[@Ada](cairn:person/0) [@Ada](cairn:person/07) [x](cairn:view/3)":                    {},
		"[@Ada](cairn:person/99999999999999999999)":                                           {},
		"- item\n    [@Ada](cairn:person/7)":                                                  {People: ids(7)},
	} {
		if got := cairn.Mentions(text); !reflect.DeepEqual(got, want) {
			t.Errorf("Mentions(%q) = %+v, want %+v", text, got, want)
		}
	}
}

func ids(list ...cairn.ID) []cairn.ID { return list }

// CONV-2: keys become mentions where they stand by themselves.
func TestLinkKeys(t *testing.T) {
	find := func(key string) cairn.ID {
		return map[string]cairn.ID{"INS-3": 9, "A1-20": 10}[key]
	}
	for text, want := range map[string]string{
		"see INS-3.":                         "see [INS-3](cairn:idea/9).",
		"#ins-3, (A1-20)":                    "[INS-3](cairn:idea/9), ([A1-20](cairn:idea/10))",
		"ins-3 is a word":                    "ins-3 is a word",
		"INS-4 is none":                      "INS-4 is none",
		"UTF-8 and INS-30 and XINS-3":        "UTF-8 and INS-30 and XINS-3",
		"`INS-3` INS-3":                      "`INS-3` [INS-3](cairn:idea/9)",
		"[INS-3](cairn:idea/9)":              "[INS-3](cairn:idea/9)",
		"[see INS-3](https://x.example)":     "[see INS-3](https://x.example)",
		"https://x.example/browse/INS-3 x":   "https://x.example/browse/INS-3 x",
		"<https://x.example/INS-3>":          "<https://x.example/INS-3>",
		"INS-3@example.com":                  "INS-3@example.com",
		"a/INS-3 INS-3-a INS-3_b file-INS-3": "a/INS-3 INS-3-a INS-3_b file-INS-3",
		"éINS-3":                             "éINS-3",
		"INS-3\nINS-3":                       "[INS-3](cairn:idea/9)\n[INS-3](cairn:idea/9)",
		"```\nINS-3\n```":                    "```\nINS-3\n```",
	} {
		if got := cairn.LinkKeys(text, find); got != want {
			t.Errorf("LinkKeys(%q) = %q, want %q", text, got, want)
		}
		if once := cairn.LinkKeys(text, find); cairn.LinkKeys(once, find) != once {
			t.Errorf("LinkKeys(%q) changes what it linked", text)
		}
	}
}

// CONV-1: what a change newly mentions.
func TestMentionedBy(t *testing.T) {
	ada, bob := cairn.PersonMention(7, "Ada"), cairn.PersonMention(8, `Bob [the] \ Builder`)
	raw := func(v any) json.RawMessage {
		out, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	made := cairn.Change{Kind: cairn.KindComment, ID: 1, New: raw(cairn.Snapshot{Attrs: cairn.Attrs{}, Text: "hi " + ada + bob})}
	if got := cairn.MentionedBy(made); !reflect.DeepEqual(got.People, ids(7, 8)) {
		t.Errorf("a new comment mentions %v, want both", got.People)
	}
	said := cairn.Change{Kind: cairn.KindComment, ID: 1, Attr: "body", Old: raw("hi " + ada), New: raw("hi " + ada + bob)}
	if got := cairn.MentionedBy(said); !reflect.DeepEqual(got.People, ids(8)) {
		t.Errorf("new words mention %v, want the one who is new", got.People)
	}
	for _, c := range []cairn.Change{
		{Kind: cairn.KindComment, ID: 1, Attr: "reactions", New: raw(ada)},
		{Kind: cairn.KindComment, ID: 1, Old: made.New},
		{Kind: cairn.KindIdea, ID: 1, Attr: "title", New: raw(ada)},
	} {
		if got := cairn.MentionedBy(c); len(got.People) > 0 {
			t.Errorf("%+v mentions %v, want nobody", c, got.People)
		}
	}
	if got := cairn.PlainMentions(ada+" `"+ada+"` "+bob, func(_ cairn.Kind, id cairn.ID) string {
		return map[cairn.ID]string{7: "Ada King"}[id]
	}); got != "@Ada King `"+ada+"` @Bob [the] \\ Builder" {
		t.Errorf("in plain words: %q", got)
	}
}

// CONV-5: a text of any shape is read in a time that grows with its length.
func TestMentionsOfHostileTexts(t *testing.T) {
	for name, text := range map[string]string{
		"ticks":    strings.Repeat("`a``b```c", 100_000),
		"brackets": strings.Repeat("[", 900_000),
		"halves":   strings.Repeat("[@a](cairn:person/", 50_000),
		"keys":     strings.Repeat("INS-1 ", 150_000),
		"fences":   strings.Repeat("```\n", 200_000),
		"escapes":  strings.Repeat("\\`", 400_000),
	} {
		start := time.Now()
		cairn.Mentions(text + "](cairn:")
		cairn.LinkKeys(text+" INS-1", func(string) cairn.ID { return 0 })
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s took %s", name, took)
		}
	}
}

// CONV-9: a reaction is one emoji.
func TestCleanReaction(t *testing.T) {
	for _, good := range []string{"👍", "❤️", "🎉", "👩🏽‍💻", "🇩🇪", "👨‍👩‍👧‍👦", "✅", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "☝🏿"} {
		if got, err := cairn.CleanReaction(" " + good); err != nil || got != good {
			t.Errorf("%s is refused: %v", good, err)
		}
	}
	for _, bad := range []string{"", "a", "👍👍", "👍a", "1", "<b>", "\u200d", "👍\u200d", "🇩", "🇩🇪🇫🇷", strings.Repeat("👍\u200d", 20) + "👍", "\U0001F3FD\xff"} {
		if got, err := cairn.CleanReaction(bad); err == nil {
			t.Errorf("%q is taken as %q", bad, got)
		}
	}
}

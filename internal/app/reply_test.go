package app_test

import (
	"testing"

	"cairn/internal/app"
)

// MAIL-26: of an answer only what was written anew is taken, whatever program it
// comes from.
func TestWithoutHistory(t *testing.T) {
	const line = "––– Answer above this line, and it becomes a comment –––"
	for name, text := range map[string]string{
		"nothing else":     "Yes, do it.\n\nFor both.",
		"our line":         "Yes, do it.\n\nFor both.\n\n" + line + "\n\nINS-1 Export\nAda commented",
		"quoted line":      "Yes, do it.\n\nFor both.\n\nOn Fri, 27 Nov 2026 at 10:00, Cairn <cairn@example.com> wrote:\n\n> " + line + "\n>\n> INS-1",
		"another language": "Yes, do it.\n\nFor both.\n\nPe vin., 27 nov. 2026 la 10:00, Cairn <cairn@example.com> a scris:\n\n> " + line,
		"broken heading":   "Yes, do it.\r\n\r\nFor both.\r\n\r\nAm Fr., 27. Nov. 2026 um 10:00 Uhr schrieb Cairn <\r\ncairn@example.com>:\r\n\r\n> INS-1 Export\r\n> x",
		"block of headers": "Yes, do it.\n\nFor both.\n\nFrom: Cairn <cairn@example.com>\nSent: Friday, 27 November 2026 10:00\nTo: Bob\nSubject: INS-1\n\n" + line + "\nx",
		"rule of headers":  "Yes, do it.\n\nFor both.\n\n________________________________\nVon: Cairn\nGesendet: Freitag\n\nx",
		"original message": "Yes, do it.\n\nFor both.\n\n-----Original Message-----\nFrom: Cairn\n\nx",
		"signature":        "Yes, do it.\n\nFor both.\n\n-- \nBob Builder\nAcme",
		"quotation below":  "Yes, do it.\n\nFor both.\n\n> INS-1 Export\n> Ada commented\n",
	} {
		if got := app.WithoutHistory(text); got != "Yes, do it.\n\nFor both." {
			t.Errorf("%s: %q", name, got)
		}
	}
	for _, own := range []string{
		"We need:\n\n- export\n- import", "The first:\n> as they said\n\nI agree.", "On Monday we ship.\n\nFrom: everywhere", "Call me at 10:",
	} {
		if got := app.WithoutHistory(own); got != own {
			t.Errorf("%q becomes %q", own, got)
		}
	}
	if got := app.WithoutHistory("> only what was there\n"); got != "" {
		t.Errorf("a quotation alone is %q", got)
	}
}
